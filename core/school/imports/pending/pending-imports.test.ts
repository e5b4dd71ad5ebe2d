import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCodeTown, type CodeTown } from '../../../entry/accounts/testing/code-town.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { zipped } from '../testing/reading.ts';
import { csv, pupil } from '../testing/school-files.ts';
import type { PendingImports, ShownDraft } from './contract.ts';
import { pupilsFile } from './testing/pupils-file.ts';

let town: CodeTown;
let imports: PendingImports;
let head: Viewer;
let otherHead: Viewer;
let agent: Viewer;
let year = '';

beforeAll(async () => {
  town = await openCodeTown();
  imports = town.core.pendingImports;
  head = await town.viewer('mamadou.diallo');
  otherHead = await town.viewer('beatrice.vasseur');
  agent = await town.viewer('hugues.armand');
  year = (await imports.ofSchool(head, head.school))?.runningYear ?? '';
});
afterAll(() => town?.close());

const fileOf = (school: SchoolId, change?: Parameters<typeof pupilsFile>[2]) =>
  pupilsFile(town.store, school, change);

async function given(
  viewer: Viewer,
  school: SchoolId,
  file: Awaited<ReturnType<typeof fileOf>>,
  of = year,
): Promise<number> {
  const uploaded = await imports.upload(viewer, school, { year: of, files: [file] });
  if (uploaded?.kind !== 'draft') throw new Error(JSON.stringify(uploaded));
  return uploaded.id;
}

/** Undoes what is the last import of a school now. */
async function undone(who: Viewer, school: SchoolId, reason: string) {
  const shown = (await imports.ofSchool(who, school))?.imports ?? [];
  const last = shown.find(({ undoUntil }) => undoUntil !== null);
  return imports.undo(who, school, { id: last?.id ?? 0, reason });
}

/** What an agent did so far, the oldest first. */
async function actsOf({ addressId }: Viewer) {
  return town.store.town((tx) =>
    tx.db
      .selectFrom('agent_act')
      .select(['act', 'reason', 'school_id'])
      .where('agent_address_id', '=', addressId)
      .orderBy('id')
      .execute(),
  );
}

async function previewed(
  viewer: Viewer,
  school: SchoolId,
  id: number,
): Promise<Extract<ShownDraft, { kind: 'preview' }>> {
  const draft = await imports.draft(viewer, school, id);
  if (draft?.kind !== 'preview') throw new Error(JSON.stringify(draft));
  return draft;
}

it('nobody but a school’s head and the agents finds its page, its drafts, its imports; to others nothing is there', async () => {
  const school = head.school;
  const id = await given(
    head,
    school,
    await fileOf(school, (all) => [...all, { name: 'Nour Haddad', className: 'CP' }]),
  );
  const strangers = [
    otherHead,
    await town.viewer('claire.lefevre'),
    await town.viewer('lina.moreau'),
    await town.viewer('samira.benali'),
  ];
  for (const stranger of strangers) {
    expect(await imports.ofSchool(stranger, school)).toBeNull();
    expect(await imports.upload(stranger, school, { year, files: [] })).toBeNull();
    expect(await imports.draft(stranger, school, id)).toBeNull();
    expect(await imports.draft(stranger, school, 999)).toBeNull();
    expect(await imports.choose(stranger, school, { id, choices: { retyped: 1 } })).toBe(false);
    expect(await imports.apply(stranger, school, { id, reason: '' })).toBeNull();
    expect(await imports.discard(stranger, school, id)).toBe(false);
    expect(await imports.undo(stranger, school, { id: 1, reason: '' })).toBeNull();
    expect(await imports.moveRollOver(stranger, school, { day: '2099-09-01', reason: '' })).toBe(
      false,
    );
    expect(
      await imports.uploadTown(stranger, { year, file: { name: 'a.zip', bytes: Buffer.alloc(0) } }),
    ).toBeNull();
    expect(await imports.batch(stranger, 1)).toBeNull();
    expect(await imports.applyBatch(stranger, 1, '')).toBe(false);
  }
  expect((await imports.schools(head)).map(({ slug }) => slug)).toEqual(['tilleuls']);
  expect((await imports.schools(agent)).map(({ slug }) => slug).sort()).toEqual([
    'jules-ferry',
    'pasteur',
    'tilleuls',
  ]);
  expect(await imports.schools(strangers[1] as Viewer)).toEqual([]);
  // A draft of one school is none of another, even for those who may see both.
  expect(await imports.draft(agent, otherHead.school, id)).toBeNull();
  expect(await imports.apply(head, school, { id, reason: '' })).toMatchObject({ kind: 'applied' });
  const done = (await imports.ofSchool(head, school))?.imports[0];
  expect(done).toMatchObject({ by: 'Mamadou Diallo', state: 'applied' });
  for (const stranger of strangers)
    expect(await imports.report(stranger, school, done?.id ?? 0)).toBeNull();
  expect((await imports.report(head, school, done?.id ?? 0))?.csv.toString()).toContain(
    'arrive,élève,Nour Haddad,CP,nour.haddad@ecoles.preau.test',
  );
  expect(await imports.draft(head, school, id)).toMatchObject({
    kind: 'settled',
    import: done?.id,
  });
  expect(await undone(head, school, '')).toMatchObject({ kind: 'undone' });
});

