import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../../cli/demo/seed.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, rawLetter, type TestTown } from '../../../tests/shared/town.ts';
import type { WayIn } from '../../entry/accounts/contract.ts';
import type { AccountId, ClassId, SchoolId } from '../../ground/ids.ts';
import type { Sender } from '../../mail/delivery/contract.ts';
import type { Outcome } from '../../rules/outcome.ts';
import { dueRows } from '../../store/due.ts';
import { setClosingDue } from '../../store/town/closings.ts';
import { agentsJournal } from '../../town/journals/testing/agents-journal.ts';
import { schoolClosing, type ClosingParts } from './school-closing.ts';
import { leaveThrough } from './testing/leave-through.ts';
import { NO_ERASURES } from './testing/no-erasures.ts';

const [TILLEULS, PASTEUR] = [1 as SchoolId, 2 as SchoolId];
const CLOSES_ON = '2027-01-01';
/** The last millisecond of December in Paris, and the first of January. */
const BEFORE = new Date('2026-12-31T22:59:59.999Z');
const MIDNIGHT = new Date('2026-12-31T23:00:00Z');
const LATER = new Date('2027-01-04T09:00:00Z');

let town: TestTown;
let parts: ClosingParts;
const told = new Set<number>();

async function openClosing(): Promise<void> {
  town = await openTestTown();
  parts = {
    store: town.store,
    directory: town.parts.directory,
    log: town.parts.log,
    clock: () => town.clock.now,
    erasures: NO_ERASURES,
    announce: (_school, accounts) => {
      for (const account of accounts) told.add(account);
    },
  };
  town.clock.now = BEFORE;
  expect(await town.core.town.closeSchool('machine', TILLEULS, CLOSES_ON)).toEqual({
    kind: 'done',
  });
}

/** Runs what is due, as the worker does, until nothing is. */
async function runDue(): Promise<void> {
  for (let round = 0; round < 10; round += 1) {
    const rows = await town.store.town((tx) =>
      dueRows(tx, { now: town.clock.now, kinds: ['closing', 'leaver'], limit: 500 }),
    );
    if (rows.length === 0) return;
    for (const { kind, school, row } of rows)
      if (kind === 'closing') await schoolClosing(parts, school);
      else await leaveThrough(parts, school, row as AccountId);
  }
  throw new Error('something is due for ever');
}

const signIn = (local: string, way: WayIn) =>
  town.core.accounts.signIn(town.address(local), DEMO_PASSWORD, { ip: '192.0.2.9', way });

