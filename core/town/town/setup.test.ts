import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../ground/spans.ts';
import { keepAsItIs } from '../../store/testing/as-it-was.ts';
import type { FirstAgentMade } from './contract.ts';
import {
  DOMAIN,
  HERE,
  openEmptyTown,
  PASSWORD,
  SAINT_AUBIN,
  type EmptyTown,
} from './testing/empty-town.ts';

let town: EmptyTown;
let putBack: () => Promise<void>;
beforeAll(async () => {
  town = await openEmptyTown();
  putBack = await keepAsItIs(town.admin);
});
afterEach(() => putBack());
afterAll(() => town.close());

async function link(): Promise<string> {
  const made = await town.core.setup.newLink();
  if (made === null) throw new Error('no link');
  return made.code;
}

const NADIA = { givenName: 'Nadia', familyName: 'Roux', local: null, password: PASSWORD };
const make = (code: string, given = NADIA): Promise<FirstAgentMade> =>
  town.core.setup.makeFirstAgent({ ...given, code }, HERE);
const openWith = async (code: string, from = HERE): Promise<string> =>
  (await town.core.setup.openLink(code, from)).kind;
const pass = (hours: number): void => {
  town.clock.now = new Date(town.clock.now.getTime() + hours * HOUR_MS);
};

describe('the link of an empty machine', () => {
  it('opens as often as a browser asks, makes the first agent, and ends with that', async () => {
    const code = await link();
    expect(await openWith(code)).toBe('open');
    expect(await openWith(code)).toBe('open');
    expect(await make(code)).toEqual({ kind: 'made', address: `nadia.roux@${DOMAIN}` });
    expect(await openWith(code)).toBe('used');
    expect(await make(code)).toEqual({ kind: 'used' });
    expect(await town.core.setup.newLink()).toBeNull();
    expect(await town.journal()).toEqual(['first-agent: Nadia Roux']);
    const signedIn = await town.core.accounts.signIn(`nadia.roux@${DOMAIN}`, PASSWORD, {
      ...HERE,
      way: 'web',
    });
    expect(signedIn.kind).toBe('welcome');
  });

  it('used by ten at one moment makes one agent', async () => {
    const code = await link();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        town.core.setup.makeFirstAgent(
          { ...NADIA, familyName: `Roux-${'abcdefghij'[at]}`, code },
          { ip: `198.51.${at}.7` },
        ),
      ),
    );
    expect(answers.filter(({ kind }) => kind === 'made')).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind === 'used')).toHaveLength(9);
    expect(await town.core.agents.list('machine')).toHaveLength(1);
  });

  it('holds for a day, and no longer than until the next one', async () => {
    const first = await link();
    pass(23);
    expect(await openWith(first)).toBe('open');
    pass(1);
    expect(await openWith(first)).toBe('expired');
    expect(await make(first)).toEqual({ kind: 'expired' });
    const second = await link();
    expect(await openWith(first)).toBe('no-match');
    expect(await openWith(second)).toBe('open');
  });

  it('is kept by what was typed wrong: a name, an address, a password that lies near', async () => {
    const code = await link();
    expect(await make(code, { ...NADIA, givenName: ' ' })).toEqual({
      kind: 'trouble',
      why: ['name'],
    });
    expect(await make(code, { ...NADIA, password: 'nadia roux saint' })).toMatchObject({
      kind: 'password',
    });
    expect(await make(code)).toMatchObject({ kind: 'made' });
  });

  it('is not made, and opens nothing, once an agent can come in by other means', async () => {
    const code = await link();
    await town.core.agents.add('machine', { ...NADIA });
    expect(await openWith(code)).toBe('used');
    expect(await make(code)).toEqual({ kind: 'used' });
    expect(await town.core.setup.newLink()).toBeNull();
  });

  it('stands in the database as a hash, and guessing at it is slowed down where it comes from and nowhere else', async () => {
    const code = await link();
    const { rows } = await town.admin.query<{ all: string }>(
      'select l::text as all from setup_link l',
    );
    expect(rows[0]?.all).not.toContain(code);
    const guess = (at: number) => openWith(`${'x'.repeat(30)}${String(at).padStart(2, '0')}`);
    const said: string[] = [];
    for (let at = 0; at < 12; at += 1) said.push(await guess(at));
    expect(said).toContain('wait');
    expect(await openWith(code)).toBe('wait');
    expect(await openWith(code, { ip: '198.51.100.7' })).toBe('open');
  });
});

it('progress is what was done, step by step, until the town opens', async () => {
  const code = await link();
  const made = await make(code);
  const viewer = made.kind === 'made' ? await town.viewer(made.address) : null;
  if (viewer === null) throw new Error('no agent');
  expect(await town.core.setup.stepDone(viewer, 'town')).toBe(false);
  await town.core.town.saveSettings(viewer, SAINT_AUBIN);
  await town.core.town.addSchool(viewer, {
    name: 'École des Tilleuls',
    slug: null,
    uai: null,
    commune: null,
    domain: null,
  });
  // whose settings are kept, here or by a file, has described the town
  expect((await town.core.setup.progress(viewer))?.done).toEqual(new Set(['town']));
  expect(await town.core.setup.stepDone(viewer, 'schools')).toBe(true);
  expect(await town.core.setup.stepDone(viewer, 'schools')).toBe(true);
  expect(await town.core.setup.progress(viewer)).toEqual({
    done: new Set(['town', 'schools']),
    openedAt: null,
    communes: 0,
    schools: 1,
    schoolsWithPeople: 0,
    people: 0,
  });
  const first = town.clock.now;
  expect(await town.core.setup.open(viewer)).toBe(true);
  pass(1);
  expect(await town.core.setup.open(viewer)).toBe(true);
  expect((await town.core.setup.progress(viewer))?.openedAt).toEqual(first);
  expect((await town.journal()).filter((line) => line.startsWith('open-town'))).toEqual([
    'open-town: Saint-Aubin',
  ]);
});
