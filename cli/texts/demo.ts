/** What `preau demo` says. */
export const TEXTS = {
  noTimeZone: (given: string, known: readonly string[]): string =>
    `--time-zone : « ${given} » n’est l’horloge d’aucune commune ; choisissez / is no commune’s clock; choose: ${known.join(', ')}`,
  ready: (path: string): string => `La ville est prête : ${path} / The town is ready.`,
  benchLacksPassword: '--bench : il faut aussi --password. / --password is needed too.',
  publicPasswords:
    'Les mots de passe de la démonstration sont publics : hors de cette machine, ajoutez --i-know. / The demo’s passwords are public: outside this machine, add --i-know.',
  schoolsWritten: (written: number, of: number): string => `${written}/${of} écoles / schools`,
  messagesWritten: (messages: number, schools: string): string =>
    `${messages} messages, ${schools}`,
  noScanner:
    'L’antivirus ne répond pas, et la ville de démonstration en a besoin : vérifiez PREAU_CLAMD. / The virus scanner doesn’t answer, and the demo town needs it: look at PREAU_CLAMD.',
};
