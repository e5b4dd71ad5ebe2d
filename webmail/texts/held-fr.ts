import { noun, plural } from './plural-fr.ts';

/** Words of held mail, for those who decide about it. Part of `fr.ts`. */
export const heldFr = {
  title: (count: number) => {
    if (count === 0) return 'Aucun message n’attend';
    return count === 1
      ? 'Un message attend votre accord'
      : `${count} messages attendent votre accord`;
  },
  hint: 'Chacun part, ou revient à qui l’a écrit avec un mot de vous. Sans décision pendant un jour d’école, il est aussi soumis à l’autre enseignant de la classe, puis à la direction.',
  hintAgent:
    'Ce qui attend l’accord d’un adulte dans les écoles que vous avez ouvertes en disant pourquoi. Votre décision est au journal, avec votre raison.',
  hintOwn:
    'Chacun part, ou revient à qui l’a écrit avec un mot de vous. Sans décision pendant trente jours, il revient à qui l’a écrit.',
  own: {
    title: (count: number) =>
      count === 1
        ? 'Un message de vous attend un accord'
        : `${count} messages de vous attendent un accord`,
    withdrawn: 'Vous avez repris votre message\u00a0: il ne partira pas.',
    released: 'Votre message est parti.',
  },
  tabs: 'À décider, et ce qui est décidé',
  toDecide: (count: number) => (count === 0 ? 'À décider' : `À décider (${count})`),
  past: 'Décidés',
  empty: 'Aucun message en attente. Quand un message demandera votre accord, il apparaîtra ici.',
  others: (count: number) =>
    count === 1
      ? 'Un message attend d’abord une autre personne'
      : `${count} messages attendent d’abord d’autres personnes`,
  othersHint:
    'Vous pouvez décider à leur place. Sans réponse de leur part, ils vous seront soumis.',
  writesTo: 'écrit à',
  choose: (name: string, subject: string) => `Choisir «\u00a0${subject}\u00a0», de ${name}`,
  several: 'Décider de plusieurs à la fois',
  severalHint: 'Cochez des messages, puis choisissez\u00a0:',
  chosenOne: '1 message choisi',
  chosenMany: '% messages choisis',
  all: 'Tout cocher',
  none: 'Ne plus choisir',
  letGo: 'Laisser partir',
  trace: 'Dans le journal du service\u00a0:',
  giveBack: { child: 'Rendre à l’élève avec un mot', adult: 'Rendre avec un mot' },
  giveBackAll: 'Rendre avec un mot',
  note: { child: 'Votre mot pour l’élève', adult: 'Votre mot pour cette personne' },
  noteAll: 'Votre mot pour chacun',
  noteHint: {
    child: 'Une ou deux phrases que l’élève comprendra.',
    adult: 'Une ou deux phrases qui disent pourquoi.',
  },
  sendBack: 'Rendre le message',
  sendBackAll: 'Rendre les messages choisis',
  keepOut: 'Ne pas remettre',
  keepOutHint:
    'Les élèves ne verront pas ce message. La personne qui l’a écrit n’en est pas prévenue.',
  until: (when: string) => `part seul ${when}`,
  waits: (when: string) => `depuis ${when}`,
  goesOn: (when: string) => `à décider avant ${when}`,
  noteMissing: 'Écrivez un mot\u00a0: la personne saura pourquoi.',
  nothingChosen: 'Cochez d’abord un message.',
  proved: {
    dmarc: 'Adresse vérifiée (DMARC)',
    dkim: 'Adresse vérifiée (DKIM)',
    spf: 'Adresse vérifiée (SPF)',
  },
  unproven: 'Non prouvé',
  unprovenHint:
    'Quelqu’un a pu imiter cette adresse. Demandez d’abord à la personne si elle a écrit ce message, par téléphone par exemple, sans y répondre.',
  soon: {
    release: (count: number, seconds: number) =>
      `${plural(count, 'message part', 'messages partent')} dans ${seconds}\u00a0s.`,
    'give-back': (count: number, seconds: number) =>
      `${plural(count, 'message revient', 'messages reviennent')} à qui l’a écrit dans ${seconds}\u00a0s.`,
  },
  takesEffect: 'C’est décidé.',
  undo: 'Annuler',
  undone: (count: number) =>
    `C’est annulé\u00a0: ${plural(count, 'message attend', 'messages attendent')} de nouveau votre accord.`,
  tooLate: 'Trop tard pour annuler\u00a0: la décision a pris effet.',
  sent: (count: number) =>
    count === 1 ? 'Le message est parti.' : `Le message est parti à ${count} personnes.`,
  sentOf: (subject: string, count: number) =>
    `«\u00a0${subject}\u00a0» est parti${count === 1 ? '' : ` à ${count} personnes`}.`,
  left: (count: number) =>
    count === 1
      ? 'Une personne a quitté la liste depuis\u00a0: elle ne l’a pas reçu.'
      : `${count} personnes ont quitté la liste depuis\u00a0: elles ne l’ont pas reçu.`,
  refusedFor: (names: string, why: string) => `Pas à ${names}\u00a0: ${why}.`,
  refusedUnnamed: (count: number, why: string) =>
    `${count === 1 ? 'Une personne ne l’a' : `${count} personnes ne l’ont`} pas reçu\u00a0: ${why}.`,
  why: {
    relation: 'les classes ont changé depuis',
    gone: 'ce compte n’existe plus',
    closed: 'ce compte est fermé',
    sender: 'l’envoi de qui l’a écrit est arrêté',
    other: 'les règles ne le permettent plus',
  },
  takesRoad:
    'C’est accordé. La lettre prend la route\u00a0: l’autre classe la reçoit le prochain jour d’école à 8\u00a0h.',
  leavesLater: 'C’est accordé. L’école est fermée\u00a0: le message partira à l’ouverture.',
  waitsOn: 'C’est accordé de votre côté. Le message attend encore l’accord d’une autre personne.',
  givenBack: (count: number) =>
    count === 1
      ? 'Le message est revenu à qui l’a écrit, avec votre mot.'
      : `${count} messages sont revenus à qui les a écrits, avec votre mot.`,
  keptOut: 'Le message n’est pas remis.',
  takenByWriter: 'Retiré\u00a0: qui l’a écrit l’a repris avant votre décision.',
  changed: 'Ce message ne peut plus partir\u00a0: ',
  already: 'Ce message a déjà été décidé, ou n’est pas à vous de décider.',
  missed: (count: number) =>
    `${plural(count, 'message avait', 'messages avaient')} déjà été ${noun(count, 'décidé', 'décidés')} ou repris.`,
  refused: {
    tab: 'Refusés',
    title: 'Ce qui a été refusé à l’entrée',
    lead: 'Les messages de l’extérieur refusés depuis trente jours pour ce qu’ils contenaient. Rien n’en est gardé\u00a0: ils ne peuvent ni s’ouvrir, ni être remis. Leurs expéditeurs savent pourquoi.',
    empty: 'Aucun message n’a été refusé depuis trente jours.',
    nobody: 'Sans expéditeur',
    to: (name: string) => (name === '' ? '' : `pour ${name}`),
    why: {
      malware: 'Un fichier contenait un virus.',
      'file-kind': 'Un fichier pouvait être un programme.',
      'locked-archive': 'L’antivirus n’a pas pu ouvrir un fichier.',
      'forbidden-link': 'Un lien menait à un site que l’école bloque.',
    },
  },
  history: {
    title: 'Ce qui a été décidé',
    lead: 'Les cinquante derniers messages de vos classes qui ont attendu un accord, et ce qu’ils sont devenus.',
    empty: 'Rien n’a encore été décidé.',
    kind: {
      pending: 'Part bientôt',
      released: 'Parti',
      'given-back': 'Rendu',
      'not-delivered': 'Non remis',
      withdrawn: 'Retiré',
      refused: 'N’est pas parti',
    },
    by: (name: string, when: string) => `${name}, ${when}`,
    byWriter: (when: string) => `par qui l’a écrit, ${when}`,
    word: 'Avec ce mot\u00a0:',
  },
};
