import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { ready } from '../../e2e/wire.ts';
import { findAll, query } from '../ledger.ts';
import { openPost } from '../letters.ts';
import { hand, sendOn, type SenderEntry } from '../senders.ts';
import { openMailProgram } from './mail-program.ts';
import { openPage, statusOf } from './pages.ts';
import type { TownOfCell } from './town-of-cell.ts';

/** Does something to a cell that is used, and gives what mends it. */
export type Act = (round: number) => Promise<() => Promise<void>>;

const WAYS = ['mx', 'submission'] as const;
const PACE_MS = 100;
const READERS = ['claire.lefevre', 'karim.haddad', 'helene.bertin'];
const PAGES_OF = ['claire.lefevre', 'marc.olivier'];
const STRANGER = 'marie@example.org';
const BEFORE_MS = 1_500;
const AFTER_MS = 1_500;
/** What was on its way when it began may still be answered. */
const UNDER_WAY_MS = 2_000;
const PATIENCE = { timeout: 90_000, interval: 100 };
const PAGE_EACH_MS = 250;
const HEARD_MS = 20_000;

/** What rounds of one kind left. */
interface Rounds {
  readonly entries: readonly SenderEntry[];
  /** Answered 250, and not there. */
  readonly lost: readonly string[];
  /** There more than once. */
  readonly doubled: readonly string[];
  /** For how long nothing was answered 250, of each round. */
  readonly gapsMs: readonly number[];
  /** Who heard of the letter after a round, and who should have. */
  readonly heard: number;
  readonly listeners: number;
  /** Pages that were asked for meanwhile, and how many were neither shown nor told to wait. */
  readonly pages: number;
  readonly broken: number;
  /** How often a mail program had to come back. */
  readonly returns: number;
}

/** One kind of fault, so many times, under mail, mail programs that wait, and open pages. */
export async function runRounds(
  cell: TownOfCell,
  { what, act, rounds, seed }: { what: string; act: Act; rounds: number; seed: number },
): Promise<Rounds> {
  const listening = await listen(cell);
  const [entries, gapsMs, answers]: [SenderEntry[], number[], number[]] = [[], [], []];
  let heard = 0;
  try {
    for (let round = 0; round < rounds; round += 1) {
      // An hour's letters of their writers are written in minutes.
      await query(cell.three.superUrl, 'delete from sending');
      const prefix = `${what.replace(/\W/g, '')}r${round}`;
      const under = await underLoad(cell, { act: () => act(round), prefix, seed: seed + round });
      entries.push(...under.entries);
      answers.push(...under.answers);
      gapsMs.push(longestGap(under.moments));
      heard += await listening.hearNext(`${prefix}next`);
    }
  } finally {
    listening.leave();
  }
  const there = await findAll(cell.three.superUrl);
  return {
    entries,
    gapsMs,
    heard,
    listeners: rounds * listening.count,
    returns: listening.returns(),
    lost: entries
      .filter(({ told, letter }) => told === 'acked' && !there.has(letter.token))
      .map(({ letter }) => letter.token),
    doubled: [...there].flatMap(([token, { inboxes, holds }]) =>
      [...inboxes.values(), ...holds.values()].some((times) => times > 1) ? [token] : [],
    ),
    pages: answers.length,
    broken: answers.filter((one) => ![200, 503].includes(one)).length,
  };
}

interface UnderLoad {
  readonly entries: readonly SenderEntry[];
  /** When a letter was answered 250. */
  readonly moments: readonly number[];
  /** Of the pages. */
  readonly answers: readonly number[];
}

/** Does something to a cell that is used, waits until letters are taken again, and mends it. */
async function underLoad(
  { three, town, seen, pages }: TownOfCell,
  of: { readonly act: () => ReturnType<Act>; readonly prefix: string; readonly seed: number },
): Promise<UnderLoad> {
  const stop = new AbortController();
  const [entries, moments, answers]: [SenderEntry[], number[], number[]] = [[], [], []];
  const post = openPost(town, of.prefix);
  const none = { submission: 0, imap: 0, imaps: 0, web: 0 };
  const ports = { ...none, mx: seen(25), submissions: seen(465) };
  const note = (entry: SenderEntry): void => {
    entries.push(entry);
    if (entry.told === 'acked') moments.push(Date.now());
  };
  const load = [
    ...WAYS.map((way, at) =>
      sendOn(
        ports,
        post,
        { way, paceMs: PACE_MS, seed: of.seed + at * 1_000 },
        {
          stop: stop.signal,
          note,
        },
      ),
    ),
    (async () => {
      for (; !stop.signal.aborted; await sleep(PAGE_EACH_MS))
        answers.push(await statusOf(pages, '/signin'));
    })(),
  ];
  await sleep(BEFORE_MS);
  const begun = Date.now();
  const mend = await of.act();
  await expect.poll(() => moments.some((at) => at > begun + UNDER_WAY_MS), PATIENCE).toBe(true);
  await sleep(AFTER_MS);
  stop.abort();
  await Promise.all(load);
  await mend();
  await three.whole();
  return { entries, moments, answers };
}

/** The longest time in which nothing was answered 250. */
function longestGap(moments: readonly number[]): number {
  return Math.max(0, ...moments.slice(1).map((at, index) => at - (moments[index] ?? at)));
}

/** Mail programs that wait and pages that are open. */
async function listen(cell: TownOfCell) {
  const programs = await Promise.all(
    READERS.map((local) => openMailProgram(cell.seen(993), cell.account(local))),
  );
  const pages = await Promise.all(
    PAGES_OF.map((local) => openPage(cell.pages, cell.account(local))),
  );
  return {
    count: programs.length + pages.length,
    returns: () => programs.reduce((sum, program) => sum + program.returns(), 0),
    /** How many hear of one more letter; who was sent away has come back before. */
    async hearNext(token: string): Promise<number> {
      await Promise.all([
        ...programs.map((program) => program.quiet()),
        ...pages.map((page) => page.listening()),
      ]);
      const before = pages.map((page) => page.told());
      await sendToAll(cell, token);
      const heard = await Promise.all([
        ...programs.map((program) => program.hears(HEARD_MS)),
        ...pages.map(async (page, at) => {
          const until = Date.now() + HEARD_MS;
          while (page.told() === before[at] && Date.now() < until) await sleep(50);
          return page.told() !== before[at];
        }),
      ]);
      return heard.filter(Boolean).length;
    },
    leave() {
      for (const one of [...programs, ...pages]) one.leave();
    },
  };
}

/** One letter to all who listen. */
async function sendToAll({ seen, account }: TownOfCell, token: string): Promise<void> {
  const to = [...new Set([...READERS, ...PAGES_OF])].map((local) => account(local).address);
  const raw = Buffer.from(`From: ${STRANGER}\r\nSubject: soak ${token}\r\n\r\n${token}\r\n`);
  const wire = await ready(seen(25), null);
  expect(await hand(wire, { token, as: null, from: STRANGER, to, raw })).toMatchObject({
    told: 'acked',
  });
  wire.cut();
}

/** What a stranger's letter is answered. */
export async function tryOne({ seen, account }: TownOfCell, token: string): Promise<string> {
  const wire = await ready(seen(25), null).catch(() => null);
  if (wire === null) return 'closed';
  const [to, from] = [[account('claire.lefevre').address], STRANGER];
  const raw = Buffer.from(`From: ${from}\r\nSubject: soak ${token}\r\n\r\n${token}\r\n`);
  const { reply } = await hand(wire, { token, as: null, from, to, raw });
  wire.cut();
  return reply;
}
