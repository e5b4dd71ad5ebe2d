import type { SchoolId } from '../../ground/ids.ts';
import type { Night, NightCounts } from '../../ground/night-job.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { drawnPdfPage, pdfPage } from '../../mail/parsing/pdf-pages.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { dropUnusedBodies } from '../../store/bodies/bodies.ts';
import { dropOldComing } from '../../store/cupboard/coming.ts';
import { emptyBins } from '../../store/cupboard/throwing.ts';
import { allSchools } from '../../store/schools/roster.ts';
import { makeFolder, rename, show, takeOut, throwAway } from './arranging.ts';
import { bringPiece, withBrought } from './coming.ts';
import type { Cupboards } from './contract.ts';
import { openFills } from './fills.ts';
import { archive, largest, search } from './finding.ts';
import { move } from './moving.ts';
import { KEPT_DAYS, type CupboardParts, type PuttingParts } from './parts.ts';
import { put } from './putting.ts';
import { bin, content, file, folder, list, pdfAt, plainPdf, small, thrownFrom } from './reading.ts';
import { shelf } from './shelf.ts';

/** Whose turn a page takes to be drawn. */
const whose = ({ school, account }: Viewer): string => `${school}.${account}`;

/** Cupboards of classes, and the files in them. */
export function openCupboards(parts: PuttingParts): Cupboards {
  const fills = openFills(parts);
  const reading = { ...parts, fills };
  /** How full a cupboard is isn't known any more once something of its school has changed. */
  const changing = async <T>(school: SchoolId, act: () => Promise<T>): Promise<T> => {
    const became = await act();
    fills.forget(school);
    return became;
  };
  return {
    list: (viewer) => list(parts, viewer),
    shelf: (viewer) => shelf(parts, viewer),
    folder: (viewer, at, after) => folder({ parts: reading, viewer }, at, after),
    file: (viewer, ref) => file(parts, viewer, ref),
    content: (viewer, ref, version) => content({ parts, viewer }, ref, version),
    small: (viewer, ref) => small(parts, viewer, ref),
    plainPdf: (viewer, ref) => plainPdf(parts, viewer, ref),
    async pdfPage(viewer, ref, page) {
      const file = await pdfAt(parts, viewer, ref);
      return file && pdfPage(whose(viewer), file.bytes, page);
    },
    async drawnPdfPage(viewer, ref, page) {
      const file = await pdfAt(parts, viewer, ref);
      return file && drawnPdfPage(whose(viewer), file.bytes, page);
    },
    search: (viewer, cupboard, words) => search({ parts, viewer }, cupboard, words),
    largest: (viewer, cupboard, after) => largest({ parts, viewer }, cupboard, after),
    archive: (viewer, at) => archive(parts, viewer, at),
    put: (viewer, at, brought) => changing(at.school, () => put({ parts, viewer }, at, brought)),
    bringPiece: (viewer, piece, bytes) => bringPiece({ parts, viewer }, piece, bytes),
    withBrought: (viewer, files, deal, isForAnotherTry) =>
      withBrought({ parts, viewer }, files, { deal, isForAnotherTry }),
    makeFolder: (viewer, at, name) => makeFolder({ parts, viewer }, at, name),
    rename: (viewer, ref, name) => rename({ parts, viewer }, ref, name),
    move: (viewer, ref, at) =>
      changing(ref.school, () => move({ parts, viewer }, ref, { at, isBack: false })),
    moveBack: (viewer, ref, at) =>
      changing(ref.school, () => move({ parts, viewer }, ref, { at, isBack: true })),
    show: (viewer, ref, showing) =>
      changing(ref.school, () => show({ parts, viewer }, ref, showing)),
    throwAway: (viewer, ref) => changing(ref.school, () => throwAway(parts, viewer, ref)),
    bin: (viewer, cupboard) => bin(parts, viewer, cupboard),
    thrownFrom: (viewer, ref) => thrownFrom(parts, viewer, ref),
    takeOut: (viewer, ref) => changing(ref.school, () => takeOut(parts, viewer, ref)),
    tidy: (night) => tidy(parts, night),
  };
}

/** Empties the bins of what they have kept long enough, school by school. */
async function tidy({ store, clock }: CupboardParts, night: Night): Promise<NightCounts> {
  let [items, bodies] = [0, 0];
  const now = clock().getTime();
  for (const school of await store.readTown(allSchools)) {
    await night.breathe();
    items += await store.write(school, (tx) => emptyBins(tx, new Date(now - KEPT_DAYS * DAY_MS)));
    await store.write(school, (tx) => dropOldComing(tx, new Date(now - DAY_MS)));
    bodies += await store.write(school, (tx) => dropUnusedBodies(tx, new Date(now - DAY_MS)));
  }
  return { items, bodies };
}
