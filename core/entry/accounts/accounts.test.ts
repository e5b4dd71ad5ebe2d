import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../../cli/demo/seed.ts';
import { verified } from '../../../tests/shared/passwords.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { SignIn } from './contract.ts';

const MORNING = new Date('2026-11-24T09:00:00Z');
const MINUTE = 60_000;
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
beforeEach(async () => {
  town.clock.now = MORNING;
  await town.admin.query('delete from throttle');
});
afterAll(() => town.close());

function signIn(address: string, password: string, ip = '192.0.2.1'): Promise<SignIn> {
  return town.core.accounts.signIn(town.address(address), password, { ip, way: 'web' });
}

async function setState(name: string, state: string): Promise<void> {
  await town.admin.query(
    `begin; set local preau.school = '1'; update account set state = '${state}' where school_id = 1 and display_name = '${name}'; commit`,
  );
}

describe('signing in', () => {
  it('knows a person by address and password, whatever the case of the address', async () => {
    const answer = await signIn(' Lina.Moreau@Ecoles.Preau.Test ', DEMO_PASSWORD);
    if (answer.kind !== 'welcome') throw new Error(answer.kind);
    expect(answer.viewer).toMatchObject({
      role: 'pupil',
      displayName: 'Lina Moreau',
      givenName: 'Lina',
      face: 'lapin',
      school: 1,
      classes: [{ name: 'CE1 A' }],
    });
  });
  it.each([
    { who: 'nobody', address: 'personne.dutout', password: DEMO_PASSWORD },
    { who: 'a wrong password', address: 'lina.moreau', password: 'faux' },
    { who: 'no password', address: 'lina.moreau', password: '' },
    { who: 'a list', address: 'ce1-a.tilleuls', password: DEMO_PASSWORD },
    { who: 'no address', address: '', password: DEMO_PASSWORD },
    {
      who: 'a password too long',
      address: 'lina.moreau',
      password: `${DEMO_PASSWORD}${'x'.repeat(2_000)}`,
    },
    { who: 'a NUL', address: 'lina.moreau\u0000', password: DEMO_PASSWORD },
  ])('says no-match to $who', async ({ address, password }) =>
    expect(await signIn(address, password)).toEqual({ kind: 'no-match' }),
  );
  it('says no-match to a closed account', async () => {
    await setState('Lina Moreau', 'suspended');
    expect(await signIn('lina.moreau', DEMO_PASSWORD)).toEqual({ kind: 'no-match' });
    await setState('Lina Moreau', 'active');
  });
  it('takes as much work for nobody as for a wrong password', async () => {
    const asked = async (address: string): Promise<readonly string[]> => {
      verified.length = 0;
      expect(await signIn(address, 'faux')).toEqual({ kind: 'no-match' });
      return [...verified];
    };
    const wrong = await asked('lina.moreau');
    expect(wrong).toHaveLength(1);
    expect(await asked('personne.dutout')).toEqual(wrong);
  });
});

