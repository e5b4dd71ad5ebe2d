#!/usr/bin/env node
import { count, readFlags, readPathAndFlags, type Flag, type Flags } from './cli/flags.ts';
import { LEGACY_EXIT_HELP, LEGACY_FLAGS } from './cli/old-mail/flags.ts';
import { EXIT_HELP, IMPORT_FLAGS, ROLL_OVER_FLAGS, UNDO_FLAGS } from './cli/roster/flags.ts';
import { loadConfig } from './core/config.ts';
import { Fault } from './core/fault.ts';
import { openLog } from './core/log.ts';

/**
 * All of it must have ended by then, 10 s after the signal: what hasn't is left to the next start.
 */
const STOP_MS = 9_500;
/** How much of a text that is not ours a person sees when something breaks. */
const MAX_SENTENCE = 400;

interface Command {
  readonly says: string;
  readonly flags: Readonly<Record<string, Flag>>;
  /** What stands before the flags; null: nothing. */
  readonly path: string | null;
  /** Said under the flags. */
  readonly more: string;
  /** Gives the exit code. */
  run(flags: Flags, signal: AbortSignal, path: string): Promise<number>;
}

const JSON_FLAG: Flag = {
  type: 'boolean',
  says: 'une ligne JSON pour les scripts / one JSON line, for scripts',
};

const FLAGS_ALONE = { path: null, more: '' } as const;

const COMMANDS: Readonly<Record<string, Command>> = {
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
    run: runStart,
  },
  migrate: {
    says: 'met la base de données à jour / brings the database up to date',
    flags: { json: JSON_FLAG },
    ...FLAGS_ALONE,
    run: runMigrate,
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
    run: runDemo,
  },
  dns: {
    says: 'les lignes à mettre dans la zone DNS du domaine / the lines for the DNS zone of the domain',
    flags: { json: JSON_FLAG },
    ...FLAGS_ALONE,
    run: runDns,
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
    run: async (flags, signal) =>
      (await import('./cli/verify-command.ts')).verifyCommand(
        loadConfig(process.env),
        flags,
        signal,
      ),
  },
  'import imap': {
    says: 'apporte le courrier d’un ancien serveur IMAP / brings the mail of an old IMAP server',
    flags: LEGACY_FLAGS,
    path: null,
    more: LEGACY_EXIT_HELP,
    run: async (flags, signal) =>
      (await import('./cli/old-mail/command.ts')).legacyCommand(
        loadConfig(process.env),
        flags,
        signal,
      ),
  },
  'roster import': {
    says: 'les listes des écoles, élèves, familles, enseignants / schools’ rosters: pupils, families, teachers',
    flags: IMPORT_FLAGS,
    path: 'FICHIER|DOSSIER',
    more: EXIT_HELP,
    run: async (flags, signal, path) =>
      (await import('./cli/roster/command.ts')).importCommand(loadConfig(process.env), flags, {
        path,
        signal,
      }),
  },
  'roster undo': {
    says: 'annule le dernier import d’une école / undoes a school’s last import',
    flags: UNDO_FLAGS,
    path: null,
    more: EXIT_HELP,
    run: async (flags, signal) =>
      (await import('./cli/roster/command.ts')).undoCommand(loadConfig(process.env), flags, signal),
  },
  'roster roll-over': {
    says: 'le jour où l’année suivante commence / the day on which next year begins',
    flags: ROLL_OVER_FLAGS,
    path: null,
    more: EXIT_HELP,
    run: async (flags, signal) =>
      (await import('./cli/roster/command.ts')).rollOverCommand(
        loadConfig(process.env),
        flags,
        signal,
      ),
  },
};

async function runStart(flags: Flags, signal: AbortSignal): Promise<number> {
  const config = loadConfig(process.env); // first, so that a wrong variable is told at once
  // here, so that --help doesn't wait for all of the mail
  const { readRoles } = await import('./cli/launcher/roles.ts');
  const { start } = await import('./cli/launcher/start.ts');
  const roles = readRoles(flags['roles']);
  const started = await start(config, {
    roles,
    demo: flags['no-demo'] !== true,
    log: openLog(),
    signal,
  });
  try {
    say(flags, { ready: true, ...started.addresses }, started.greeting);
    await aborted(signal);
    return 0;
  } finally {
    await started.stop();
  }
}

