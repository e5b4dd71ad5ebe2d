interface ProvedBackup {
  readonly seconds: number;
  readonly messages: number;
  readonly until: string;
  readonly last: string;
}

/** What `preau backup prove` says. */
export const PROOF_SAYS = {
  verified: (seconds: number): string =>
    `Chaque octet des sauvegardes est lu et juste, en ${seconds} s. / Every byte of the backups was read and is right.`,
  olderDamaged:
    'Une ancienne sauvegarde est abîmée ; les plus récentes la remplacent. / An older backup is damaged; the newer ones take its place.',
  restored: (done: ProvedBackup): string =>
    [
      `Remis à côté et jeté en ${done.seconds} s : ${done.messages} messages, le dernier de ${done.last}. / Restored beside and thrown away: ${done.messages} messages.`,
      `Tel qu’à / as of ${done.until}`,
    ].join('\n'),
  notDue: 'La remise d’essai n’est pas due cette nuit. / The trial restore isn’t due this night.',
  trouble: (found: string, todo: string): string => `${found}\n  → ${todo}`,
};

export const PROOF_WRONG = {
  another: 'Une autre remise d’essai est en cours. / Another trial restore is running.',
  inLog: 'voyez le journal / see the log',
};
