import type { Door } from '../../core/ground/doors.ts';

/** What `preau prove-isolation` says of each door. */
const DOOR_SAYS: Readonly<Record<Door, string>> = {
  'stranger-to-pupil': 'un inconnu écrit à un élève / a stranger writes to a pupil',
  'correspondent-to-pupil':
    'un correspondant approuvé écrit à un élève de la classe / an approved correspondent writes to a pupil of the class',
  'pupil-to-stranger': 'un élève écrit à un inconnu / a pupil writes to a stranger',
  'pupil-to-pupil-elsewhere':
    'un élève écrit à un élève d’une autre école / a pupil writes to a pupil of another school',
  'pupil-to-pupil-here':
    'un élève écrit à un élève de son école / a pupil writes to a pupil of their school',
  'adult-elsewhere-to-pupil':
    'un adulte d’une autre école écrit à un élève / an adult of another school writes to a pupil',
  'adult-here-to-pupil':
    'un adulte de l’école écrit à un élève / an adult of the school writes to a pupil',
  'guardian-to-pupil': 'une famille écrit à un élève / a family writes to a pupil',
  'agent-to-pupil': 'un agent écrit à un élève / an agent writes to a pupil',
  'pupil-to-adult': 'un élève écrit à un adulte / a pupil writes to an adult',
  'pupil-to-guardian': 'un élève écrit à une famille / a pupil writes to a family',
  'closed-account': 'un compte fermé écrit ou reçoit / a closed account writes or is written to',
  'list-to-pupils': 'une liste mène à des élèves / a list leads to pupils',
  'pupil-to-list': 'un élève écrit à une liste / a pupil writes to a list',
  'mailbox-of-a-pupil': 'quelqu’un ouvre la boîte d’un élève / somebody opens a pupil’s mailbox',
  'reader-of-board': 'quelqu’un lit un panneau / somebody reads a board',
};

const number = new Intl.NumberFormat('fr-FR');

export const PROVING_ISOLATION = {
  ownerMissing:
    'prove-isolation : il faut PREAU_DATABASE_ADMIN_URL, le propriétaire de la base. / PREAU_DATABASE_ADMIN_URL is needed, the owner of the database.',
  door: ({
    door,
    tries,
    passes,
    lacks,
  }: { readonly door: Door } & Readonly<Record<'tries' | 'passes' | 'lacks', number>>): string =>
    `${passes + lacks === 0 ? 'OK ' : 'NON'} ${number.format(passes + lacks)} / ${number.format(tries)}  ${DOOR_SAYS[door]}`,
  passes: (door: Door, from: string, to: string): string =>
    `  passe et ne devrait pas / comes through and shouldn’t: ${from} -> ${to} (${door})`,
  lacks: (door: Door, from: string, to: string): string =>
    `  devrait passer / should come through: ${from} -> ${to} (${door})`,
  more: (count: number): string => `  … et ${count} autres. / … and ${count} more.`,
  well: (tries: number, pupils: number, seconds: number): string =>
    `${number.format(tries)} essais pour ${number.format(pupils)} élèves en ${seconds} s : aucun n’est passé. / ${tries} tries for ${pupils} pupils in ${seconds} s: none came through.`,
  wrong: (count: number): string =>
    `${count} écarts : lisez les lignes NON. / ${count} differences: read the lines that say NON.`,
};
