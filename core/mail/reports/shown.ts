import { COUNTED_MS } from '../../directory/directory.ts';
import { openFaces, type Faces } from '../../directory/faces.ts';
import { peopleOf } from '../../directory/people-of.ts';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import { type RoomVisit, actsForTown, type Viewer } from '../../rules/viewer.ts';
import {
  changeReport,
  countReports,
  listClosed,
  lockReport,
  listOpen,
  reportNamed,
  stepsOf,
  writeStep,
  type StoredReport,
} from '../../store/mail/reports.ts';
import { townCount, townReports, type TownCount } from '../../store/town/report-marks.ts';
import { childrenOf, lookedAfter, restOf, writeDown } from './act.ts';
import { concernsOf, looksAfter, mayBeContact } from './adults.ts';
import type { OpenReport, ReportLine, ReportRef } from './contract.ts';
import { evidenceOf } from './evidence.ts';
import { MOST_LISTED, type ReportParts } from './parts.ts';

interface Found {
  readonly school: SchoolId;
  readonly row: StoredReport;
}

/** All that somebody looks after, the oldest open ones or the latest closed ones first. */
async function foundFor(
  parts: ReportParts,
  viewer: Viewer,
  which: 'open' | 'closed',
): Promise<readonly Found[]> {
  const look = which === 'open' ? listOpen : listClosed;
  const found: Found[] = [];
  for (const { school, classes } of await concernsOf(parts, viewer)) {
    const rows = await parts.store.read(school, (tx) =>
      look(tx, { classes, notBy: viewer.addressId, now: parts.clock() }, MOST_LISTED),
    );
    found.push(...rows.map((row) => ({ school, row })));
  }
  if (await mayBeContact(parts, viewer)) found.push(...(await ofTheTown(parts, viewer, which)));
  const once = new Map(found.map((one) => [`${one.school} ${one.row.id}`, one]));
  return [...once.values()].slice(0, MOST_LISTED);
}

/** Those that the town's contact looks after. */
async function ofTheTown(
  parts: ReportParts,
  viewer: Viewer,
  which: 'open' | 'closed',
): Promise<readonly Found[]> {
  const marks = await parts.store.readTown((tx) => townReports(tx, { which, limit: MOST_LISTED }));
  const found: Found[] = [];
  for (const { school, id } of marks) {
    const row = await parts.store.read(school, (tx) => reportNamed(tx, id));
    if (row !== null && (await looksAfter(parts, viewer, { school, report: row })))
      found.push({ school, row });
  }
  return found;
}

/** What the list has, without what stands in it; one question a school. */
export async function countOpen(parts: ReportParts, viewer: Viewer): Promise<number> {
  const concerns = await concernsOf(parts, viewer, COUNTED_MS);
  let open = 0;
  let town: TownCount | null = null;
  for (const { school, classes } of concerns) {
    const counted = await parts.store.read(school, (tx) =>
      countReports(tx, { classes, notBy: viewer.addressId, now: parts.clock() }),
    );
    open += counted.open;
    town = counted;
  }
  town ??= await parts.store.readTown(townCount);
  const isAsked = actsForTown(viewer) || town.contact === viewer.addressId;
  if (town.forTown === 0 || !isAsked) return Math.min(open, MOST_LISTED);
  return (await foundFor(parts, viewer, 'open')).length;
}

export async function listReports(
  parts: ReportParts,
  viewer: Viewer,
  which: 'open' | 'closed',
): Promise<readonly ReportLine[]> {
  const found = await foundFor(parts, viewer, which);
  const people = await namesOf({ parts, viewer }, found);
  return found.map((one) => lineOf(one, people));
}

interface Named {
  readonly faces: Faces;
  readonly rosters: ReadonlyMap<SchoolId, Roster>;
  nameOf(id: AddressId | null): string | null;
}

