import { styleText } from 'node:util';
import type { Config } from '../core/ground/config.ts';
import { Fault } from '../core/ground/fault.ts';
import { openLog } from '../core/ground/log.ts';
import { openStore, type Store } from '../core/store/store.ts';
import { openQueue, type Queue } from '../core/town/jobs/queue.ts';
import { askAll, linesOf } from '../core/town/readiness/ask-all.ts';
import { beyondThisMachine } from '../core/town/readiness/beyond.ts';
import { CHECKS } from '../core/town/readiness/checks.ts';
import type {
  CheckState,
  ReadinessGroup,
  ReadinessLine,
  ReadinessReport,
  BilingualSentence,
} from '../core/town/readiness/contract.ts';
import type { CommandInput } from './command.ts';
import { liveConfig } from './services/live.ts';
import { DOCTOR_TEXTS } from './texts/doctor.ts';

/** Every check has a connection at most at once, and there are few that ask the database. */
const POOL_SIZE = 4;
const MARKS = { green: '✓', amber: '!', red: '✗', grey: '-' } as const;
const COLOURS = { green: 'green', amber: 'yellow', red: 'red', grey: 'gray' } as const;

/**
 * `preau doctor`: every check, a line each with what to do. It starts nothing: what doesn't run is
 * what it is there to say. Gives 0 where nothing is red, 1 where something is.
 */
export async function doctorCommand({ config, flags }: CommandInput): Promise<number> {
  const say = languageOf(flags['language']);
  const report = await lookAt(liveConfig(config) ?? config, wantedOf(flags['only']));
  const lines = linesOf(report);
  const count = (state: CheckState): number => lines.filter((line) => line.state === state).length;
  const counts = {
    green: count('green'),
    amber: count('amber'),
    red: count('red'),
    grey: count('grey'),
  };
  console.log(flags['json'] === true ? asJson(report, counts) : asText(report, { say, counts }));
  const isStrict = flags['strict'] === true;
  return counts.red > 0 || (isStrict && counts.amber > 0) ? 1 : 0;
}

type Say = (said: BilingualSentence) => string;
type Counts = Readonly<Record<CheckState, number>>;

function languageOf(flag: string | boolean | undefined): Say {
  if (flag === undefined) return ({ fr, en }) => (fr === en ? fr : `${fr} / ${en}`);
  if (flag === 'fr' || flag === 'en') return (said) => said[flag];
  throw new Fault('configuration', DOCTOR_TEXTS.noLanguage(String(flag)), { transient: false });
}

/** Checks by their names, or whole groups; throws a `Fault` for a name that is none. */
function wantedOf(flag: string | boolean | undefined): (id: string) => boolean {
  if (typeof flag !== 'string') return () => true;
  const known = CHECKS.flatMap(({ id, checks }) => [id, ...checks.map((check) => check.id)]);
  const names = flag.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined)
    throw new Fault('configuration', DOCTOR_TEXTS.noCheck(wrong, known), { transient: false });
  return (id) => names.some((name) => id === name || id.startsWith(`${name}.`));
}

async function lookAt(config: Config, isWanted: (id: string) => boolean): Promise<ReadinessReport> {
  const store = storeOf(config);
  const queue = queueOf(config);
  try {
    const parts = {
      config,
      store,
      queueAnswers: queue?.answers ?? null,
      clock: () => new Date(),
      log: openLog({ level: 'silent' }),
      beyond: beyondThisMachine(config),
    };
    return await askAll(parts, isWanted);
  } finally {
    await queue?.close().catch(() => {});
    await store?.close().catch(() => {});
  }
}

/** What is away is a line of the report, and nobody's error. */
const onError = (): void => {};

function storeOf({ databaseUrl }: Config): Store | null {
  return databaseUrl === null ? null : openStore(databaseUrl, { poolSize: POOL_SIZE, onError });
}

function queueOf({ databaseUrl, redisUrl }: Config): Queue | null {
  if (databaseUrl === null && redisUrl === null) return null;
  return openQueue({ databaseUrl: databaseUrl ?? '', redisUrl }, onError);
}

function asJson({ at, groups }: ReadinessReport, counts: Counts): string {
  const lines = groups.flatMap(({ id: group, lines: some }) =>
    some.map((line) => ({ group, ...line })),
  );
  return JSON.stringify({ at, ...counts, lines });
}

function asText(
  { groups }: ReadinessReport,
  { say, counts }: { readonly say: Say; readonly counts: Counts },
): string {
  const sum = say(DOCTOR_TEXTS.sum(counts));
  return [...groups.map((group) => groupText(group, say)), sum].join('\n');
}

function groupText({ title, lines }: ReadinessGroup, say: Say): string {
  return [say(title), ...lines.map((line) => lineText(line, say)), ''].join('\n');
}

function lineText({ id, asked, state, found, todo }: ReadinessLine, say: Say): string {
  const mark = styleText(COLOURS[state], MARKS[state], { stream: process.stdout });
  const line = `  ${mark} ${say(asked)} (${id}): ${say(found)}`;
  return todo === null ? line : `${line}\n      → ${say(todo)}`;
}
