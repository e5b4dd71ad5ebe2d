/**
 * The network between the machines of a cell is cut while each takes letters, in network namespaces
 * of this machine: the primary is heard by nobody, hears nobody, or both, for a minute. Never do
 * two take letters, and nothing that either has answered 250 is lost or doubled.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { debianPrograms } from './cell/debian-programs.ts';
import { openWire, type CutDirection, type CellWire } from './cell/namespaces.ts';
import { openTownOfCell, type TownOfCell } from './cell/town-of-cell.ts';
import { brokenParts, findAll, query } from './ledger.ts';
import { openPost } from './letters.ts';
import { sendOn, type SenderEntry } from './senders.ts';

const found = debianPrograms();
const wire = typeof found === 'string' ? found : openWire();
if (typeof wire === 'string') console.log(`cell, cut: skipped, ${wire}`);
const SUBMISSIONS = 2465;
const BEFORE_MS = 4_000;
const CUT_MS = 60_000;
const AFTER_MS = 5_000;
/** What was on its way when the line was cut may have arrived. */
const UNDER_WAY_MS = 2_000;
const MOST_GAP_MS = 30_000;
const PACE_MS = 150;
/**
 * Lines of etcd that carried nothing for a minute carry nothing for half a minute more: TCP asks at
 * ever longer spans (RFC 6298). A second fault meanwhile finds etcd without a quorum.
 */
const LINES_MS = 60_000;

let cell: TownOfCell;
/** Where each machine's own SMTP is found, whatever is cut. */
const doors = new Map<string, number>();

interface Taken {
  readonly token: string;
  readonly by: string;
  readonly at: number;
}

/** Letters by each machine while `act` goes on. */
async function sendBy(prefix: string, act: () => Promise<void>) {
  const stop = new AbortController();
  const entries: SenderEntry[] = [];
  const taken: Taken[] = [];
  const senders = [...doors].map(([by, submissions], at) => {
    const ports = { mx: 0, submission: 0, imap: 0, imaps: 0, web: 0, submissions };
    const note = (entry: SenderEntry): void => {
      entries.push(entry);
      if (entry.told === 'acked') taken.push({ token: entry.letter.token, by, at: Date.now() });
    };
    const post = openPost(cell.town, `${prefix}${by}`);
    const sender = { way: 'submission', paceMs: PACE_MS, seed: at + 1 } as const;
    return sendOn(ports, post, sender, { stop: stop.signal, note });
  });
  await sleep(BEFORE_MS);
  await act();
  await sleep(AFTER_MS);
  stop.abort();
  await Promise.all(senders);
  return { entries, taken };
}

describe.skipIf(typeof wire === 'string')('a network that is cut', { shuffle: false }, () => {
  const { ground, lead, cut, mend, close } = wire as CellWire;
  beforeAll(async () => {
    if (typeof found === 'string') return;
    cell = await openTownOfCell(found, ground);
    for (const [at, { name }] of ground.cell.machines.entries()) {
      await cell.serve(at, 'smtp');
      doors.set(name, await lead(name, SUBMISSIONS));
    }
  }, 400_000);
  afterAll(async () => {
    mend();
    await cell.close();
    close();
  }, 120_000);
  afterEach(async () => {
    // An hour's letters of their writers are written in a minute.
    await query(cell.three.superUrl, 'delete from sending');
    await sleep(LINES_MS);
  }, 2 * LINES_MS);

  it.each<{ direction: CutDirection; what: string }>([
    { direction: 'both', what: 'the primary cut off' },
    { direction: 'out', what: 'a primary that nobody hears' },
    { direction: 'in', what: 'a primary that hears nobody' },
  ])(
    '$what: never do two take letters',
    async ({ direction, what }) => {
      const { three } = cell;
      const alone = await three.primary();
      let [begun, healed] = [0, 0];
      const { entries, taken } = await sendBy(`cut${direction}`, async () => {
        begun = Date.now();
        cut(alone, direction);
        await sleep(CUT_MS);
        healed = Date.now();
        mend();
        await three.whole();
      });
      const during = taken.filter(({ at }) => at > begun + UNDER_WAY_MS && at < healed);
      const byAlone = during.filter(({ by }) => by === alone);
      const moments = taken.filter(({ by }) => by !== alone).map(({ at }) => at);
      const gapMs = Math.max(...moments.slice(1).map((at, nth) => at - (moments[nth] ?? at)));
      const there = await findAll(three.superUrl);
      const acked = entries.filter(({ told }) => told === 'acked');
      const lost = acked.filter(({ letter }) => !there.has(letter.token));
      const doubled = [...there].filter(([, { inboxes, holds }]) =>
        [...inboxes.values(), ...holds.values()].some((times) => times > 1),
      );
      console.log(
        `cell, ${what} for ${CUT_MS / 1_000} s: acked ${acked.length}, lost ${lost.length}, doubled ${doubled.length}; while it was cut it took ${byAlone.length} and the others ${during.length - byAlone.length}, after ${(gapMs / 1_000).toFixed(1)} s; ${await three.primary()} leads instead of ${alone}`,
      );
      // What was on two machines when the line was cut may be answered late; nothing came after it.
      const late = await query<{ kept: Date }>(
        three.superUrl,
        'select received_at as kept from message where subject = any($1)',
        [byAlone.map(({ token }) => `soak ${token}`)],
      );
      expect(late.filter(({ kept }) => kept.getTime() > begun + UNDER_WAY_MS)).toEqual([]);
      expect(during.length - byAlone.length).toBeGreaterThan(20);
      expect(lost).toEqual([]);
      expect(doubled).toEqual([]);
      expect(gapMs).toBeLessThan(MOST_GAP_MS);
      expect(await three.primary()).not.toBe(alone);
      expect(taken.some(({ by, at }) => by === alone && at > healed)).toBe(true);
      expect(await brokenParts(three.superUrl)).toEqual([]);
    },
    300_000,
  );
});
