import type { Config } from '../../core/config.ts';
import type { Core, CoreWith } from '../../core/core.ts';
import { Fault } from '../../core/fault.ts';
import { COMMAND_LINE } from '../../core/imports/contract.ts';
import { openLog } from '../../core/log.ts';
import { count, type Flags } from '../flags.ts';
import { useServices } from '../launcher/live.ts';
import { openOn } from '../launcher/start.ts';
import { readColumns } from './columns.ts';
import {
  EXIT,
  exitOf,
  readDecisions,
  runRoster,
  undoSentence,
  type RosterOrder,
  type SchoolOutcome,
} from './roster.ts';

/**
 * `preau roster import FILE|FOLDER`: gives the exit code. Throws a `Fault` 'configuration' with a
 * sentence for a wrong command line.
 */
export async function importCommand(
  config: Config,
  flags: Flags,
  { path, signal }: { readonly path: string; readonly signal: AbortSignal },
): Promise<number> {
  const order = orderOf(config, flags, path);
  return withCore(config, signal, async ({ roster }) => {
    const outcomes = await runRoster(roster, order, progressTo(flags));
    for (const outcome of outcomes)
      console.log(
        flags['json'] === true
          ? JSON.stringify(outcome)
          : `${outcome.school} : ${outcome.sentence}`,
      );
    return exitOf(outcomes);
  });
}

/** `preau roster undo`. */
export async function undoCommand(
  config: Config,
  flags: Flags,
  signal: AbortSignal,
): Promise<number> {
  return withCore(config, signal, async ({ roster }) => {
    const { slug, id } = await schoolOf(roster, flags);
    const undone = await roster.undo(id, COMMAND_LINE);
    const { sentence, exit } = undoSentence(undone);
    console.log(
      flags['json'] === true
        ? JSON.stringify({ school: slug, ...undone })
        : `${slug} : ${sentence}`,
    );
    return exit;
  });
}

/** `preau roster roll-over`: says when next year's roster begins, or puts it on another day. */
export async function rollOverCommand(
  config: Config,
  flags: Flags,
  signal: AbortSignal,
): Promise<number> {
  return withCore(config, signal, async ({ roster }) => {
    const { slug, id } = await schoolOf(roster, flags);
    const day = flags['day'];
    if (typeof day === 'string' && !(await roster.moveRollOver(id, day, COMMAND_LINE)))
      throw refused(
        `--day : rien n’attend, ou « ${day} » n’est pas un jour à venir. / nothing waits, or “${day}” is no day to come.`,
      );
    const rehearsal = await roster.rehearsal(id);
    const facts =
      rehearsal === null
        ? null
        : {
            year: rehearsal.year,
            day: rehearsal.day,
            classes: rehearsal.classes.length,
            stopped: rehearsal.stoppedBy,
          };
    const sentence =
      facts === null
        ? 'aucun passage n’attend / no roll-over waits'
        : `${facts.year} : ${facts.day}, ${facts.classes} classes${facts.stopped === null ? '' : ` — arrêté / stopped: ${JSON.stringify(facts.stopped)}`}`;
    console.log(
      flags['json'] === true
        ? JSON.stringify({ school: slug, rehearsal: facts })
        : `${slug} : ${sentence}`,
    );
    return facts === null ? EXIT.nothing : EXIT.done;
  });
}

function orderOf(config: Config, flags: Flags, path: string): RosterOrder {
  const { school, year, decide, columns, report, sheets } = flags;
  if ((typeof school === 'string') === (flags['all'] === true))
    throw refused(
      'Il faut --school ou --all, pas les deux. / --school or --all is needed, not both.',
    );
  if ((flags['apply'] === true) === (flags['dry-run'] === true))
    throw refused(
      'Il faut --dry-run ou --apply, pas les deux. / --dry-run or --apply is needed, not both.',
    );
  if (typeof year !== 'string')
    throw refused('Il faut --year, par exemple 2026-2027. / --year is needed, such as 2026-2027.');
  if (typeof sheets === 'string' && flags['apply'] !== true)
    throw refused('--sheets va avec --apply. / --sheets goes with --apply.');
  return {
    path,
    year,
    act: flags['apply'] === true ? 'apply' : 'dry-run',
    schools: typeof school === 'string' ? { kind: 'one', slug: school } : { kind: 'all' },
    retyped: count(flags, 'retype'),
    decisions: typeof decide === 'string' ? readDecisions(decide) : {},
    report: typeof report === 'string' ? report : null,
    columns: typeof columns === 'string' ? readColumns(columns) : null,
    sheets:
      typeof sheets === 'string'
        ? { folder: sheets, place: config.publicUrl.replace(/^https?:\/\//, '').replace(/\/$/, '') }
        : null,
  };
}

async function schoolOf(roster: Core['roster'], flags: Flags) {
  const slug = flags['school'];
  if (typeof slug !== 'string') throw refused('Il faut --school. / --school is needed.');
  const id = await roster.schoolOf(slug);
  if (id === null)
    throw refused(`--school : il n’y a pas d’école « ${slug} ». / there is no school “${slug}”.`);
  return { slug, id };
}

async function withCore(
  config: Config,
  signal: AbortSignal,
  use: (core: CoreWith<'roster'>) => Promise<number>,
): Promise<number> {
  // Only the database is wanted: a scanner that is named isn't started.
  const services = await useServices(
    { ...config, clamd: config.clamd ?? 'unix:/dev/null' },
    { log: openLog({ level: 'warn' }), signal },
  );
  try {
    const core = await openOn(services.config, { log: openLog({ level: 'error' }) });
    try {
      return await use(core);
    } finally {
      await core.close();
    }
  } finally {
    await services.stop();
  }
}

const BAR_CHARS = 30;

/** A bar where somebody looks on, a line a school where a file does; nothing beside JSON. */
function progressTo(flags: Flags): (done: number, of: number, outcome: SchoolOutcome) => void {
  if (flags['json'] === true) return () => {};
  if (!process.stderr.isTTY)
    return (done, of, { school, outcome }) => {
      if (of > 1) console.error(`${done}/${of} ${school} ${outcome}`);
    };
  return (done, of, { school }) => {
    const full = Math.round((BAR_CHARS * done) / of);
    process.stderr.write(
      `\r[${'#'.repeat(full)}${'.'.repeat(BAR_CHARS - full)}] ${done}/${of} ${school.padEnd(24).slice(0, 24)}${done === of ? '\n' : ''}`,
    );
  };
}

function refused(sentence: string): Fault {
  return new Fault('configuration', sentence, { transient: false });
}
