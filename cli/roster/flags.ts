import type { Flag } from '../flags.ts';
import { ROSTER } from '../texts/help.ts';

const JSON_FLAG: Flag = {
  type: 'boolean',
  says: ROSTER.json,
};
const SCHOOL_FLAG: Flag = {
  type: 'string',
  value: 'SLUG',
  says: ROSTER.school,
};

export const IMPORT_FLAGS: Readonly<Record<string, Flag>> = {
  school: SCHOOL_FLAG,
  all: {
    type: 'boolean',
    says: ROSTER.all,
  },
  year: {
    type: 'string',
    value: '2026-2027',
    says: ROSTER.year,
  },
  'dry-run': { type: 'boolean', says: ROSTER['dry-run'] },
  apply: { type: 'boolean', says: ROSTER.apply },
  retype: {
    type: 'string',
    value: 'N',
    says: ROSTER.retype,
  },
  arrivals: {
    type: 'string',
    value: 'N',
    says: ROSTER.arrivals,
  },
  decide: {
    type: 'string',
    value: 'FICHIER.json',
    says: ROSTER.decide,
  },
  columns: {
    type: 'string',
    value: 'family=…,given=…',
    says: ROSTER.columns,
  },
  report: {
    type: 'string',
    value: 'FICHIER.csv|.pdf',
    says: ROSTER.report,
  },
  sheets: {
    type: 'string',
    value: 'DOSSIER',
    says: ROSTER.sheets,
  },
  json: JSON_FLAG,
};
export const QUESTION_FLAGS: Readonly<Record<string, Flag>> = {
  school: SCHOOL_FLAG,
  json: JSON_FLAG,
};
export const UNDO_FLAGS: Readonly<Record<string, Flag>> = { school: SCHOOL_FLAG, json: JSON_FLAG };
export const ROLL_OVER_FLAGS: Readonly<Record<string, Flag>> = {
  school: SCHOOL_FLAG,
  day: {
    type: 'string',
    value: '2027-09-02',
    says: ROSTER.day,
  },
  json: JSON_FLAG,
};
