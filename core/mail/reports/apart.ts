import { openFaces } from '../../directory/faces.ts';
import { peopleOf, pupilClasses } from '../../directory/people-of.ts';
import { dayAt } from '../../ground/clock.ts';
import type { AddressId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { lockSchools } from '../../store/schools/class-links.ts';
import { apartRows, letTogether as lift, type ApartRow } from '../../store/schools/kept-apart.ts';
import { announcePair } from './act.ts';
import { concernsOf, type Concern } from './adults.ts';
import type { ApartPair, Reports } from './contract.ts';
import { MOST_LISTED, type ReportParts } from './parts.ts';

interface Own {
  readonly concern: Concern;
  readonly roster: Roster;
  readonly rows: readonly ApartRow[];
}

/** Pairs of children of whom one is in a class of this adult's, or of their school. */
async function ownPairs(parts: ReportParts, viewer: Viewer): Promise<readonly Own[]> {
  const concerns = await concernsOf(parts, viewer);
  const rosters = await parts.directory.rosters(
    concerns.map(({ school }) => school),
    { maxAgeMs: 0 },
  );
  const own: Own[] = [];
  for (const concern of concerns) {
    const roster = rosters.get(concern.school);
    if (roster === undefined || roster.apartFrom.size === 0) continue;
    const rows = await parts.store.read(concern.school, (tx) => apartRows(tx, MOST_LISTED));
    const day = dayAt(parts.clock(), roster.school.timeZone);
    const { classes } = concern;
    const isOwn = (id: AddressId): boolean =>
      classes === 'all' || pupilClasses(roster, id, day).some((one) => classes.includes(one));
    own.push({ concern, roster, rows: rows.filter((row) => isOwn(row.one) || isOwn(row.other)) });
  }
  return own;
}

export async function apartPairs(
  parts: ReportParts,
  viewer: Viewer,
): Promise<readonly ApartPair[]> {
  const own = await ownPairs(parts, viewer);
  const rows = own.flatMap((one) => one.rows);
  if (rows.length === 0) return [];
  const faces = await openFaces(parts.directory, viewer, {
    addresses: [],
    ids: rows.flatMap(({ one, other }) => [one, other]),
    now: parts.clock(),
  });
  const people = await peopleOf(
    parts.directory,
    rows.map(({ by }) => by),
  );
  const face = (id: AddressId) => faces.sender({ addressId: id, role: 'pupil', from: [] });
  return own.flatMap(({ concern, rows: some }) =>
    some.map(({ one, other, by, at }) => ({
      school: concern.school,
      one: face(one),
      other: face(other),
      by: people.get(by)?.person.displayName ?? '',
      at,
    })),
  );
}

/** Named by the addresses of the two, as the page shows them. */
export async function letTogether(
  parts: ReportParts,
  viewer: Viewer,
  { school, one, other }: Parameters<Reports['letTogether']>[1],
): Promise<boolean> {
  const entries = await parts.directory.resolve([one, other], { maxAgeMs: 0 });
  const ids = [one, other].flatMap((address) => entries.get(address)?.id ?? []);
  const own = (await ownPairs(parts, viewer)).find((some) => some.concern.school === school);
  const pair = own?.rows.find((row) => ids.includes(row.one) && ids.includes(row.other));
  if (pair === undefined) return false;
  const lifted = await parts.store.town(async (town) => {
    await lockSchools(town, [school]);
    const tx = await town.in(school);
    if (!(await lift(tx, [pair.one, pair.other]))) return false;
    await writeAudit(tx, viewer.addressId, 'report-together', { people: [pair.one, pair.other] });
    return true;
  });
  await announcePair(parts, [pair.one, pair.other]);
  return lifted;
}
