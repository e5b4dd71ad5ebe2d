import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../../cli/demo/seed.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { SchoolId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { carryAccounts } from '../../store/schools/school-move.ts';
import type { SecondStep, SignIn } from './contract.ts';

let town: TestTown;
let claire: Viewer;
let mamadou: Viewer;
beforeAll(async () => {
  town = await openTestTown();
  claire = await town.viewer('claire.lefevre');
  mamadou = await town.viewer('mamadou.diallo');
});
afterAll(() => town.close());
beforeEach(async () => {
  pass(3_600);
  await town.admin.query('delete from throttle; delete from second_factor');
});

const FROM = { ip: '192.0.2.9' };
const STEP_S = 30;
function pass(seconds: number): void {
  town.clock.now = new Date(town.clock.now.getTime() + seconds * 1_000);
}
const codeOf = (key: string, stepsAway = 0): string =>
  new TOTP({ secret: Secret.fromBase32(key) }).generate({
    timestamp: town.clock.now.getTime() + stepsAway * STEP_S * 1_000,
  });
/** Six digits that are none of the three codes which would do. */
const wrongCode = (key: string): string =>
  ['000000', '111111', '222222', '333333'].find(
    (code) => ![-1, 0, 1].some((away) => codeOf(key, away) === code),
  ) ?? '';
const signIn = (
  viewer: Viewer,
  way: 'web' | 'submission' | 'imap' = 'web',
  password = DEMO_PASSWORD,
): Promise<SignIn> => town.core.accounts.signIn(viewer.address, password, { ...FROM, way });

async function ticketOf(viewer: Viewer, password = DEMO_PASSWORD): Promise<string> {
  const answer = await signIn(viewer, 'web', password);
  if (answer.kind !== 'second-factor') throw new Error(answer.kind);
  return answer.ticket;
}
const step = async (viewer: Viewer, code: string): Promise<SecondStep['kind']> =>
  (await town.core.accounts.secondStep(await ticketOf(viewer), code, FROM)).kind;

/** Protects an account; the code used for it is of a step long ago by the time this is done. */
async function protect(viewer: Viewer): Promise<string> {
  const { key } = town.core.secondFactor.begin(viewer, null);
  expect(await town.core.secondFactor.confirm(viewer, key, codeOf(key))).toMatchObject({
    kind: 'done',
  });
  pass(3 * STEP_S);
  return key;
}
const actsOf = async (viewer: Viewer): Promise<string[]> =>
  (
    await town.admin.query<{ act: string }>(
      "select act from audit where actor_address_id = $1 and act like '%second-factor' order by id",
      [viewer.addressId],
    )
  ).rows.map(({ act }) => act);

describe('a second factor', () => {
  it('begins with a code, and nothing is kept before or in clear', async () => {
    const helene = await town.viewer('helene.bertin');
    const { key, uri } = town.core.secondFactor.begin(helene, null);
    expect(town.core.secondFactor.begin(helene, key)).toEqual({ key, uri });
    expect(town.core.secondFactor.begin(helene, 'A').key).not.toBe('A');
    expect(await town.core.secondFactor.state(helene)).toBeNull();
    expect(await town.core.secondFactor.confirm(helene, key, wrongCode(key))).toEqual({
      kind: 'no-match',
    });
    expect(await town.core.secondFactor.confirm(helene, 'A', codeOf(key))).toEqual({
      kind: 'refused',
    });
    expect((await signIn(helene)).kind).toBe('welcome');
    const mine = await protect(helene);
    expect(await town.core.secondFactor.state(helene)).not.toBeNull();
    expect(await town.core.secondFactor.state(mamadou)).toBeNull();
    expect(await town.core.secondFactor.confirm(helene, key, codeOf(key))).toEqual({
      kind: 'refused',
    });
    const { rows } = await town.admin.query<{ secret: Buffer }>('select secret from second_factor');
    expect(rows).toHaveLength(1);
    expect(rows[0]?.secret.toString('latin1')).not.toContain(mine);
    expect(await actsOf(helene)).toEqual(['begin-second-factor']);
  });
  it('is not for pupils', async () => {
    const lina = await town.viewer('lina.moreau');
    const { key } = town.core.secondFactor.begin(lina, null);
    expect(await town.core.secondFactor.confirm(lina, key, codeOf(key))).toEqual({
      kind: 'refused',
    });
  });
  it('asks for a code after the right password alone, and takes each step once', async () => {
    const key = await protect(claire);
    expect(await signIn(claire, 'web', 'faux')).toEqual({ kind: 'no-match' });
    const ticket = await ticketOf(claire);
    const code = codeOf(key);
    expect(await town.core.accounts.secondStep(ticket, wrongCode(key), FROM)).toEqual({
      kind: 'no-match',
    });
    expect(await town.core.accounts.secondStep(ticket, code, FROM)).toMatchObject({
      kind: 'welcome',
      viewer: { account: claire.account },
      appPassword: null,
    });
    expect(await step(claire, code)).toBe('no-match');
    expect(await step(claire, codeOf(key, -1))).toBe('no-match');
    expect(await step(claire, codeOf(key, 1))).toBe('welcome');
    expect(await step(claire, codeOf(key, 1))).toBe('no-match');
  });
  it('lets one of twenty at the same moment use a code', async () => {
    const key = await protect(mamadou);
    const tickets = await Promise.all(Array.from({ length: 5 }, () => ticketOf(mamadou)));
    const kinds = await Promise.all(
      Array.from(
        { length: 20 },
        async (_, n) =>
          (await town.core.accounts.secondStep(tickets[n % 5] ?? '', codeOf(key), FROM)).kind,
      ),
    );
    expect(kinds.filter((kind) => kind === 'welcome')).toHaveLength(1);
  });
  it('makes who guesses wait, by account, and the right password gives no tries back', async () => {
    const key = await protect(claire);
    const elsewhere = { ip: '203.0.113.9' };
    const guess = async (code: string) =>
      town.core.accounts.secondStep(await ticketOf(claire), code, elsewhere);
    for (let n = 0; n < 6; n += 1)
      expect(await guess(wrongCode(key))).toEqual({ kind: 'no-match' });
    expect(await guess(codeOf(key))).toEqual({ kind: 'wait', seconds: 2 });
    expect(await town.core.secondFactor.end(claire, codeOf(key))).toEqual({
      kind: 'wait',
      seconds: 2,
    });
    pass(2);
    expect((await guess(codeOf(key))).kind).toBe('welcome');
    pass(STEP_S);
    expect(await step(claire, wrongCode(key))).toBe('no-match');
    expect(await step(claire, codeOf(key))).toBe('welcome');
  });
  it('guessed at from elsewhere keeps its owner waiting nowhere that their account knows', async () => {
    const key = await protect(claire);
    expect(await step(claire, codeOf(key))).toBe('welcome');
    pass(3 * STEP_S);
    const ticket = await ticketOf(claire);
    for (let n = 0; n < 8; n += 1)
      await town.core.accounts.secondStep(ticket, wrongCode(key), { ip: '198.51.100.9' });
    expect(
      (await town.core.accounts.secondStep(ticket, codeOf(key), { ip: '198.51.100.9' })).kind,
    ).toBe('wait');
    expect((await town.core.accounts.secondStep(ticket, codeOf(key), FROM)).kind).toBe('welcome');
  });
  it('lets few of a hundred guesses at once be looked at', SOAKED, async () => {
    const key = await protect(claire);
    const ticket = await ticketOf(claire);
    const kinds = await Promise.all(
      Array.from(
        { length: 100 },
        async () => (await town.core.accounts.secondStep(ticket, wrongCode(key), FROM)).kind,
      ),
    );
    expect(kinds.filter((kind) => kind === 'no-match')).toHaveLength(6);
    expect(kinds.filter((kind) => kind === 'wait')).toHaveLength(94);
  });
  it('holds the password’s word for five minutes, for one account and one password', async () => {
    const [key, other] = [await protect(claire), await protect(mamadou)];
    const ticket = await ticketOf(claire);
    const tryOut = async (given: string, code: string) =>
      (await town.core.accounts.secondStep(given, code, FROM)).kind;
    expect(await tryOut(ticket.replace(/^1\.\d+/, `1.${mamadou.addressId}`), codeOf(other))).toBe(
      'too-old',
    );
    expect(
      await tryOut(
        ticket.replace(/\d{13}/, (until) => String(Number(until) + 1)),
        codeOf(key),
      ),
    ).toBe('too-old');
    for (const made of ['', 'x', `${ticket}A`, ticket.slice(0, -1), `9${ticket}`])
      expect(await tryOut(made, codeOf(key))).toBe('too-old');
    pass(299);
    expect(await tryOut(ticket, wrongCode(key))).toBe('no-match');
    pass(1);
    expect(await tryOut(ticket, codeOf(key))).toBe('too-old');
    const later = await ticketOf(claire);
    await town.admin.query(
      "update account set password_hash = password_hash || 'x' where id = $1",
      [claire.account],
    );
    expect(await tryOut(later, codeOf(key))).toBe('too-old');
    await town.admin.query(
      'update account set password_hash = left(password_hash, -1) where id = $1',
      [claire.account],
    );
    expect(await tryOut(later, codeOf(key))).toBe('welcome');
  });
  it('closes mail programs to the account’s own password, open sessions too, and not to those of devices', async () => {
    const device = await town.core.appPasswords.make(claire, 'Téléphone');
    if (device.kind !== 'made') throw new Error(device.kind);
    const own = await signIn(claire, 'imap');
    if (own.kind !== 'welcome') throw new Error(own.kind);
    expect(await town.core.accounts.stillSignedIn({ ...own, way: 'imap' })).not.toBeNull();
    let heard = 0;
    const stop = town.core.events.subscribe(claire, () => {
      heard += 1;
    });
    await protect(claire);
    await expect.poll(() => heard).toBeGreaterThan(0);
    stop();
    for (const way of ['imap', 'submission'] as const) {
      expect(await signIn(claire, way)).toEqual({ kind: 'device-password' });
      expect(await signIn(claire, way, 'faux')).toEqual({ kind: 'no-match' });
      expect((await signIn(claire, way, device.text)).kind).toBe('welcome');
    }
    expect(await town.core.accounts.stillSignedIn({ ...own, way: 'imap' })).toBeNull();
    expect(
      await town.core.accounts.stillSignedIn({
        viewer: claire,
        way: 'imap',
        appPassword: device.id,
        ownPassword: null,
      }),
    ).not.toBeNull();
  });
  it('ends by a code of it, and what is not there ends too', async () => {
    const key = await protect(claire);
    expect(await town.core.secondFactor.end(claire, wrongCode(key))).toEqual({ kind: 'no-match' });
    expect(await town.core.secondFactor.end(claire, codeOf(key))).toMatchObject({ kind: 'done' });
    expect(await town.core.secondFactor.state(claire)).toBeNull();
    expect((await signIn(claire)).kind).toBe('welcome');
    expect((await actsOf(claire)).at(-1)).toBe('end-second-factor');
    expect(await town.core.secondFactor.end(claire, '000000')).toMatchObject({ kind: 'done' });
  });
  it('moves along to another school', SOAKED, async () => {
    const away = await town.viewer('karine.moreau');
    const key = await protect(away);
    const [recovery = ''] = (await town.core.secondFactor.newRecoveryCodes(away)) ?? [];
    await town.store.town((tx) =>
      carryAccounts(tx, { from: away.school, to: 2 as SchoolId, addresses: [away.addressId] }),
    );
    const there = await town.viewer('karine.moreau');
    expect([away.school, there.school]).toEqual([1, 2]);
    expect(await step(there, codeOf(key))).toBe('welcome');
    expect(await step(there, recovery)).toBe('welcome');
    expect(await town.core.secondFactor.state(away)).toBeNull();
  });
  it('ends with a code on paper that is used: the phone was lost', async () => {
    const marc = await town.viewer('marc.olivier');
    await protect(marc);
    const ticket = await ticketOf(marc);
    const sheet = await town.core.people.makeCode(mamadou, marc.school, {
      account: marc.account,
      format: 'screen',
    });
    const code = sheet?.cards[0]?.code;
    if (code?.kind !== 'activation') throw new Error('no code');
    expect(await town.core.secondFactor.state(marc)).not.toBeNull();
    expect(
      (
        await town.core.codes.activate(
          { address: marc.address, code: code.text, password: 'châtaignes et calots' },
          FROM,
        )
      ).kind,
    ).toBe('welcome');
    expect(await town.core.secondFactor.state(marc)).toBeNull();
    expect((await actsOf(marc)).at(-1)).toBe('lose-second-factor');
    expect((await town.core.accounts.secondStep(ticket, '000000', FROM)).kind).toBe('too-old');
    expect((await signIn(marc, 'imap', 'châtaignes et calots')).kind).toBe('welcome');
  });
});
