import type { Config } from '../../../ground/config.ts';
import { TOWN, type SchoolId } from '../../../ground/ids.ts';
import { actsForTown } from '../../../rules/viewer.ts';
import { resumeOutside, stoppedAccounts } from '../../../store/mail/outside-stops.ts';
import {
  droppedRows,
  dropStanding,
  momentOfDecision,
  putBack,
  releaseStanding,
  standingCount,
  standingRows,
  type WhichRows,
} from '../../../store/mail/standing-mail.ts';
import { allSchools } from '../../../store/schools/roster.ts';
import type { TownTx } from '../../../store/store.ts';
import { restorations, type Restoration } from '../../../store/town/restorations.ts';
import { schoolNames } from '../../../store/town/school-names.ts';
import type { TownActor } from '../contract.ts';
import { changing, isActing, noteAct, type TownParts } from '../parts.ts';
import type {
  LogRead,
  StandingChoice,
  StandingDecided,
  StandingLetter,
  StandingList,
  StandingMail,
  StoppedWriter,
} from './contract.ts';
import {
  coveredUntil,
  knownDeliveries,
  logSaysOf,
  noteCovered,
  noteDelivery,
} from './deliveries.ts';
import { readServiceLog } from './service-log.ts';
import { tellDropped } from './tell-dropped.ts';

/** Lines of one school in a list. */
const MOST_OF_A_SCHOOL = 1_000;
/** Those of a school that were dropped, newest first, to be put back. */
const MOST_DROPPED = 50;
/** From the pages a letter leaves so much later: so long it can be taken back. */
const TAKEN_BACK_FOR_S = 30;
/** How long a count of a process holds: it asks every school. */
const COUNTED_FOR_MS = 20_000;

type Parts = TownParts & Pick<Config, 'dataDir'>;

export function openStandingMail(parts: Parts): StandingMail {
  let counted = { atMs: Number.NEGATIVE_INFINITY, count: 0 };
  const forget = <T>(done: T): T => {
    counted = { ...counted, atMs: Number.NEGATIVE_INFINITY };
    return done;
  };
  return {
    list: (by) => list(parts, by),
    async count(by) {
      if (by !== 'machine' && !actsForTown(by)) return 0;
      if (performance.now() - counted.atMs > COUNTED_FOR_MS)
        counted = { atMs: performance.now(), count: await countAll(parts) };
      return counted.count;
    },
    release: (by, which) => {
      const inSeconds = by === 'machine' ? 0 : TAKEN_BACK_FOR_S;
      const on: Deciding['on'] = async (tx, { school, rows }, at) =>
        releaseStanding(await tx.in(school), rows, { at, inSeconds });
      return decide(parts, by, { which, act: 'release-outbox', on }).then(forget);
    },
    drop: (by, which) =>
      decide(parts, by, { which, act: 'drop-outbox', on: dropping(parts) }).then(forget),
    undo: (by, which) => undo(parts, by, which).then(forget),
    readLog: (by, lines) => readLog(parts, by, lines),
  };
}

async function list(parts: Parts, by: TownActor): Promise<StandingList | null> {
  if (!(await isActing(parts, by))) return null;
  const found = await parts.store.readTown(async (tx) => {
    const past = await restorations(tx);
    const names = await schoolNames(tx);
    const standing = [];
    const dropped = [];
    const stopped: StoppedWriter[] = [];
    for (const school of await everySchool(tx)) {
      const about = { school, schoolName: names.get(school) ?? '' };
      const inSchool = await tx.in(school);
      for (const one of await stoppedAccounts(inSchool)) stopped.push({ ...about, ...one });
      if (past.length === 0) continue;
      for (const row of await standingRows(inSchool, MOST_OF_A_SCHOOL))
        standing.push({ ...about, ...row });
      for (const row of await droppedRows(inSchool, MOST_DROPPED))
        dropped.push({ ...about, ...row });
    }
    return { past, standing, dropped, stopped };
  });
  const { past, standing, dropped, stopped } = found;
  const restored = past.at(-1);
  if (!restored) return { stopped, restored: null, logUntil: null, letters: [], dropped: [] };
  const since = standing.reduce(
    (least, one) => (one.since < least ? one.since : least),
    new Date(),
  );
  const earliest = since < asOf(restored) ? since : asOf(restored);
  const known = await knownDeliveries(parts.dataDir, { since: earliest, restoredAt: restored.at });
  const says = logSaysOf(known);
  const letters = standing.map((letter): StandingLetter => {
    const after = past.find(({ at }) => at > letter.since);
    return { ...letter, log: says({ ...letter, asOf: after === undefined ? null : asOf(after) }) };
  });
  return {
    stopped,
    restored: { at: restored.at, asOf: asOf(restored) },
    logUntil: coveredUntil(known.covered, asOf(restored)),
    letters,
    dropped,
  };
}

const asOf = ({ at, dataUntil }: Restoration): Date => dataUntil ?? at;

const everySchool = async (tx: TownTx): Promise<readonly SchoolId[]> => [
  TOWN,
  ...(await allSchools(tx)),
];