it('the guard asks for the number; the number typed again lets it through; each act is written down', async () => {
  const school = otherHead.school;
  const before = (await actsOf(agent)).length;
  const id = await given(
    agent,
    school,
    await fileOf(school, (all) => all.slice(0, Math.floor(all.length / 2))),
  );
  expect(await imports.apply(agent, school, { id, reason: 'Rentrée' })).toEqual({
    kind: 'stopped',
  });
  const stop = (await previewed(agent, school, id)).preview.stops[0];
  if (stop?.kind !== 'many-leave') throw new Error(JSON.stringify(stop));
  await imports.choose(agent, school, { id, choices: { retyped: stop.leaving + 1 } });
  expect(await imports.apply(agent, school, { id, reason: 'Rentrée' })).toEqual({
    kind: 'stopped',
  });
  await imports.choose(agent, school, { id, choices: { retyped: stop.leaving } });
  expect(await imports.apply(agent, school, { id, reason: 'Rentrée' })).toMatchObject({
    kind: 'applied',
  });
  expect(await undone(agent, school, 'Mauvais fichier')).toMatchObject({ kind: 'undone' });
  expect((await actsOf(agent)).slice(before)).toEqual([
    { act: 'roster-import', reason: 'Rentrée', school_id: school },
    { act: 'roster-undo', reason: 'Mauvais fichier', school_id: school },
  ]);
});

it('is applied once by two who press at once: both are led to the one import', async () => {
  const school = otherHead.school;
  const file = await fileWith(school, pupil('Deux Mains', 'CP', { birthDate: '2018-03-16' }));
  const id = await given(agent, school, file);
  const both = await Promise.all(
    ['l’un', 'l’autre'].map((reason) => imports.apply(agent, school, { id, reason })),
  );
  expect(both[0]).toMatchObject({ kind: 'applied' });
  expect(both[1]).toEqual(both[0]);
  expect(await undone(agent, school, 'Essai')).toMatchObject({ kind: 'undone' });
});

it('keeps what two say of one draft at once', async () => {
  const school = otherHead.school;
  const id = await given(agent, school, await fileOf(school));
  const said = [{ retyped: 7 }, { arrivals: 8 }];
  await Promise.all(said.map((choices) => imports.choose(agent, school, { id, choices })));
  expect(await imports.draft(agent, school, id)).toMatchObject({
    choices: { retyped: 7, arrivals: 8 },
  });
  await imports.discard(agent, school, id);
});

/** The pupils of a school as a file, and one more. */
async function fileWith(school: SchoolId, child: ReturnType<typeof pupil>) {
  const { name, bytes } = await fileOf(school);
  const line = csv.pupils([child]).bytes.toString('latin1').split('\r\n')[1] ?? '';
  return { name, bytes: Buffer.concat([bytes, Buffer.from(`${line}\r\n`, 'latin1')]) };
}

