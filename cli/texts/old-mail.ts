/**
 * What `preau import imap` says of its command line and its files; what came of each account stands
 * in `old-mail-outcomes.ts`.
 */
export const WRONG = {
  tooParallel: (most: number): string => `--parallel : au plus ${most}. / at most ${most}.`,
  noHost: 'Il faut --host, l’ancien serveur. / --host is needed, the old server.',
  security: '--security : tls, starttls ou none. / tls, starttls or none.',
  adminLacksPassword:
    '--admin : il faut aussi --admin-password-file. / --admin-password-file is needed too.',
  adminWay: '--admin-way : authzid ou master. / authzid or master.',
  noMap: 'Il faut --map, la table des comptes. / --map is needed, the map of accounts.',
  map: (why: string): string => `--map : ${why}`,
  mapLine: (line: number, why: string): string => `--map, ligne / line ${line} : ${why}.`,
  unread: (flag: string, path: string): string =>
    `${flag} : ce fichier ne peut pas être lu (${path}). / this file can’t be read.`,
};

export const progress = (accounts: number, of: number, messages: number): string =>
  `${accounts}/${of} comptes / accounts, ${messages} messages `;

export const REPORT_HEADER = [
  'adresse / address',
  'dossier / folder',
  'uid',
  'date',
  'raison / reason',
];
