import { Secret, TOTP } from 'otpauth';
import { beforeEach, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../../cli/demo/seed.ts';
import { openTestTown } from '../../../tests/shared/town.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { NewPassword } from './contract.ts';
import { enterAs } from './testing/enter.ts';

const CHOSEN = 'châtaignes et calots';
const FROM = { ip: '192.0.2.1', way: 'web' } as const;

const town = await openTestTown();
beforeEach(() => town.admin.query('delete from throttle'));

const wish = (given: Partial<NewPassword>): NewPassword => ({
  password: DEMO_PASSWORD,
  code: '',
  chosen: CHOSEN,
  devices: [],
  ...given,
});
const change = (viewer: Viewer, token: string, given: Partial<NewPassword> = {}) =>
  town.core.accounts.changePassword(viewer, token, wish(given));
const comesIn = async (viewer: Viewer, password: string): Promise<string> =>
  (await town.core.accounts.signIn(viewer.address, password, FROM)).kind;
const isOpen = async (token: string): Promise<boolean> =>
  (await town.core.accounts.session(token)) !== null;

it.each(['claire.lefevre', 'mamadou.diallo', 'karine.moreau', 'hugues.armand', 'nadege.colas'])(
  '%s, an adult: the session goes on under another token, every other one ends, and so does the old password',
  async (local) => {
    const viewer = await town.viewer(local);
    const [here, elsewhere] = [await enterAs(town, viewer), await enterAs(town, viewer)];
    const done = await change(viewer, here);
    if (done.kind !== 'changed') throw new Error(done.kind);
    expect([await isOpen(done.token), await isOpen(here), await isOpen(elsewhere)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([await comesIn(viewer, DEMO_PASSWORD), await comesIn(viewer, CHOSEN)]).toEqual([
      'no-match',
      'welcome',
    ]);
    const [newest] = await town.rows(local);
    expect(newest?.subject).toBe('Votre mot de passe a été changé');
  },
);

it('is refused by a wrong password, counted as at the door, and changes nothing', async () => {
  const viewer = await town.viewer('julie.robin');
  const here = await enterAs(town, viewer);
  const kinds: string[] = [];
  for (let tries = 0; tries < 7; tries += 1)
    kinds.push((await change(viewer, here, { password: 'faux' })).kind);
  expect(kinds).toEqual([...Array.from({ length: 6 }, () => 'no-match'), 'wait']);
  // the door counts with it: one limiter
  expect(await comesIn(viewer, 'faux')).toBe('wait');
  expect(await isOpen(here)).toBe(true);
});

it.each([
  ['short', 'court'],
  ['same', DEMO_PASSWORD],
  ['own-name', 'JulieRobin12'],
])('a new one that is no good (%s) costs no try', async (why, chosen) => {
  const viewer = await town.viewer('julie.robin');
  const here = await enterAs(town, viewer);
  for (let tries = 0; tries < 8; tries += 1)
    expect(await change(viewer, here, { chosen })).toEqual({ kind: 'faulty', why });
  expect(await isOpen(here)).toBe(true);
});

it('asks for the code of their phone where there is a second factor', async () => {
  const viewer = await town.viewer('fabienne.cordier');
  const { key } = town.core.secondFactor.begin(viewer, null);
  const code = (): string => {
    town.clock.now = new Date(town.clock.now.getTime() + 30_000);
    return new TOTP({ secret: Secret.fromBase32(key) }).generate({
      timestamp: town.clock.now.getTime(),
    });
  };
  expect((await town.core.secondFactor.confirm(viewer, key, code())).kind).toBe('done');
  const here = await enterAs(town, viewer);
  for (const wrong of ['', '000000'])
    expect(await change(viewer, here, { code: wrong })).toEqual({ kind: 'no-match', what: 'code' });
  expect(await change(viewer, here, { code: code() })).toMatchObject({ kind: 'changed' });
  expect(await town.core.secondFactor.state(viewer)).not.toBeNull();
});

it('ends the devices that are named and a code on paper that waits; a device not named goes on', async () => {
  const viewer = await town.viewer('marc.olivier');
  const head = await town.viewer('mamadou.diallo');
  const make = async (name: string) => {
    const made = await town.core.appPasswords.make(viewer, name);
    if (made.kind !== 'made') throw new Error(made.kind);
    return made;
  };
  const [lost, kept] = [await make('Téléphone perdu'), await make('Téléphone')];
  const order = { account: viewer.account, format: 'screen' } as const;
  const sheet = await town.core.people.makeCode(head, viewer.school, order);
  const code = sheet?.cards[0]?.code;
  if (code?.kind !== 'activation') throw new Error('no code');
  const here = await enterAs(town, viewer);
  expect((await change(viewer, here, { devices: [lost.id] })).kind).toBe('changed');
  expect((await town.core.appPasswords.list(viewer)).map(({ id }) => id)).toEqual([kept.id]);
  const way = { ip: FROM.ip, way: 'imap' } as const;
  const open = async (text: string) =>
    (await town.core.accounts.signIn(viewer.address, text, way)).kind;
  expect([await open(lost.text), await open(kept.text)]).toEqual(['no-match', 'welcome']);
  expect((await town.core.codes.checkCode(viewer.address, code.text, FROM)).kind).toBe('no-match');
});

it('of two at once from two sessions one counts, and the other changes nothing', async () => {
  const viewer = await town.viewer('sylvie.caradec');
  const sessions = [await enterAs(town, viewer), await enterAs(town, viewer)];
  const kinds = await Promise.all(
    sessions.map(async (token, at) => {
      const chosen = ['premiers mots du jour', 'seconde phrase du soir'][at] ?? '';
      return (await change(viewer, token, { chosen })).kind;
    }),
  );
  expect(kinds.filter((kind) => kind === 'changed')).toHaveLength(1);
});

it('is no act of a child', async () => {
  const lina = await town.viewer('lina.moreau');
  const here = await enterAs(town, lina);
  expect(await change(lina, here, { chosen: 'cabane orange' })).toEqual({ kind: 'too-late' });
  expect(await comesIn(lina, DEMO_PASSWORD)).toBe('welcome');
});