it('a child of another school: the agent sees which, the head neither school nor address, and may still say who it is', async () => {
  const ferry = (await imports.schools(agent)).find(({ slug }) => slug === 'jules-ferry')
    ?.id as SchoolId;
  const timeo = pupil('Timéo Blanc', 'CP', { birthDate: '2018-03-14' });
  const withTimeo = (school: SchoolId) => fileWith(school, timeo);
  expect(
    await imports.apply(agent, head.school, {
      id: await given(agent, head.school, await withTimeo(head.school)),
      reason: 'Essai',
    }),
  ).toMatchObject({ kind: 'applied' });
  const seen = await given(otherHead, otherHead.school, await withTimeo(otherHead.school));
  expect((await previewed(otherHead, otherHead.school, seen)).preview.changesSchool).toMatchObject([
    { name: 'Timéo Blanc', fromSchool: null, address: null, waitsForAgent: true },
  ]);
  expect((await previewed(agent, otherHead.school, seen)).preview.changesSchool).toMatchObject([
    {
      fromSchool: 'École des Tilleuls',
      address: 'timeo.blanc@ecoles.preau.test',
      waitsForAgent: false,
    },
  ]);

  const second = await given(agent, ferry, await withTimeo(ferry));
  const key = `eleves.csv:${(await fileOf(ferry)).bytes.toString('latin1').split('\r\n').length}`;
  expect(
    await imports.choose(agent, ferry, { id: second, choices: { decisions: { [key]: 'new' } } }),
  ).toBe(true);
  expect(await imports.apply(agent, ferry, { id: second, reason: 'Essai' })).toMatchObject({
    kind: 'applied',
  });
  const asked = (await previewed(otherHead, otherHead.school, seen)).preview.questions[0];
  expect(asked?.options).toMatchObject([
    { name: '', here: false },
    { name: '', here: false },
  ]);
  expect(JSON.stringify(asked)).not.toContain('timeo.blanc');
  const answer = asked?.options[0]?.address ?? '';
  await imports.choose(otherHead, otherHead.school, {
    id: seen,
    choices: {
      decisions: { [asked?.key ?? '']: answer, 'eleves.csv:1': 'lina.moreau@ecoles.preau.test' },
    },
  });
  const decided = await previewed(otherHead, otherHead.school, seen);
  expect(decided.choices.decisions).toMatchObject({ [asked?.key ?? '']: answer });
  expect(decided.preview).toMatchObject({
    stops: [],
    questions: [{ key: asked?.key }],
    changesSchool: [{ name: 'Timéo Blanc' }],
  });
  expect(await imports.discard(otherHead, otherHead.school, seen)).toBe(true);
  for (const school of [ferry, head.school])
    expect(await undone(agent, school, 'Essai')).toMatchObject({ kind: 'undone' });
});

