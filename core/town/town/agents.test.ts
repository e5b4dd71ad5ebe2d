import { Secret, TOTP } from 'otpauth';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { CodeSheet } from '../../entry/codes/contract.ts';
import { type AccountId, TOWN } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { keepAsItIs } from '../../store/testing/as-it-was.ts';
import { agentsJournal } from '../journals/testing/agents-journal.ts';
import { DOMAIN, HERE, openEmptyTown, PASSWORD, type EmptyTown } from './testing/empty-town.ts';

let town: EmptyTown;
let nadia: Viewer;
let thomas: Viewer;
let putBack: () => Promise<void>;
let two: readonly [Viewer, Viewer];
beforeAll(async () => {
  town = await openEmptyTown();
  two = [await town.agent('nadia'), await town.agent('thomas')];
  putBack = await keepAsItIs(town.admin);
});
beforeEach(() => {
  [nadia, thomas] = two;
});
afterEach(() => putBack());
afterAll(() => town.close());

const FROM = { ...HERE, way: 'web' } as const;
const addresses = async (by: Viewer | 'machine' = 'machine') =>
  (await town.core.agents.list(by))?.map(({ address }) => address.replace(`@${DOMAIN}`, ''));

function codeOn(sheet: CodeSheet | null): string {
  const code = sheet?.cards[0]?.code;
  if (code?.kind !== 'activation') throw new Error('no code on the sheet');
  return code.text;
}

/** A session of the pages, as by signing in; its token. */
async function enter(who: Viewer): Promise<string> {
  const answer = await town.core.accounts.signIn(who.address, PASSWORD, FROM);
  if (answer.kind !== 'welcome' || answer.ownPassword === null) throw new Error(answer.kind);
  const token = await town.core.accounts.openSession(answer.viewer, {
    kind: 'password',
    mark: answer.ownPassword,
  });
  return token ?? '';
}

async function protect(who: Viewer): Promise<readonly string[]> {
  const { key } = town.core.secondFactor.begin(who, null);
  const code = new TOTP({ secret: Secret.fromBase32(key) }).generate({
    timestamp: town.clock.now.getTime(),
  });
  const begun = await town.core.secondFactor.confirm(who, key, code);
  if (begun.kind !== 'done') throw new Error(begun.kind);
  return begun.recoveryCodes;
}