describe('at the midnight on which a school closes, before anything has run', () => {
  beforeAll(openClosing);
  afterAll(() => town.close());

  it.each<{ way: WayIn }>([{ way: 'web' }, { way: 'imap' }, { way: 'submission' }])(
    'nobody of it comes in by $way',
    async ({ way }) => {
      town.clock.now = BEFORE;
      expect((await signIn('claire.lefevre', way)).kind).toBe('welcome');
      expect((await signIn('julie.robin', way)).kind).toBe('welcome');
      town.clock.now = MIDNIGHT;
      expect((await signIn('claire.lefevre', way)).kind).toBe('no-match');
      expect((await signIn('julie.robin', way)).kind).toBe('welcome');
    },
  );

  it('a page that is open is over', async () => {
    town.clock.now = BEFORE;
    const token = await town.enter(await town.viewer('lina.moreau'));
    expect(await town.core.accounts.session(token)).not.toBeNull();
    town.clock.now = MIDNIGHT;
    expect(await town.core.accounts.session(token)).toBeNull();
    expect(await town.core.accounts.sessionLeftMs(token)).toBe(0);
  });

  it('a mail program that is signed in is no longer', async () => {
    town.clock.now = BEFORE;
    for (const way of ['imap', 'submission'] as const) {
      town.clock.now = BEFORE;
      const signedIn = await signIn('claire.lefevre', way);
      if (signedIn.kind !== 'welcome' || signedIn.appPassword !== null) throw new Error('not in');
      const { viewer, ownPassword } = signedIn;
      const session = { viewer, way, appPassword: null, ownPassword } as const;
      expect(await town.core.accounts.stillSignedIn(session)).not.toBeNull();
      town.clock.now = MIDNIGHT;
      expect(await town.core.accounts.stillSignedIn(session)).toBeNull();
    }
  });

  it('nothing that they had begun to send goes', async () => {
    town.clock.now = BEFORE;
    const viewer = await town.viewer('claire.lefevre');
    const sender = { kind: 'account', viewer } as const;
    const to = town.address('julie.robin');
    const accept = () =>
      town.core.delivery.accept(
        { sender, recipients: [to], via: 'submission', peer: null, session: 'test', trace: '' },
        Readable.from([rawLetter(viewer.address, [to])]),
      );
    expect((await town.core.delivery.checkRecipient(sender, to)).kind).toBe('accepted');
    expect((await accept()).kind).toBe('accepted');
    town.clock.now = MIDNIGHT;
    expect((await town.core.delivery.checkRecipient(sender, to)).kind).toBe('denied');
    expect((await accept()).kind).toBe('denied');
  });

  it.each([
    'claire.lefevre',
    'lina.moreau',
    'direction.tilleuls',
    'ecole.tilleuls',
    'equipe.tilleuls',
    'ce1-a.tilleuls',
  ])('%s receives nothing, and is as unknown as one who never was', async (local) => {
    const outside = { kind: 'outside', address: 'musee@exemple.fr' } as const;
    const colleague = async () =>
      ({ kind: 'account', viewer: await town.viewer('julie.robin') }) as const;
    const ask = async (sender: Sender, whom: string) =>
      town.core.delivery.checkRecipient(sender, town.address(whom));
    const rules = (outcome: Outcome) =>
      outcome.kind === 'denied' ? outcome.refusals.map(({ rule }) => rule) : [];
    town.clock.now = MIDNIGHT;
    expect(rules(await ask(outside, local))).toEqual(rules(await ask(outside, 'personne')));
    expect(rules(await ask(await colleague(), local))).toEqual(['no-such-address']);
    expect((await town.receive('musee@exemple.fr', [local])).kind).toBe('denied');
  });

  it('a class’s computer shows nobody', async () => {
    town.clock.now = BEFORE;
    const claire = await town.viewer('claire.lefevre');
    const opened = await town.core.codes.openBrowser(
      claire,
      claire.classes[0]?.id ?? (0 as ClassId),
      null,
    );
    const classes = async () =>
      (await town.core.codes.browser(opened?.token ?? ''))?.classes.length ?? null;
    expect(await classes()).toBe(1);
    town.clock.now = MIDNIGHT;
    expect(await classes()).toBe(0);
  });

  it('the letters of the other schools go on', async () => {
    town.clock.now = MIDNIGHT;
    expect((await town.send('julie.robin', ['beatrice.vasseur'])).kind).toBe('accepted');
  });
});

it('who belongs to another school goes there, the others come back while the mail is kept', async () => {
  await closesAndOpensAgain();
  await town.close();
});

it(
  'who belongs to another school goes there, the others come back while the mail is kept, and are erased after',
  SOAKED,
  async () => {
    await closesAndOpensAgain();
    await areErased();
    await town.close();
  },
);

async function closesAndOpensAgain(): Promise<void> {
  await openClosing();
  await alsoParentAt(PASTEUR, 'elodie.garnier', 'lena.garnier');
  await goElsewhere();
  expect(told.has(await accountOf('lina.moreau'))).toBe(true);
  await openAgain();
}

const MOVERS = ['nadege.colas', 'elodie.garnier'];

/** They stay active from midnight on; the worker moves them with their mail. */
async function goElsewhere(): Promise<void> {
  town.clock.now = BEFORE;
  expect((await town.send('claire.lefevre', ['nadege.colas'])).kind).toBe('accepted');
  town.clock.now = MIDNIGHT;
  for (const local of MOVERS) expect((await town.viewer(local)).school).toBe(TILLEULS);
  await runDue();
  for (const local of MOVERS) expect((await town.viewer(local)).school).toBe(PASTEUR);
  expect(await town.rows('nadege.colas')).not.toEqual([]);
  expect((await town.send('julie.robin', ['nadege.colas'])).kind).toBe('accepted');
  await expect(town.viewer('claire.lefevre')).rejects.toThrow('nobody is');
  expect(await town.faults()).toEqual([]);
}