describe('a child whom a head’s file finds elsewhere', { shuffle: false }, () => {
  const withIlan = (school: SchoolId, className: string) =>
    fileWith(school, pupil('Ilan Blanc', className, { birthDate: '2018-03-15' }));
  let tilleuls: SchoolId;
  let pasteur: SchoolId;
  let wishing: Awaited<ReturnType<typeof withIlan>>;
  let ids: readonly number[] = [];
  const applied = async (who: Viewer, school: SchoolId, file: typeof wishing, reason = '') =>
    imports.apply(who, school, { id: await given(who, school, file), reason });
  const asked = async () =>
    (await imports.ofSchool(otherHead, pasteur))?.moves.map(
      ({ name, refused }) => `${name} ${refused === null ? 'waits' : refused.reason}`,
    );
  beforeAll(() => {
    [tilleuls, pasteur] = [head.school, otherHead.school];
  });

  it('waits for the town: asked for once, and listed for its agents alone', async () => {
    const ilan = await withIlan(tilleuls, 'CP');
    expect(await applied(agent, tilleuls, ilan, 'Essai')).toMatchObject({ kind: 'applied' });
    const [ofPasteur] = (await town.core.classes.overview(otherHead, pasteur))?.classes ?? [];
    wishing = await withIlan(pasteur, ofPasteur?.name ?? '');
    expect(await applied(otherHead, pasteur, wishing)).toMatchObject({ kind: 'applied' });
    // The same file has nothing more to say.
    expect(await applied(otherHead, pasteur, wishing)).toEqual({ kind: 'nothing' });
    for (const stranger of [head, otherHead, await town.viewer('claire.lefevre')]) {
      expect(await imports.moves(stranger)).toEqual([]);
      expect(
        await imports.decideMoves(stranger, { ids: [1], agree: true, reason: 'x' }),
      ).toBeNull();
    }
    const [move] = await imports.moves(agent);
    expect(move).toMatchObject({
      name: 'Ilan Blanc',
      address: 'ilan.blanc@ecoles.preau.test',
      by: 'Béatrice Vasseur',
      from: { school: 'École des Tilleuls', className: 'CP', left: false },
      to: { school: 'École Pasteur' },
      refused: null,
    });
    expect(await asked()).toEqual(['Ilan Blanc waits']);
    ids = [move?.id ?? 0];
  });

  it('is refused with a reason that the head reads', async () => {
    const refusal = { ids, agree: false, reason: 'La famille n’a pas confirmé' };
    expect(await imports.decideMoves(agent, { ids, agree: true, reason: ' ' })).toBeNull();
    expect(await imports.decideMoves(agent, refusal)).toEqual({
      moved: 0,
      unclear: 0,
      refused: 1,
    });
    expect(await asked()).toEqual(['Ilan Blanc La famille n’a pas confirmé']);
    expect(await applied(otherHead, pasteur, wishing)).toEqual({ kind: 'nothing' });
  });

  it('is agreed to: the child is in the other school, and the first school’s trail says so', async () => {
    expect(
      await imports.decideMoves(agent, { ids, agree: true, reason: 'La famille a confirmé' }),
    ).toEqual({ moved: 1, unclear: 0, refused: 0 });
    expect([await imports.moves(agent), await asked()]).toEqual([[], []]);
    const schoolClass = (await town.core.classes.overview(otherHead, pasteur))?.classes[0];
    expect(schoolClass?.pupils.map(({ face }) => face.name)).toContain('Ilan Blanc');
    expect(
      (await town.core.trails.ofSchool(head, tilleuls, { before: null, person: '', day: null }))
        ?.entries[0],
    ).toMatchObject({ act: 'moved-away', words: { people: ['Ilan Blanc'] } });
  });

  it('is undone: the move by itself, then the import that had asked for it', async () => {
    expect(await undone(agent, pasteur, 'Essai')).toMatchObject({ kind: 'undone' });
    expect(await undone(otherHead, pasteur, '')).toMatchObject({ kind: 'undone' });
    expect(await undone(agent, tilleuls, 'Essai')).toMatchObject({ kind: 'undone' });
  });
});

it('columns of an unknown file are named once, and remembered for the school', async () => {
  const school = head.school;
  const all = await fileOf(school);
  const text = all.bytes
    .toString('latin1')
    .replace('Nom élève', 'Patronyme')
    .replace('Prénom élève', 'Petit nom')
    .replace('Libellé classe', 'Groupe')
    .replace('Date naissance', 'Né le');
  const file = { name: 'liste.csv', bytes: Buffer.from(text, 'latin1') };
  const id = await given(head, school, file);
  const asked = await imports.draft(head, school, id);
  if (asked?.kind !== 'columns') throw new Error(JSON.stringify(asked));
  expect(asked.headers).toContain('Patronyme');
  const mapping = {
    of: 'pupils',
    familyName: 'Patronyme',
    givenName: 'Petit nom',
    usedName: null,
    birthDate: 'Né le',
    ine: null,
    level: null,
    className: 'Groupe',
  } as const;
  await imports.choose(head, school, {
    id,
    choices: { mappings: { [asked.header]: { ...mapping, className: 'Absente' } } },
  });
  expect(await imports.draft(head, school, id)).toMatchObject({
    kind: 'columns',
    complaint: expect.stringContaining('Absente') as unknown,
  });
  await imports.choose(head, school, { id, choices: { mappings: { [asked.header]: mapping } } });
  expect((await previewed(head, school, id)).found).toMatchObject([
    { name: 'liste.csv', format: 'mapped' },
  ]);
  await imports.apply(head, school, { id, reason: '' });
  const again = await given(head, school, file);
  expect((await previewed(head, school, again)).preview.nothingToDo).toBe(true);
  expect(await imports.apply(head, school, { id: again, reason: '' })).toEqual({ kind: 'nothing' });
});

