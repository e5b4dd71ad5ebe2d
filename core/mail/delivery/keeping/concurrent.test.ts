import { randomInt } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { breakingStore } from '../../../../tests/shared/breaking-store.ts';
import { SOAKED } from '../../../../tests/shared/slice.ts';
import { openTestTown, rawLetter, type TestTown } from '../../../../tests/shared/town.ts';
import type { Uid } from '../../../ground/ids.ts';
import { openScanner, type ScanFor, type Scanner } from '../../../letters/scan/clamd.ts';
import { brokenClamd, type BrokenClamd } from '../../../letters/scan/testing/broken-clamd.ts';
import type { Outcome } from '../../../rules/outcome.ts';
import { randomFrom } from '../../../rules/testing/random.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { DraftRef } from '../../../store/mail/contract.ts';
import { openDelivery } from '../accept.ts';

const SEED = randomInt(2 ** 32);
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

async function count(query: string): Promise<number> {
  const {
    rows: [row],
  } = await town.admin.query<{ count: string }>(`select count(*) from ${query}`);
  return Number(row?.count);
}

const STAFF = [
  'claire.lefevre',
  'karim.haddad',
  'mamadou.diallo',
  'julie.robin',
  'thomas.verdier',
  'beatrice.vasseur',
  'pauline.giraud',
  'nadege.colas',
] as const;

it(
  'thirty deliveries at once to mailboxes that overlap leave every count right and no gap between UIDs',
  SOAKED,
  async () => {
    const random = randomFrom(SEED);
    const lists = ['equipe.tilleuls', 'ce1-a.tilleuls', 'familles.ce1-a.tilleuls'] as const;
    const started = performance.now();
    const gaps = await count('mailbox where uid_next - 1 <> total');
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const to = [
          ...new Set([random.pick(STAFF), random.pick(STAFF), random.pick(STAFF)]),
        ].filter((one) => one !== 'claire.lefevre');
        const all = random.percent(50) ? [...to, random.pick(lists)] : to;
        return all.length === 0
          ? null
          : town.send('claire.lefevre', all, {
              subject: `n° ${index}`,
              via: random.percent(50) ? 'web' : 'submission',
            });
      }),
    );
    process.stdout.write(
      `delivery: 30 at once, seed ${SEED}, ${Math.round(performance.now() - started)} ms\n`,
    );
    expect(outcomes.filter((outcome) => outcome !== null && outcome.kind !== 'accepted')).toEqual(
      [],
    );
    expect(await town.faults(), `seed ${SEED}`).toEqual([]);
    expect(await count('mailbox where uid_next - 1 <> total')).toBe(gaps);
  },
);

it('seven people at once into a mailbox that has room for three letters: three are kept, the others are put off', async () => {
  const owner = `account_id = (select id from account where school_id = 2 and display_name = 'Thomas Verdier')`;
  const bytes = async (): Promise<number> =>
    Number(
      (await town.admin.query<{ sum: string }>(`select sum(bytes) from mailbox where ${owner}`))
        .rows[0]?.sum,
    );
  const quota = async (to: number): Promise<void> => {
    await town.admin.query(
      'update account set quota_bytes = $1 where school_id = 2 and display_name = $2',
      [to, 'Thomas Verdier'],
    );
  };
  // of several, since letters of one person follow one another anyway
  const writers = STAFF.filter((local) => local !== 'thomas.verdier');
  const sendAll = (): Promise<Outcome[]> =>
    Promise.all(
      writers.map((local) => town.send(local, ['thomas.verdier'], { subject: 'Mesure' })),
    );
  const before = await bytes();
  await sendAll();
  const each = ((await bytes()) - before) / writers.length;
  for (const round of [1, 2, 3]) {
    const room = Math.round((await bytes()) + each * 3.5);
    await quota(room);
    const outcomes = await sendAll();
    expect(outcomes.map(({ kind }) => kind).sort(), `round ${round}`).toEqual([
      ...Array.from({ length: 3 }, () => 'accepted'),
      ...Array.from({ length: 4 }, () => 'mailbox-full'),
    ]);
    expect(await bytes()).toBeLessThanOrEqual(room);
  }
  await quota(5_000_000_000);
  expect(await town.faults()).toEqual([]);
});

