import type { Opening } from '../../core/roster/snapshot.ts';
import type { ModerationMode } from '../../core/rules/facts.ts';

/**
 * The small town: its people are those of every example, so they are written by hand. A name is
 * « Given Family ».
 */
export interface HandWrittenSchool {
  readonly slug: string;
  readonly name: string;
  /** Index of its commune in the list of communes. */
  readonly commune: number;
  readonly opening: Opening | null;
  readonly head: string;
  /** Teachers without a class of their own. */
  readonly otherTeachers: readonly string[];
  /** Staff whom the head marked reachable by all pupils, and other staff. */
  readonly reachableStaff: readonly string[];
  readonly otherStaff: readonly string[];
  readonly classes: readonly HandWrittenClass[];
}

export interface HandWrittenClass {
  readonly name: string;
  readonly levels: readonly string[];
  readonly cover: number;
  readonly moderation: ModerationMode;
  readonly teacher: string;
  /** Who accompanies the whole class (ATSEM). */
  readonly aides: readonly string[];
  /** The first pupils; `Given Family animal` gives the animal too. */
  readonly pupils: readonly string[];
}

const TILLEULS: HandWrittenSchool = {
  slug: 'tilleuls',
  name: 'École des Tilleuls',
  commune: 0,
  opening: null,
  head: 'Mamadou Diallo',
  otherTeachers: ['Nadège Colas'],
  reachableStaff: ['Fabienne Cordier'],
  otherStaff: ['Anne Kermadec', 'Odile Prigent'],
  classes: [
    {
      name: 'CE1 A',
      levels: ['CE1'],
      cover: 2,
      moderation: 'open',
      teacher: 'Claire Lefèvre',
      aides: [],
      pupils: [
        'Adèle Vidal chat',
        'Aïssatou Ba lion',
        'Amine Benali grenouille',
        'Camille Blanc cochon',
        'Chloé Perrin abeille',
        'Éléonore Aubry panda',
        'Émile Conte tortue',
        'Gaël Tanguy hibou',
        'Ilyès Mansouri baleine',
        'Inès Carvalho souris',
        'Jeanne Leroux vache',
        'Léo Dumont ours',
        'Lina Moreau lapin',
        'Loïc Le Goff canard',
        'Maëlle Riou herisson',
        'Mamadou Keïta girafe',
        'Manon Dufour poule',
        'Naïm Saïdi elephant',
        'Noé Garnier poisson',
        'Raphaël Simonet manchot',
        'Sofia Marques escargot',
        'Théo Jourdain chien',
        'Yanis Hamdi renard',
        'Zoé Lambert mouton',
      ],
    },
    {
      name: 'CE1-CE2',
      levels: ['CE1', 'CE2'],
      cover: 1,
      moderation: 'open',
      teacher: 'Karim Haddad',
      aides: [],
      pupils: [
        'Jade Morel poisson',
        'Agathe Caron',
        'Bilal Ziani',
        'Clara Nguyen',
        'Enzo Rossi',
        'Fanny Leclerc',
        'Idriss Cissé',
        'Jules Marty',
        'Lina Brun',
        'Maya Cohen',
        'Rose Vasseur',
      ],
    },
    {
      name: 'CP',
      levels: ['CP'],
      cover: 3,
      moderation: 'open',
      teacher: 'Hélène Bertin',
      aides: [],
      pupils: [
        'Anaïs Colin',
        'Basile Noël',
        'Élise Faure',
        'Ismaël Diop',
        'Juliette Roy',
        'Lucas Martin',
        'Malik Amrani',
        'Nina Lopez',
        'Oscar Weber',
        'Rayan Kaci',
        'Suzanne Bel',
      ],
    },
    {
      name: 'CM2 B',
      levels: ['CM2'],
      cover: 4,
      moderation: 'open',
      teacher: 'Marc Olivier',
      aides: [],
      pupils: [
        'Rosa Fernandes',
        'Alice Renard',
        'Gabin Dupuy',
        'Inaya Sow',
        'Lucas Martin',
        'Marius Klein',
        'Romane Hubert',
        'Sacha Levy',
        'Yasmine Fares',
        'Samy Hamdi',
      ],
    },
    {
      name: 'GS',
      levels: ['GS'],
      cover: 5,
      moderation: 'open',
      teacher: 'Sylvie Caradec',
      aides: ['Odile Prigent'],
      pupils: ['Tom Moreau', 'Lila Ziani', 'Malo Tanguy', 'Awa Ba', 'Côme Garcia', 'Eva Marchand'],
    },
  ],
};

