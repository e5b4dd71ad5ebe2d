/**
 * Which sites of the list of forbidden sites a school keeps out of its letters, by category. The
 * town says what is usual, a school may choose otherwise; what either lets pass, passes.
 */

/** A site that a letter leads to and that is on the list. */
export interface ListedSite {
  /** Its name, those above it, and the addresses below it, as a list may name them. */
  readonly keys: readonly string[];
  /** The categories of the list that name one of these. */
  readonly categories: readonly string[];
}

/** Whose letters: with a pupil at either end, or between grown-ups. */
export type SiteReaders = 'pupils' | 'adults';

/** What a school, or the town, has chosen; null follows the town, and the town what is usual. */
export interface SiteChoice {
  readonly pupils: readonly string[] | null;
  readonly adults: readonly string[] | null;
  /** Sites and addresses that pass whatever the list says, as `entryKey` gives them. */
  readonly allowed: readonly string[];
  /** Said by the town alone; null: as usual. */
  readonly release: SiteRelease | null;
}

/**
 * Who lets an adult's letter go that leads to such a site: the head of their school, or its writer,
 * who then says why.
 */
export type SiteRelease = 'head' | 'writer';

/** What holds in a school. */
export interface SchoolSites {
  readonly pupils: ReadonlySet<string>;
  readonly adults: ReadonlySet<string>;
  readonly allowed: ReadonlySet<string>;
  readonly release: SiteRelease;
}

/**
 * Categories of UT1's list that no school letter should lead to. Videos, games, social networks,
 * shops and the like stay open: much of what a class sends lies there.
 */
const USUAL_CATEGORIES: Readonly<Record<SiteReaders, readonly string[]>> = {
  pupils: [
    'adult',
    'agressif',
    'cryptojacking',
    'dangerous_material',
    'dating',
    'ddos',
    'drogue',
    'gambling',
    'hacking',
    'malware',
    'phishing',
    'sect',
    'stalkerware',
    'tricheur',
    'warez',
  ],
  adults: ['adult', 'cryptojacking', 'ddos', 'malware', 'phishing', 'stalkerware'],
};

/** Nothing chosen. */
export const NO_CHOICE: SiteChoice = { pupils: null, adults: null, allowed: [], release: null };

/** What holds where the school has chosen so, and the town so. */
export function sitesOf(school: SiteChoice, town: SiteChoice): SchoolSites {
  return {
    pupils: new Set(school.pupils ?? town.pupils ?? USUAL_CATEGORIES.pupils),
    adults: new Set(school.adults ?? town.adults ?? USUAL_CATEGORIES.adults),
    allowed: new Set([...school.allowed, ...town.allowed]),
    release: town.release ?? 'head',
  };
}

/** Whether a school keeps a site out of the letters of these. */
export function keepsOut(
  { allowed, pupils, adults }: SchoolSites,
  readers: SiteReaders,
  { keys, categories }: ListedSite,
): boolean {
  const blocked = readers === 'pupils' ? pupils : adults;
  return (
    categories.some((category) => blocked.has(category)) && !keys.some((key) => allowed.has(key))
  );
}

/**
 * Why a source gives no list: it can't be reached or read; nothing in it looks like one; it ends
 * before its end; it is larger than any list; it has fewer than half of the entries of before.
 */
export type SiteTrouble = 'unreachable' | 'no-list' | 'cut-short' | 'too-big' | 'much-smaller';