describe('a session', () => {
  const session = (token: string) => town.core.accounts.session(token);
  const opened = async (local: string): Promise<string> => town.enter(await town.viewer(local));

  it('opens with its token alone', async () => {
    const token = await opened('lina.moreau');
    expect((await session(token))?.viewer.displayName).toBe('Lina Moreau');
    const { rows } = await town.admin.query<{ secret_hash: Buffer }>(
      'select secret_hash from session',
    );
    expect(
      rows.every(
        ({ secret_hash }) => !secret_hash.toString('base64url').includes(token.split('.')[2] ?? ''),
      ),
    ).toBe(true);
  });
  it.each([
    { when: 'another school before it', forge: (token: string) => token.replace(/^1/, '2') },
    { when: 'the town before it', forge: (token: string) => token.replace(/^1/, '0') },
    { when: 'no school', forge: (token: string) => token.replace(/^1/, '') },
    {
      when: 'a school past all numbers',
      forge: (token: string) => token.replace(/^1/, '999999999'),
    },
    {
      when: 'another secret',
      forge: (token: string) => token.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')),
    },
    { when: 'no secret', forge: (token: string) => token.replace(/\.[^.]*$/, '.') },
    { when: 'something behind it', forge: (token: string) => `${token}\n` },
    { when: 'nothing at all', forge: () => '' },
    { when: 'SQL in it', forge: (token: string) => token.replace(/^1/, `1'--`) },
  ])('is not opened by $when', async ({ forge }) =>
    expect(await session(forge(await opened('lina.moreau')))).toBeNull(),
  );
  it('has one token, not another’s id with one’s own secret', async () => {
    const [own, other] = [await opened('lina.moreau'), await opened('claire.lefevre')];
    expect(
      await session([...other.split('.').slice(0, 2), own.split('.')[2]].join('.')),
    ).toBeNull();
  });
  it('ends with signing out, and no other with it', async () => {
    const [one, other] = [await opened('lina.moreau'), await opened('lina.moreau')];
    await town.core.accounts.closeSession(one.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')));
    expect(await session(one)).not.toBeNull();
    await town.core.accounts.closeSession(one);
    expect(await session(one)).toBeNull();
    expect(await session(other)).not.toBeNull();
  });
  it('is told from its owner’s others by the browser that it was opened in', async () => {
    const claire = await town.viewer('claire.lefevre');
    const own = await town.enter(claire);
    await town.enter(claire, { name: 'Firefox', platform: 'Windows' });
    const others = await town.core.accounts.otherSessions(own);
    expect(others.map(({ browser }) => browser)).toContainEqual({
      name: 'Firefox',
      platform: 'Windows',
    });
  });
  it('ends when the account is suspended', async () => {
    const token = await opened('lina.moreau');
    await setState('Lina Moreau', 'suspended');
    expect(await session(token)).toBeNull();
    await setState('Lina Moreau', 'active');
  });
  it('ends after half an hour without a visit, and lives on with visits, twelve hours at most', async () => {
    const token = await opened('lina.moreau');
    town.clock.now = new Date(MORNING.getTime() + 29 * MINUTE);
    expect(await session(token)).not.toBeNull();
    town.clock.now = new Date(MORNING.getTime() + 58 * MINUTE);
    expect(await session(token)).not.toBeNull();
    town.clock.now = new Date(MORNING.getTime() + 89 * MINUTE);
    expect(await session(token)).toBeNull();
    town.clock.now = MORNING;
    const kept = await opened('lina.moreau');
    for (let at = 25; at < 12 * 60; at += 25) {
      town.clock.now = new Date(MORNING.getTime() + at * MINUTE);
      expect(await session(kept), `${at}`).not.toBeNull();
    }
    town.clock.now = new Date(MORNING.getTime() + 12 * 60 * MINUTE + 1);
    expect(await session(kept)).toBeNull();
  });
  it('sees at once that its owner is in another class, and in which language they read', async () => {
    const token = await opened('adele.vidal');
    const viewer = (await session(token))?.viewer;
    if (!viewer) throw new Error('no session');
    await town.core.accounts.setLanguage(viewer, 'en');
    const rename = (from: string, to: string) =>
      town.admin.query(
        `begin; set local preau.school = '1'; update class set name = '${to}' where school_id = 1 and name = '${from}'; commit`,
      );
    await rename('CE1 A', 'CE1 Bleu');
    expect((await session(token))?.viewer).toMatchObject({
      language: 'en',
      classes: [{ name: 'CE1 Bleu' }],
    });
    await rename('CE1 Bleu', 'CE1 A');
  });
  it('finds again on another computer what a child has chosen to read with, and nothing that it gave up', async () => {
    const [here, there] = [await opened('lina.moreau'), await opened('lina.moreau')];
    const viewer = (await session(here))?.viewer;
    if (!viewer) throw new Error('no session');
    expect((await session(there))?.comfort).toEqual({});
    await town.core.accounts.setComfort(viewer, { size: 'large', font: 'andika' });
    expect((await session(there))?.comfort).toEqual({ size: 'large', font: 'andika' });
    await town.core.accounts.setComfort(viewer, { paper: 'cream' });
    expect((await session(here))?.comfort).toEqual({ paper: 'cream' });
  });
});
