import { noun, plural } from './plural-fr.ts';

/** Words of the pages that ask who is who. Part of `fr.ts`. */
export const questionsFr = {
  title: 'Qui est qui\u00a0?',
  inMenu: (count: number) => noun(count, 'question à régler', 'questions à régler'),
  inMenuTown: (count: number) =>
    noun(count, 'école avec des questions', 'écoles avec des questions'),
  lead: 'Le reste du fichier est appliqué. Ces lignes attendent votre réponse, et ne changent rien d’ici là\u00a0: personne n’est confondu, personne ne part.',
  leadTown:
    'Les lignes que les imports n’ont pas su reconnaître, école par école. La réponse proposée s’appuie sur le courriel, le téléphone ou l’adresse\u00a0; rien n’est fait sans vous.',
  none: 'Aucune question n’attend. Les lignes en doute d’un prochain import apparaîtront ici.',
  two: (name: string) => `Deux ${name}\u00a0: la même personne\u00a0?`,
  several: (name: string) => `Plusieurs ${name}\u00a0: qui est-ce\u00a0?`,
  alone: (name: string) => `${name}\u00a0: une personne nouvelle\u00a0?`,
  kinds: { pupil: 'élève', guardian: 'responsable', adult: 'adulte de l’école' },
  inFile: 'Dans le fichier',
  until: (day: string) => `sans réponse, la question s’efface le ${day}`,
  noEvidence: 'Le fichier n’est plus là\u00a0: seules les ressemblances ci-dessous restent.',
  clues: {
    class: 'Classe',
    children: 'Enfants',
    parents: 'Responsables',
    email: 'Courriel',
    phone: 'Téléphone',
    home: 'Adresse postale',
    birth: 'Né(e) le',
    mailbox: 'Boîte',
  },
  same: (name: string) => `C’est ${name}, que l’école connaît`,
  sameLine: (name: string) => `C’est ${name}, d’une autre ligne du fichier`,
  elsewhere: 'C’est cet enfant, déjà dans une autre école de la ville',
  elsewhereNamed: (name: string) => `C’est ${name}, d’une autre école`,
  other: 'C’est une autre personne',
  otherHint: 'Un compte est créé.',
  skip: 'Laisser cette ligne de côté',
  skipHint: 'Rien n’est changé, et les prochains imports la laisseront aussi.',
  marks: {
    mail: { same: 'même courriel', other: 'autre courriel' },
    phone: { same: 'même téléphone', other: 'autre téléphone' },
    home: { same: 'même adresse postale', other: 'autre adresse postale' },
    born: { same: 'même date de naissance', other: 'autre date de naissance' },
    parents: { same: 'mêmes responsables', other: 'autres responsables' },
  },
  proposed: 'proposé',
  answer: 'Répondre',
  accept: (n: number) => (n < 2 ? 'Accepter la proposition' : `Accepter les ${n} propositions`),
  foot: 'Répondez à celles que vous savez, les autres attendent. Annulable comme un import.',
  reason: 'Pourquoi ces réponses\u00a0?',
  missing: {
    reason: 'Écrivez pourquoi, en quelques mots.',
    answer: 'Choisissez au moins une réponse.',
  },
  answered: (n: number) =>
    n < 2
      ? 'Votre réponse est appliquée. Elle s’annule comme un import.'
      : `${n} réponses sont appliquées. Elles s’annulent comme un import.`,
  impossible: (n: number) =>
    n < 2
      ? 'Une réponse n’a pas pu être suivie\u00a0: la personne choisie est déjà celle d’une autre ligne, quelqu’un a répondu avant vous, ou l’école est fermée.'
      : `${n} réponses n’ont pas pu être suivies\u00a0: les personnes choisies sont déjà celles d’autres lignes, quelqu’un a répondu avant vous, ou l’école est fermée.`,
  lapsed: (n: number) =>
    n < 2
      ? 'Une question est restée sans réponse soixante jours\u00a0: elle est effacée, et rien n’a changé. Un nouvel import la posera de nouveau.'
      : `${n} questions sont restées sans réponse soixante jours\u00a0: elles sont effacées, et rien n’a changé. Un nouvel import les posera de nouveau.`,
  question: 'Question',
  says: 'Le fichier dit',
  yours: 'Votre réponse',
  wait: 'attend',
  /** On other pages, that some wait. */
  ask: (n: number) => `${plural(n, 'question attend', 'questions attendent')} votre réponse.`,
  askTown: (n: number) =>
    n < 2 ? 'Des questions attendent dans une école.' : `Des questions attendent dans ${n} écoles.`,
  see: 'Répondre',
};
