import { openFaces, type Faces } from '../../directory/faces.ts';
import type { AddressId } from '../../ground/ids.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import {
  changeReport,
  lockReport,
  reportNamed,
  reportsOfChild,
  setReportDue,
  type StoredReport,
} from '../../store/mail/reports.ts';
import { adultsOf, contactsOf } from './adults.ts';
import type { OwnReport } from './contract.ts';
import type { ReportParts } from './parts.ts';
import { tell, tellOnce } from './tell.ts';

/** A child's page shows no more. */
const MOST_OWN = 10;
/** A report is called for once in so long: who is told knows. */
const CALL_AGAIN_MS = 10 * 60_000;

/** What a child reported, as far as it concerns them: who reads it, who helps, what they say. */
export async function ownReports(
  parts: ReportParts,
  viewer: Viewer,
): Promise<readonly OwnReport[]> {
  if (viewer.role !== 'pupil') return [];
  const rows = await parts.store.read(viewer.school, (tx) =>
    reportsOfChild(tx, viewer.addressId, MOST_OWN),
  );
  if (rows.length === 0) return [];
  const asked = await Promise.all(rows.map((row) => askedOf(parts, viewer, row)));
  const ids = new Set<AddressId>([
    ...asked.flat(),
    ...rows.flatMap((row) =>
      [row.writer, row.takenBy, row.closedBy, ...row.readBy].filter((id) => id !== null),
    ),
  ]);
  const faces = await openFaces(parts.directory, viewer, {
    addresses: [],
    ids: [...ids],
    now: parts.clock(),
  });
  return rows.map((row, index) =>
    ownOf(row, { faces, asked: asked[index] ?? [], now: parts.clock() }),
  );
}

/**
 * Everybody who may read it, now or from the moment that it is told: the adults of the school; whom
 * the town has named for letters of adults, each agent where nobody is named; they too where the
 * school has nobody.
 */
async function askedOf(
  parts: ReportParts,
  viewer: Viewer,
  row: StoredReport,
): Promise<readonly AddressId[]> {
  const { teachers, heads } = await adultsOf(parts, { ...row, school: viewer.school });
  const adults = [...teachers, ...heads];
  const isTowns = row.forTown || adults.length === 0;
  const contacts = isTowns ? await contactsOf(parts, row.writer) : [];
  return [...new Set([...adults, ...contacts])];
}

interface OwnReportView {
  readonly faces: Faces;
  readonly asked: readonly AddressId[];
  readonly now: Date;
}

function ownOf(row: StoredReport, { faces, asked, now }: OwnReportView): OwnReport {
  const face = (id: AddressId): Face => faces.sender({ addressId: id, role: 'staff', from: [] });
  const leftMs = row.level > 0 ? 0 : row.toldFrom.getTime() - now.getTime();
  return {
    id: row.id,
    at: row.at,
    writer: faces.sender({
      addressId: row.writer,
      role: row.writerRole,
      from: [{ name: row.writerName, address: '' }],
    }),
    undoSeconds: Math.max(0, Math.ceil(leftMs / 1000)),
    asked: asked.map(face),
    readBy: row.readBy.map(face),
    takenBy: row.takenBy === null ? null : face(row.takenBy),
    called: row.calledAt !== null,
    done:
      row.closedAt === null
        ? null
        : { by: row.closedBy === null ? null : face(row.closedBy), word: row.word ?? '' },
  };
}

/** The child has read the end of it. What is open stays in sight. */
export async function putAway(parts: ReportParts, viewer: Viewer, id: number): Promise<boolean> {
  return parts.store.write(viewer.school, async (tx) => {
    const found = await lockReport(tx, id);
    if (found === null || found.child !== viewer.addressId || found.closedAt === null) return false;
    await changeReport(tx, id, { seenByChild: true });
    return true;
  });
}

/**
 * A child can't wait: whoever looks after the report is told at once, whatever time is left to take
 * it back.
 */
export async function callNow(parts: ReportParts, viewer: Viewer, id: number): Promise<boolean> {
  const now = parts.clock();
  const found = await parts.store.write(viewer.school, async (tx) => {
    const report = await reportNamed(tx, id);
    if (report === null || report.child !== viewer.addressId || report.closedAt !== null)
      return null;
    const locked = await lockReport(tx, id);
    const isFresh =
      locked?.calledAt != null && now.getTime() - locked.calledAt.getTime() < CALL_AGAIN_MS;
    if (!isFresh) {
      await changeReport(tx, id, { calledAt: now, toldFrom: now });
      if (report.level === 0) await setReportDue(tx, id, now);
    }
    return { report, isFresh };
  });
  if (found === null) return false;
  if (found.isFresh) return true;
  const roster = (await parts.directory.rosters([viewer.school], { maxAgeMs: 0 })).get(
    viewer.school,
  );
  if (roster === undefined) return false;
  const about = { roster, report: found.report };
  const ids = await askedOf(parts, viewer, found.report);
  // Who hasn't been told of it yet needs no second notice a moment later.
  if (found.report.level === 0) await tellOnce(parts, about, { ids, telling: 'now' });
  else for (const who of ids) await tell(parts, about, { id: who, telling: 'now' });
  return true;
}
