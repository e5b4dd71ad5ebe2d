import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { keepAsItIs } from '../../store/testing/as-it-was.ts';
import type { FollowOutcome } from './contract.ts';
import { DOMAIN, SAINT_AUBIN, openEmptyTown, type EmptyTown } from './testing/empty-town.ts';

const EXAMPLE = join(import.meta.dirname, '../../../docker/town.example.json');
interface Example {
  town: Record<string, unknown>;
  communes: Record<string, unknown>[];
  schools: Record<string, unknown>[];
  agents: Record<string, unknown>[];
}
/** The example, at the domain of this town. */
const example = (): Example =>
  JSON.parse(readFileSync(EXAMPLE, 'utf8').replaceAll('ecoles.ville.fr', DOMAIN)) as Example;

let town: EmptyTown;
let putBack: () => Promise<void>;
beforeAll(async () => {
  town = await openEmptyTown();
  putBack = await keepAsItIs(town.admin);
});
afterEach(() => putBack());
afterAll(() => town.close());

const apply = (file: unknown): Promise<FollowOutcome> => town.core.setup.follow(file, 'apply');
const changesOf = (followed: FollowOutcome): string[] =>
  followed.kind === 'followed' ? followed.changes.map(({ kind, what }) => `${kind}: ${what}`) : [];

/** Every row of what a file writes, as text. */
async function rows(): Promise<string> {
  const tables = [
    'town',
    'commune',
    'school',
    'address',
    'account',
    'activation_code',
    'agent_act',
  ];
  const texts: string[] = [];
  for (const table of tables) {
    const { rows: found } = await town.admin.query<{ all: string | null }>(
      `select string_agg(r::text, e'\\n' order by r::text) as all from ${table} r`,
    );
    texts.push(`${table}: ${found[0]?.all ?? ''}`);
  }
  return texts.join('\n');
}

