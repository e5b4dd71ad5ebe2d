import type { CliCommand } from './command.ts';
import type { Flag } from './flags.ts';
import { LEGACY_FLAGS } from './old-mail/flags.ts';
import { IMPORT_FLAGS, QUESTION_FLAGS, ROLL_OVER_FLAGS, UNDO_FLAGS } from './roster/flags.ts';
import {
  AGENT,
  BACKUP,
  BODIES,
  CLUSTER,
  DEMO,
  DNS,
  DOCTOR,
  HOLIDAYS,
  IMPORT_IMAP,
  JSON_LINE,
  MAILTEST,
  MIGRATE,
  OUTBOX,
  PAPERS,
  PASSWORDS,
  NIGHTS,
  NIGHTS_BACKUP,
  PROVE_ISOLATION,
  RESTORE,
  ROSTER,
  SCHOOLS,
  SECRET,
  SETUP,
  SITES,
  START,
  UPGRADE_CHECK,
  VERIFY,
  VOICE,
} from './texts/help.ts';

const JSON_FLAG: Flag = {
  type: 'boolean',
  says: JSON_LINE,
};

const OUTBOX_FLAGS: Readonly<Record<string, Flag>> = {
  row: { type: 'string', value: 'N', says: OUTBOX.row },
  'older-than': { type: 'string', value: '2h', says: OUTBOX['older-than'] },
  sent: { type: 'boolean', says: OUTBOX.sent },
  unseen: { type: 'boolean', says: OUTBOX.unseen },
  all: { type: 'boolean', says: OUTBOX.all },
  json: JSON_FLAG,
};

const FLAGS_ALONE = { path: null, more: '' } as const;

/**
 * Every subcommand. What it does is imported once it is called, so that `--help` doesn't wait for
 * all of the mail.
 */