async function countAll({ store }: Parts): Promise<number> {
  return store.readTown(async (tx) => {
    const isRestored = (await restorations(tx)).length > 0;
    let count = 0;
    for (const school of await everySchool(tx)) {
      const inSchool = await tx.in(school);
      count += (await stoppedAccounts(inSchool)).length;
      if (isRestored) count += await standingCount(inSchool);
    }
    return count;
  });
}

interface Deciding {
  readonly which: StandingChoice;
  readonly act: string;
  /** `at` is the same for all of one decision. */
  readonly on: (tx: TownTx, which: Chosen, at: Date) => Promise<number>;
}

/** A stopped account's writer is told: of what a restore left standing much had left before. */
function dropping(parts: Parts): Deciding['on'] {
  return async (tx, { school, rows }, at) => {
    const recipients = await dropStanding(await tx.in(school), rows, at);
    if (rows.kind === 'account' && recipients.length > 0)
      await tellDropped(parts, tx, { school, account: rows.account, recipients });
    return recipients.length;
  };
}

/** What is decided of each school's rows stands in the agents' journal, by numbers alone. */
async function decide(
  parts: Parts,
  by: TownActor,
  { which, act, on }: Deciding,
): Promise<StandingDecided | null> {
  const chosen = await chosenRows(parts, by, which);
  if (chosen === null) return null;
  const done = await changing(parts, by, async (tx, acting) => {
    const at = await momentOfDecision(tx);
    let count = 0;
    for (const one of chosen) {
      const { school, rows, what } = one;
      const inSchool = await tx.in(school);
      if (rows.kind === 'account') await resumeOutside(inSchool, rows.account);
      const here = await on(tx, one, at);
      if (here > 0 || rows.kind === 'account')
        await noteAct(tx, acting, { act, school, what: what ?? String(here) });
      count += here;
    }
    return { kind: 'done', count, at } as const;
  });
  if (done.kind !== 'done') return null;
  for (const { school, rows } of chosen)
    if (rows.kind === 'account') parts.announce(school, [rows.account]);
  return { count: done.count, at: done.at };
}

/** Rows of one school, and how the journal names them; null: by how many they are. */
interface Chosen {
  readonly school: SchoolId;
  readonly rows: WhichRows;
  readonly what: string | null;
}

async function chosenRows(
  parts: Parts,
  by: TownActor,
  which: StandingChoice,
): Promise<readonly Chosen[] | null> {
  switch (which.kind) {
    case 'one': {
      const { school, row } = which;
      return [{ school, rows: { kind: 'rows', rows: [row] }, what: `n° ${school}-${row}` }];
    }
    case 'before': {
      const schools = await parts.store.readTown(everySchool);
      return schools.map((school) => ({ school, rows: which, what: null }));
    }
    case 'stopped': {
      const { school, account } = which;
      return [{ school, rows: { kind: 'account', account }, what: null }];
    }
    case 'log-says': {
      const all = await list(parts, by);
      if (all === null) return null;
      const meant = all.letters.filter(({ log }) => log.kind === which.says);
      return [...Map.groupBy(meant, ({ school }) => school)].map(([school, some]) => ({
        school,
        rows: { kind: 'rows', rows: some.map(({ row }) => row) },
        what: null,
      }));
    }
  }
}

async function undo(
  parts: Parts,
  by: TownActor,
  which: Parameters<StandingMail['undo']>[1],
): Promise<number | null> {
  const done = await changing(parts, by, async (tx, acting) => {
    const schools = which.kind === 'one' ? [which.school] : await everySchool(tx);
    let count = 0;
    for (const school of schools) {
      const back =
        which.kind === 'one'
          ? ({ kind: 'row', row: which.row } as const)
          : ({ kind: 'decision', at: which.at, inSeconds: TAKEN_BACK_FOR_S } as const);
      const here = await putBack(await tx.in(school), back);
      const what = which.kind === 'one' ? `n° ${school}-${which.row}` : String(here);
      if (here > 0) await noteAct(tx, acting, { act: 'hold-outbox', school, what });
      count += here;
    }
    return { kind: 'done', count } as const;
  });
  return done.kind === 'done' ? done.count : null;
}

async function readLog(
  parts: Parts,
  by: TownActor,
  lines: Parameters<StandingMail['readLog']>[1],
): Promise<LogRead | null> {
  const all = await list(parts, by);
  if (all === null) return null;
  const asked = new Set(all.letters.map(({ school, row }) => `${school}-${row}`));
  const { deliveries, covered } = await readServiceLog(lines, ({ school, outbox }) =>
    asked.has(`${school}-${outbox}`),
  );
  if (covered === null) return { kind: 'no-line' };
  if (all.restored === null) return { kind: 'read', ...covered, seen: 0 };
  const noted = await changing(parts, by, async (tx, acting) => {
    await noteAct(tx, acting, { act: 'read-service-log', what: String(deliveries.length) });
    return { kind: 'done' } as const;
  });
  if (noted.kind === 'missing') return null;
  for (const one of deliveries) noteDelivery(parts, one);
  noteCovered(parts.dataDir, parts.clock(), covered);
  return { kind: 'read', ...covered, seen: deliveries.length };
}
