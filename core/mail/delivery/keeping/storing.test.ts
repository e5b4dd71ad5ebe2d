/** Letters of one moment are stored together, and each is answered for itself. */
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { breakingStore } from '../../../../tests/shared/breaking-store.ts';
import { SOAKED } from '../../../../tests/shared/slice.ts';
import { openTestTown, rawLetter, type TestTown } from '../../../../tests/shared/town.ts';
import type { Scanner } from '../../../letters/scan/clamd.ts';
import type { Outcome } from '../../../rules/outcome.ts';
import type { Store } from '../../../store/store.ts';
import { openDelivery } from '../accept.ts';
import type { Handover } from '../contract.ts';

let town: TestTown;
/** The adults of the first school who may write outside. */
let writers: readonly string[];
beforeAll(async () => {
  town = await openTestTown();
  const { rows } = await town.admin.query<{ local: string }>(`
    select a.local
    from account p join address a on a.id = p.address_id
    where p.school_id = 1 and p.role in ('teacher', 'head') and p.state = 'active'
    order by p.id
  `);
  writers = rows.map(({ local }) => local);
});
beforeEach(() => forget());
afterAll(() => town.close());

/** What was sent up to here is forgotten. */
const forget = () =>
  town.admin.query(`
    delete from sending;
    delete from due where kind = 'outbox';
    delete from outbox;
    delete from message m where not exists (select from entry where message_id = m.id)
  `);

/** The store of a test, and its transactions up to now. */
interface Watched {
  readonly store: Store;
  transactions(): number;
  /** Lets the first ones go. */
  open(): void;
}

/** A store whose first transactions wait until a test lets them. */
function waitingStore(store: Store, before: () => Promise<void> = async () => {}): Watched {
  const gate = Promise.withResolvers<void>();
  let transactions = 0;
  return {
    store: {
      ...store,
      async delivery(fn) {
        transactions += 1;
        await gate.promise;
        await before();
        return store.delivery(fn);
      },
    },
    transactions: () => transactions,
    open: () => gate.resolve(),
  };
}

const toldOf = (outcome: Outcome | Error): string => {
  if (outcome instanceof Error) return `${outcome.name} ${outcome.message}`;
  return outcome.kind === 'denied' ? `denied ${outcome.refusals[0]?.rule}` : outcome.kind;
};

interface Given {
  /** With an @, a stranger. */
  readonly from: string;
  readonly to: readonly string[];
  readonly subject?: string;
  readonly text?: string;
}

async function hand(
  delivery: Pick<ReturnType<typeof openDelivery>, 'accept'>,
  { from, to, ...letter }: Given,
): Promise<Outcome> {
  const viewer = from.includes('@') ? null : await town.viewer(from);
  const handover: Handover = {
    sender: viewer ? { kind: 'account', viewer } : { kind: 'outside', address: from },
    recipients: to,
    via: viewer ? 'submission' : 'mx',
    peer: null,
    session: 't',
    trace: '',
  };
  return delivery.accept(handover, Readable.from([rawLetter(viewer?.address ?? from, to, letter)]));
}

/** Hands all of them in at once; nothing is stored before the last is about to be. */
async function sendAtOnce(watched: Watched, letters: readonly Given[]): Promise<readonly string[]> {
  let scanned = 0;
  const scanner: Scanner = {
    ...town.parts.scanner,
    async scan(message, who) {
      const result = await town.parts.scanner.scan(message, who);
      scanned += 1;
      return result;
    },
  };
  const delivery = openDelivery({ ...town.parts, scanner, store: watched.store });
  const outcomes = letters.map((letter) => hand(delivery, letter).catch((error: Error) => error));
  while (scanned < letters.length) await sleep(5);
  await sleep(100); // from the scanner to the store there is no other way to see it
  watched.open();
  return (await Promise.all(outcomes)).map(toldOf);
}

async function rowsOf<Row extends object>(query: string): Promise<readonly Row[]> {
  return (await town.admin.query<Row>(query)).rows;
}

