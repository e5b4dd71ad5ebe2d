import type { Flag } from '../flags.ts';

export const LEGACY_FLAGS: Readonly<Record<string, Flag>> = {
  map: {
    type: 'string',
    value: 'FICHIER.csv',
    says: 'une ligne par compte : user,address,password / one line an account',
  },
  host: { type: 'string', value: 'SERVEUR', says: 'l’ancien serveur / the old server' },
  port: { type: 'string', value: 'N', says: '993 sans autre mention / by default' },
  security: {
    type: 'string',
    value: 'tls|starttls|none',
    says: 'tls sans autre mention / by default',
  },
  'any-certificate': {
    type: 'boolean',
    says: 'accepte un certificat que personne ne garantit / takes a certificate that nobody vouches for',
  },
  admin: {
    type: 'string',
    value: 'COMPTE',
    says: 'un administrateur de l’ancien serveur entre pour tous / an administrator of the old server signs in for all',
  },
  'admin-password-file': {
    type: 'string',
    value: 'FICHIER',
    says: 'son mot de passe, seul dans un fichier / the password, alone in a file',
  },
  'admin-way': {
    type: 'string',
    value: 'authzid|master',
    says: 'comment (authzid, ou user*admin comme Dovecot) / how',
  },
  parallel: {
    type: 'string',
    value: 'N',
    says: 'comptes à la fois, 4 sans autre mention, au plus 32 / accounts at a time, 4 by default, at most 32',
  },
  'dry-run': { type: 'boolean', says: 'compte sans rien apporter / counts and brings nothing' },
  report: {
    type: 'string',
    value: 'FICHIER.csv',
    says: 'ce qui a été refusé, et pourquoi / what was refused, and why',
  },
  json: {
    type: 'boolean',
    says: 'une ligne JSON par compte, pour les scripts / one JSON line an account, for scripts',
  },
};
/** What `--help` says under the flags. */
export const LEGACY_EXIT_HELP =
  '  Les dossiers partagés ou publics de l’ancien serveur ne sont à personne : ils ne viennent pas. / Folders that are shared or public there are nobody’s own: they don’t come.\n  0 tout est là / all is here   1 refusé, rien commencé / refused, nothing begun   2 des messages refusés, voir --report / some messages refused   3 des comptes manquent : recommencez / accounts are missing: run it again';