describe('agents of the town', () => {
  it('come one by the other: a code on a sheet, an address, a line of the journal', async () => {
    const added = await town.core.agents.add(nadia, {
      givenName: 'Élodie',
      familyName: 'de La Tour',
      local: null,
    });
    if (added.kind !== 'done') throw new Error(JSON.stringify(added));
    expect(added.sheet.cards).toMatchObject([
      { displayName: 'Élodie de La Tour', face: 'ÉL', address: `elodie.de-la-tour@${DOMAIN}` },
    ]);
    expect(await town.core.agents.list(thomas)).toMatchObject([
      { name: 'Élodie de La Tour', way: 'code', hasSecondFactor: false },
      { name: 'Agent NADIA', way: 'password' },
      { name: 'Agent THOMAS', way: 'password' },
    ]);
    expect((await town.journal()).at(-1)).toBe('add-agent: Élodie de La Tour');
    const again = { givenName: 'Élodie', familyName: 'de La Tour', local: 'nadia' };
    expect(await town.core.agents.add(nadia, again)).toEqual({
      kind: 'trouble',
      why: ['address-taken'],
    });
    expect(await town.core.agents.add(nadia, { ...again, local: 'postmaster' })).toEqual({
      kind: 'trouble',
      why: ['address'],
    });
  });

  it('do nothing before they have a second factor and its sheet, not by a mail program either, and then everything', async () => {
    const token = await enter(nadia);
    expect(await town.core.accounts.session(token)).toMatchObject({ mustProtect: true });
    const byProgram = { ...HERE, way: 'imap' } as const;
    expect(await town.core.accounts.signIn(nadia.address, PASSWORD, byProgram)).toEqual({
      kind: 'device-password',
    });
    await protect(nadia);
    // the sheet of recovery codes is shown once: it must have been kept
    expect(await town.core.accounts.session(token)).toMatchObject({ mustProtect: true });
    expect(await town.core.secondFactor.keepSheet(nadia)).toBe(true);
    expect(await town.core.accounts.session(token)).toMatchObject({ mustProtect: false });
    await town.core.secondFactor.newRecoveryCodes(nadia);
    expect(await town.core.accounts.session(token)).toMatchObject({ mustProtect: true });
  });

  it('who are removed are out at once, whatever they had open, and their mail is kept as a leaver’s', async () => {
    const token = await enter(thomas);
    await protect(thomas);
    const device = await town.core.appPasswords.make(thomas, 'Téléphone');
    if (device.kind !== 'made') throw new Error(device.kind);
    expect(await town.core.agents.remove(nadia, thomas.account)).toEqual({ kind: 'done' });
    expect(await addresses()).toEqual(['nadia']);
    expect(await town.core.accounts.session(token)).toBeNull();
    for (const [password, way] of [
      [PASSWORD, 'web'],
      [device.text, 'imap'],
    ] as const)
      expect(await town.core.accounts.signIn(thomas.address, password, { ...HERE, way })).toEqual({
        kind: 'no-match',
      });
    const { rows } = await town.admin.query(
      `select (select count(*) from leaver where account_id = $1)::integer as leavers,
        (select count(*) from mailbox where account_id = $1)::integer as mailboxes,
        (select count(*) from recovery_code where account_id = $1)::integer as codes`,
      [thomas.account],
    );
    expect(rows).toEqual([{ leavers: 1, mailboxes: 6, codes: 0 }]);
    expect((await town.journal()).at(-1)).toBe('remove-agent: Agent THOMAS');
    expect(await town.core.agents.remove(nadia, thomas.account)).toEqual({ kind: 'missing' });
  });

  it('are never without one who can sign in: of two who remove each other at one moment one stays', async () => {
    const fresh = await town.core.agents.add(nadia, {
      givenName: 'Sans',
      familyName: 'Entrée',
      local: null,
    });
    expect(fresh.kind).toBe('done');
    for (let round = 1; round <= 5; round += 1) {
      const other = round === 1 ? thomas : await town.agent(`autre-${round}`);
      const answers = await Promise.all([
        town.core.agents.remove(nadia, other.account),
        town.core.agents.remove(other, nadia.account),
      ]);
      const done = answers.filter(({ kind }) => kind === 'done');
      expect(done, JSON.stringify(answers)).toHaveLength(1);
      const left = (await town.core.agents.list('machine')) ?? [];
      expect(left.filter(({ way }) => way === 'password')).toHaveLength(1);
      if (answers[1]?.kind === 'done') nadia = other;
    }
    expect(await town.core.agents.remove('machine', nadia.account)).toEqual({
      kind: 'trouble',
      why: 'last',
    });
  });

  it('remove nobody by themselves, however many others there are', async () => {
    const before = await town.core.agents.list('machine');
    expect(before?.filter(({ way }) => way === 'password').length).toBeGreaterThan(1);
    expect(await town.core.agents.remove(nadia, nadia.account)).toEqual({
      kind: 'trouble',
      why: 'own',
    });
    expect(await town.core.agents.list('machine')).toEqual(before);
    expect(await town.core.agents.remove(thomas, nadia.account)).toEqual({ kind: 'done' });
  });

  it('who lost their phone start anew by a code that another agent makes: nothing of before opens', async () => {
    const recovery = await protect(thomas);
    const device = await town.core.appPasswords.make(thomas, 'Téléphone');
    if (device.kind !== 'made') throw new Error(device.kind);
    const sheet = await town.core.agents.reset(nadia, thomas.account);
    expect(await town.core.accounts.signIn(thomas.address, PASSWORD, FROM)).toEqual({
      kind: 'no-match',
    });
    const byProgram = { ...HERE, way: 'imap' } as const;
    expect(await town.core.accounts.signIn(thomas.address, device.text, byProgram)).toEqual({
      kind: 'no-match',
    });
    expect(await town.core.secondFactor.state(thomas)).toBeNull();
    const opened = await town.core.codes.activate(
      { address: thomas.address, code: codeOn(sheet), password: 'autre cascade verte' },
      HERE,
    );
    expect(opened.kind).toBe('welcome');
    expect(recovery).toHaveLength(10);
    expect((await town.journal()).at(-1)).toBe('reset-agent: Agent THOMAS');
  });

  it(
    'who reset each other at one moment: one is reset, the other signs in still',
    SOAKED,
    async () => {
      await Promise.all([
        town.core.agents.reset(nadia, thomas.account),
        town.core.agents.reset(thomas, nadia.account),
      ]);
      const ways = (await town.core.agents.list('machine'))?.map(({ way }) => way);
      expect(ways?.sort()).toEqual(['code', 'password']);
    },
  );

  it('reset nobody by themselves, and nobody who isn’t an agent; the machine resets the last one', async () => {
    expect(await town.core.agents.reset(nadia, nadia.account)).toBeNull();
    expect(await town.core.agents.reset(nadia, 999_999 as AccountId)).toBeNull();
    await town.core.agents.remove(nadia, thomas.account);
    const sheet = await town.core.agents.reset('machine', nadia.account);
    expect(codeOn(sheet)).toMatch(/^[A-Z0-9-]{18}$/);
    expect(await town.core.agents.list('machine')).toMatchObject([{ way: 'code' }]);
  });
});