async function runMigrate(flags: Flags, signal: AbortSignal): Promise<number> {
  const config = loadConfig(process.env);
  if (config.databaseUrl !== null && config.databaseAdminUrl === null)
    throw new Fault(
      'configuration',
      'migrate : il faut PREAU_DATABASE_ADMIN_URL, le propriétaire de la base. / PREAU_DATABASE_ADMIN_URL is needed, the owner of the database.',
      { transient: false },
    );
  const { useServices } = await import('./cli/launcher/live.ts');
  const { migrate } = await import('./core/store/migrate.ts');
  // Only the database is wanted: a scanner that is named isn't started.
  const services = await useServices(
    { ...config, clamd: config.clamd ?? 'unix:/dev/null' },
    { log: openLog({ level: 'warn' }), signal },
  );
  try {
    const { databaseUrl, databaseAdminUrl } = services.config;
    const { steps } = await migrate({
      adminUrl: databaseAdminUrl ?? '',
      appUrl: databaseUrl ?? '',
    });
    say(
      flags,
      { steps },
      steps.length === 0
        ? 'Déjà à jour. / Up to date already.'
        : `Fait : ${steps.join(', ')}. / Done.`,
    );
    return 0;
  } finally {
    await services.stop();
  }
}

async function runDns(flags: Flags): Promise<number> {
  const { dnsRecords, zoneLines } = await import('./cli/dns.ts');
  const config = loadConfig(process.env);
  say(flags, { records: dnsRecords(config) }, zoneLines(config));
  return 0;
}

async function runDemo(flags: Flags, signal: AbortSignal): Promise<number> {
  const { isPrivate, makeBench, makeTown, mayMakeDemo } = await import('./cli/demo.ts');
  const { SMALL_TOWN } = await import('./cli/demo/plan.ts');
  const { useServices } = await import('./cli/launcher/live.ts');
  const { openOn } = await import('./cli/launcher/start.ts');
  const config = loadConfig(process.env);
  mayMakeDemo(config, { iKnow: flags['i-know'] === true });
  const bench = count(flags, 'bench');
  const sizes = {
    schools: count(flags, 'schools'),
    pupils: count(flags, 'pupils'),
    teachers: count(flags, 'teachers'),
  };
  const mailPerBox = count(flags, 'mail') ?? 0;
  const password = flags['password'];
  if (bench !== null && typeof password !== 'string')
    throw new Fault(
      'configuration',
      '--bench : il faut aussi --password. / --password is needed too.',
      { transient: false },
    );
  const isSmall = Object.values(sizes).every((size) => size === null) && mailPerBox === 0;
  const size = isSmall
    ? SMALL_TOWN
    : {
        schools: sizes.schools ?? SMALL_TOWN.schools,
        pupils: sizes.pupils ?? SMALL_TOWN.pupils,
        teachers: sizes.teachers ?? SMALL_TOWN.teachers,
        seed: SMALL_TOWN.seed,
      };
  const services = await useServices(config, { log: openLog({ level: 'warn' }), signal });
  try {
    const core = await openOn(services.config);
    try {
      const progress = (sentence: string) => {
        if (flags['json'] !== true) console.error(sentence);
      };
      const path =
        bench !== null && typeof password === 'string'
          ? await makeBench(core.config, { accounts: bench, password })
          : await makeTown(core, {
              size,
              mailPerBox,
              embedded: config.databaseUrl === null,
              progress,
            });
      say(
        flags,
        { demo: path },
        `La ville est prête : ${path} / The town is ready.${isPrivate(config) ? ' npm start' : ''}`,
      );
      return 0;
    } finally {
      await core.close();
    }
  } finally {
    await services.stop();
  }
}

function say(flags: Flags, facts: Readonly<Record<string, unknown>>, sentence: string): void {
  console.log(flags['json'] === true ? JSON.stringify(facts) : sentence);
}

