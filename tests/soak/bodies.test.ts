/**
 * Large letters with a real store that speaks S3, Debian's OpenStack Swift on three nodes: one node
 * killed, all killed, slow, full, lying. Letters are taken and read meanwhile; an old large one
 * says that it can't be opened, and opens once the store is well.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../shared/town.ts';
import { debianSwift } from './swift/debian-swift.ts';
import { startSwift, type SwiftNodes } from './swift/three-nodes.ts';

const HOUR = 3_600_000;
const never = new AbortController().signal;
const NODES = [1, 2, 3] as const;
const LETTERS = 40;
const found = debianSwift();
if (typeof found === 'string') console.log(`bodies: skipped, ${found}`);

let swift: SwiftNodes;
let town: TestTown;
/** Every large letter as it came, by its subject. */
const came = new Map<string, Buffer>();

/** Large letters to Karim, of chance; they lie for two hours. */
async function send(count: number): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) {
    const subject = `Grand ${came.size + 1}`;
    const text = randomBytes(45_000 + nth * 7_000).toString('base64');
    const file = { name: 'hasard.txt', bytes: Buffer.from(text) };
    const outcome = await town.send('claire.lefevre', ['karim.haddad'], { subject, file });
    expect(outcome.kind).toBe('accepted');
    const { rows } = await town.admin.query<{ raw: Buffer }>(
      'select raw from message where subject = $1 and raw is not null',
      [subject],
    );
    came.set(subject, rows[0]?.raw ?? Buffer.alloc(0));
  }
  await town.admin.query('update message set received_at = $1 where raw is not null', [
    town.clock.now,
  ]);
  town.clock.now = new Date(town.clock.now.getTime() + 2 * HOUR);
}

/** How many of the large letters open as they came, and how many say that they can't just now. */
async function opened(): Promise<{ readonly whole: number; readonly away: number }> {
  const karim = await town.viewer('karim.haddad');
  const inbox = await town.mailbox(karim, 'inbox');
  let [whole, away] = [0, 0];
  for (const { uid, subject } of await town.rows('karim.haddad')) {
    const raw = came.get(subject);
    if (raw === undefined) continue;
    try {
      expect((await town.core.mail.original(karim, inbox, uid))?.equals(raw)).toBe(true);
      whole += 1;
    } catch (error) {
      expect(error).toMatchObject({ code: 'body-away', transient: true });
      away += 1;
    }
  }
  return { whole, away };
}

/** What goes on whatever the store does: a letter comes and is read, the list is seen. */
async function mailGoesOn(): Promise<void> {
  const before = (await town.rows('karim.haddad')).length;
  const began = performance.now();
  const sent = await town.send('claire.lefevre', ['karim.haddad'], { subject: 'Petit' });
  expect(sent.kind).toBe('accepted');
  const rows = await town.rows('karim.haddad');
  expect(rows.length).toBe(before + 1);
  expect(performance.now() - began).toBeLessThan(5_000);
}

describe.skipIf(typeof found === 'string')(
  'large letters with Swift',
  {
    shuffle: false,
  },
  () => {
    afterAll(async () => {
      await town.close();
      swift.close();
      if (typeof found !== 'string') found.remove();
    });

    it('are moved, and open', { timeout: 180_000 }, async () => {
      if (typeof found === 'string') return;
      swift = await startSwift(found);
      const PREAU_DATA = mkdtempSync(join(tmpdir(), 'preau-bodies-'));
      writeFileSync(join(PREAU_DATA, 'bodies.key'), `${'ACDEFHJKMNPQRTU-'.repeat(4)}\n`);
      town = await openTestTown({ env: { PREAU_BODIES: swift.address, PREAU_DATA } });
      await send(LETTERS);
      expect(await town.core.bodies.move(never)).toMatchObject({ moved: LETTERS, failed: 0 });
      expect(await opened()).toEqual({ whole: LETTERS, away: 0 });
    });

    it('one node killed: all open, and more are moved', { timeout: 180_000 }, async () => {
      swift.kill(2);
      expect(await opened()).toEqual({ whole: came.size, away: 0 });
      await send(10);
      expect(await town.core.bodies.move(never)).toMatchObject({ moved: 10, failed: 0 });
      expect(await opened()).toEqual({ whole: came.size, away: 0 });
      swift.start(2);
      await swift.ready();
    });

    it('slow by two seconds: a letter opens late', { timeout: 180_000 }, async () => {
      const karim = await town.viewer('karim.haddad');
      const inbox = await town.mailbox(karim, 'inbox');
      const [row] = (await town.rows('karim.haddad')).filter(({ subject }) => came.has(subject));
      swift.freeze(2_000);
      const began = performance.now();
      const reading = town.core.mail.original(karim, inbox, row?.uid ?? (0 as never));
      await mailGoesOn();
      expect((await reading)?.equals(came.get(row?.subject ?? '') ?? Buffer.alloc(0))).toBe(true);
      expect(performance.now() - began).toBeGreaterThan(1_900);
    });

    it(
      'all nodes killed: mail goes on, old large letters say so',
      { timeout: 600_000 },
      async () => {
        for (const node of NODES) swift.kill(node);
        await send(3);
        expect(await town.core.bodies.move(never)).toMatchObject({ moved: 0, failed: 3 });
        await mailGoesOn();
        const { whole, away } = await opened();
        expect({ whole, away }).toEqual({ whole: 3, away: came.size - 3 });
        for (const node of NODES) swift.start(node);
        await swift.ready();
        expect(await opened()).toEqual({ whole: came.size, away: 0 });
        expect(await town.core.bodies.move(never)).toMatchObject({ moved: 3, failed: 0 });
      },
    );

    it('full: what is there opens, what is new stays', { timeout: 180_000 }, async () => {
      for (const node of NODES) {
        swift.kill(node);
        swift.start(node, 'full');
      }
      await send(3);
      await expect.poll(async () => (await opened()).away, { timeout: 90_000 }).toBe(0);
      expect(await town.core.bodies.move(never)).toMatchObject({ moved: 0, failed: 3 });
      await mailGoesOn();
      for (const node of NODES) {
        swift.kill(node);
        swift.start(node);
      }
      await swift.ready();
      expect(await town.core.bodies.move(never)).toMatchObject({ moved: 3, failed: 0 });
      expect(await opened()).toEqual({ whole: came.size, away: 0 });
    });

    it('lying: no wrong byte is shown', { timeout: 600_000 }, async () => {
      const { lost } = await town.core.bodies.look(never);
      expect(lost).toEqual([]);
      expect(swift.garble()).toBeGreaterThan(came.size);
      const { whole, away } = await opened();
      expect({ whole, away }).toEqual({ whole: 0, away: came.size });
      await mailGoesOn();
      expect(await town.faults()).toEqual([]);
      console.log(
        `bodies: ${came.size} large letters with Swift; a node killed, slow, all killed, full, lying: 0 lost, 0 wrong`,
      );
    });
  },
);
