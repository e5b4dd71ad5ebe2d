import type {
  AccountId,
  AddressId,
  ClassId,
  Face,
  SchoolId,
  SpecialUse,
  Viewer,
  LetterId,
  MessageView,
  Writing,
} from '../../core/core.ts';
import { CLOCK_OF } from '../../core/time-zones.ts';

export const USES: readonly SpecialUse[] = ['inbox', 'sent', 'drafts', 'trash', 'archive', 'junk'];

export const DOMAIN = 'ecoles.preau.test';

export { DEMO_PASSWORD as PASSWORD } from '../../cli/demo/seed.ts';

export interface Person extends Viewer {
  readonly boxes: Map<SpecialUse, Kept[]>;
}

export const NOW = new Date('2026-11-24T10:50:00+01:00');

export const CE1A = {
  id: 12 as ClassId,
  name: 'CE1 A',
  address: `ce1a.tilleuls@${DOMAIN}`,
  cover: 2,
};

export const CHORALE = {
  id: 13 as ClassId,
  name: 'Chorale',
  address: `chorale.tilleuls@${DOMAIN}`,
  cover: 6,
};

export const CHILDREN: readonly (readonly [string, string])[] = [
  ['Lina', 'lapin'],
  ['Noé', 'poisson'],
  ['Sofia', 'escargot'],
  ['Yanis', 'renard'],
  ['Zoé', 'mouton'],
  ['Adèle', 'chat'],
  ['Aïssatou', 'lion'],
  ['Amine', 'grenouille'],
  ['Émile', 'tortue'],
  ['Gaël', 'hibou'],
  ['Maëlle', 'herisson'],
  ['Théo', 'chien'],
  ['Léo', 'ours'],
  ['Manon', 'poule'],
  ['Naïm', 'elephant'],
  ['Inès', 'abeille'],
  ['Rayan', 'panda'],
  ['Louise', 'vache'],
  ['Jules', 'souris'],
  ['Chloé', 'canard'],
  ['Ilyes', 'baleine'],
  ['Ava', 'cochon'],
  ['Paul', 'manchot'],
  ['Mamadou', 'girafe'],
];

const slugOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.');

const addressOf = (name: string): string => `${slugOf(name)}@${DOMAIN}`;

export function face(
  kind: Face['kind'],
  name: string,
  rest: { readonly face: string; readonly cover: number; readonly address?: string },
): Face {
  return {
    kind,
    name,
    address: rest.address ?? addressOf(name),
    face: rest.face,
    cover: rest.cover,
  };
}

export const FACES = {
  teacher: face('adult', 'Claire Lefèvre', { face: 'CL', cover: 2 }),
  head: face('adult', 'Mamadou Diallo', { face: 'MD', cover: 3 }),
  mother: face('adult', 'Samira Benali', { face: 'SB', cover: 4 }),
  colleague: face('adult', 'Julie Robin', { face: 'JR', cover: 6 }),
  inspection: face('outside', 'Inspection, circonscription Nord', {
    face: 'IN',
    cover: 8,
    address: 'inspection@exemple.fr',
  }),
  classList: face('list', 'CE1 A', { face: '', cover: 2, address: CE1A.address }),
  child: (name: string): Face =>
    face('child', name, { face: CHILDREN.find(([one]) => one === name)?.[1] ?? 'panda', cover: 2 }),
};

let people = 0;

interface Newcomer {
  readonly role: Viewer['role'];
  readonly face: string;
  readonly language?: 'fr' | 'en';
  readonly school?: number;
}

export function person(name: string, rest: Newcomer): Person {
  people += 1;
  const boxes = new Map(USES.map((use) => [use, [] as Kept[]]));
  return {
    school: (rest.school ?? 1) as SchoolId,
    schoolName: rest.school === 2 ? 'École Pasteur' : 'École des Tilleuls',
    timeZone: CLOCK_OF.mainland,
    account: people as AccountId,
    addressId: people as AddressId,
    address: addressOf(name),
    role: rest.role,
    displayName: name,
    givenName: name.split(' ')[0] ?? name,
    face: rest.face,
    language: rest.language ?? 'fr',
    reads: 'words',
    classes: classesOf(rest),
    photos: true,
    writesAfter: null,
    restsUntil: null,
    away: null,
    mailPrograms: rest.role !== 'pupil',
    heads: rest.role === 'head',
    boxes,
  };
}

function classesOf({ role, school }: Pick<Newcomer, 'role' | 'school'>): Viewer['classes'] {
  if (role === 'teacher') return [CE1A, CHORALE];
  return school === 2 ? [] : [CE1A];
}

export function faceAt(address: string): Face {
  const known = [
    FACES.teacher,
    FACES.head,
    FACES.mother,
    FACES.colleague,
    FACES.classList,
    ...CHILDREN.map(([name]) => FACES.child(name)),
  ].find((one) => one.address === address);
  return known ?? face('outside', '', { face: '', cover: 8, address });
}

export interface Kept extends MessageView {
  /** Its formatted text, as core gives it. */
  readonly html: string | null;
  readonly writing: Writing | null;
  readonly letter: LetterId;
  readonly bytes: ReadonlyMap<string, Buffer>;
}
