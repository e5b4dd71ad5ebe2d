import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { MORNING } from '../../../tests/shared/town-database.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { Night, NightJob, NightJobName } from '../../ground/night-job.ts';
import { NIGHT } from '../../ground/testing/night.ts';
import { openQuarantine } from '../../mail/quarantine/quarantine.ts';
import { leaverDue, type LeaverParts } from '../../school/leavers/leaver-due.ts';
import { NO_ERASURES } from '../../school/leavers/testing/no-erasures.ts';
import { saveLeaver } from '../../store/people/leavers.ts';
import { keepAsItIs } from '../../store/testing/as-it-was.ts';
import { nightWorkOf } from './work.ts';

const CUTS = 20;

let town: TestTown;
let putBack: () => Promise<void>;
beforeAll(async () => {
  town = await openTestTown();
  putBack = await keepAsItIs(town.admin);
});
beforeEach(() => {
  town.clock.now = MORNING;
});
afterEach(() => putBack());
afterAll(() => town.close());

const leavingNow = (): LeaverParts => ({
  store: town.store,
  log: town.parts.log,
  clock: () => town.clock.now,
  announce: () => {},
  erasures: NO_ERASURES,
});

/** A clamd that says of its signatures that they are of a day; it is asked nothing else. */
async function clamdOf(made: string): Promise<{ readonly address: string; close(): void }> {
  const server = createServer((socket) => socket.end(`ClamAV 1.4.6/27827/${made}\0`));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { address: `tcp://127.0.0.1:${port}`, close: () => server.close() };
}

function jobOf(
  name: NightJobName,
  { source = null, clamd = null }: { source?: string | null; clamd?: string | null } = {},
): NightJob {
  const { sites, cupboards, handIns, bodies } = town.core;
  const quarantine = openQuarantine({ ...town.parts, clamd });
  const found = nightWorkOf({
    leaving: leavingNow(),
    quarantine,
    sites,
    cupboards,
    handIns,
    bodies,
    source,
  }).find((job) => job.name === name);
  if (found === undefined) throw new Error('no such job');
  return found;
}

/** Stopped at its first, second, third portion, by turns of chance; then let through to its end. */
async function cutShort(job: NightJob): Promise<number> {
  const seed = Number(process.env['PREAU_NIGHT_SEED'] ?? Date.now() % 1_000_000);
  console.log(`PREAU_NIGHT_SEED=${seed}`);
  let checkpoint: string | null = null;
  let cuts = 0;
  for (; cuts < CUTS; cuts += 1) {
    let left = 1 + ((seed >> (cuts % 16)) & 1);
    const night: Night = {
      signal: NIGHT.signal,
      checkpoint,
      keep: async (at) => void (checkpoint = at),
      async breathe() {
        left -= 1;
        if (left < 0) throw new Error('a school opens');
      },
    };
    const isCut = await job.run(night).then(
      () => false,
      () => true,
    );
    if (!isCut) break;
  }
  await job.run({ ...NIGHT, checkpoint });
  return cuts;
}

it('erasures wait for the night, and are taken up where they were stopped', async () => {
  const parts = leavingNow();
  const { rows: people } = await town.admin.query<{ school: number; id: number }>(
    "select school_id as school, id from account where role = 'pupil' order by id limit 12",
  );
  for (const { school, id } of people) {
    await town.store.write(school as never, (tx) => saveLeaver(tx, id as never, '2026-01-05'));
    expect(await leaverDue(parts, school as never, id as never)).toBe('to-erase');
  }
  const count = async (sql: string) =>
    (await town.admin.query<{ count: number }>(sql)).rows[0]?.count ?? 0;
  const waiting = "select count(*)::integer from due where kind = 'erasure'";
  expect(await count(waiting)).toBe(12);
  expect(await cutShort(jobOf('erasures'))).toBeGreaterThan(4);
  expect(await count(waiting)).toBe(0);
  const ids = people.map(({ id }) => id).join(', ');
  expect(await count(`select count(*)::integer from account where id in (${ids})`)).toBe(0);
  expect(await town.faults()).toEqual([]);
});

it('who came back meanwhile is not erased', async () => {
  const lina = await town.viewer('lina.moreau');
  await town.store.write(lina.school, (tx) => saveLeaver(tx, lina.account, '2026-01-05'));
  expect(await leaverDue(leavingNow(), lina.school, lina.account)).toBe('to-erase');
  await town.admin.query('delete from leaver');
  expect(await jobOf('erasures').run(NIGHT)).toEqual({ people: 0 });
  const { rows } = await town.admin.query('select from account where id = $1', [lina.account]);
  expect(rows).toHaveLength(1);
});

it('files are looked at again where clamd has newer signatures, from the letter that was last', async () => {
  town.clock.now = new Date();
  for (let letter = 0; letter < 24; letter += 1)
    await town.receive('camille@musee.example', ['claire.lefevre'], {
      subject: `Plan ${letter}`,
      file: { name: 'plan.txt', bytes: Buffer.from(`plan ${letter}`) },
    });
  const clamd = await clamdOf('Mon Nov 24 09:12:00 2026');
  const rescan = jobOf('rescan', { clamd: clamd.address });
  const seen: string[] = [];
  const keep = async (at: string) => void seen.push(at);
  let left = 7;
  const breathe = async () => {
    left -= 1;
    if (left < 0) throw new Error('a school opens');
  };
  await expect(rescan.run({ ...NIGHT, keep, breathe })).rejects.toThrow('a school opens');
  expect(seen).toHaveLength(7);
  const from = { ...NIGHT, checkpoint: seen.at(-1) ?? null };
  expect(await rescan.run(from)).toEqual({ letters: 17, taken: 0, silent: 0 });
  expect(await rescan.run(NIGHT)).toEqual({ letters: 0, taken: 0, silent: 0 });
  await town.admin.query("update heartbeat set version = 'older' where role = 'rescan'");
  expect(await cutShort(rescan)).toBeGreaterThan(10);
  clamd.close();
});

it('a list of sites that can’t be read is a failure, and nothing that somebody has done', async () => {
  const { sites } = town.core;
  await sites.update({ source: '/nulle-part' }, NIGHT.signal);
  expect(await jobOf('sites', { source: '/nulle-part' }).lastByHand?.()).toBeNull();
  const { quarantine, cupboards, handIns, bodies } = town.core;
  const rooms = { quarantine, sites, cupboards, handIns, bodies };
  const parts = { leaving: leavingNow(), ...rooms, source: null };
  expect(nightWorkOf(parts).map(({ name }) => name)).toEqual([
    ...['rescan', 'erasures', 'tidying'],
  ]);
});
