import { TOWN, type SchoolId } from '../../../ground/ids.ts';
import {
  changesNothing,
  closingsIn,
  planCounts,
  planSchools,
  type ChangedSchool,
  type FileCommune,
  type NewSchool,
  type SchoolPlan,
  type SchoolsDone,
} from '../../../roster/school-directory/plan.ts';
import { openSchoolLists } from '../../../store/schools/new-addresses.ts';
import type { TownTx } from '../../../store/store.ts';
import { schoolImportRow, settleSchoolImport } from '../../../store/town/school-imports.ts';
import {
  ensureTownSchool,
  insertCommune,
  insertSchool,
  updateCommune,
  updateSchool,
} from '../../../store/town/schools.ts';
import { closingTroubleNow, setClosing } from '../closing.ts';
import type { TownActor } from '../contract.ts';
import { changing, noteAct, type TownParts } from '../parts.ts';
import type { SchoolsApplied } from './contract.ts';
import { choicesOf } from './give.ts';
import { knownTown, seenOf } from './show.ts';

/** Applies what a preview showed: all of it in this transaction, or nothing. */
export function applyImport(
  parts: TownParts,
  by: TownActor,
  { id, seen }: { readonly id: number; readonly seen: string },
): Promise<SchoolsApplied> {
  return changing(parts, by, async (tx, acting): Promise<SchoolsApplied> => {
    const row = await schoolImportRow(await tx.in(TOWN), id, { lock: true });
    const content = row === null || row.appliedAt !== null ? null : row.content;
    if (row === null || content === null) return { kind: 'missing' };
    const town = await knownTown(tx);
    if (seenOf(town) !== seen) return { kind: 'changed-meanwhile' };
    const plan = planSchools(content.schools, town, choicesOf(row));
    const trouble = await troubleOf(parts, tx, plan);
    if (trouble !== null) return trouble;
    if (changesNothing(plan)) return { kind: 'nothing' };
    const done = await carryOut(parts, tx, plan);
    await settleSchoolImport(await tx.in(TOWN), id, { at: parts.clock(), done });
    await noteAct(tx, acting, { act: 'import-schools', what: row.fileName });
    return { kind: 'applied', done };
  });
}

async function troubleOf(
  parts: TownParts,
  tx: TownTx,
  plan: SchoolPlan,
): Promise<Extract<SchoolsApplied, { kind: 'trouble' }> | null> {
  const shortNames = plan.schools.filter(
    (one) => one.kind === 'new' && one.slugTrouble !== null,
  ).length;
  const days: string[] = [];
  for (const { school, closesOn } of closingsIn(plan))
    if ((await closingTroubleNow(parts, tx, { school: school.id, day: closesOn })) !== null)
      days.push(school.name);
  return shortNames === 0 && days.length === 0 ? null : { kind: 'trouble', shortNames, days };
}

async function carryOut(parts: TownParts, tx: TownTx, plan: SchoolPlan): Promise<SchoolsDone> {
  await ensureTownSchool(tx, parts.domain);
  const made = await addCommunes(tx, plan);
  const communeOf = ({ key, known }: FileCommune): number | null =>
    known?.id ?? made.get(key) ?? null;
  const schools = await addSchools(parts, tx, { plan, communeOf });
  const changed = await changeSchools(tx, { plan, communeOf });
  const closings = closingsIn(plan);
  for (const { school, closesOn } of closings)
    await setClosing(parts, tx, { school: school.id, day: closesOn });
  return {
    counts: planCounts(plan),
    communes: plan.newCommunes.map(({ key, name }) => ({ id: made.get(key) ?? 0, name })),
    numberedCommunes: plan.numberedCommunes,
    schools,
    changed,
    closed: closings.map(({ school: { id, name }, closesOn: day }) => ({ id, name, day })),
    kept: [],
  };
}

/** Gives the ids of new ones by their keys. */
async function addCommunes(
  tx: TownTx,
  { newCommunes, numberedCommunes }: SchoolPlan,
): Promise<ReadonlyMap<string, number>> {
  const made = new Map<string, number>();
  for (const { key, ...commune } of newCommunes) made.set(key, await insertCommune(tx, commune));
  for (const { id, code } of numberedCommunes) await updateCommune(tx, id, { code });
  return made;
}

interface Carrying {
  readonly plan: SchoolPlan;
  readonly communeOf: (commune: FileCommune) => number | null;
}

async function addSchools(
  parts: TownParts,
  tx: TownTx,
  { plan, communeOf }: Carrying,
): Promise<SchoolsDone['schools']> {
  const newcomers = plan.schools.filter((one): one is NewSchool => one.kind === 'new');
  const done: SchoolsDone['schools'][number][] = [];
  for (const { uai, name, slug, commune } of newcomers) {
    const school = { slug, name, uai, commune: communeOf(commune), domain: null };
    const id: SchoolId = await insertSchool(tx, school);
    await openSchoolLists(await tx.in(id), { school: id, slug, domain: parts.domain });
    done.push({ id, uai, name, slug, commune: commune.name });
  }
  return done;
}

async function changeSchools(
  tx: TownTx,
  { plan, communeOf }: Carrying,
): Promise<SchoolsDone['changed']> {
  const changes = plan.schools.filter((one): one is ChangedSchool => one.kind === 'changed');
  const done: SchoolsDone['changed'][number][] = [];
  for (const { school, uai, name, commune } of changes) {
    const before = { name: school.name, uai: school.uai, commune: school.commune };
    const after = { name, uai, commune: communeOf(commune) };
    await updateSchool(tx, school.id, after);
    done.push({ id: school.id, before, after });
  }
  return done;
}