it('a draft sent twice at once leaves once', async () => {
  const viewer = await town.viewer('karim.haddad');
  const ref = await draftOf(viewer, ['mamadou.diallo'], 'Une fois');
  const outcomes = await Promise.all([
    town.core.writings.send(viewer, ref),
    town.core.writings.send(viewer, ref),
    town.core.writings.send(viewer, ref),
  ]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
    'accepted',
    'no-recipient',
    'no-recipient',
  ]);
  expect(
    (await town.rows('mamadou.diallo')).filter(({ subject }) => subject === 'Une fois'),
  ).toHaveLength(1);
  expect(await town.rows('karim.haddad', 'drafts')).toEqual([]);
  expect(await town.faults()).toEqual([]);
});

it('the last two readers of a message erase it at once, and nothing of it stays', async () => {
  const before = await count('message');
  for (let round = 0; round < 5; round += 1) {
    await town.send('claire.lefevre', ['mamadou.diallo', 'karim.haddad']);
    await Promise.all(
      ['mamadou.diallo', 'karim.haddad'].map(async (local) => {
        const viewer = await town.viewer(local);
        const [row] = await town.rows(local);
        if (row) await town.core.mail.erase(viewer, row.mailbox, [row.uid]);
      }),
    );
  }
  expect(await count('message')).toBe(before);
  expect(await town.faults()).toEqual([]);
});

it('marks, moves and deliveries at once keep the counts', async () => {
  const viewer = await town.viewer('mamadou.diallo');
  const inbox = await town.mailbox(viewer, 'inbox');
  const random = randomFrom(SEED);
  const uids = (await town.rows('mamadou.diallo')).map(({ uid }) => uid);
  await Promise.all(
    Array.from({ length: 40 }, async () => {
      const some: Uid[] = uids.filter(() => random.percent(40));
      const act = random.below(4);
      if (act === 0) await town.send('claire.lefevre', ['mamadou.diallo']);
      else if (act === 1)
        await town.core.mail.mark(viewer, inbox, {
          uids: some,
          marks: {
            seen: random.percent(60),
            flagged: random.percent(50),
          },
        });
      else if (act === 2)
        await town.core.mail.mark(viewer, inbox, { uids: some, marks: { seen: true } });
      else
        await town.core.mail.move(viewer, inbox, {
          uids: some.slice(0, 2),
          to: random.pick(['archive', 'trash'] as const),
        });
    }),
  );
  expect(await town.faults(), `seed ${SEED}`).toEqual([]);
});

it('a membership ended elsewhere is seen by the storing transaction, whatever this process remembers', async () => {
  expect((await town.send('lina.moreau', ['adele.vidal'])).kind).toBe('accepted');
  for (let round = 0; round < 3; round += 1) {
    await town.admin.query(
      `begin; set local preau.school = '1'; update membership m set until_date = '2026-11-23' from address a where a.id = m.address_id and a.local = 'adele.vidal'; commit`,
    );
    expect(await town.send('lina.moreau', ['adele.vidal'])).toMatchObject({
      kind: 'denied',
      refusals: [{ rule: 'not-in-your-class' }],
    });
    await town.admin.query(
      `begin; set local preau.school = '1'; update membership m set until_date = null from address a where a.id = m.address_id and a.local = 'adele.vidal'; commit`,
    );
    expect((await town.send('lina.moreau', ['adele.vidal'])).kind).toBe('accepted');
  }
});

it('a roster that never stands still is a fault that passes, and nothing is stored', async () => {
  const before = await count('message');
  const { parts } = town;
  const moving = openDelivery({
    ...parts,
    store: {
      ...parts.store,
      delivery: async (fn) => {
        await town.admin.query(
          'update school set roster_version = roster_version + 1 where id = 1',
        );
        return parts.store.delivery(fn);
      },
    },
  });
  await expect(
    handOver(moving, await town.viewer('lina.moreau'), ['adele.vidal']),
  ).rejects.toMatchObject({ code: 'roster-moved', transient: true });
  expect(await count('message')).toBe(before);
});

