import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { cupboardForChange, fillOf } from '../../store/cupboard/cupboards.ts';
import {
  insertItem,
  namedIn,
  replaceBody,
  type FileBody,
  type ItemRow,
  type ItemSpot,
} from '../../store/cupboard/items.ts';
import type { SchoolTx } from '../../store/store.ts';
import { bring, lying } from './bringing.ts';
import type { FolderAt, GivenFile, NotPut, Put } from './contract.ts';
import { nameKey, namesFor } from './names.ts';
import { MOST_ITEMS, MOST_VERSIONS, mostBytesOf, type PuttingParts } from './parts.ts';
import { SIGHTS } from './rights.ts';
import { mayAt, pathOf, spotAt, spotFor, type OwnSpot } from './spots.ts';

/** Puts a file into a folder: its bytes are kept, then it gets its name in its cupboard's turn. */
export async function put(
  { parts, viewer }: RoomVisit<PuttingParts>,
  at: FolderAt,
  given: GivenFile,
): Promise<Put | null> {
  const spot = await spotFor({ parts, viewer }, at, 'put');
  if (spot === null) return null;
  const file = lying(given);
  const { school } = spot.own.ref;
  // Said before the scanner is asked, and asked once more in the cupboard's turn.
  const before = await parts.store.read(school, (tx) =>
    whyFull(tx, viewer, { ...spot, sizeBytes: file.pieces.sizeBytes }),
  );
  if (before !== null) return before;
  const brought = await bring({ parts, viewer }, school, file);
  if (brought.kind !== 'brought') return brought;
  return parts.store.write(school, (tx) =>
    putAway(tx, viewer, { spot, at, ...brought, now: parts.clock() }),
  );
}

interface Filling extends Pick<OwnSpot, 'own' | 'cupboard'> {
  readonly sizeBytes: number;
}

/** Why a cupboard takes no file of this size. */
async function whyFull(
  tx: SchoolTx,
  viewer: Viewer,
  { own, cupboard, sizeBytes }: Filling,
): Promise<NotPut | null> {
  if (cupboard === null) return null;
  const most = mostBytesOf(own.key.place, viewer);
  const { files, bytes, keptBytes } = await fillOf(tx, cupboard);
  if (files >= MOST_ITEMS) return { kind: 'too-many' };
  return bytes + sizeBytes > most || keptBytes > most ? { kind: 'full' } : null;
}

interface Coming {
  readonly spot: OwnSpot;
  readonly at: FolderAt;
  readonly name: string;
  readonly file: FileBody;
  readonly now: Date;
}

/** Gives it its place, as the folder is by now. */
async function putAway(
  tx: SchoolTx,
  viewer: Viewer,
  { spot, at, name, file, now }: Coming,
): Promise<Put> {
  const cupboard = await cupboardForChange(tx, spot.own.key);
  const there = await spotAt(tx, [spot.own], at);
  if (there === null || there.it?.thrown || !mayAt('put', viewer, there)) return { kind: 'gone' };
  const full = await whyFull(tx, viewer, { own: spot.own, cupboard, sizeBytes: file.sizeBytes });
  if (full !== null) return full;
  const into: ItemSpot = { cupboard, path: pathOf(there) };
  const names = namesFor(name);
  const taken = new Map((await namedIn(tx, into, names.map(nameKey))).map((row) => [row.key, row]));
  const same = taken.get(nameKey(name));
  if (same !== undefined && mayReplace(viewer, there, same))
    return replaced(tx, same, { file, now });
  const free = names.find((one) => !taken.has(nameKey(one)));
  if (free === undefined) return { kind: 'too-many' };
  const item = await insertItem(tx, {
    spot: into,
    name: free,
    key: nameKey(free),
    author: viewer.addressId,
    at: now,
    file,
    sees: there.it?.sees ?? SIGHTS[there.own.key.place].first,
  });
  return { kind: 'put', ref: { school: tx.school, item }, name: free, replaced: false };
}

/** A file of the same name is the same file anew, for who may throw the older one away. */
const mayReplace = (viewer: Viewer, { own, around, it }: OwnSpot, same: ItemRow): boolean =>
  same.file !== null &&
  mayAt('arrange', viewer, {
    own,
    around: it === null ? around : [...around, it],
    it: same,
  });

async function replaced(
  tx: SchoolTx,
  same: ItemRow,
  { file, now }: Pick<Coming, 'file' | 'now'>,
): Promise<Put> {
  const isOther = same.file?.sha256 !== file.sha256;
  if (isOther) await replaceBody(tx, same.id, { file, at: now, most: MOST_VERSIONS });
  const ref = { school: tx.school, item: same.id };
  return { kind: 'put', ref, name: same.name, replaced: isOther };
}
