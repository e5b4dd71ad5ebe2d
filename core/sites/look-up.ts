import type { FoundLinks } from '../message/message.ts';
import type { ListedSite } from '../roster/sites.ts';
import type { Store } from '../store/store.ts';
import { siteBlocks, type SiteBlocks } from '../store/town/site-lists.ts';
import { NOWHERE, type Leads } from './contract.ts';
import { categoriesIn, wantedOf, type Wanted } from './packing.ts';
import { siteKeys } from './site-keys.ts';
import { targetsOf } from './targets.ts';

/** Names that one statement asks for: two megabytes of blocks. */
const MOST_AT_ONCE = 2_000;
/** Sites of one message that are told apart; one is enough to stop it. */
const MOST_TOLD = 50;

/** A name of a site, and the link that bears it. */
interface Asked extends Wanted {
  readonly target: string;
}

/** What the list in force says of the links of a message. */
export async function lookUp(store: Store, { links, areMore }: FoundLinks): Promise<Leads> {
  if (links.length === 0) return NOWHERE;
  const targets = [...new Set(links.flatMap(targetsOf))];
  const keysOf = new Map(targets.map((target) => [target, siteKeys(target)]));
  const asked = [...keysOf].flatMap(([target, keys]) =>
    keys.map((key): Asked => ({ target, ...wantedOf(key) })),
  );
  const found = new Map<string, Set<string>>();
  for (let at = 0; at < asked.length && found.size < MOST_TOLD; at += MOST_AT_ONCE) {
    const some = asked.slice(at, at + MOST_AT_ONCE);
    const buckets = [...new Set(some.map(({ bucket }) => bucket))];
    const read = await store.readTown((tx) => siteBlocks(tx, buckets));
    if (read === null) return NOWHERE;
    for (const one of some) note(found, one, read);
  }
  const sites = [...found].slice(0, MOST_TOLD).map(([target, categories]): ListedSite => ({
    keys: keysOf.get(target) ?? [],
    categories: [...categories],
  }));
  return { sites, tooManyLinks: areMore };
}

function note(
  found: Map<string, Set<string>>,
  { target, bucket, rest }: Asked,
  { categories, blocks }: SiteBlocks,
): void {
  const records = blocks.get(bucket);
  if (!records) return;
  const names = categoriesIn(records, rest).flatMap((number) => categories[number] ?? []);
  if (names.length > 0) found.set(target, new Set([...(found.get(target) ?? []), ...names]));
}
