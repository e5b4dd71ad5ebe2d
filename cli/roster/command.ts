import type { Core } from '../../core/core.ts';
import type { Config } from '../../core/ground/config.ts';
import { COMMAND_LINE } from '../../core/school/imports/contract.ts';
import { EXIT, exitOf } from '../exits.ts';
import { count, type Flags } from '../flags.ts';
import { refused } from '../refused.ts';
import {
  rollOverSentence,
  undoSentence,
  WRONG,
  openQuestionSentence,
  questionsSentence,
} from '../texts/roster.ts';
import { withCore } from '../with-core.ts';
import { readColumns } from './columns.ts';
import { readDecisions } from './decisions.ts';
import type { RosterOrder } from './order.ts';
import { writeReport } from './report.ts';
import { runRoster, type SchoolOutcome } from './roster.ts';

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
    if (order.report !== null) await writeReport(order.report, outcomes);
    return exitOf(outcomes);
  });
}

/** `preau roster undo`. */
export function undoCommand(config: Config, flags: Flags, signal: AbortSignal): Promise<number> {
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
      throw refused(WRONG.noSuchDay(day));
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
    console.log(
      flags['json'] === true
        ? JSON.stringify({ school: slug, rehearsal: facts })
        : `${slug} : ${rollOverSentence(facts)}`,
    );
    return facts === null ? EXIT.nothing : EXIT.done;
  });
}

/** `preau roster questions`: what waits for an answer, in one school or in all. */
export async function questionsCommand(
  config: Config,
  flags: Flags,
  signal: AbortSignal,
): Promise<number> {
  return withCore(config, signal, async ({ roster }) => {
    const one = typeof flags['school'] === 'string' ? (await schoolOf(roster, flags)).id : null;
    const schools = await roster.questions(one);
    for (const { school, questions } of schools)
      for (const question of questions)
        console.log(
          flags['json'] === true
            ? JSON.stringify({ school: school.slug, ...question })
            : `${school.slug} : ${openQuestionSentence(question)}`,
        );
    const open = schools.reduce((sum, { questions }) => sum + questions.length, 0);
    if (flags['json'] !== true) console.log(questionsSentence(open));
    return open === 0 ? EXIT.nothing : EXIT.done;
  });
}

function orderOf(config: Config, flags: Flags, path: string): RosterOrder {
  const { school, year, decide, columns, report, sheets } = flags;
  if ((typeof school === 'string') === (flags['all'] === true)) throw refused(WRONG.schoolOrAll);
  if ((flags['apply'] === true) === (flags['dry-run'] === true)) throw refused(WRONG.dryRunOrApply);
  if (typeof year !== 'string') throw refused(WRONG.yearMissing);
  if (typeof sheets === 'string' && flags['apply'] !== true)
    throw refused(WRONG.sheetsWithoutApply);
  return {
    path,
    year,
    act: flags['apply'] === true ? 'apply' : 'dry-run',
    schools: typeof school === 'string' ? { kind: 'one', slug: school } : { kind: 'all' },
    retyped: count(flags, 'retype'),
    arrivals: count(flags, 'arrivals'),
    decisions: typeof decide === 'string' ? readDecisions(decide) : {},
    report: typeof report === 'string' ? report : null,
    columns: typeof columns === 'string' ? readColumns(columns) : null,
    sheets:
      typeof sheets === 'string'
        ? {
            folder: sheets,
            webAddress: config.publicUrl.replace(/^https?:\/\//, '').replace(/\/$/, ''),
          }
        : null,
  };
}

async function schoolOf(roster: Core['roster'], flags: Flags) {
  const slug = flags['school'];
  if (typeof slug !== 'string') throw refused(WRONG.schoolMissing);
  const id = await roster.schoolOf(slug);
  if (id === null) throw refused(WRONG.schoolFlag(slug));
  return { slug, id };
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
