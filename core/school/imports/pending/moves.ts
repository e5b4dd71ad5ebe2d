import { isAgent } from '../../../directory/charge.ts';
import { dayAt } from '../../../ground/clock.ts';
import { TOWN, type AddressId, type SchoolId } from '../../../ground/ids.ts';
import type { PupilLine } from '../../../roster/matching/identity.ts';
import { questionKey } from '../../../roster/matching/match.ts';
import type { SchoolState } from '../../../roster/matching/state.ts';
import { planMoves, type PlanWish } from '../../../roster/planning/plan.ts';
import type { Roster } from '../../../roster/snapshot.ts';
import { standingOf } from '../../../roster/standing.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { actsForAll, readAgents } from '../../../store/people/agents.ts';
import { lockImports } from '../../../store/schools/import-lock.ts';
import {
  dropMoveWishes,
  moveWishes,
  refuseMoves,
  type MoveWishRow,
} from '../../../store/schools/move-wishes.ts';
import { insertImport, schoolById } from '../../../store/schools/roster-imports.ts';
import { readState } from '../../../store/schools/roster-state.ts';
import type { TownTx } from '../../../store/store.ts';
import { carryOut } from '../carry-out.ts';
import type { RosterActor } from '../contract.ts';
import { importWithoutFile } from '../past-import.ts';
import { recordAct } from '../record-act.ts';
import type { ChangedClasses } from '../settle.ts';
import type { MovesDecided, ShownMove, ImportsOfSchool } from './contract.ts';
import { ownSchools, type PendingParts } from './rights.ts';

/** More children than change schools in a September. */
const MOST_MOVES = 2_000;

/** Children whom heads ask the town for, oldest first, with where they are today; agents alone. */
export async function townMoves(
  parts: PendingParts,
  viewer: Viewer,
): Promise<readonly ShownMove[]> {
  if (!(await isAgent(parts, viewer))) return [];
  const names = new Map((await ownSchools(parts, viewer)).map(({ id, name }) => [id, name]));
  const rows = await parts.store.read(TOWN, (tx) => moveWishes(tx, null, MOST_MOVES));
  const entries = await parts.directory.byId(
    [...rows.map(({ address }) => address), ...rows.flatMap(({ askedBy }) => askedBy ?? [])],
    { maxAgeMs: 0 },
  );
  const rosters = await parts.directory.rosters(
    [...entries.values()].map(({ school }) => school),
    { maxAgeMs: 0 },
  );
  const personOf = (id: AddressId | null) => {
    const entry = id === null ? undefined : entries.get(id);
    return entry && rosters.get(entry.school)?.people.get(entry.id);
  };
  return rows.flatMap((row): ShownMove[] => {
    const [entry, child, [line]] = [entries.get(row.address), personOf(row.address), row.lines];
    const roster = entry && rosters.get(entry.school);
    if (!entry || !roster || !child || !line) return [];
    return [
      {
        id: row.id,
        name: child.displayName,
        written: `${line.givenName} ${line.familyName}`,
        address: child.address,
        from: {
          school: names.get(entry.school) ?? '',
          className: classesOf(parts, roster, row.address),
          left: child.state !== 'active',
        },
        to: { school: names.get(row.asking) ?? '', className: line.className },
        by: personOf(row.askedBy)?.displayName ?? null,
        at: row.askedAt,
        refused: refusalOf(row),
      },
    ];
  });
}

function classesOf({ clock }: PendingParts, roster: Roster, id: AddressId): string | null {
  const person = roster.people.get(id);
  const classes =
    person === undefined
      ? []
      : [...standingOf({ person, home: roster.school.id }, [roster], clock()).pupilOf.values()];
  return classes.length === 0 ? null : classes.map(({ name }) => name).join(', ');
}

function refusalOf({ refusedAt, reason }: MoveWishRow): ShownMove['refused'] {
  return refusedAt === null ? null : { at: refusedAt, reason: reason ?? '' };
}

/**
 * What a school has asked for, for its own page: neither where the child is, nor under which
 * address.
 */
export async function movesAskedBy(
  parts: PendingParts,
  school: SchoolId,
): Promise<ImportsOfSchool['moves']> {
  const rows = await parts.store.read(TOWN, (tx) => moveWishes(tx, school, MOST_MOVES));
  return rows.flatMap((row) =>
    row.lines.slice(0, 1).map((line) => ({
      name: `${line.givenName} ${line.familyName}`,
      className: line.className,
      at: row.askedAt,
      refused: refusalOf(row),
    })),
  );
}

interface DecidedMoves {
  ids: readonly number[];
  agree: boolean;
  reason: string;
}

/**
 * Says yes or no to some of them. Yes is an import of the asking school with these children alone,
 * so that it can be undone like any other.
 */