it('whatever breaks, at whichever step: a fault and nothing stored, or stored once', async () => {
  const viewer = await town.viewer('claire.lefevre');
  let broken = 0;
  let unharmed = 0;
  for (let step = 1; step < 60; step += 1) {
    const before = await count('message');
    const breaking = breakingStore(town.store, town.admin, step);
    const outcome = await handOver(openDelivery({ ...town.parts, store: breaking.store }), viewer, [
      'karim.haddad',
      'julie.robin',
      'a@dehors.example',
    ]).catch((error: unknown) => error);
    const stored = (await count('message')) - before;
    if (!breaking.hasBroken()) {
      expect([(outcome as Outcome).kind, stored]).toEqual(['accepted', 2]);
      break;
    }
    // A look at the rosters has its answer before its own end: cut after that, the delivery misses
    // nothing and goes on.
    const passed = (outcome as Partial<Outcome>).kind === 'accepted';
    if (passed) unharmed += 1;
    else broken += 1;
    if (!passed) expect(outcome, `step ${step}`).toMatchObject({ name: 'Fault', transient: true });
    expect(stored, `step ${step}`).toBe(passed ? 2 : 0);
  }
  process.stdout.write(
    `delivery: cut after each of ${broken + unharmed} statements, ${unharmed} of them looks that had their answer\n`,
  );
  expect(broken).toBeGreaterThan(1);
  expect(unharmed).toBeLessThan(3);
  expect(await town.faults()).toEqual([]);
});

it.each([
  { when: 'is away', address: 'tcp://127.0.0.1:9', answer: null },
  { when: 'hangs up', address: null, answer: 'cut' },
  { when: 'says nonsense', address: null, answer: 'stream: MAYBE\0' },
])('a scanner that $when: nothing is stored', async ({ address, answer }) => {
  const clamd: BrokenClamd | null =
    address === null
      ? await brokenClamd((socket) => {
          if (answer === 'cut') socket.destroy();
          else socket.end(answer);
        })
      : null;
  const before = await count('message');
  const scanner = await openScanner({
    address: address ?? clamd?.address ?? '',
    timeoutMs: 1_000,
    maxBytes: 1_000_000,
  });
  const outcome = await handOver(
    openDelivery({ ...town.parts, scanner }),
    await town.viewer('claire.lefevre'),
    ['karim.haddad'],
  );
  scanner.close();
  await clamd?.close();
  expect(outcome).toEqual({ kind: 'scanner-silent' });
  expect(await count('message')).toBe(before);
});

it('a scan takes its turn for whoever sends: an account, or the network of a stranger’s server', async () => {
  const asked: ScanFor[] = [];
  const scanner: Scanner = {
    ...town.parts.scanner,
    scan(message, who) {
      asked.push(who);
      return town.parts.scanner.scan(message, who);
    },
  };
  const delivery = openDelivery({ ...town.parts, scanner });
  const claire = await town.viewer('claire.lefevre');
  await handOver(delivery, claire, ['karim.haddad']);
  const recipients = [town.address('karim.haddad')];
  await delivery.accept(
    {
      sender: { kind: 'outside', address: 'a@dehors.example' },
      recipients,
      via: 'mx',
      peer: '192.0.2.7',
      session: 't',
      trace: '',
    },
    Readable.from([rawLetter('a@dehors.example', recipients, { text: 'x'.repeat(100_000) })]),
  );
  expect(asked).toEqual([
    { kind: 'own', school: claire.school, account: claire.account },
    { kind: 'peer', ip: '192.0.2.7' },
  ]);
});

function handOver(
  delivery: ReturnType<typeof openDelivery>,
  viewer: Viewer,
  to: readonly string[],
): Promise<Outcome> {
  const recipients = to.map((local) => town.address(local));
  return delivery.accept(
    {
      sender: { kind: 'account', viewer },
      recipients,
      via: 'web',
      peer: null,
      session: 't',
      trace: '',
    },
    Readable.from([rawLetter(viewer.address, recipients)]),
  );
}

async function draftOf(viewer: Viewer, to: readonly string[], subject: string): Promise<DraftRef> {
  const writing = {
    to: to.map((local) => town.address(local)),
    subject,
    text: 'Un mot.',
    answers: 'sender',
    cc: [],
    answerTo: null,
  } as const;
  return (await town.core.writings.save(viewer, writing, { previous: null, add: [], drop: [] }))
    .ref;
}
