import { say, type Command } from './command.ts';
import type { Flag } from './flags.ts';
import { LEGACY_EXIT_HELP, LEGACY_FLAGS } from './old-mail/flags.ts';
import { EXIT_HELP, IMPORT_FLAGS, ROLL_OVER_FLAGS, UNDO_FLAGS } from './roster/flags.ts';

const JSON_FLAG: Flag = {
  type: 'boolean',
  says: 'une ligne JSON pour les scripts / one JSON line, for scripts',
};

const FLAGS_ALONE = { path: null, more: '' } as const;

/**
 * Every subcommand. What it does is imported once it is called, so that `--help` doesn't wait for
 * all of the mail.
 */
export const COMMANDS: Readonly<Record<string, Command>> = {
  start: {
    says: 'démarre le courrier, et ce qui lui manque / starts the mail, and what it lacks',
    flags: {
      roles: {
        type: 'string',
        value: 'smtp,imap,web,worker',
        says: 'ces rôles seulement / these roles only',
      },
      'no-demo': { type: 'boolean', says: 'sans ville de démonstration / without the demo town' },
      json: JSON_FLAG,
    },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./start-command.ts')).startCommand(given),
  },
  migrate: {
    says: 'met la base de données à jour / brings the database up to date',
    flags: { json: JSON_FLAG },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./migrate-command.ts')).migrateCommand(given),
  },
  demo: {
    says: 'crée la ville de démonstration / makes the demo town',
    flags: {
      schools: { type: 'string', value: 'N', says: 'nombre d’écoles / number of schools' },
      pupils: { type: 'string', value: 'N', says: 'nombre d’élèves / number of pupils' },
      teachers: { type: 'string', value: 'N', says: 'nombre d’enseignants / number of teachers' },
      mail: {
        type: 'string',
        value: 'N',
        says: 'messages par boîte, en moyenne / messages a mailbox, on average',
      },
      bench: {
        type: 'string',
        value: 'N',
        says: 'ajoute l’école des outils de charge, u1 à uN / adds the school of load tools, u1 to uN',
      },
      password: { type: 'string', value: 'P', says: 'leur mot de passe / their password' },
      'i-know': {
        type: 'boolean',
        says: 'aussi hors de cette machine : les mots de passe sont publics / outside this machine too: the passwords are public',
      },
      json: JSON_FLAG,
    },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./demo-command.ts')).demoCommand(given),
  },
  dns: {
    says: 'les lignes à mettre dans la zone DNS du domaine / the lines for the DNS zone of the domain',
    flags: { json: JSON_FLAG },
    ...FLAGS_ALONE,
    run: async ({ config, flags }) => {
      const { dnsRecords, zoneLines } = await import('./dns.ts');
      say(flags, { records: dnsRecords(config) }, zoneLines(config));
      return 0;
    },
  },
  verify: {
    says: 'vérifie tout le courrier gardé, ligne par ligne / looks through all mail that is kept, row by row',
    flags: {
      repair: {
        type: 'boolean',
        says: 'répare les compteurs et les listes / mends counts and lists',
      },
      json: JSON_FLAG,
    },
    path: null,
    more: '\n0 : tout est en ordre / all is well · 1 : des défauts restent / faults are left\n',
    run: async ({ config, flags, signal }) =>
      (await import('./verify-command.ts')).verifyCommand(config, flags, signal),
  },
  'import imap': {
    says: 'apporte le courrier d’un ancien serveur IMAP / brings the mail of an old IMAP server',
    flags: LEGACY_FLAGS,
    path: null,
    more: LEGACY_EXIT_HELP,
    run: async ({ config, flags, signal }) =>
      (await import('./old-mail/command.ts')).legacyCommand(config, flags, signal),
  },
  'roster import': {
    says: 'les listes des écoles, élèves, familles, enseignants / schools’ rosters: pupils, families, teachers',
    flags: IMPORT_FLAGS,
    path: 'FICHIER|DOSSIER',
    more: EXIT_HELP,
    run: async ({ config, flags, signal, path }) =>
      (await import('./roster/command.ts')).importCommand(config, flags, {
        path,
        signal,
      }),
  },
  'roster undo': {
    says: 'annule le dernier import d’une école / undoes a school’s last import',
    flags: UNDO_FLAGS,
    path: null,
    more: EXIT_HELP,
    run: async ({ config, flags, signal }) =>
      (await import('./roster/command.ts')).undoCommand(config, flags, signal),
  },
  'roster roll-over': {
    says: 'le jour où l’année suivante commence / the day on which next year begins',
    flags: ROLL_OVER_FLAGS,
    path: null,
    more: EXIT_HELP,
    run: async ({ config, flags, signal }) =>
      (await import('./roster/command.ts')).rollOverCommand(config, flags, signal),
  },
};
