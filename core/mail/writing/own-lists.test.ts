import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { LetterId, OwnGroupId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { leaveOwnGroups } from '../../store/people/own-groups.ts';
import type { GroupWhom } from '../groups/contract.ts';
import type { Writing } from './contract.ts';

const COLLEAGUES = 'colleagues@group.invalid';
let town: TestTown;
let claire: Viewer;

beforeAll(async () => {
  town = await openTestTown();
  claire = await town.viewer('claire.lefevre');
});
beforeEach(() => town.admin.query('delete from sending'));
afterAll(() => town.close());

async function group(name: string, pupils: readonly string[], whom: GroupWhom = 'pupils') {
  const saved = await town.core.groups.save(claire, {
    id: null,
    name,
    whom,
    pupils: pupils.map((local) => town.address(local)),
  });
  if (saved.kind !== 'saved') throw new Error(saved.kind);
  return { id: saved.id, address: `${saved.id}@group.invalid` };
}

const writing = (to: readonly string[], more: Partial<Writing> = {}): Writing => ({
  to,
  cc: [],
  subject: 'Lecture',
  text: 'Pour demain, page 12.',
  answers: 'sender',
  answerTo: null,
  ...more,
});

async function sent(viewer: Viewer, letter: Writing): Promise<Outcome> {
  const { writings } = town.core;
  const { ref } = await writings.save(viewer, letter, { previous: null, add: [], drop: [] });
  return writings.send(viewer, ref);
}

const newest = async (local: string, use: 'inbox' | 'sent' = 'inbox') =>
  (await town.rows(local, use))[0];

/** A change of the roster as its owner makes it, which every process hears of. */
const roster = (change: string) =>
  town.admin.query(`begin; set local preau.school = '1'; ${change}; commit`);

const until = (local: string, role: 'pupil' | 'teacher', day: string | null) =>
  roster(`
    update membership m set until_date = ${day === null ? 'null' : `'${day}'`}
    from address a where a.id = m.address_id and a.local = '${local}' and m.role = '${role}'`);

async function rawOf(subject: string): Promise<string> {
  const { rows } = await town.admin.query<{ raw: Buffer }>(
    `select raw from message where envelope ->> 'subject' = $1`,
    [subject],
  );
  return rows.map(({ raw }) => raw.toString()).join('\n');
}

it('goes to those who are in a group today, who don’t see one another; its name leaves with nothing', async () => {
  const { address } = await group('Besoin d’aide', ['lina.moreau', 'noe.garnier', 'adele.vidal']);
  const offered = (await town.core.writings.lists(claire)).find((one) => one.address === address);
  expect(offered).toMatchObject({ name: 'Besoin d’aide', count: 3, group: 'own-groups' });
  expect(await sent(claire, writing([address], { subject: 'Groupe 1' }))).toMatchObject({
    kind: 'accepted',
  });
  const got = await newest('noe.garnier');
  expect(got).toMatchObject({ subject: 'Groupe 1', to: [] });
  expect(await newest('samuel.okafor')).not.toMatchObject({ subject: 'Groupe 1' });
  const own = await newest('claire.lefevre', 'sent');
  expect(own?.to.map(({ name }) => name).sort()).toEqual([
    'Adèle Vidal',
    'Lina Moreau',
    'Noé Garnier',
  ]);
  const raw = await rawOf('Groupe 1');
  expect(raw).not.toMatch(/Besoin|group\.invalid|adele\.vidal/);
  expect(raw).toMatch(/^X-Preau-Answers: sender\r$/m);
  expect(await town.faults()).toEqual([]);
});

it('asks anew when it leaves: whoever has left the class meanwhile gets nothing', async () => {
  const { address } = await group('Chorale', ['lina.moreau', 'noe.garnier']);
  const { writings } = town.core;
  const kept = await writings.save(claire, writing([address], { subject: 'Groupe 2' }), {
    previous: null,
    add: [],
    drop: [],
  });
  expect((await writings.draft(claire, kept.ref))?.to).toEqual([address]);
  expect((await newest('claire.lefevre', 'sent'))?.subject).not.toBe('Groupe 2');
  await until('noe.garnier', 'pupil', '2026-11-20');
  expect(await town.core.groups.list(claire)).toContainEqual(
    expect.objectContaining({ name: 'Chorale', count: 1 }),
  );
  expect(await writings.send(claire, kept.ref)).toMatchObject({ kind: 'accepted' });
  expect((await newest('lina.moreau'))?.subject).toBe('Groupe 2');
  expect((await newest('noe.garnier'))?.subject).not.toBe('Groupe 2');
  await until('noe.garnier', 'pupil', null);
});

it('stands for the guardians of its pupils where it is made so', async () => {
  const { address } = await group('Parents', ['lina.moreau'], 'families');
  const { rows } = await town.admin.query<{ local: string }>(`
    select g.local from guardianship t join address c on c.id = t.child_address_id
    join address g on g.id = t.guardian_address_id
    where c.local = 'lina.moreau' and not t.blocked order by g.local`);
  expect(rows.length).toBeGreaterThan(0);
  expect(await sent(claire, writing([address], { subject: 'Groupe 3' }))).toMatchObject({
    kind: 'accepted',
  });
  for (const { local } of rows) expect((await newest(local))?.subject).toBe('Groupe 3');
  expect((await newest('lina.moreau'))?.subject).not.toBe('Groupe 3');
});

it('is its maker’s alone: nobody else lists it, writes to it, changes or removes it', async () => {
  const { id, address } = await group('À moi', ['lina.moreau']);
  const { groups } = town.core;
  for (const local of ['karim.haddad', 'lina.moreau']) {
    const other = await town.viewer(local);
    expect(await groups.list(other)).toEqual([]);
    expect(await town.core.writings.among(other, [address])).toEqual([]);
    expect((await sent(other, writing([address]))).kind).toBe('denied');
    expect(await groups.remove(other, id)).toBe(false);
    expect(await groups.save(other, wish(id, '', []))).toEqual({ kind: 'missing' });
  }
  expect(await groups.remove(claire, id)).toBe(true);
  expect(await sent(claire, writing([address, town.address('noe.garnier')]))).toMatchObject({
    kind: 'denied',
    refusals: [{ address, rule: 'no-such-address' }],
  });
});

const wish = (id: OwnGroupId | null, name: string, pupils: readonly string[]) => ({
  id,
  name,
  whom: 'pupils' as const,
  pupils: pupils.map((local) => town.address(local)),
});

it('is made of pupils of one’s own classes, under a name that is free', async () => {
  const { groups } = town.core;
  const { id } = await group('Maths', ['lina.moreau']);
  const kinds: string[] = [];
  for (const one of [
    wish(null, ' maths ', ['lina.moreau']),
    wish(null, '  ', ['lina.moreau']),
    wish(null, 'Autre', []),
    wish(null, 'Ailleurs', ['agathe.caron', 'karim.haddad']),
    wish(id, 'Mathématiques', ['lina.moreau', 'noe.garnier']),
  ])
    kinds.push((await groups.save(claire, one)).kind);
  expect(kinds).toEqual(['name-taken', 'no-name', 'nobody', 'nobody', 'saved']);
  expect(await groups.list(claire)).toContainEqual(
    expect.objectContaining({ id, name: 'Mathématiques', count: 2 }),
  );
});

it('copies the other teachers of the classes written to, by every way, and nobody else', async () => {
  const { groups, writings } = town.core;
  await roster(`
    insert into membership (school_id, class_id, address_id, role, from_date)
    select m.school_id, m.class_id, t.id, 'teacher', '2026-09-01'
    from membership m join address c on c.id = m.address_id, address t
    where c.local = 'claire.lefevre' and m.role = 'teacher' and t.local = 'karim.haddad'`);
  const { copied, classes } = await groups.colleagues(claire);
  expect(copied).toBe(false);
  expect(classes.flatMap(({ people }) => people.map(({ name }) => name))).toEqual(['Karim Haddad']);
  await groups.setCopied(claire, true);
  expect((await groups.colleagues(claire)).copied).toBe(true);
  const { address } = await group('Sport', ['lina.moreau']);
  const families = (await writings.lists(claire)).find(
    (one) => one.listKind === 'class-families' && one.classes.includes('CE1 A'),
  );
  for (const [subject, to] of [
    ['Copie 1', address],
    ['Copie 2', families?.address ?? ''],
  ] as const) {
    expect(await sent(claire, writing([to], { subject, cc: [COLLEAGUES] }))).toMatchObject({
      kind: 'accepted',
    });
    expect(await newest('karim.haddad')).toMatchObject({ subject });
  }
  // Handed in for later: it is asked when it leaves, by the roster of then.
  const own = writing([address], { subject: 'Copie 3', cc: [COLLEAGUES] });
  const kept = await writings.save(claire, own, { previous: null, add: [], drop: [] });
  const tomorrow = new Date(town.clock.now.getTime() + DAY_MS);
  expect((await writings.handIn(claire, kept.ref, tomorrow)).kind).toBe('leaves');
  await until('karim.haddad', 'teacher', '2026-11-20');
  expect(await writings.send(claire, kept.ref)).toMatchObject({ kind: 'accepted' });
  expect((await newest('karim.haddad'))?.subject).toBe('Copie 2');
  // To one child it is no class mail: there is nobody to copy.
  const one = writing([town.address('lina.moreau')], { subject: 'Copie 4', cc: [COLLEAGUES] });
  expect(await sent(claire, one)).toMatchObject({ kind: 'accepted' });
  expect(await rawOf('Copie 4')).not.toMatch(/group\.invalid|^Cc:/m);
});

it('knows a letter to a group that is pressed twice', async () => {
  const { writings } = town.core;
  const { address } = await group('Deux fois', ['lina.moreau']);
  const hand = {
    letter: '6a0b9c70-1d2e-4f3a-8b4c-5d6e7f8a9b0c' as LetterId,
    window: '7b0b9c70-1d2e-4f3a-8b4c-5d6e7f8a9b0d',
    turn: 0,
    previous: null,
  };
  const files = { add: [], drop: [] };
  const letter = writing([address], { subject: 'Deux fois' });
  const kept = await writings.keep(claire, letter, { hand, ...files });
  if (kept.kind === 'sent') throw new Error('sent');
  expect((await writings.send(claire, kept.ref)).kind).toBe('accepted');
  expect(await writings.keep(claire, letter, { hand, ...files })).toEqual({ kind: 'sent' });
});

it('forgets a pupil whose account is erased', async () => {
  const theo = await town.viewer('theo.jourdain');
  const { id } = await group('Théâtre', ['theo.jourdain', 'lina.moreau']);
  await town.store.write(theo.school, (tx) => leaveOwnGroups(tx, theo.addressId));
  const { rows } = await town.admin.query(
    `select cardinality(pupils) as pupils from own_group where id = $1`,
    [id],
  );
  expect(rows).toEqual([{ pupils: 1 }]);
});
