/** Words of the second look at a pupil's letter, and of its setting. Part of `fr.ts`. */
export const secondLookFr = {
  title: 'Ça va comme ça\u00a0?',
  reread: 'Relis les mots soulignés.',
  why: {
    hurts: (names: string) => `Ils peuvent faire de la peine à ${names}.`,
    threatens: (names: string) => `Ils peuvent faire peur à ${names}.`,
    private: () => 'Ton adresse, ton numéro et ton code sont à toi seulement.',
    meeting: () => 'Pour vous voir après l’école, demande d’abord à tes parents.',
    unread: () =>
      'Ton message est très long\u00a0: la fin n’a pas été relue. Raccourcis-le, ou coupe-le en deux.',
  },
  myClass: 'ta classe',
  told: 'Si on t’a dit ces mots, tu as raison de le raconter.',
  change: 'Je change mes mots',
  sendAsIs: 'Je l’envoie comme ça',
  words: (words: string) => `Les mots à relire\u00a0: ${words}.`,
  quoted: (words: string) => `«\u00a0${words}\u00a0»`,
  setting: {
    title: 'Relire avant d’envoyer',
    lead: 'Avant qu’un message parte, l’élève voit les mots qui peuvent blesser, faire peur, ou dire où il habite. Ils sont cherchés sur ce serveur, rien n’est noté.',
    off: 'Non\u00a0: les messages partent sans être regardés',
    suggests: 'Oui\u00a0: l’élève relit ces mots, puis choisit',
    holds: 'Oui, et je lis d’abord le message s’il l’envoie tel quel à un enfant',
    save: 'Enregistrer',
  },
};