export async function decideMoves(
  parts: PendingParts,
  viewer: Viewer,
  { ids, agree, reason }: DecidedMoves,
): Promise<MovesDecided | null> {
  if (!(await isAgent(parts, viewer)) || reason.trim() === '') return null;
  const chosen = (await parts.store.read(TOWN, (tx) => moveWishes(tx, null, MOST_MOVES))).filter(
    ({ id }) => ids.includes(id),
  );
  const by: Agent = { kind: 'agent', address: viewer.addressId, reason };
  if (!agree) {
    const refused = await refuse(
      parts,
      by,
      chosen.map(({ id }) => id),
    );
    return refused === null ? null : { moved: 0, unclear: 0, refused };
  }
  let moved = 0;
  for (const [asking, rows] of Map.groupBy(chosen, (row) => row.asking)) {
    const ids = new Set(rows.map(({ id }) => id));
    const came = await agreeFor(parts, by, { asking, ids });
    if (came === null) return null;
    moved += came;
  }
  return { moved, unclear: chosen.length - moved, refused: 0 };
}

type Agent = Extract<RosterActor, { kind: 'agent' }> & { readonly address: AddressId };

/** Waits for its turn among imports; false where who acts is an agent of the town no more. */
async function inTurn({ clock }: PendingParts, tx: TownTx, by: Agent): Promise<boolean> {
  await lockImports(tx);
  return actsForAll(await readAgents(await tx.in(TOWN), clock()), by.address);
}

/** Gives how many waited until now; null: no agent any more. */
async function refuse(
  parts: PendingParts,
  by: Agent,
  ids: readonly number[],
): Promise<number | null> {
  return parts.store.town(async (tx) => {
    if (!(await inTurn(parts, tx, by))) return null;
    const saying = { at: parts.clock(), reason: by.reason };
    const refused = await refuseMoves(await tx.in(TOWN), ids, saying);
    for (const [school, rows] of Map.groupBy(refused, ({ asking }) => asking))
      await recordAct(tx, {
        school,
        by,
        act: 'refuse-moves',
        subject: { people: rows.map(({ address }) => address) },
      });
    return refused.length;
  });
}

/**
 * Gives how many came: all of a school's, or none where one of them can no longer be told, or the
 * school asks for one of them no more. Null: no agent any more.
 */
async function agreeFor(
  parts: PendingParts,
  by: Agent,
  { asking, ids }: { asking: SchoolId; ids: ReadonlySet<number> },
): Promise<number | null> {
  let touched: readonly ChangedClasses[] = [];
  const moved = await parts.store.town(async (tx) => {
    if (!(await inTurn(parts, tx, by))) return null;
    const school = await schoolById(tx, asking);
    const wishes = await moveWishes(await tx.in(TOWN), asking, MOST_MOVES);
    const rows = wishes.filter(({ id }) => ids.has(id));
    if (school === null || rows.length < ids.size) return 0;
    const day = dayAt(parts.clock(), school.timeZone);
    const lines = linesOf(rows);
    const read = await readState(tx, asking, [
      ...new Set([...lines.values()].flat().flatMap(({ keys }) => keys)),
    ]);
    const plan = read && planMoves(read.state, wishOf(lines, { day, people: read.state.people }));
    const coming = new Set(plan?.acts.moves.map(({ address }) => address));
    if (
      !read ||
      !plan ||
      coming.size !== rows.length ||
      rows.some(({ address }) => !coming.has(address))
    )
      return 0;
    const id = await insertImport(
      await tx.in(asking),
      importWithoutFile('moves', {
        about: rows.map((row) => row.id),
        by: by.address,
        day,
        preview: plan.preview,
        now: parts.clock(),
      }),
    );
    const planned = { plan, read };
    ({ touched } = await carryOut(parts, tx, { school, planned, id, day, by: by.address }));
    await dropMoveWishes(tx, asking, [...coming]);
    await recordAct(tx, {
      school: asking,
      by,
      act: 'agree-moves',
      subject: { import: id, people: [...coming] },
    });
    return coming.size;
  });
  await parts.settle(touched);
  return moved;
}

/**
 * The children as their school's file had them, by address; their lines told apart, for they may be
 * of several files of one name.
 */
function linesOf(rows: readonly MoveWishRow[]): ReadonlyMap<AddressId, readonly PupilLine[]> {
  return new Map(
    rows.map(({ id, address, lines }) => [
      address,
      lines.map((line) => ({
        ...line,
        at: { ...line.at, file: `${id}/${line.at.file}` },
      })),
    ]),
  );
}

/** Who each of them is was said when they were asked for. */
function wishOf(
  lines: ReadonlyMap<AddressId, readonly PupilLine[]>,
  { day, people }: { day: string; people: SchoolState['people'] },
): PlanWish {
  const decisions = Object.fromEntries(
    [...lines].flatMap(([id, own]) =>
      own.map(({ at }) => [questionKey(at), people.get(id)?.address ?? '']),
    ),
  );
  return {
    lines: [...lines.values()].flat(),
    unsettled: [],
    refused: [],
    leftAside: [],
    classes: [],
    day,
    decisions,
    retyped: null,
    arrivals: null,
    byAgent: true,
  };
}