function help(name: string | undefined): string {
  const command = name === undefined ? undefined : COMMANDS[name];
  if (command === undefined) {
    const lines = Object.entries(COMMANDS).map(
      ([each, { says }]) => `  preau ${each.padEnd(17)} ${says}`,
    );
    return [
      'Préau, le courrier des écoles d’une ville. / Préau, the mail of a town’s schools.',
      '',
      ...lines,
      '',
      '  preau <…> --help     ses options / its options',
    ].join('\n');
  }
  const lines = Object.entries(command.flags).map(
    ([flag, { value, says }]) =>
      `  ${`--${flag}${value === undefined ? '' : ` ${value}`}`.padEnd(30)} ${says}`,
  );
  const usage = command.path === null ? [] : [`  preau ${name} ${command.path} --…`, ''];
  return [
    `preau ${name} : ${command.says}`,
    '',
    ...usage,
    ...lines,
    ...(command.more === '' ? [] : ['', command.more]),
  ].join('\n');
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/**
 * One sentence for a person, whatever was thrown; a stack is for the log of those who mend Préau.
 */
function sentenceOf(error: unknown): string {
  if (error instanceof Fault && error.code === 'configuration') return error.detail;
  if (isLostDatabase(error))
    return 'La base de données s’est arrêtée ou ne répond plus : regardez qu’elle tourne, puis recommencez. / The database has stopped or no longer answers: see that it runs, then try again.';
  const message = error instanceof Error ? error.message : String(error);
  return `Préau ne peut pas continuer : / Préau can’t go on: ${message.replaceAll(/\s+/g, ' ').slice(-MAX_SENTENCE)}`;
}

/**
 * A connection that is refused or cut (the driver has no code for the second), or a server that
 * goes down (PostgreSQL, appendix A, class 57P).
 */
function isLostDatabase(error: unknown): boolean {
  if (error instanceof Fault && error.code === 'store-down' && error.transient) return true;
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    /^(ECONNREFUSED|ECONNRESET|EPIPE|57P0\d)$/.test(code) ||
    /^(Connection terminated|Client has encountered a connection error)/.test(error.message)
  );
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = wordsOf(args);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help')
    return told(help(rest[0]));
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined)
    throw new Fault(
      'configuration',
      `« ${name} » n’est pas une commande ; voyez preau --help. / “${name}” is no command; see preau --help.`,
      { transient: false },
    );
  const { path, flags } =
    command.path === null
      ? { path: '', flags: readFlags(command.flags, rest) }
      : readPathAndFlags(command.flags, rest);
  if (flags['help'] === true) return told(help(name));
  const enough = new AbortController();
  let broken: { readonly error: unknown } | null = null;
  const stop = () => {
    if (enough.signal.aborted) return; // npm and the terminal each send one
    setTimeout(() => process.exit(1), STOP_MS).unref();
    enough.abort(new Fault('configuration', 'Arrêté. / Stopped.', { transient: false }));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error) => {
      broken ??= { error };
      stop();
    });
  process.stdout.on('error', () => {}); // whoever read us has gone; the mail goes on
  const exit = await command.run(flags, enough.signal, path);
  if (broken !== null) throw (broken as { readonly error: unknown }).error;
  return exit;
}

/** First words of commands of two: `roster import`, `import imap`. */
const PAIRS: ReadonlySet<string> = new Set(
  Object.keys(COMMANDS)
    .filter((name) => name.includes(' '))
    .map((name) => name.split(' ')[0] ?? ''),
);

function wordsOf(args: readonly string[]): readonly string[] {
  const [first = '', second, ...rest] = args;
  if (first === 'help' && second !== undefined && PAIRS.has(second))
    return [first, wordsOf([second, ...rest])[0] ?? ''];
  if (!PAIRS.has(first)) return args;
  return second !== undefined && !second.startsWith('-')
    ? [`${first} ${second}`, ...rest]
    : ['help'];
}

function told(text: string): number {
  console.log(text);
  return 0;
}

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  console.error(sentenceOf(error));
  process.exit(1);
}