it('an agent’s archive: each school read, those that are ready applied in one step, one transaction a school', async () => {
  const [tilleuls, pasteur] = [head.school, otherHead.school];
  const files = [
    [
      'rentree/tilleuls/eleves.csv',
      (await fileOf(tilleuls, (all) => [...all, { name: 'Aya Benamar', className: 'CP' }])).bytes,
    ],
    ['rentree/École Pasteur/eleves.csv', (await fileOf(pasteur, (all) => all.slice(0, 3))).bytes],
    ['rentree/jules-ferry/eleves.csv', Buffer.from('a;b\r\n1;2\r\n')],
    ['rentree/zola/eleves.csv', Buffer.from('x')],
  ] as const;
  const uploaded = await imports.uploadTown(agent, {
    year,
    file: { name: 'rentree.zip', bytes: zipped(files.map(([name, bytes]) => ({ name, bytes }))) },
  });
  const id = uploaded?.kind === 'draft' ? uploaded.id : 0;
  const settled = async (state: string) => {
    for (let each = 0; each < 200; each += 1) {
      const batch = await imports.batch(agent, id);
      if (batch?.state === state) return batch;
      await sleep(50);
    }
    throw new Error(`never ${state}`);
  };
  const outcomes = (batch: Awaited<ReturnType<typeof settled>>) =>
    Object.fromEntries(batch.schools.map(({ school, outcome }) => [school.slug, outcome?.kind]));
  const read = await settled('open');
  expect(read).toMatchObject({ unknown: [], strays: [{ name: 'zola' }], done: 3, of: 3 });
  expect(outcomes(read)).toEqual({ tilleuls: 'ready', pasteur: 'asks', 'jules-ferry': 'asks' });
  expect(await imports.applyBatch(agent, id, 'Rentrée 2026')).toBe(true);
  expect(outcomes(await settled('over'))).toEqual({
    tilleuls: 'applied',
    pasteur: 'asks',
    'jules-ferry': 'asks',
  });
  const draft =
    (await imports.batch(agent, id))?.schools.find(({ school }) => school.id === pasteur)?.draft ??
    0;
  const stop = (await previewed(agent, pasteur, draft)).preview.stops[0];
  await imports.choose(agent, pasteur, {
    id: draft,
    choices: { retyped: stop?.kind === 'many-leave' ? stop.leaving : 0 },
  });
  expect(outcomes(await settled('over'))).toMatchObject({ pasteur: 'ready' });
  expect(await imports.applyBatch(agent, id, 'Suite')).toBe(true);
  expect(outcomes(await settled('over'))).toMatchObject({ pasteur: 'applied' });
  for (const school of [tilleuls, pasteur])
    expect(await undone(agent, school, 'Essai')).toMatchObject({ kind: 'undone' });
});

it('a rehearsal is seen by all who work at the school, and moved by its head', async () => {
  const school = head.school;
  const next = (await imports.ofSchool(head, school))?.nextYear ?? '';
  const id = await given(
    head,
    school,
    await fileOf(school, (all) => all.map((one) => ({ ...one, className: 'CM1' }))),
    next,
  );
  const applied = await imports.apply(head, school, { id, reason: '' });
  expect(applied).toMatchObject({ kind: 'rehearsed' });
  const colleague = await town.viewer('claire.lefevre');
  expect(await imports.rehearsal(colleague, school)).toMatchObject({
    mayMove: false,
    rehearsal: { classes: [{ name: 'CM1' }] },
  });
  expect(await imports.rollOverDay(colleague, school)).toMatch(/-09-01$/);
  for (const stranger of [otherHead, await town.viewer('lina.moreau')])
    expect(await imports.rollOverDay(stranger, school)).toBeNull();
  expect(await imports.rehearsal(otherHead, school)).toBeNull();
  expect(await imports.rehearsal(await town.viewer('lina.moreau'), school)).toBeNull();
  const day = `${next.slice(0, 4)}-09-03`;
  expect(await imports.moveRollOver(colleague, school, { day, reason: '' })).toBe(false);
  expect(await imports.moveRollOver(head, school, { day, reason: '' })).toBe(true);
  expect((await imports.ofSchool(head, school))?.rollOver).toBe(day);
});