/** Everybody of these reports, looked up at once. */
async function namesOf(
  { parts: { directory, clock }, viewer }: RoomVisit<ReportParts>,
  found: readonly Found[],
  more: readonly AddressId[] = [],
): Promise<Named> {
  const ids = found.flatMap(({ row }) =>
    [row.child, row.writer, row.takenBy, row.closedBy].filter((id) => id !== null),
  );
  const [faces, rosters, people] = await Promise.all([
    openFaces(directory, viewer, { addresses: [], ids, now: clock() }),
    directory.rosters(new Set(found.map(({ school }) => school)), { maxAgeMs: 1_000 }),
    peopleOf(directory, [...ids, ...more]),
  ]);
  const nameOf = (id: AddressId | null): string | null =>
    id === null ? null : (people.get(id)?.person.displayName ?? '');
  return { faces, rosters, nameOf };
}

/** Who has left is called as they were called then: what is kept must still be understood. */
function lineOf({ school, row }: Found, { faces, rosters, nameOf }: Named): ReportLine {
  const roster = rosters.get(school);
  return {
    school,
    id: row.id,
    schoolName: roster?.school.name ?? '',
    at: row.at,
    child: faces.sender({
      addressId: row.child,
      role: 'pupil',
      from: [{ name: row.childName, address: '' }],
    }),
    className: row.classes.flatMap((id) => roster?.classes.get(id)?.name ?? []).join(', '),
    writer: faces.sender({
      addressId: row.writer,
      role: row.writerRole,
      from: [{ name: row.writerName, address: '' }],
    }),
    called: row.calledAt !== null,
    takenBy: nameOf(row.takenBy),
    closedAt: row.closedAt,
    wentUp: row.level > 1,
  };
}

/** One with its letter and its steps, read from now on. */
export async function openReport(
  parts: ReportParts,
  viewer: Viewer,
  ref: ReportRef,
): Promise<OpenReport | null> {
  const row = await lookedAfter(parts, viewer, ref);
  const evidence = row && (await evidenceOf(parts, viewer, { ref, report: row }));
  if (row === null || evidence === null) return null;
  await markRead(parts, viewer, { ref, found: row });
  const steps = await parts.store.read(ref.school, (tx) => stepsOf(tx, [ref.id]));
  const done = steps.get(ref.id) ?? [];
  const by = done.flatMap((step) => step.by ?? []);
  const named = await namesOf({ parts, viewer }, [{ school: ref.school, row }], by);
  const pair = childrenOf(row);
  const isApart = pair && named.rosters.get(ref.school)?.apartFrom.get(pair[0])?.has(pair[1]);
  const writer = row.writer === null ? undefined : await pausedOf(parts, row.writer);
  return {
    ...lineOf({ school: ref.school, row }, named),
    evidence,
    steps: done.map(({ kind, at, by, until }) => ({ kind, at, by: named.nameOf(by), until })),
    word: row.word,
    closedBy: named.nameOf(row.closedBy),
    may: {
      rest: row.closedAt === null ? await restOf(parts, viewer, row) : null,
      apart: pair === null ? null : apartAct({ isApart: isApart ?? false }, row),
    },
    restsUntil: writer ?? null,
  };
}

function apartAct(
  { isApart }: { readonly isApart: boolean },
  { closedAt }: StoredReport,
): 'keep' | 'lift' | null {
  if (isApart) return 'lift';
  return closedAt === null ? 'keep' : null;
}

async function pausedOf({ directory, clock }: ReportParts, id: AddressId): Promise<Date | null> {
  const until = (await peopleOf(directory, [id])).get(id)?.person.pausedUntil ?? null;
  return until !== null && until > clock() ? until : null;
}

/** Once for each who reads: the child is told, and the journal. */
async function markRead(
  parts: ReportParts,
  viewer: Viewer,
  { ref, found }: { readonly ref: ReportRef; readonly found: StoredReport },
): Promise<void> {
  if (found.readBy.includes(viewer.addressId)) return;
  await parts.store.write(ref.school, async (tx) => {
    const report = await lockReport(tx, ref.id);
    if (report === null || report.readBy.includes(viewer.addressId)) return;
    await changeReport(tx, ref.id, { readBy: [...report.readBy, viewer.addressId] });
    await writeStep(tx, ref.id, {
      at: parts.clock(),
      by: viewer.addressId,
      kind: 'read',
      until: null,
    });
    await writeDown(tx, { viewer, report, kind: 'read' });
  });
  parts.mailEvents.announce(ref.school, [found.account]);
}
