import { openFaces } from '../../directory/faces.ts';
import type { AddressId, CupboardItemId } from '../../ground/ids.ts';
import type { OfferedFile } from '../../letters/message/message.ts';
import { isPlainPdfInSandbox } from '../../mail/parsing/letters.ts';
import { audienceOf, type RoomVisit, type Viewer } from '../../rules/viewer.ts';
import { wholeBody } from '../../store/bodies/bodies.ts';
import {
  itemsIn,
  thrownIn,
  versionsOf,
  type ItemRow,
  type Sight,
} from '../../store/cupboard/items.ts';
import type {
  BinView,
  CupboardLine,
  CupboardRef,
  FileView,
  FolderAt,
  FolderView,
  ItemRef,
  ServedFile,
  SmallPicture,
  StoredItem,
} from './contract.ts';
import type { Fills } from './fills.ts';
import { mostFileBytes, mostFilmBytes } from './films.ts';
import { cupboardsOf, type OwnCupboard } from './own-cupboards.ts';
import { ITEMS_A_PAGE, MOST_THROWN, mostBytesOf, type CupboardParts } from './parts.ts';
import { mayArrangeAll, SEEN_BY, SIGHTS } from './rights.ts';
import { servedFile } from './serving.ts';
import { mayHaveSmall, smallOf } from './small.ts';
import { mayAt, pathOf, spotAt, spotFor, type OwnSpot } from './spots.ts';

/** The cupboards that somebody may open. */
export async function list(parts: CupboardParts, viewer: Viewer): Promise<readonly CupboardLine[]> {
  return (await cupboardsOf(parts, viewer)).map(lineOf);
}

export const lineOf = ({ ref, key, name, stand, children }: OwnCupboard): CupboardLine => ({
  ref,
  name,
  takes: mayArrangeAll(stand) || (stand === 'child' && key.place === 'class'),
  children: children.map(({ givenName }) => givenName),
});

/** A folder, or the top of a cupboard, with a page of what lies there. */
export async function folder(
  { parts, viewer }: RoomVisit<CupboardParts & { readonly fills: Fills }>,
  at: FolderAt,
  after: CupboardItemId | null,
): Promise<FolderView | null> {
  const spot = await spotFor({ parts, viewer }, at, 'see');
  if (spot === null || spot.it?.file) return null;
  const { own, cupboard } = spot;
  const by = seenBy(own, viewer);
  const arranges = mayArrangeAll(own.stand);
  const mayPut = mayAt('put', viewer, spot);
  const most = mayPut
    ? Promise.all([mostFileBytes(parts), mostFilmBytes(parts, viewer)])
    : ([0, 0] as const);
  const reading = parts.store.read(own.ref.school, async (tx) => {
    if (cupboard === null) return { rows: [], counts: new Map(), bytes: 0 };
    const asked = { by, after, limit: ITEMS_A_PAGE + 1 };
    const here = { cupboard, path: pathOf(spot) };
    const rows = await itemsIn(tx, here, asked);
    const hasFolders = rows.some(({ file: one }) => one === null);
    const counts = hasFolders ? await parts.fills.countsIn(tx, here, by) : new Map();
    return { rows, counts, bytes: arranges ? await parts.fills.bytesIn(tx, cupboard) : 0 };
  });
  const [found, [fileBytes, filmBytes]] = await Promise.all([reading, most]);
  const rows = found.rows.slice(0, ITEMS_A_PAGE);
  const shown = await shownBy({ parts, viewer }, spot, [
    ...rows,
    ...(spot.it === null ? [] : [spot.it]),
  ]);
  return {
    ...aroundIt(spot),
    folder: spot.it === null ? null : shown(spot.it, spot.around, 0),
    items: rows.map((row) => shown(row, inside(spot), found.counts.get(row.id) ?? 0)),
    further: found.rows.length > rows.length ? (rows.at(-1)?.id ?? null) : null,
    mayPut,
    most: { fileBytes, filmBytes },
    mayDivide: mayAt('divide', viewer, spot),
    fill: arranges ? { bytes: found.bytes, mostBytes: mostBytesOf(own.key.place, viewer) } : null,
  };
}

/** A file with what it was before. */
export async function file(
  parts: CupboardParts,
  viewer: Viewer,
  ref: ItemRef,
): Promise<FileView | null> {
  const spot = await spotFor({ parts, viewer }, ref, 'see');
  if (!spot?.it?.file) return null;
  const mayArrange = mayAt('arrange', viewer, spot);
  const versions = mayArrange
    ? await parts.store.read(ref.school, (tx) => versionsOf(tx, ref.item))
    : [];
  const shown = await shownBy({ parts, viewer }, spot, [spot.it]);
  return {
    ...aroundIt(spot),
    file: shown(spot.it, spot.around, 0),
    versions: versions.map(({ version, sizeBytes, replacedAt }) => ({
      version,
      sizeBytes,
      replacedAt,
    })),
  };
}

/** The bytes of a file, or of what it was before. */
export async function content(
  { parts, viewer }: RoomVisit<CupboardParts>,
  ref: ItemRef,
  version: number | null,
): Promise<ServedFile | null> {
  const spot = await spotFor({ parts, viewer }, ref, version === null ? 'see' : 'arrange');
  if (!spot?.it?.file) return null;
  const { name, file: newest } = spot.it;
  const one =
    version === null
      ? newest
      : (await parts.store.read(ref.school, (tx) => versionsOf(tx, ref.item))).find(
          (before) => before.version === version,
        );
  return one === undefined ? null : servedFile(parts.store, ref.school, { name, file: one });
}