async function openAgain(): Promise<void> {
  town.clock.now = LATER;
  const { core } = town;
  expect(await core.town.closeSchool('machine', TILLEULS, null)).toEqual({ kind: 'done' });
  await runDue();
  expect((await signIn('claire.lefevre', 'web')).kind).toBe('welcome');
  expect((await town.send('claire.lefevre', ['lina.moreau'])).kind).toBe('accepted');
  expect((await town.viewer('nadege.colas')).school).toBe(PASTEUR);
  expect((await town.send('claire.lefevre', ['nadege.colas'])).kind).toBe('accepted');
  const today = await core.town.closeSchool('machine', TILLEULS, '2027-01-04');
  expect(today).toEqual({ kind: 'done' });
  expect((await signIn('claire.lefevre', 'web')).kind).toBe('no-match');
}

async function areErased(): Promise<void> {
  town.clock.now = new Date('2027-04-03T09:00:00Z');
  await runDue();
  expect(await accountsLeft()).toBeGreaterThan(50);
  town.clock.now = new Date('2027-04-04T09:00:00Z');
  expect(await town.core.town.closeSchool('machine', TILLEULS, null)).toEqual({
    kind: 'trouble',
    why: ['erased'],
  });
  await runDue();
  expect(await accountsLeft()).toBe(0);
  for (const local of MOVERS) expect((await town.viewer(local)).school).toBe(PASTEUR);
  expect(await town.faults()).toEqual([]);
}

describe('the day on which a school closes', () => {
  beforeAll(openClosing);
  afterAll(() => town.close());

  it.each([
    ['2026-12-30', 'past-day'],
    ['2031-01-01', 'too-far'],
    ['2027-02-30', 'not-a-day'],
    ['demain', 'not-a-day'],
  ])('can’t be %s: %s', async (day, why) => {
    town.clock.now = BEFORE;
    expect(await town.core.town.closeSchool('machine', TILLEULS, day)).toEqual({
      kind: 'trouble',
      why: [why],
    });
  });

  it('is an agent’s to say, stands in their journal, and can be taken back', async () => {
    const { core } = town;
    town.clock.now = BEFORE;
    const agent = await town.viewer('hugues.armand');
    const head = await town.viewer('mamadou.diallo');
    expect(await core.town.closeSchool(head, TILLEULS, null)).toEqual({ kind: 'missing' });
    expect(await core.town.closeSchool(agent, 99 as SchoolId, null)).toEqual({ kind: 'missing' });
    expect(await core.town.closeSchool(agent, TILLEULS, null)).toEqual({ kind: 'done' });
    const trail = await agentsJournal(core, agent);
    expect(trail?.map(({ act }) => act).slice(0, 2)).toEqual(['reopen-school', 'close-school']);
    town.clock.now = MIDNIGHT;
    await runDue();
    expect((await signIn('claire.lefevre', 'web')).kind).toBe('welcome');
  });

  it('is looked at again where the clock was early', SOAKED, async () => {
    town.clock.now = BEFORE;
    const { core, store } = town;
    await core.town.closeSchool('machine', TILLEULS, CLOSES_ON);
    await store.town((tx) => setClosingDue(tx, TILLEULS, BEFORE));
    expect(await schoolClosing(parts, TILLEULS)).toBe('too-early');
    await runDue();
    town.clock.now = MIDNIGHT;
    expect(await schoolClosing(parts, TILLEULS)).toBe('closed');
  });
});

async function accountOf(local: string): Promise<number> {
  const { rows } = await town.admin.query<{ target_id: string }>(
    `select target_id from address where local = $1`,
    [local],
  );
  return Number(rows[0]?.target_id);
}

async function accountsLeft(): Promise<number> {
  const { rows } = await town.admin.query<{ count: string }>(
    `select count(*) from account where school_id = $1`,
    [TILLEULS],
  );
  return Number(rows[0]?.count);
}

/** Gives a parent a child in a second school. */
async function alsoParentAt(school: SchoolId, parent: string, child: string): Promise<void> {
  const { admin } = town;
  await admin.query(
    `insert into guardianship (school_id, child_address_id, guardian_address_id)
     select $1, c.id, g.id from address g, address c where g.local = $2 and c.local = $3
     on conflict do nothing`,
    [school, parent, child],
  );
  await admin.query(
    `update address set present_in = present_in || $1::integer
     where local = $2 and not ($1 = any(present_in))`,
    [school, parent],
  );
}