export const COMMANDS: Readonly<Record<string, CliCommand>> = {
  start: {
    says: START.says,
    flags: {
      roles: {
        type: 'string',
        value: 'smtp,imap,web,worker',
        says: START.roles,
      },
      processes: { type: 'string', value: 'N', says: START.processes },
      'no-demo': { type: 'boolean', says: START['no-demo'] },
      json: JSON_FLAG,
    },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./start-command.ts')).startCommand(given),
  },
  migrate: {
    says: MIGRATE.says,
    flags: {
      'without-point': { type: 'boolean', says: MIGRATE['without-point'] },
      json: JSON_FLAG,
    },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./migrate-command.ts')).migrateCommand(given),
  },
  'upgrade-check': {
    says: UPGRADE_CHECK.says,
    flags: {
      measure: { type: 'boolean', says: UPGRADE_CHECK.measure },
      json: JSON_FLAG,
    },
    path: null,
    more: UPGRADE_CHECK.more,
    run: async (given) => (await import('./upgrade/check-command.ts')).upgradeCheckCommand(given),
  },
  demo: {
    says: DEMO.says,
    flags: {
      schools: { type: 'string', value: 'N', says: DEMO.schools },
      pupils: { type: 'string', value: 'N', says: DEMO.pupils },
      teachers: { type: 'string', value: 'N', says: DEMO.teachers },
      mail: {
        type: 'string',
        value: 'N',
        says: DEMO.mail,
      },
      'time-zone': { type: 'string', value: 'ZONE', says: DEMO['time-zone'] },
      bench: {
        type: 'string',
        value: 'N',
        says: DEMO.bench,
      },
      password: { type: 'string', value: 'P', says: DEMO.password },
      'i-know': {
        type: 'boolean',
        says: DEMO['i-know'],
      },
      json: JSON_FLAG,
    },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./demo-command.ts')).demoCommand(given),
  },
  setup: {
    says: SETUP.says,
    flags: {
      file: { type: 'string', value: 'FICHIER.json', says: SETUP.file },
      'dry-run': { type: 'boolean', says: SETUP['dry-run'] },
      sheets: { type: 'string', value: 'DOSSIER', says: SETUP.sheets },
      json: JSON_FLAG,
    },
    path: null,
    more: SETUP.more,
    run: async (given) => (await import('./town/setup-command.ts')).setupCommand(given),
  },
  'setup link': {
    says: SETUP.link,
    flags: { json: JSON_FLAG },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./town/setup-command.ts')).linkCommand(given),
  },
  'agent list': {
    says: AGENT.list,
    flags: { json: JSON_FLAG },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./town/agent-command.ts')).listAgents(given),
  },
  'agent add': {
    says: AGENT.add,
    flags: {
      given: { type: 'string', value: 'PRENOM', says: AGENT.given },
      family: { type: 'string', value: 'NOM', says: AGENT.family },
      json: JSON_FLAG,
    },
    path: 'ADRESSE',
    more: '',
    run: async (given) => (await import('./town/agent-command.ts')).addAgent(given),
  },
  'agent reset': {
    says: AGENT.reset,
    flags: { json: JSON_FLAG },
    path: 'ADRESSE',
    more: '',
    run: async (given) => (await import('./town/agent-command.ts')).resetAgent(given),
  },
  'schools import': {
    says: SCHOOLS.import,
    flags: {
      communes: { type: 'string', value: 'NOM,CODE|all', says: SCHOOLS.communes },
      columns: { type: 'string', value: 'uai=…,name=…,commune=…', says: SCHOOLS.columns },
      'close-on': { type: 'string', value: '2027-07-07', says: SCHOOLS['close-on'] },
      'dry-run': { type: 'boolean', says: SCHOOLS['dry-run'] },
      apply: { type: 'boolean', says: SCHOOLS.apply },
      json: JSON_FLAG,
    },
    path: SCHOOLS.path,
    more: SCHOOLS.more,
    run: async (given) => (await import('./schools/command.ts')).importSchools(given),
  },
  'schools undo': {
    says: SCHOOLS.undo,
    flags: { json: JSON_FLAG },
    path: null,
    more: SCHOOLS.more,
    run: async (given) => (await import('./schools/command.ts')).undoSchools(given),
  },
  dns: {
    says: DNS.says,
    flags: { check: { type: 'boolean', says: DNS.check }, json: JSON_FLAG },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./dns.ts')).dnsCommand(given),
  },
  doctor: {
    says: DOCTOR.says,
    flags: {
      only: { type: 'string', value: 'names.mx,network', says: DOCTOR.only },
      strict: { type: 'boolean', says: DOCTOR.strict },
      language: { type: 'string', value: 'fr|en', says: DOCTOR.language },
      json: JSON_FLAG,
    },
    path: null,
    more: DOCTOR.more,
    run: async (given) => (await import('./doctor-command.ts')).doctorCommand(given),
  },
  mailtest: {
    says: MAILTEST.says,
    flags: {
      wait: { type: 'string', value: '2m', says: MAILTEST.wait },
      json: JSON_FLAG,
    },
    path: 'ADRESSE',
    more: MAILTEST.more,
    run: async (given) => (await import('./mailtest-command.ts')).mailtestCommand(given),
  },
  'mailtest last': {
    says: MAILTEST.last,
    flags: { json: JSON_FLAG },
    path: null,
    more: MAILTEST.more,
    run: async (given) => (await import('./mailtest-command.ts')).lastMailtestCommand(given),
  },
  'papers verify': {
    says: PAPERS.verify,
    flags: { json: JSON_FLAG },
    path: 'FICHIER.pdf',
    more: PAPERS.more,
    run: async (given) => (await import('./papers-command.ts')).verifyPapers(given),
  },
  verify: {
    says: VERIFY.says,
    flags: {
      repair: {
        type: 'boolean',
        says: VERIFY.repair,
      },
      bytes: { type: 'boolean', says: VERIFY.bytes },
      note: { type: 'boolean', says: VERIFY.note },
      json: JSON_FLAG,
    },
    path: null,
    more: VERIFY.more,
    run: async ({ config, flags, signal }) =>
      (await import('./verify-command.ts')).verifyCommand(config, flags, signal),
  },
  backup: {
    says: BACKUP.says,
    flags: { full: { type: 'boolean', says: BACKUP.full }, json: JSON_FLAG },
    path: null,
    more: BACKUP.more,
    run: async (given) => (await import('./backup/backup-command.ts')).backupCommand(given),
  },
  'backup key': {
    says: BACKUP.key,
    flags: {
      sheet: { type: 'string', value: 'FEUILLE.pdf', says: BACKUP.sheet },
      key: { type: 'string', value: 'FICHIER|-', says: BACKUP.putBack },
      json: JSON_FLAG,
    },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./backup/key-command.ts')).keyCommand(given),
  },
  'backup info': {
    says: BACKUP.info,
    flags: { json: JSON_FLAG },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./backup/backup-command.ts')).infoCommand(given),
  },
  'backup check': {
    says: BACKUP.check,
    flags: { json: JSON_FLAG },
    path: null,
    more: BACKUP.checkMore,
    run: async (given) => (await import('./backup/own/check-command.ts')).checkCommand(given),
  },
  'backup prove': {
    says: BACKUP.prove,
    flags: { due: { type: 'boolean', says: BACKUP.due }, json: JSON_FLAG },
    path: null,
    more: BACKUP.proveMore,
    run: async (given) => (await import('./backup/proof/prove-command.ts')).proveCommand(given),
  },
  restore: {
    says: RESTORE.says,
    flags: {
      repository: { type: 'string', value: 'DOSSIER', says: RESTORE.repository },
      key: { type: 'string', value: 'FICHIER|-', says: RESTORE.key },
      to: { type: 'string', value: '2026-11-25T10:42', says: RESTORE.to },
      into: { type: 'string', value: 'DOSSIER', says: RESTORE.into },
      json: JSON_FLAG,
    },
    path: null,
    more: RESTORE.more,
    run: async (given) => (await import('./backup/restore-command.ts')).restoreCommand(given),
  },
  'restore files': {
    says: RESTORE.files,
    flags: {
      repository: { type: 'string', value: 'DOSSIER', says: RESTORE.repository },
      key: { type: 'string', value: 'FICHIER|-', says: RESTORE.key },
      json: JSON_FLAG,
    },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./backup/files-command.ts')).filesCommand(given),
  },
  bodies: {
    says: BODIES.says,
    flags: { json: JSON_FLAG },
    path: null,
    more: BODIES.more,
    run: async (given) => (await import('./bodies-command.ts')).showBodies(given),
  },
  'bodies move': {
    says: BODIES.move,
    flags: { json: JSON_FLAG },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./bodies-command.ts')).moveBodies(given),
  },
  'bodies back': {
    says: BODIES.back,
    flags: { json: JSON_FLAG },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./bodies-command.ts')).bringBodiesBack(given),
  },
  'bodies check': {
    says: BODIES.check,
    flags: { json: JSON_FLAG },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./bodies-command.ts')).checkBodies(given),
  },
  'bodies key': {
    says: BODIES.key,
    flags: {
      sheet: { type: 'string', value: 'FEUILLE.pdf', says: BODIES.sheet },
      key: { type: 'string', value: 'FICHIER|-', says: BODIES.putBack },
      json: JSON_FLAG,
    },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./body-keys.ts')).bodyKeyCommand(given),
  },
  'secret renew': {
    says: SECRET.says,
    flags: { 'i-know': { type: 'boolean', says: SECRET['i-know'] }, json: JSON_FLAG },
    path: null,
    more: SECRET.more,
    run: async (given) => (await import('./secret-command.ts')).renewSecretCommand(given),
  },
  'database passwords': {
    says: PASSWORDS.says,
    flags: { json: JSON_FLAG },
    path: null,
    more: PASSWORDS.more,
    run: async (given) => (await import('./passwords-command.ts')).passwordsCommand(given),
  },
  'restore settle': {
    says: RESTORE.settle,
    flags: { 'i-know': { type: 'boolean', says: RESTORE['i-know'] }, json: JSON_FLAG },
    path: null,
    more: RESTORE.settleMore,
    run: async (given) => (await import('./backup/own/settle-command.ts')).settleCommand(given),
  },
  nights: {
    says: NIGHTS.says,
    flags: {},
    path: null,
    more: NIGHTS.more,
    run: async (given) => (await import('./nights/nights-command.ts')).nightsCommand(given),
  },
  'nights backup': {
    says: NIGHTS_BACKUP.says,
    flags: {},
    path: 'PROGRAMME',
    more: NIGHTS_BACKUP.more,
    run: async (given) => (await import('./nights/own-backup.ts')).ownBackupCommand(given),
  },
  'cluster config': {
    says: CLUSTER.config,
    flags: { into: { type: 'string', value: 'DOSSIER', says: CLUSTER.into }, json: JSON_FLAG },
    path: 'CELLULE.json',
    more: CLUSTER.more,
    run: async (given) => (await import('./cluster/config-command.ts')).cellConfigCommand(given),
  },
  'prove-isolation': {
    says: PROVE_ISOLATION.says,
    flags: { json: JSON_FLAG },
    path: null,
    more: PROVE_ISOLATION.more,
    run: async (given) => (await import('./isolation-command.ts')).proveIsolationCommand(given),
  },
  'outbox list': {
    says: OUTBOX.list,
    flags: { log: { type: 'string', value: 'FICHIER|-', says: OUTBOX.log }, json: JSON_FLAG },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./outbox-command.ts')).listOutbox(given),
  },
  'outbox release': {
    says: OUTBOX.release,
    flags: OUTBOX_FLAGS,
    ...FLAGS_ALONE,
    run: async (given) => (await import('./outbox-command.ts')).releaseOutbox(given),
  },
  'outbox drop': {
    says: OUTBOX.drop,
    flags: OUTBOX_FLAGS,
    ...FLAGS_ALONE,
    run: async (given) => (await import('./outbox-command.ts')).dropOutbox(given),
  },
  'outbox hold': {
    says: OUTBOX.hold,
    flags: { row: { type: 'string', value: 'N', says: OUTBOX.row }, json: JSON_FLAG },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./outbox-command.ts')).holdOutbox(given),
  },
  holidays: {
    says: HOLIDAYS.says,
    flags: { json: JSON_FLAG },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./holidays-command.ts')).showHolidays(given),
  },
  'holidays import': {
    says: HOLIDAYS.import,
    flags: { json: JSON_FLAG },
    path: HOLIDAYS.path,
    more: HOLIDAYS.more,
    run: async (given) => (await import('./holidays-command.ts')).importHolidays(given),
  },
  sites: {
    says: SITES.says,
    flags: { json: JSON_FLAG },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./sites-command.ts')).showSites(given),
  },
  'sites update': {
    says: SITES.update,
    flags: {
      source: { type: 'string', value: 'SOURCE', says: SITES.source },
      'accept-smaller': { type: 'boolean', says: SITES['accept-smaller'] },
      anew: { type: 'boolean', says: SITES.anew },
      json: JSON_FLAG,
    },
    ...FLAGS_ALONE,
    run: async (given) => (await import('./sites-command.ts')).updateSites(given),
  },
  'sites check': {
    says: SITES.check,
    flags: { json: JSON_FLAG },
    path: 'ADRESSE',
    more: '',
    run: async (given) => (await import('./sites-command.ts')).checkSite(given),
  },
  voice: {
    says: VOICE.says,
    flags: { json: JSON_FLAG },
    path: null,
    more: VOICE.more,
    run: async (given) => (await import('./voice/command.ts')).voiceCommand(given),
  },
  'import imap': {
    says: IMPORT_IMAP.says,
    flags: LEGACY_FLAGS,
    path: null,
    more: IMPORT_IMAP.more,
    run: async ({ config, flags, signal }) =>
      (await import('./old-mail/command.ts')).legacyCommand(config, flags, signal),
  },
  'roster import': {
    says: ROSTER.import,
    flags: IMPORT_FLAGS,
    path: ROSTER.path,
    more: ROSTER.more,
    run: async ({ config, flags, signal, path }) =>
      (await import('./roster/command.ts')).importCommand(config, flags, {
        path,
        signal,
      }),
  },
  'roster questions': {
    says: ROSTER.questions,
    flags: QUESTION_FLAGS,
    path: null,
    more: ROSTER.more,
    run: async ({ config, flags, signal }) =>
      (await import('./roster/command.ts')).questionsCommand(config, flags, signal),
  },
  'roster undo': {
    says: ROSTER.undo,
    flags: UNDO_FLAGS,
    path: null,
    more: ROSTER.more,
    run: async ({ config, flags, signal }) =>
      (await import('./roster/command.ts')).undoCommand(config, flags, signal),
  },
  'roster roll-over': {
    says: ROSTER.rollOver,
    flags: ROLL_OVER_FLAGS,
    path: null,
    more: ROSTER.more,
    run: async ({ config, flags, signal }) =>
      (await import('./roster/command.ts')).rollOverCommand(config, flags, signal),
  },
};
