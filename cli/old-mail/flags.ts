import type { Flag } from '../flags.ts';
import { IMPORT_IMAP } from '../texts/help.ts';

export const LEGACY_FLAGS: Readonly<Record<string, Flag>> = {
  map: {
    type: 'string',
    value: 'FICHIER.csv',
    says: IMPORT_IMAP.map,
  },
  host: { type: 'string', value: 'SERVEUR', says: IMPORT_IMAP.host },
  port: { type: 'string', value: 'N', says: IMPORT_IMAP.port },
  security: {
    type: 'string',
    value: 'tls|starttls|none',
    says: IMPORT_IMAP.security,
  },
  'any-certificate': {
    type: 'boolean',
    says: IMPORT_IMAP['any-certificate'],
  },
  admin: {
    type: 'string',
    value: 'COMPTE',
    says: IMPORT_IMAP.admin,
  },
  'admin-password-file': {
    type: 'string',
    value: 'FICHIER',
    says: IMPORT_IMAP['admin-password-file'],
  },
  'admin-way': {
    type: 'string',
    value: 'authzid|master',
    says: IMPORT_IMAP['admin-way'],
  },
  parallel: {
    type: 'string',
    value: 'N',
    says: IMPORT_IMAP.parallel,
  },
  'dry-run': { type: 'boolean', says: IMPORT_IMAP['dry-run'] },
  report: {
    type: 'string',
    value: 'FICHIER.csv',
    says: IMPORT_IMAP.report,
  },
  json: {
    type: 'boolean',
    says: IMPORT_IMAP.json,
  },
};
