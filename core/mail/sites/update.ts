import { setImmediate as others } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Store } from '../../store/store.ts';
import {
  beginSiteList,
  claimSiteUpdate,
  currentSiteList,
  dropUnfinishedLists,
  endSiteUpdate,
  insertSiteBlocks,
  putInForce,
  type KeptSiteList,
} from '../../store/town/site-lists.ts';
import type { SiteListUpdated, UpdateWish } from './contract.ts';
import { openPacker } from './packing.ts';
import { entryKey } from './site-keys.ts';
import { openSource, SourceTrouble, type OpenedSource } from './source.ts';

/** UT1's has 4.5 million; each is 17 bytes of memory while the list is read. */
const MOST_ENTRIES = 12_000_000;
/** A category is a byte of each entry. */
const MOST_CATEGORIES = 200;
/** A source that takes longer isn't read. */
const READING_MS = 30 * 60_000;
/** A new list with less than this part of the entries of before is a broken one. */
const LEAST_PART = 0.5;
/** With fewer entries before, it is a trial. */
const TRIAL_ENTRIES = 1_000;

export interface SiteParts {
  readonly store: Store;
  readonly clock: () => Date;
  readonly log: Logger;
  /** Where the town has its list from. */
  readonly source: string | null;
}

/**
 * Reads a source whole beside the list in force, and puts it in its place in one transaction: who
 * looks something up meanwhile sees the one or the other.
 */
export async function update(
  parts: SiteParts,
  wish: UpdateWish,
  signal: AbortSignal,
): Promise<SiteListUpdated> {
  const { store, clock, log } = parts;
  const source = wish.source ?? parts.source;
  if (source === null) return { kind: 'no-source' };
  const isOurs = await store.town((tx) => claimSiteUpdate(tx, clock(), 2 * READING_MS));
  if (!isOurs) return { kind: 'busy' };
  const enough = AbortSignal.any([signal, AbortSignal.timeout(READING_MS)]);
  const updated = await read(parts, source, { wish, signal: enough }).catch((error: unknown) => {
    if (error instanceof SourceTrouble)
      return { kind: 'trouble', why: error.why, detail: error.message } as const;
    throw error;
  });
  const trouble = updated.kind === 'trouble' ? updated.why : null;
  await store.town((tx) => endSiteUpdate(tx, clock(), trouble));
  log.info({ outcome: updated.kind, trouble }, 'list of sites');
  return updated;
}

async function read(
  { store, clock }: SiteParts,
  source: string,
  { wish, signal }: { readonly wish: UpdateWish; readonly signal: AbortSignal },
): Promise<SiteListUpdated> {
  const before = await store.readTown(currentSiteList);
  const known = before?.source === source && wish.anew !== true ? before.version : null;
  const opened = await openSource(source, known, signal);
  if (opened === null) return { kind: 'unchanged' };
  const packed = await pack(opened, signal);
  if (packed.count === 0) throw new SourceTrouble('no-list', 'no folder with domains or urls');
  refuseSmaller(packed.count, before, wish);
  const list = await store.town(async (tx) => {
    await dropUnfinishedLists(tx);
    return beginSiteList(tx, { source, version: opened.version, at: clock() });
  });
  for (const blocks of packed.portions()) {
    signal.throwIfAborted();
    await store.town((tx) => insertSiteBlocks(tx, list, blocks));
  }
  const categories = [...packed.categories].map(([name, entries]) => ({ name, entries }));
  await store.town((tx) => putInForce(tx, list, { categories, entries: packed.count }));
  return { kind: 'loaded', entries: packed.count, categories: categories.length };
}

/** Reads all entries into memory, 17 bytes each. */
async function pack({ read: readLines }: OpenedSource, signal: AbortSignal) {
  const packer = openPacker();
  const categories = new Map<string, number>();
  const numbers = new Map<string, number>();
  for await (const { category, lines } of readLines()) {
    signal.throwIfAborted();
    const number = numbers.get(category) ?? numbers.size;
    numbers.set(category, number);
    const keys = lines.flatMap((line) => entryKey(line) ?? []);
    for (const key of keys) packer.add(key, number);
    categories.set(category, (categories.get(category) ?? 0) + keys.length);
    if (packer.count > MOST_ENTRIES || numbers.size > MOST_CATEGORIES)
      throw new SourceTrouble('too-big', `${packer.count} entries, ${numbers.size} categories`);
    await others();
  }
  return { count: packer.count, categories, portions: () => packer.portions() };
}

/** An archive that came in part, a folder half copied. */
function refuseSmaller(
  count: number,
  before: KeptSiteList | null,
  { acceptSmaller }: UpdateWish,
): void {
  if (before === null || before.entries < TRIAL_ENTRIES || acceptSmaller === true) return;
  if (count < before.entries * LEAST_PART)
    throw new SourceTrouble('much-smaller', `${count} entries, ${before.entries} before`);
}
