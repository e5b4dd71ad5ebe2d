import type { FoundLinks } from '../../letters/message/message.ts';
import type { ListedSite } from '../../roster/sites.ts';
import type { Store } from '../../store/store.ts';
import { siteBlocks, type SiteBlocks } from '../../store/town/site-lists.ts';
import { NOWHERE, type Leads } from './contract.ts';
import { categoriesIn, wantedOf, type BlockQuery } from './packing.ts';
import { siteKeys } from './site-keys.ts';
import { targetsOf } from './targets.ts';

/** Names that one statement asks for: two megabytes of blocks, made in some 10 ms. */
const NAMES_AT_ONCE = 2_000;
/** Characters of links that are read for one: of long ones it asks fewer. */
const CHARACTERS_AT_ONCE = 131_072;
/** Names that are asked of one message: those of 5,000 links in folders of folders. */
const MOST_NAMES = 150_000;
/** Sites of one message that are told apart; one is enough to stop it. */
const MOST_TOLD = 50;

/** A name of a site, and the link that bears it. */
interface Asked extends BlockQuery {
  readonly target: string;
}

/**
 * What the list in force says of the links of a message. They are taken in portions, others served
 * between; who has more names than are asked has too many links.
 */
export async function lookUp(store: Store, { links, areMore }: FoundLinks): Promise<Leads> {
  if (links.length === 0) return NOWHERE;
  const found = new Map<string, Set<string>>();
  let names = 0;
  for (const asked of portionsOf(links)) {
    const buckets = [...new Set(asked.map(({ bucket }) => bucket))];
    const read = await store.readTown((tx) => siteBlocks(tx, buckets));
    if (read === null) return NOWHERE;
    for (const one of asked) note(found, one, read);
    names += asked.length;
    if (found.size >= MOST_TOLD || names > MOST_NAMES) break;
  }
  const sites = [...found].slice(0, MOST_TOLD).map(([target, categories]): ListedSite => ({
    keys: siteKeys(target),
    categories: [...categories],
  }));
  return { sites, tooManyLinks: areMore || names > MOST_NAMES };
}

/** The names of links and of those in them, each link once. */
function* portionsOf(links: readonly string[]): Generator<Asked[]> {
  const known = new Set<string>();
  let portion: Asked[] = [];
  let characters = 0;
  for (const link of links) {
    for (const target of targetsOf(link)) {
      if (known.has(target)) continue;
      known.add(target);
      for (const key of siteKeys(target)) portion.push({ target, ...wantedOf(key) });
      characters += target.length;
    }
    if (portion.length < NAMES_AT_ONCE && characters < CHARACTERS_AT_ONCE) continue;
    yield portion;
    portion = [];
    characters = 0;
  }
  if (portion.length > 0) yield portion;
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