describe('a file of a town', () => {
  it('as the example is, makes the town, its communes, its schools and its agents with their codes', async () => {
    const followed = await apply(example());
    expect(changesOf(followed)).toEqual([
      'town: Saint-Aubin',
      'add-commune: Saint-Aubin',
      'add-commune: Port-Léon',
      'add-school: École des Tilleuls',
      'add-school: École maternelle Simone Veil',
      'add-agent: Nadia Roux',
      'add-agent: Thomas Vasseur',
    ]);
    const sheets = followed.kind === 'followed' ? followed.sheets : [];
    expect(sheets.flatMap(({ cards }) => cards.map(({ address }) => address))).toEqual([
      `nadia.roux@${DOMAIN}`,
      `thomas.vasseur@${DOMAIN}`,
    ]);
    expect(await town.core.town.schools('machine')).toMatchObject([
      { slug: 'tilleuls', uai: '0690001B', commune: 1 },
      { slug: 'simone-veil', uai: null, commune: 2 },
    ]);
    expect(await town.core.town.settings()).toMatchObject({
      name: 'Saint-Aubin',
      holidayZone: 'A',
    });
  });

  it('followed a second time changes nothing', async () => {
    await apply(example());
    const before = await rows();
    expect(await apply(example())).toEqual({ kind: 'followed', changes: [], sheets: [] });
    expect(await rows()).toBe(before);
  });

  it('previewed says what it would do and writes nothing, on an empty town and on one that differs', async () => {
    const empty = await rows();
    const preview = await town.core.setup.follow(example(), 'preview');
    expect(changesOf(preview)).toHaveLength(7);
    expect(preview).toMatchObject({ sheets: [] });
    expect(await rows()).toBe(empty);
    await apply(example());
    const before = await rows();
    const other = example();
    other.schools[0] = { ...other.schools[0], name: 'École Rosa Parks' };
    other.agents.push({ givenName: 'Zoé', familyName: 'Le Goff' });
    expect(changesOf(await town.core.setup.follow(other, 'preview'))).toEqual([
      'change-school: École Rosa Parks',
      'add-agent: Zoé Le Goff',
    ]);
    expect(await rows()).toBe(before);
  });

  it('finds again what it names: a school by its UAI under another name, a commune by its code; what it leaves out stays', async () => {
    await apply(example());
    const other = example();
    other.communes = [{ name: 'Port-Léon-sur-Mer', code: '69124' }];
    other.schools = [
      { name: 'École Rosa Parks', uai: '0690001B', commune: 'Port-Léon-sur-Mer' },
      { name: 'Simone Veil', slug: 'simone-veil', domain: 'simone-veil.example' },
    ];
    other.agents = [];
    expect(changesOf(await apply(other))).toEqual([
      'change-commune: Port-Léon-sur-Mer',
      'change-school: École Rosa Parks',
      'change-school: Simone Veil',
    ]);
    expect(await town.core.town.schools('machine')).toMatchObject([
      { slug: 'tilleuls', name: 'École Rosa Parks', commune: 2 },
      { slug: 'simone-veil', name: 'Simone Veil', commune: 2, domain: 'simone-veil.example' },
    ]);
    expect(await town.core.agents.list('machine')).toHaveLength(2);
    expect(changesOf(await apply(other))).toEqual([]);
  });

  it('leaves of the town what it doesn’t say: its clock, its emergency address, its contacts', async () => {
    await apply(example());
    await town.core.town.saveSettings('machine', { ...SAINT_AUBIN, timeZone: 'Indian/Reunion' });
    const before = await town.core.town.settings();
    const { name, domain, holidayZone } = example().town;
    const other = { ...example(), town: { name, domain, holidayZone } };
    expect(changesOf(await apply(other))).toEqual([]);
    expect(await town.core.town.settings()).toEqual(before);
    const phone = '02 62 00 00 00';
    const told = { ...other, town: { ...other.town, postmaster: null, contacts: { phone } } };
    expect(changesOf(await apply(told))).toEqual(['town: Saint-Aubin']);
    expect(await town.core.town.settings()).toEqual({
      ...before,
      postmaster: null,
      contacts: { ...SAINT_AUBIN.contacts, phone },
    });
  });

  it('brings nobody back who was removed', async () => {
    await apply(example());
    await town.agent('durable');
    const [nadia] =
      (await town.core.agents.list('machine'))?.filter(({ name }) => name === 'Nadia Roux') ?? [];
    if (!nadia) throw new Error('no Nadia');
    await town.core.agents.remove('machine', nadia.account);
    expect(changesOf(await apply(example()))).toEqual([]);
  });

  it('is told all of its faults at once, each with its path, and then nothing of it is done', async () => {
    const before = await rows();
    const wrong = {
      town: { name: 'Saint-Aubin', holidayZone: 3, colour: 'blue' },
      communes: [{ code: '69123' }],
      schools: [{ name: 'Les Ifs', uai: 690001 }],
      pupils: [],
    };
    expect(await apply(wrong)).toEqual({
      kind: 'faults',
      faults: expect.arrayContaining([
        { path: 'town.domain', why: 'absent' },
        { path: 'town.holidayZone', why: 'type' },
        { path: 'town.colour', why: 'unknown' },
        { path: 'communes[0].name', why: 'absent' },
        { path: 'schools[0].uai', why: 'type' },
        { path: 'pupils', why: 'unknown' },
      ]) as unknown,
    });
    const unfit = example();
    unfit.town = { ...unfit.town, domain: 'ecoles.ailleurs.example', holidayZone: 'D' };
    unfit.schools.push(
      { name: 'Bis', uai: '0690001b' },
      { name: 'Ailleurs', commune: 'Nulle-Part' },
      { name: 'Les Ifs', uai: '0690001D', slug: 'Les Ifs', domain: DOMAIN },
      { nom: 'Rosa Parks' },
    );
    unfit.agents.push(
      { givenName: 'X', familyName: 'Y', address: 'x@ailleurs.example' },
      { givenName: '', familyName: 'Y' },
    );
    const answer = await apply(unfit);
    const said = answer.kind === 'faults' ? answer.faults : [];
    expect(said.map(({ path, why }) => `${path}: ${why}`)).toEqual([
      'town.holidayZone: holiday-zone',
      'town.domain: other-domain',
      'schools[2].uai: twice',
      'schools[3].commune: commune',
      'schools[4].slug: slug',
      'schools[4].uai: uai',
      'schools[4].domain: domain',
      'schools[5].name: absent',
      'schools[5].nom: unknown',
      'agents[2].address: address',
      'agents[3].familyName: name',
    ]);
    expect(await rows()).toBe(before);
  });

  it('says of a school that is there when its number is wrong, too', async () => {
    await apply(example());
    const other = example();
    other.schools[1] = { ...other.schools[1], uai: '0690001C' };
    expect(await apply(other)).toEqual({
      kind: 'faults',
      faults: [{ path: 'schools[1].uai', why: 'uai' }],
    });
  });

  it('says nothing of the schools of a commune that has a fault of its own', async () => {
    const file = example();
    file.communes[1] = { name: 'Port-Léon', code: '6912' };
    file.communes.push({ code: '69125' });
    expect(await apply(file)).toEqual({
      kind: 'faults',
      faults: [
        { path: 'communes[1].code', why: 'code' },
        { path: 'communes[2].name', why: 'absent' },
      ],
    });
  });

  it('asks which school of that name it means, and gives no number to the first of them', async () => {
    const twins = { ...example(), schools: [] as object[] };
    for (const commune of ['Saint-Aubin', 'Port-Léon'])
      twins.schools.push({ name: 'Jules Ferry', commune });
    await apply(twins);
    const numbered = { name: 'Jules Ferry', uai: '0690001B' };
    expect(await apply({ ...twins, schools: [numbered] })).toEqual({
      kind: 'faults',
      faults: [{ path: 'schools[0].name', why: 'name-of-several' }],
    });
    const there = { ...numbered, commune: 'Port-Léon' };
    expect(changesOf(await apply({ ...twins, schools: [there] }))).toEqual([
      'change-school: Jules Ferry',
    ]);
    const schools = await town.core.town.schools('machine');
    expect(schools?.map(({ commune, uai }) => `${commune}: ${uai}`).sort()).toEqual([
      '1: null',
      '2: 0690001B',
    ]);
  });

  it('gives no school another short name: its addresses stand on paper', async () => {
    await apply(example());
    const other = example();
    other.schools[0] = { ...other.schools[0], slug: 'rosa-parks' };
    expect(await apply(other)).toEqual({
      kind: 'faults',
      faults: [{ path: 'schools[0].slug', why: 'slug-kept' }],
    });
  });

  it('that is none is told so', async () => {
    for (const json of [null, [], 'x', 3])
      expect(await apply(json)).toEqual({ kind: 'faults', faults: [{ path: '', why: 'type' }] });
  });
});
