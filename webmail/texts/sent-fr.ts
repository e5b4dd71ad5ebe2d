import { noun, plural } from './plural-fr.ts';

/** Words of what becomes of a letter once it is sent. Part of `fr.ts`. */
export const sentFr = {
  fate: 'Ce que devient ce message',
  mayRecall: (until: string) =>
    `Jusqu’à ${until}, vous pouvez le rappeler\u00a0: les copies que personne n’a lues disparaissent.`,
  elsewhere: 'Ce qui est parti hors de votre école y reste.',
  recall: 'Rappeler ce message',
  recalledByYou: (when: string) => `Vous avez rappelé ce message ${when}.`,
  recalledCopies: (copies: number, read: number) =>
    `${copies === 0 ? 'Aucune copie n’était encore à lire' : `${plural(copies, 'copie non lue a été reprise', 'copies non lues ont été reprises')}`}\u00a0; ${read === 0 ? 'personne ne l’avait lu.' : `${plural(read, 'personne l’avait lu', 'personnes l’avaient lu')} et ${noun(read, 'voit', 'voient')} qu’il est rappelé.`}`,
  recalled: {
    child: (name: string) => `${name} a rappelé ce message. Ce qu’il dit ne compte plus.`,
    adult: (name: string) =>
      `${name} a rappelé ce message\u00a0: ne tenez plus compte de ce qu’il dit.`,
  },
  tooLate: 'Il est trop tard pour rappeler ce message\u00a0: cela se fait dans l’heure.',
};
