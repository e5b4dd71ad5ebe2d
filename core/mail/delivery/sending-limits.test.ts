/** How much one account may send: the message in hand counts, and those that are sent beside it. */
import { afterAll, beforeEach, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { DraftRef } from '../../store/mail/contract.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
beforeEach(() => town.admin.query('delete from sending; delete from contact'));
afterAll(() => town.close());

const many = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `p${from + index}@dehors.example`);
const said = (outcome: Outcome): string =>
  outcome.kind === 'denied' ? `denied ${outcome.refusals[0]?.rule}` : outcome.kind;

async function number(query: string): Promise<number> {
  const {
    rows: [row],
  } = await town.admin.query<{ n: string }>(`select coalesce(${query}, 0) as n`);
  return Number(row?.n);
}
const counted = (): Promise<number> => number('(select sum(recipients) from sending)');
const messages = (): Promise<number> => number('(select count(*) from message)');
const leaving = (): Promise<number> => number('(select count(*) from outbox)');

it('one message to 450 outside is refused whole, and leaves nothing behind', async () => {
  const before = [await messages(), await leaving()];
  const outcome = await town.send('claire.lefevre', many(450));
  expect(said(outcome)).toBe('denied too-many-messages');
  expect([await messages(), await leaving(), await counted()]).toEqual([...before, 0]);
});

it('each address outside counts, to the last of the hour and not one more', async () => {
  expect(said(await town.send('claire.lefevre', many(199)))).toBe('accepted');
  expect(said(await town.send('claire.lefevre', many(2, 200)))).toBe('denied too-many-messages');
  expect(said(await town.send('claire.lefevre', many(1, 202)))).toBe('accepted');
  expect(await counted()).toBe(200);
  expect(said(await town.send('claire.lefevre', ['karim.haddad']))).toBe(
    'denied too-many-messages',
  );
});

it('a list counts once, however many are on it', async () => {
  expect(said(await town.send('claire.lefevre', ['ce1-a.tilleuls', ...many(199)]))).toBe(
    'accepted',
  );
  expect(await counted()).toBe(200);
});

it('of forty messages of a child sent at once thirty leave', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, () => town.send('lina.moreau', ['zoe.lambert'])),
  );
  const accepted = outcomes.filter(({ kind }) => kind === 'accepted').length;
  const refused = outcomes.filter((one) => said(one) === 'denied too-many-messages').length;
  process.stdout.write(
    `limits: 40 at once of 30 an hour, ${accepted} accepted, ${refused} refused\n`,
  );
  expect([accepted, refused, await counted()]).toEqual([30, 10, 30]);
  expect(await town.faults()).toEqual([]);
});

it('of twenty messages to eleven each sent at once eighteen leave, of two hundred an hour', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, index) => town.send('karim.haddad', many(11, index * 11))),
  );
  const accepted = outcomes.filter(({ kind }) => kind === 'accepted').length;
  process.stdout.write(`limits: 20 times 11 at once of 200 an hour, ${accepted} accepted\n`);
  expect([accepted, await counted()]).toEqual([18, 198]);
});

it('a draft that may not leave stays a draft', async () => {
  const viewer = await town.viewer('claire.lefevre');
  const writing = {
    to: many(201),
    subject: 'À tous',
    text: 'Un mot.',
    answers: 'sender',
    cc: [],
    answerTo: null,
  } as const;
  const kept = await town.core.writings.save(viewer, writing, {
    previous: null,
    add: [],
    drop: [],
  });
  const ref: DraftRef = kept.ref;
  expect(said(await town.core.writings.send(viewer, ref))).toBe('denied too-many-messages');
  expect((await town.rows('claire.lefevre', 'drafts')).map(({ subject }) => subject)).toContain(
    'À tous',
  );
});

it('new children by name count with the message that names them; those who wrote first, and lists, are not new', async () => {
  const teacher = await town.viewer('claire.lefevre');
  await town.admin.query(
    'insert into contact (school_id, from_address_id, to_address_id) select $1, $2, 900000 + n from generate_series(1, 58) n',
    [teacher.school, teacher.addressId],
  );
  expect(said(await town.send('zoe.lambert', ['claire.lefevre']))).toBe('accepted');
  const three = ['adele.vidal', 'lina.moreau', 'theo.jourdain'];
  const outcome = await town.send('claire.lefevre', three);
  expect(outcome).toMatchObject({ kind: 'denied' });
  expect(
    outcome.kind === 'denied' &&
      outcome.refusals.map(({ rule, address }) => `${rule} ${address.split('@')[0]}`),
  ).toEqual(three.map((local) => `too-many-new-people ${local}`));
  expect(said(await town.send('claire.lefevre', three.slice(0, 2)))).toBe('accepted');
  expect(said(await town.send('claire.lefevre', ['theo.jourdain']))).toBe(
    'denied too-many-new-people',
  );
  expect(
    said(await town.send('claire.lefevre', ['zoe.lambert', 'adele.vidal', 'ce1-a.tilleuls'])),
  ).toBe('accepted');
});

it('six messages at once to another new child each: two of them leave where two are left', async () => {
  const teacher = await town.viewer('claire.lefevre');
  await town.admin.query(
    'insert into contact (school_id, from_address_id, to_address_id) select $1, $2, 900000 + n from generate_series(1, 58) n',
    [teacher.school, teacher.addressId],
  );
  const locals = [
    'adele.vidal',
    'lina.moreau',
    'theo.jourdain',
    'zoe.lambert',
    'noe.garnier',
    'sofia.marques',
  ];
  const outcomes = await Promise.all(locals.map((local) => town.send('claire.lefevre', [local])));
  expect(outcomes.map(said).toSorted()).toEqual([
    ...Array.from({ length: 2 }, () => 'accepted'),
    ...Array.from({ length: 4 }, () => 'denied too-many-new-people'),
  ]);
});