const OWED = `
  select o.sender, o.recipient, m.subject, m.raw, m.recipients, p.id = o.account_id as "isTheirs"
  from outbox o
    join message m on m.school_id = o.school_id and m.id = o.message_id
    join account p on p.school_id = m.school_id and p.address_id = m.sender_address_id
  order by o.id
`;

it('each has its own message, rows and recipients, in fewer transactions than letters', async () => {
  const letters = Array.from({ length: 24 }, (_one, index) => ({
    from: writers[index % writers.length] as string,
    to: [`a${index}@dehors.example`, `b${index}@dehors.example`],
    subject: `Lettre ${index}`,
  }));
  const watched = waitingStore(town.store);
  const told = await sendAtOnce(watched, letters);
  process.stdout.write(
    `leaving: ${letters.length} letters of ${writers.length} writers at once, ${watched.transactions()} transactions\n`,
  );
  expect(new Set(told)).toEqual(new Set(['accepted']));
  expect(watched.transactions()).toBeLessThan(letters.length);
  const owed = await rowsOf<{
    sender: string;
    recipient: string;
    subject: string;
    raw: Buffer;
    recipients: string[];
    isTheirs: boolean;
  }>(OWED);
  const found = owed.map(({ sender, recipient, subject }) => `${sender} ${recipient} ${subject}`);
  const wanted = letters.flatMap(({ from, to, subject }) =>
    to.map((one) => `${town.address(from)} ${one} ${subject}`),
  );
  expect(found.toSorted()).toEqual(wanted.toSorted());
  for (const one of owed) {
    expect(one.isTheirs).toBe(true);
    expect(one.recipients).toContain(one.recipient);
    expect(one.raw.toString('latin1')).toContain(`Subject: ${one.subject}`);
  }
  expect(await rowsOf('select from due')).toHaveLength(owed.length);
  expect(await rowsOf('select from sending')).toHaveLength(letters.length);
  expect(await town.faults()).toEqual([]);
});

it('big ones go one by one', SOAKED, async () => {
  const text = 'Bonjour. '.repeat(70_000);
  const letters = writers.slice(0, 6).map((from) => ({ from, to: ['a@dehors.example'], text }));
  const watched = waitingStore(town.store);
  const told = await sendAtOnce(watched, letters);
  expect(new Set(told)).toEqual(new Set(['accepted']));
  expect(watched.transactions()).toBe(letters.length);
});

it('one that is over its writer’s limit is refused, and the others leave', async () => {
  const [first = '', second = '', third = ''] = writers;
  const many = Array.from({ length: 201 }, (_one, index) => `p${index}@dehors.example`);
  const one = ['a@dehors.example'];
  const told = await sendAtOnce(waitingStore(town.store), [
    { from: third, to: one },
    { from: third, to: one }, // both on their way when the others come
    { from: first, to: one },
    { from: second, to: many },
    { from: third, to: one },
  ]);
  expect(told).toEqual([
    'accepted',
    'accepted',
    'accepted',
    'denied too-many-messages',
    'accepted',
  ]);
  expect(await rowsOf('select from outbox')).toHaveLength(4);
  expect(await rowsOf('select from sending')).toHaveLength(4);
  expect(await town.faults()).toEqual([]);
});

it('one that the database refuses is a fault, and the others leave', async () => {
  const name = 'refuses_broken';
  await town.admin.query(`alter table message add constraint ${name} check (subject <> 'Cassée')`);
  const letters = writers.flatMap((from) =>
    ['Entière', 'Cassée'].map((subject) => ({ from, to: ['a@dehors.example'], subject })),
  );
  const told = await sendAtOnce(waitingStore(town.store), letters);
  await town.admin.query(`alter table message drop constraint ${name}`);
  for (const [index, { subject }] of letters.entries())
    expect(told[index]).toMatch(subject === 'Cassée' ? /^Fault .*refuses_broken/ : /^accepted$/);
  expect(await rowsOf('select from outbox')).toHaveLength(writers.length);
  expect(await town.faults()).toEqual([]);
});

