import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SOAKED } from '../../../../tests/shared/slice.ts';
import { openCodeTown, type CodeTown } from '../../../entry/accounts/testing/code-town.ts';
import { TOWN, type SchoolId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { lockImports } from '../../../store/schools/import-lock.ts';
import { dropMoveWishes, moveWishes } from '../../../store/schools/move-wishes.ts';
import { batchById } from '../../../store/schools/roster-drafts.ts';
import type { TownWriteTx } from '../../../store/store.ts';
import { zipped } from '../testing/reading.ts';
import type { PendingImports } from './contract.ts';
import { pupilsFile } from './testing/pupils-file.ts';

/** What becomes of an act when something else happens between its asking and its turn. */
let town: CodeTown;
let imports: PendingImports;
let agent: Viewer;
let head: Viewer;
let otherHead: Viewer;
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

const withChild = (school: SchoolId, name: string, className = 'CP') =>
  pupilsFile(town.store, school, (all) => [...all, { name, className }]);

async function draftOf(who: Viewer, school: SchoolId, child: string, className?: string) {
  const file = await withChild(school, child, className);
  const given = await imports.upload(who, school, { year, files: [file] });
  return given?.kind === 'draft' ? given.id : 0;
}

async function applied(who: Viewer, school: SchoolId, child: string, className?: string) {
  const id = await draftOf(who, school, child, className);
  const done = await imports.apply(who, school, { id, reason: 'Essai' });
  if (done?.kind !== 'applied') throw new Error(JSON.stringify(done));
  return done.import;
}

/** Begins an act that has to wait for its turn, and lets something happen before it comes. */
async function whileWaiting<Done>(
  begin: () => Promise<Done>,
  meanwhile: (tx: TownWriteTx) => Promise<unknown>,
): Promise<Done> {
  let begun: Promise<Done> | null = null;
  await town.store.town(async (tx) => {
    await lockImports(tx);
    begun = begin();
    for (let each = 0; each < 200; each += 1) {
      const { rows } = await sql`
        select from pg_locks waits
        join pg_locks held using (locktype, database, classid, objid, objsubid)
        where held.pid = pg_backend_pid() and locktype = 'advisory'
          and held.granted and not waits.granted
      `.execute(tx.db);
      if (rows.length > 0) break;
      await sleep(20);
    }
    await meanwhile(tx);
  });
  if (begun === null) throw new Error('never begun');
  return begun;
}

it(
  'a child whom the school asks for no more stays where it is, though the town agrees',
  SOAKED,
  async () => {
    const [tilleuls, pasteur] = [head.school, otherHead.school];
    const [ofPasteur] = (await town.core.classes.overview(otherHead, pasteur))?.classes ?? [];
    await applied(agent, tilleuls, 'Ilan Blanc');
    await applied(otherHead, pasteur, 'Ilan Blanc', ofPasteur?.name);
    const [move] = await imports.moves(agent);
    const decision = { ids: [move?.id ?? 0], reason: 'La famille a confirmé' };
    const takenBack = async (tx: TownWriteTx) => {
      const [wish] = await moveWishes(await tx.in(TOWN), pasteur, 1);
      await dropMoveWishes(tx, pasteur, wish === undefined ? [] : [wish.address]);
    };
    const agreed = await whileWaiting(
      () => imports.decideMoves(agent, { ...decision, agree: true }),
      takenBack,
    );
    expect(agreed).toEqual({ moved: 0, unclear: 1, refused: 0 });
    expect(await imports.decideMoves(agent, { ...decision, agree: false })).toEqual({
      moved: 0,
      unclear: 0,
      refused: 0,
    });
  },
);

const agentIs = (state: 'active' | 'suspended') =>
  town.store.write(TOWN, (tx) =>
    tx.db
      .updateTable('account')
      .set({ state })
      .where('school_id', '=', TOWN)
      .where('address_id', '=', agent.addressId)
      .execute(),
  );

it('a child is neither moved nor refused by who is an agent no more by then', async () => {
  const [tilleuls, pasteur] = [head.school, otherHead.school];
  const [ofPasteur] = (await town.core.classes.overview(otherHead, pasteur))?.classes ?? [];
  await applied(agent, tilleuls, 'Nils Roche');
  await applied(otherHead, pasteur, 'Nils Roche', ofPasteur?.name);
  const move = (await imports.moves(agent)).find(({ name }) => name === 'Nils Roche');
  const decision = { ids: [move?.id ?? 0], reason: 'La famille a confirmé' };
  for (const agree of [true, false]) {
    const became = await whileWaiting(
      () => imports.decideMoves(agent, { ...decision, agree }),
      () => agentIs('suspended'),
    );
    expect(became).toBeNull();
    await agentIs('active');
  }
  const still = (await imports.moves(agent)).filter(({ id }) => decision.ids.includes(id));
  expect(still).toMatchObject([{ name: 'Nils Roche', refused: null }]);
});

it('a batch goes on to no other school once who began it is an agent no more', async () => {
  const schools = [head.school, otherHead.school];
  const slugs = new Map((await imports.schools(agent)).map(({ id, slug }) => [id, slug]));
  const files = await Promise.all(
    schools.map(async (school) => ({
      name: `${slugs.get(school)}/eleves.csv`,
      bytes: (await withChild(school, 'Aya Benamar')).bytes,
    })),
  );
  const file = { name: 'ville.zip', bytes: zipped(files) };
  const given = await imports.uploadTown(agent, { year, file });
  const id = given?.kind === 'draft' ? given.id : 0;
  await stateOf(id, 'open');
  await whileWaiting(
    () => imports.applyBatch(agent, id, 'Rentrée'),
    () => agentIs('suspended'),
  );
  await stateOf(id, 'open');
  await agentIs('active');
  const batch = await imports.batch(agent, id);
  expect(batch?.schools.map(({ outcome }) => outcome?.kind)).toEqual(['applied', 'ready']);
});

it(
  'an import is undone by its own page alone, and not where another has come since',
  SOAKED,
  async () => {
    const school = head.school;
    const id = await applied(agent, school, 'Omar Belkacem');
    const since = await applied(head, school, 'Zoé Lunel');
    const undo = (which: number) => imports.undo(agent, school, { id: which, reason: 'Essai' });
    expect(await undo(id)).toEqual({ kind: 'another-since' });
    expect(await undo(since)).toMatchObject({ kind: 'undone', id: since });
    expect(await undo(since)).toEqual({ kind: 'nothing-to-undo' });
    expect(await undo(id)).toMatchObject({ kind: 'undone', id });
  },
);

it('a draft about which somebody says more meanwhile isn’t applied as it was before', async () => {
  const school = otherHead.school;
  const id = await draftOf(agent, school, 'Maya Lunel');
  const apply = () => imports.apply(agent, school, { id, reason: 'Essai' });
  const done = await whileWaiting(apply, () =>
    imports.choose(otherHead, school, { id, choices: { arrivals: 1 } }),
  );
  expect(done).toEqual({ kind: 'stopped' });
  expect(await apply()).toMatchObject({ kind: 'applied' });
});

/** Waits until a batch has come so far. */
async function stateOf(id: number, state: string): Promise<void> {
  for (let each = 0; each < 200; each += 1) {
    const batch = await town.store.read(TOWN, (tx) => batchById(tx, id));
    if (batch?.state === state) return;
    await sleep(50);
  }
  throw new Error(`never ${state}`);
}
