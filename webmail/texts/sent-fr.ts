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
  whoRead: 'Qui l’a lu',
  pupils: (read: number, all: number) =>
    `${plural(read, 'élève', 'élèves')} sur ${all} ${noun(read, 'l’a lu', 'l’ont lu')}`,
  unread: (count: number) => (count === 1 ? 'L’autre élève' : `Les ${count} autres`),
  /** Of all who got it. */
  wellReadBy: (said: number, all: number) =>
    `${said} sur ${all} ${noun(said, 'a dit', 'ont dit')} «\u00a0Bien lu\u00a0»`,
  /** The same where one's own pupils are counted apart: of all others. */
  others: (said: number, all: number) =>
    `${said} sur ${all} ${noun(said, 'a dit', 'ont dit')} «\u00a0Bien lu\u00a0» parmi les autres`,
  othersHint: 'Personne d’autre que le lecteur ne le dit\u00a0: vous voyez un nombre, pas de noms.',
  remind: (count: number) =>
    count === 1 ? 'Relancer l’autre personne' : `Relancer les ${count} autres`,
  everybody: 'Tout le monde l’a lu.',
  remindedAt: (when: string) => `Vous avez relancé les autres ${when}. Laissez-leur un jour.`,
  nobody: 'Il n’y a plus personne à relancer.',
  wellRead: { child: 'Bien lu', adult: 'Bien lu' },
  wellReadHint: {
    child: 'Touche ici pour dire que tu as lu.',
    adult: 'L’école saura qu’une personne de plus l’a lu\u00a0; rien n’est dit sans votre geste.',
  },
  saidWellRead: {
    child: 'Tu as dit «\u00a0Bien lu\u00a0».',
    adult: 'Vous avez dit «\u00a0Bien lu\u00a0».',
  },
  heldFor: {
    child: (names: string, since: string) => `Il attend depuis ${since}, pour ${names}.`,
    adult: (names: string, since: string) => `Il attend depuis ${since}, pour ${names}.`,
  },
  decidedBy: {
    child: (names: string) => `Quelqu’un le lit avant\u00a0: ${names}.`,
    adult: (names: string) => `La décision revient maintenant à ${names}.`,
  },
  road: {
    going: (left: string, brings: string) =>
      `Ta lettre est en route. Partie ${left}, elle arrivera ${brings}.`,
    gone: (left: string, came: string) => `Ta lettre a voyagé. Partie ${left}, arrivée ${came}.`,
    came: (from: string, left: string, came: string) =>
      `Cette lettre a voyagé. Partie de ${from} ${left}, arrivée ${came}.`,
  },
  readFirst: (names: string) => `Pour t’aider, quelqu’un a lu ce message avant\u00a0: ${names}.`,
  reason: 'Pourquoi ce lien est-il utile\u00a0?',
  reasonHint: 'Le message partira tout de suite. Votre raison reste au journal de l’école.',
  letGo: 'Laisser partir',
  reasonMissing: 'Dites pourquoi ce lien est utile\u00a0: une phrase suffit.',
  withdraw: { child: 'Reprendre mon message', adult: 'Reprendre ce message' },
  withdrawn: {
    child: 'Tu as repris ce message. Il ne partira pas.',
    adult: 'Retiré\u00a0: ce message ne partira pas à ceux pour qui il attendait.',
  },
  tooLate: 'Il est trop tard pour rappeler ce message\u00a0: cela se fait dans l’heure.',
};