it('one that waits for a lock keeps nobody else waiting', async () => {
  const [first = '', second = ''] = writers;
  const { account } = await town.viewer(first);
  const key = `sending of 1/${account}`;
  await town.admin.query('select pg_advisory_lock(hashtextextended($1, 0))', [key]);
  const send = (from: string) => town.send(from, ['a@dehors.example']);
  const waiting = [send(first), send(first)];
  const isWaiting = () =>
    rowsOf("select from pg_locks where locktype = 'advisory' and not granted");
  while ((await isWaiting()).length === 0) await sleep(10);
  const others = [await send(second), await send(second)];
  const wait = await isWaiting();
  await town.admin.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key]);
  expect(others.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
  expect(wait).toHaveLength(1);
  expect((await Promise.all(waiting)).map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
});

it('a roster that moves meanwhile: all are decided anew, and leave', async () => {
  let moved = false;
  const watched = waitingStore(town.store, async () => {
    if (moved) return;
    moved = true;
    await town.admin.query('update school set roster_version = roster_version + 1 where id = 1');
  });
  const letters = writers.map((from) => ({ from, to: ['a@dehors.example'] }));
  const told = await sendAtOnce(watched, [...letters, ...letters]);
  expect(new Set(told)).toEqual(new Set(['accepted']));
  expect(await rowsOf('select from outbox')).toHaveLength(2 * letters.length);
});

it('a line that is cut under them: each is refused and nothing of it is stored, or it is stored once', async () => {
  const letters = writers.flatMap((from) => [
    { from, to: ['a@dehors.example'] },
    { from, to: ['b@dehors.example'] },
  ]);
  let cuts = 0;
  for (let step = 1; step < 4; step += 1) {
    await forget();
    const breaking = breakingStore(town.store, town.admin, step);
    const told = await sendAtOnce(waitingStore(breaking.store), letters);
    if (breaking.hasBroken()) cuts += 1;
    for (const one of told) expect(one).toMatch(/^accepted$|^Fault /);
    const accepted = told.filter((one) => one === 'accepted').length;
    expect(await rowsOf('select from outbox'), `step ${step}`).toHaveLength(accepted);
  }
  expect(cuts).toBeGreaterThan(0);
  expect(await town.faults()).toEqual([]);
});

const STAFF = ['claire.lefevre', 'karim.haddad', 'mamadou.diallo', 'julie.robin'] as const;

/** Letters of people of the school and of strangers, to mailboxes that overlap. */
const within = (many: number): readonly Given[] =>
  Array.from({ length: many }, (_one, index) => ({
    from: index % 3 === 0 ? `s${index}@dehors.example` : (writers[index % writers.length] ?? ''),
    to: [STAFF[index % 4], STAFF[(index + 1 + (index % 2)) % 4]]
      .filter((local) => local !== writers[index % writers.length])
      .map((local) => town.address(local as string)),
    subject: `Dedans ${many}-${index}`,
  }));

it('letters within a school come to their readers alone, in fewer transactions than letters', async () => {
  const letters = within(24);
  const watched = waitingStore(town.store);
  const told = await sendAtOnce(watched, letters);
  expect(new Set(told)).toEqual(new Set(['accepted']));
  expect(watched.transactions()).toBeLessThan(letters.length);
  const came = await rowsOf<{ subject: string; who: string; from: string | null }>(`
    select m.subject, a.local as who, s.local as "from"
    from entry e
      join message m on m.school_id = e.school_id and m.id = e.message_id
      join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id
      join account p on p.school_id = b.school_id and p.id = b.account_id
      join address a on a.id = p.address_id
      left join address s on s.id = m.sender_address_id
    where m.subject like 'Dedans 24-%'
  `);
  const wanted = letters.flatMap(({ subject, from, to }) =>
    to.map((one) => `${subject} ${one} ${from.includes('@') ? null : from}`),
  );
  expect(
    came.map(({ subject, who, from }) => `${subject} ${town.address(who)} ${from}`).toSorted(),
  ).toEqual(wanted.toSorted());
  expect(await town.faults()).toEqual([]);
});

