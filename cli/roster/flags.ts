import type { Flag } from '../flags.ts';

const JSON_FLAG: Flag = {
  type: 'boolean',
  says: 'une ligne JSON par école, pour les scripts / one JSON line a school, for scripts',
};
const SCHOOL_FLAG: Flag = {
  type: 'string',
  value: 'SLUG',
  says: 'l’école, par son nom court / the school, by its short name',
};

export const IMPORT_FLAGS: Readonly<Record<string, Flag>> = {
  school: SCHOOL_FLAG,
  all: {
    type: 'boolean',
    says: 'un dossier par école, nommé comme elle / a folder a school, named like it',
  },
  year: {
    type: 'string',
    value: '2026-2027',
    says: 'l’année en cours, ou la suivante qui attend sa date / the running school year, or the next, which waits for its day',
  },
  'dry-run': { type: 'boolean', says: 'montre ce qui se ferait / shows what would be done' },
  apply: { type: 'boolean', says: 'le fait / does it' },
  retype: {
    type: 'string',
    value: 'N',
    says: 'le nombre de départs, retapé / the number of those who leave, typed again',
  },
  decide: {
    type: 'string',
    value: 'FICHIER.json',
    says: 'qui est qui, pour les homonymes / who is who, for homonyms',
  },
  columns: {
    type: 'string',
    value: 'family=…,given=…',
    says: 'les colonnes d’un tableau inconnu, gardées pour l’école / the columns of an unknown table, remembered for the school',
  },
  report: {
    type: 'string',
    value: 'FICHIER.csv|.pdf',
    says: 'le compte rendu à garder / the report to keep',
  },
  sheets: {
    type: 'string',
    value: 'DOSSIER',
    says: 'fait un code à qui n’en a pas, et y écrit les feuilles / makes codes for who has none, and writes the sheets there',
  },
  json: JSON_FLAG,
};
export const UNDO_FLAGS: Readonly<Record<string, Flag>> = { school: SCHOOL_FLAG, json: JSON_FLAG };
export const ROLL_OVER_FLAGS: Readonly<Record<string, Flag>> = {
  school: SCHOOL_FLAG,
  day: {
    type: 'string',
    value: '2027-09-02',
    says: 'met le passage à ce jour / puts the roll-over on this day',
  },
  json: JSON_FLAG,
};
/** What `--help` says under the flags. */
export const EXIT_HELP =
  '  0 fait, ou possible / done, or possible   1 refusé / refused   2 rien à changer / nothing to change   3 arrêté : il faut répondre / stopped: an answer is needed';