const PASTEUR: HandWrittenSchool = {
  slug: 'pasteur',
  name: 'École Pasteur',
  commune: 0,
  opening: null,
  head: 'Béatrice Vasseur',
  otherTeachers: [],
  reachableStaff: ['Gérard Lopes'],
  otherStaff: [],
  classes: [
    {
      name: 'CE1',
      levels: ['CE1'],
      cover: 6,
      moderation: 'open',
      teacher: 'Julie Robin',
      aides: [],
      pupils: [
        'Ondine Le Bihan',
        'Samuel Okafor',
        'Lilou Petit',
        'Youssef El Amrani',
        'Capucine d’Almeida',
        'Marin Guérin',
      ],
    },
    {
      name: 'CP',
      levels: ['CP'],
      cover: 3,
      moderation: 'open',
      teacher: 'Thomas Verdier',
      aides: [],
      pupils: ['Paul-Émile Joly', 'Fatou N’Diaye'],
    },
    {
      name: 'CE2',
      levels: ['CE2'],
      cover: 7,
      moderation: 'open',
      teacher: 'Nora Belkacem',
      aides: [],
      pupils: ['Lucie Okafor', 'Hugo de La Tour'],
    },
    {
      name: 'CM1-CM2',
      levels: ['CM1', 'CM2'],
      cover: 4,
      moderation: 'first-contact',
      teacher: 'Béatrice Vasseur',
      aides: [],
      pupils: ['Eliott Marchal', 'Kenza Rahmani', 'Octave Schmitt', 'Léna Garnier'],
    },
  ],
};

const JULES_FERRY: HandWrittenSchool = {
  slug: 'jules-ferry',
  name: 'École Jules-Ferry',
  commune: 1,
  opening: { days: [1, 2, 4, 5], from: '08:00', to: '18:00' },
  head: 'Philippe Marchand',
  otherTeachers: [],
  reachableStaff: ['Solange Roussel'],
  otherStaff: [],
  classes: [
    {
      name: 'CP-CE1',
      levels: ['CP', 'CE1'],
      cover: 3,
      moderation: 'open',
      teacher: 'Pauline Giraud',
      aides: [],
      pupils: ['Lise Perret', 'Aylan Kaya'],
    },
    {
      name: 'CE2',
      levels: ['CE2'],
      cover: 1,
      moderation: 'open',
      teacher: 'Rémi Le Guen',
      aides: [],
      pupils: ['Jean-Baptiste Hoarau', 'Naomi Cohen-Solal'],
    },
    {
      name: 'CM1-CM2',
      levels: ['CM1', 'CM2'],
      cover: 2,
      moderation: 'open',
      teacher: 'Philippe Marchand',
      aides: [],
      pupils: ['Noémie Guichard', 'Issa Konaté'],
    },
  ],
};

export const HAND_WRITTEN: readonly HandWrittenSchool[] = [TILLEULS, PASTEUR, JULES_FERRY];

/** The guardians of some; those of all others are made up. */
export const GUARDIANS: Readonly<Record<string, readonly string[]>> = {
  'Lina Moreau': ['Karine Moreau', 'Thomas Moreau'],
  'Amine Benali': ['Samira Benali', 'Farid Benali'],
  'Noé Garnier': ['Élodie Garnier'],
  'Sofia Marques': ['Teresa Marques', 'Paulo Marques'],
  'Théo Jourdain': ['Cécile Jourdain', 'Marc Jourdain'],
};

/** A parent without contact. */
export const BLOCKED_GUARDIAN = 'Marc Jourdain';
/** Its teacher has opened photos. */
export const WITH_PHOTOS: readonly string[] = ['GS', 'CE1 A'];
/** His family's photo authorisation says no. */
export const NO_PHOTO = 'Gaël Tanguy';
/** His family has not yet said whether he may write. */
export const UNANSWERED = 'Amine Benali';
/** AESH of one child. */
export const AIDE = { aide: 'Anne Kermadec', pupil: 'Théo Jourdain' } as const;
/** She teaches in two schools, a class in each. */
export const REPLACEMENT = {
  teacher: 'Nadège Colas',
  classes: ['cp.tilleuls', 'ce2.pasteur'],
} as const;
/** The class whose children write to those of another school; the first side moderates. */
export const LINKED = ['ce1-a.tilleuls', 'ce1.pasteur'] as const;
/** Somebody of a museum who may write to one class. */
export const CORRESPONDENT = {
  classLocal: 'ce1-a.tilleuls',
  address: 'camille.arnoux@musee-des-sciences.example',
  approvedBy: 'claire.lefevre',
} as const;
/** She was in CE1 A until this week, and is now in CE1-CE2. */
export const MOVER = {
  pupil: 'jade.morel',
  from: 'ce1-a.tilleuls',
  to: 'ce1-ce2.tilleuls',
} as const;
/** The three to try: a child, their teacher, their head. */
export const SIGN_INS = ['lina.moreau', 'claire.lefevre', 'mamadou.diallo'] as const;
/** The town's agents, and who answers for support@, postmaster@ and abuse@. */
export const AGENTS = ['Hugues Armand', 'Leïla Brahimi', 'Yann Kervella'] as const;