it('several into one mailbox have a place each, and one of each writer’s is their first', async () => {
  const to = [town.address('mamadou.diallo')];
  const letters = Array.from({ length: 6 }, (_one, index) => ({
    from: index === 0 ? 'autre@dehors.example' : 'nouveau@dehors.example', // the first goes alone
    to,
    subject: `Nouveau ${index}`,
  }));
  const watched = waitingStore(town.store);
  expect(new Set(await sendAtOnce(watched, letters))).toEqual(new Set(['accepted']));
  expect(watched.transactions()).toBe(2);
  const placed = await rowsOf<{ uid: number; modseq: number; isFirst: boolean; isWhole: boolean }>(`
    select e.uid::integer, e.modseq::integer, e.first_time as "isFirst",
      e.size_bytes = octet_length(m.raw) as "isWhole"
    from entry e join message m on m.school_id = e.school_id and m.id = e.message_id
    where m.subject like 'Nouveau %'
    order by m.id
  `);
  const [{ uid, modseq } = { uid: NaN, modseq: NaN }] = placed;
  expect(placed).toEqual(
    letters.map((_one, at) => ({
      uid: uid + at,
      modseq: modseq + at,
      isFirst: expect.any(Boolean),
      isWhole: true,
    })),
  );
  expect(placed.filter(({ isFirst }) => isFirst)).toHaveLength(2);
  expect(await town.faults()).toEqual([]);
});

it('two processes that store the same mailboxes at once wait for one another in no ring', async () => {
  const [one, other] = [openDelivery(town.parts), openDelivery(town.parts)];
  const told = await Promise.all(
    within(80).map((letter, index) => hand(index % 2 === 0 ? one : other, letter)),
  );
  expect(new Set(told.map(toldOf))).toEqual(new Set(['accepted']));
  expect(await town.faults()).toEqual([]);
});

it('one into a full mailbox is put off, and the others come', async () => {
  const quota = (bytes: number) =>
    town.admin.query(
      "update account set quota_bytes = $1 where school_id = 1 and display_name = 'Karim Haddad'",
      [bytes],
    );
  await quota(1);
  const to = ['karim.haddad', 'mamadou.diallo', 'julie.robin'].map((local) => town.address(local));
  const told = await sendAtOnce(
    waitingStore(town.store),
    [...to, ...to].map((one, index) => ({ from: `s${index}@dehors.example`, to: [one] })),
  );
  await quota(5_000_000_000);
  expect(told).toEqual([
    'mailbox-full',
    'accepted',
    'accepted',
    'mailbox-full',
    'accepted',
    'accepted',
  ]);
  expect(await town.faults()).toEqual([]);
});

it('a mailbox that somebody has locked keeps no other waiting', async () => {
  const send = (local: string) =>
    hand(openedOnce, { from: 's@dehors.example', to: [town.address(local)] });
  const openedOnce = openDelivery(town.parts);
  const lock = `
    select from mailbox b join account p on p.school_id = b.school_id and p.id = b.account_id
    where p.school_id = 1 and p.display_name = 'Karim Haddad' and b.use = 'inbox'
    for update of b
  `;
  await town.admin.query('begin');
  await town.admin.query(lock);
  const waiting = Array.from({ length: 8 }, () => send('karim.haddad'));
  const others = [];
  for (let index = 0; index < 6; index += 1) {
    others.push((await send('mamadou.diallo')).kind);
    await sleep(100);
  }
  await town.admin.query('commit');
  expect(new Set(others)).toEqual(new Set(['accepted']));
  expect(new Set((await Promise.all(waiting)).map(toldOf))).toEqual(new Set(['accepted']));
  expect(await town.faults()).toEqual([]);
});
