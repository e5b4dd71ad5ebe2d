/** Words of the second look at a pupil's letter. Part of `fr.ts`. */
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
};