describe('recovery codes', () => {
  const stepBy = async (code: string): Promise<string> => {
    const answer = await town.core.accounts.signIn(nadia.address, PASSWORD, FROM);
    if (answer.kind !== 'second-factor') throw new Error(answer.kind);
    return (await town.core.accounts.secondStep(answer.ticket, code, HERE)).kind;
  };

  it('are ten, each takes the place of the phone’s code once, however it is typed', async () => {
    const codes = await protect(nadia);
    const [first = '', second = ''] = codes;
    expect(new Set(codes).size).toBe(10);
    expect(await stepBy(first)).toBe('welcome');
    expect(await stepBy(first)).toBe('no-match');
    expect(await stepBy(second.toLowerCase().replace('-', ' '))).toBe('welcome');
    expect(await town.core.secondFactor.state(nadia)).toMatchObject({ recoveryCodes: 8 });
    const { rows } = await town.admin.query(
      "select count(*)::integer as n from audit where act = 'use-recovery-code' and actor_address_id = $1",
      [nadia.addressId],
    );
    expect(rows).toEqual([{ n: 2 }]);
    const acts = await agentsJournal(town.core, thomas);
    expect(acts?.slice(0, 3).map(({ act, by }) => `${by}: ${act}`)).toEqual([
      'Agent NADIA: use-recovery-code',
      'Agent NADIA: use-recovery-code',
      'Agent NADIA: begin-second-factor',
    ]);
    const inbox = (await town.core.mail.mailboxes(nadia)).find(({ use }) => use === 'inbox');
    if (!inbox) throw new Error('no inbox');
    const told = await town.core.mail.list(nadia, inbox.id, { before: null, limit: 9 });
    expect(told.map(({ subject }) => subject)).toEqual([
      'Un code de secours a ouvert votre compte',
      'Un code de secours a ouvert votre compte',
    ]);
  });

  it('of ten tries with one at the same moment let one in', async () => {
    const [code = ''] = await protect(nadia);
    const tickets = await Promise.all(
      Array.from({ length: 10 }, () => town.core.accounts.signIn(nadia.address, PASSWORD, FROM)),
    );
    const steps = await Promise.all(
      tickets.flatMap((one) =>
        one.kind === 'second-factor' ? [town.core.accounts.secondStep(one.ticket, code, HERE)] : [],
      ),
    );
    expect(steps.filter(({ kind }) => kind === 'welcome')).toHaveLength(1);
  });

  it('are void once ten new ones are made, and end with the second factor, which one of them ends', async () => {
    const [old = ''] = await protect(nadia);
    const [fresh = '', other = ''] = (await town.core.secondFactor.newRecoveryCodes(nadia)) ?? [];
    expect(await stepBy(old)).toBe('no-match');
    expect(await stepBy(fresh)).toBe('welcome');
    expect(await town.core.secondFactor.end(nadia, other)).toEqual({ kind: 'done' });
    expect(await town.core.secondFactor.newRecoveryCodes(nadia)).toBeNull();
    const { rows } = await town.admin.query(
      'select count(*)::integer as n from recovery_code where school_id = $1 and account_id = $2',
      [TOWN, nadia.account],
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('are nowhere in the database as they stand on the sheet, and are another account’s in nobody’s hands', async () => {
    const [mine = ''] = await protect(nadia);
    await protect(thomas);
    const { rows } = await town.admin.query<{ all: string }>(
      "select string_agg(r::text, ' ') as all from recovery_code r",
    );
    expect(rows[0]?.all).not.toContain(mine);
    expect(rows[0]?.all).not.toContain(Buffer.from(mine.replace('-', '')).toString('hex'));
    expect(await town.core.secondFactor.end(thomas, mine)).toEqual({ kind: 'no-match' });
  });
});