/** A small picture of it. */
export async function small(
  parts: CupboardParts,
  viewer: Viewer,
  ref: ItemRef,
): Promise<SmallPicture | null> {
  const spot = await spotFor({ parts, viewer }, ref, 'see');
  if (!spot?.it?.file) return null;
  const { file: body } = spot.it;
  return { mark: body.sha256.slice(0, 16), load: () => smallOf(parts, ref.school, body) };
}

/** A PDF that does nothing but be read, for the page in which it stands. */
export async function plainPdf(
  parts: CupboardParts,
  viewer: Viewer,
  ref: ItemRef,
): Promise<OfferedFile | null> {
  const found = await pdfAt(parts, viewer, ref);
  return found !== null && (await isPlainPdfInSandbox(found.bytes, audienceOf(viewer)))
    ? found
    : null;
}

/** A PDF whole, as those read it who draw its pages. */
export async function pdfAt(
  parts: CupboardParts,
  viewer: Viewer,
  ref: ItemRef,
): Promise<OfferedFile | null> {
  const spot = await spotFor({ parts, viewer }, ref, 'see');
  if (spot?.it?.file?.mediaType !== 'application/pdf') return null;
  const { name, file: body } = spot.it;
  const bytes = await parts.store.read(ref.school, (tx) => wholeBody(tx, body.sha256));
  return { name, mediaType: body.mediaType, bytes };
}

/** What was thrown away in a cupboard, for who may take it out again. */
export async function bin(
  parts: CupboardParts,
  viewer: Viewer,
  ref: CupboardRef,
): Promise<BinView | null> {
  const spot = await spotFor({ parts, viewer }, ref, 'divide');
  if (spot === null) return null;
  const { cupboard } = spot;
  const rows =
    cupboard === null
      ? []
      : await parts.store.read(ref.school, (tx) => thrownIn(tx, cupboard, MOST_THROWN));
  const theirs = rows.filter((it) => mayAt('arrange', viewer, { ...spot, around: [], it }));
  const shown = await shownBy({ parts, viewer }, spot, theirs);
  return {
    ...aroundIt(spot),
    items: theirs.map((row) => ({
      ...shown(row, [], 0),
      thrownAt: row.thrown?.at ?? row.changedAt,
    })),
  };
}

/**
 * Where something lay that is in the bin by now, or the nearest around it that is still there, for
 * who might arrange it if it lay there.
 */
export async function thrownFrom(
  parts: CupboardParts,
  viewer: Viewer,
  ref: ItemRef,
): Promise<FolderAt | null> {
  const all = await cupboardsOf(parts, viewer);
  if (!all.some(({ ref: { school } }) => school === ref.school)) return null;
  const spot = await parts.store.read(ref.school, (tx) => spotAt(tx, all, ref));
  if (!spot?.it?.thrown || !mayAt('arrange', viewer, spot)) return null;
  const folder = spot.around.findLast(({ thrown }) => thrown === null);
  return folder === undefined ? spot.own.ref : { school: ref.school, item: folder.id };
}

/** What somebody sees of a cupboard, as rows are asked for it. */
export const seenBy = ({ stand }: OwnCupboard, { addressId: author }: Viewer): Sight => ({
  sees: SEEN_BY[stand],
  author,
});

/** The folders around what lies in a spot. */
const inside = ({ around, it }: OwnSpot): readonly ItemRow[] =>
  it === null ? around : [...around, it];

export function aroundIt(spot: OwnSpot) {
  const { own, all } = spot;
  const { ref: cupboard, name, roster, stand, children } = own;
  return {
    cupboard,
    name,
    stand,
    cupboards: all.map(lineOf),
    sights: SIGHTS[own.key.place].all,
    schoolName: roster.school.name,
    timeZone: roster.school.timeZone,
    children: children.map(({ givenName }) => givenName),
    way: inside(spot).map((row) => ({
      ref: { school: cupboard.school, item: row.id },
      name: row.name,
    })),
  };
}

/** What shows rows to somebody, by the names of who put them there. */
export async function shownBy(
  { parts: { directory, clock }, viewer }: RoomVisit<CupboardParts>,
  { own }: OwnSpot,
  rows: readonly ItemRow[],
): Promise<(row: ItemRow, around: readonly ItemRow[], count: number) => StoredItem> {
  const ids = [...new Set(rows.flatMap(({ author }) => author ?? []))];
  const faces = await openFaces(directory, viewer, { addresses: [], ids, now: clock() });
  const called = (addressId: AddressId): string =>
    faces.sender({ addressId, role: 'pupil', from: [] }).name;
  return (row, around, count) => ({
    ref: { school: own.ref.school, item: row.id },
    kind: row.file === null ? 'folder' : 'file',
    name: row.name,
    sees: row.sees,
    isOpen: row.isOpen,
    changedAt: row.changedAt,
    count,
    isOwn: row.author === viewer.addressId,
    author: row.author === null ? '' : called(row.author),
    hasSmall: mayHaveSmall(row),
    mediaType: row.file?.mediaType ?? '',
    sizeBytes: row.file?.sizeBytes ?? 0,
    mayArrange: mayAt('arrange', viewer, { own, around, it: row }),
    mayShow: mayAt('show', viewer, { own, around, it: row }),
  });
}
