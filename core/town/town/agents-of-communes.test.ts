import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { TOWN, type SchoolId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { keepAsItIs } from '../../store/testing/as-it-was.ts';
import { EVERYTHING } from '../journals/testing/agents-journal.ts';

const [TILLEULS, PASTEUR] = [1 as SchoolId, 2 as SchoolId];
const WHY = 'La directrice a appelé ce matin';
let town: TestTown;
/** Of the whole town, and one who is to be of a commune. */
let hugues: Viewer;
let leila: Viewer;
/** That of the Tilleuls, and another. */
let here: number;
let there: number;
let schoolsHere: readonly SchoolId[];
let schoolThere: SchoolId;

let putBack: () => Promise<void>;

beforeAll(async () => {
  town = await openTestTown();
  putBack = await keepAsItIs(town.admin);
  hugues = await town.viewer('hugues.armand');
  leila = await town.viewer('leila.brahimi');
  const { rows } = await town.admin.query<{ id: SchoolId; commune: number }>(
    'select id, commune_id as commune from school where id > 0 order by id',
  );
  here = rows.find(({ id }) => id === TILLEULS)?.commune ?? 0;
  schoolsHere = rows.filter(({ commune }) => commune === here).map(({ id }) => id);
  const other = rows.find(({ commune }) => commune !== here);
  schoolThere = other?.id ?? PASTEUR;
  there = other?.commune ?? 0;
});
afterEach(() => putBack());
afterAll(() => town.close());

const limit = (communes: readonly number[], by = hugues, who = leila) =>
  town.core.agents.limit(by, who.account, communes);

/** As who they are once they ask again. */
async function limited(): Promise<Viewer> {
  expect(await limit([here])).toEqual({ kind: 'done' });
  return town.viewer('leila.brahimi');
}

it('an agent of a commune sees its schools, and of the town only what is theirs', async () => {
  const { core } = town;
  const who = await limited();
  expect(who.communes).toEqual([here]);
  const ids = (some: readonly { readonly id: unknown }[] | null | undefined) =>
    some?.map(({ id }) => id).toSorted();
  const own = [...schoolsHere].toSorted();
  expect(ids(await core.town.schools(who))).toEqual(own);
  expect(ids(await core.town.communes(who))).toEqual([here]);
  expect([...((await core.town.schoolStandings(who))?.keys() ?? [])].toSorted()).toEqual(own);
  expect(ids(await core.classes.schools(who))).toEqual(own);
  expect(ids(await core.pendingImports.schools(who))).toEqual(own);
  expect(ids((await core.journals.search(who, EVERYTHING, null))?.schools)).toEqual(own);
  expect(await core.schoolSettings.mailStops(who)).toMatchObject({ communes: [{ id: here }] });
  expect(await core.pendingImports.moves(who)).toEqual([]);
  expect(await core.pendingImports.batches(who)).toEqual([]);
  const nothing = [
    core.agents.list(who),
    core.quotas.overview(who),
    core.town.dayFigures(who),
    core.town.reportedSources(who),
    core.isolation.nights(who),
    core.isolation.ways(who),
    core.nights.work(who),
    core.readiness.report(who, 'last'),
    core.holidays.list(who),
    core.standingMail.list(who),
    core.schoolSettings.sites(who, TOWN),
    core.pendingImports.batch(who, 1),
  ];
  for (const [at, one] of nothing.entries()) expect(await one, `question ${at}`).toBeNull();
});

it('opens schools of theirs alone, and those elsewhere that they had opened are closed for them', async () => {
  const { classes } = town.core;
  expect(await classes.open(leila, schoolThere, WHY)).toMatchObject({ kind: 'done' });
  const who = await limited();
  for (const viewer of [who, leila]) {
    expect(await classes.overview(viewer, schoolThere)).toBeNull();
    expect(await classes.open(viewer, schoolThere, WHY)).toEqual({ kind: 'missing' });
  }
  expect(await classes.open(who, TILLEULS, WHY)).toMatchObject({ kind: 'done' });
  expect(await classes.overview(who, TILLEULS)).not.toBeNull();
  expect(await limit([])).toEqual({ kind: 'done' });
  expect(await classes.overview(await town.viewer('leila.brahimi'), schoolThere)).not.toBeNull();
});

it('stops mail in their commune and no wider', async () => {
  const { moderation } = town.core;
  const who = await limited();
  const wish = { stopped: true, reason: WHY, until: null };
  expect(await moderation.stopPupilMail(who, { commune: here }, wish)).toBe('done');
  for (const place of [{ commune: there }, TOWN, schoolThere, TILLEULS])
    expect(await moderation.stopPupilMail(who, place, wish)).toBe('missing');
});

/** Somebody active whose home a school is, by the part of their address before @. */
async function someone(school: SchoolId, role: 'pupil' | 'teacher'): Promise<string> {
  const { rows } = await town.admin.query<{ local: string }>(
    `select d.local from account a join address d on d.id = a.address_id
     where a.school_id = $1 and a.role = $2 and a.state = 'active' order by a.id limit 1`,
    [school, role],
  );
  return rows[0]?.local ?? '';
}

it('writes to whoever belongs to their schools, to other agents, and to nobody elsewhere', async () => {
  await limited();
  const elsewhere = [await someone(schoolThere, 'pupil'), await someone(schoolThere, 'teacher')];
  for (const to of ['lina.moreau', 'claire.lefevre', 'hugues.armand'])
    expect(await town.send('leila.brahimi', [to])).toMatchObject({ kind: 'accepted' });
  const tries = [...elsewhere.map((to) => [to, 'no-such-address']), ['ville', 'not-your-list']];
  for (const [to = '', rule] of tries) {
    const refused = { kind: 'denied', refusals: [{ rule }] };
    expect(await town.send('leila.brahimi', [to]), to).toMatchObject(refused);
    expect(await town.send('hugues.armand', [to]), to).toMatchObject({ kind: 'accepted' });
  }
});

it('answers for the town’s posts to the people of their schools', async () => {
  await limited();
  await town.send(await someone(schoolThere, 'teacher'), ['support'], { subject: 'Là-bas' });
  await town.send('claire.lefevre', ['support'], { subject: 'Ici' });
  const subjects = async (of: string) => (await town.rows(of)).map(({ subject }) => subject);
  expect(await subjects('leila.brahimi')).toEqual(['Ici']);
  expect(await subjects('hugues.armand')).toEqual(expect.arrayContaining(['Là-bas', 'Ici']));
});

it('changes nothing of the town, as the session that was open before neither', async () => {
  const { core } = town;
  const before = leila;
  const after = await limited();
  for (const who of [before, after]) {
    expect(await core.agents.remove(who, hugues.account)).toEqual({ kind: 'missing' });
    expect(await core.agents.limit(who, hugues.account, [here])).toEqual({ kind: 'missing' });
    expect(await core.town.addCommune(who, { name: 'Ailleurs', code: null })).toEqual({
      kind: 'missing',
    });
    expect(await core.town.closeSchool(who, TILLEULS, '2026-12-24')).toEqual({ kind: 'missing' });
    const quota = { school: TILLEULS, role: 'pupil', megabytes: 300, reason: WHY } as const;
    expect(await core.quotas.sayOfRole(who, quota)).toEqual({ kind: 'missing' });
  }
});

it('sees in the journals what was done in their schools, by agents too, and nothing of the town', async () => {
  const { classes, journals } = town.core;
  const who = await limited();
  await classes.open(hugues, schoolThere, WHY);
  await classes.open(hugues, TILLEULS, WHY);
  for (const school of [null, TOWN, TILLEULS, schoolThere]) {
    const page = await journals.search(who, { ...EVERYTHING, school }, null);
    const seen = page?.entries.map(({ act, school: at }) => `${act} ${at}`) ?? [];
    expect(seen).toEqual(school === schoolThere ? [] : [`open-school ${TILLEULS}`]);
  }
});

it('is said by another agent of the whole town, of whom one at least stays', async () => {
  expect(await limit([here], hugues, hugues)).toEqual({ kind: 'trouble', why: 'own' });
  expect(await limit([4_711])).toEqual({ kind: 'missing' });
  expect(await limit([here], await town.viewer('mamadou.diallo'))).toEqual({ kind: 'missing' });
  const yann = await town.viewer('yann.kervella');
  expect(await limit([here, there], hugues, yann)).toEqual({ kind: 'done' });
  const who = await limited();
  expect(await limit([], who, yann)).toEqual({ kind: 'missing' });
  const { rows } = await town.admin.query(
    `select reason from agent_act where act = 'limit-agent' order by id`,
  );
  expect(rows).toHaveLength(2);
});

it('an agent of a commune isn’t told whose mail to outside is stopped in another one', async () => {
  await limit([there]);
  const outside = Array.from({ length: 31 }, (_one, n) => `lucie@flood${n}.example`);
  await town.send('claire.lefevre', outside);
  const told = async (local: string) =>
    (await town.rows(local)).filter(({ subject }) => subject.startsWith('Un compte arrêté'));
  expect(await told('hugues.armand')).toHaveLength(1);
  expect(await told('leila.brahimi')).toEqual([]);
});
