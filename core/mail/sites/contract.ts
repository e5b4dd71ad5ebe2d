import type { FoundLinks } from '../../letters/message/message.ts';
import type { Contents } from '../../roster/relate.ts';
import type { SiteTrouble } from '../../roster/sites.ts';

/** Where a message leads, as far as the list of forbidden sites says something of it. */
export type Leads = Pick<Contents, 'sites' | 'tooManyLinks'>;

export const NOWHERE: Leads = { sites: [], tooManyLinks: false };

/** The list in force, and how it was last looked after. */
export interface SiteListState {
  /** Where it is read from: a folder, an archive, an address; null: the town names none. */
  readonly source: string | null;
  /** Null: none was read yet, and nothing is forbidden. */
  readonly list: {
    readonly source: string;
    readonly loadedAt: Date;
    readonly entries: number;
    readonly categories: readonly SiteCategory[];
  } | null;
  /** The last time that it was looked after; null: never. */
  readonly lastUpdate: {
    readonly at: Date;
    readonly isRunning: boolean;
    /** Why there is no new list; null: all is well. */
    readonly trouble: SiteTrouble | null;
  } | null;
}

interface SiteCategory {
  readonly name: string;
  readonly entries: number;
}

export type SiteListUpdated =
  | { readonly kind: 'loaded'; readonly entries: number; readonly categories: number }
  /** The source says that it is as it was. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'no-source' }
  /** Another process is at it. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'trouble'; readonly why: SiteTrouble; readonly detail: string };

export interface UpdateWish {
  /** Instead of the town's. */
  readonly source?: string;
  /** Takes a list with fewer than half of the entries of before. */
  readonly acceptSmaller?: boolean;
  /** Reads it also where it says that it is as it was. */
  readonly anew?: boolean;
}

/** The list of forbidden sites. */
export interface Sites {
  /** What the list says of the links of a message, in one exchange with the store. */
  lookUp(found: FoundLinks): Promise<Leads>;
  /** The categories that an address stands in, as somebody types it. */
  check(address: string): Promise<readonly string[]>;
  state(): Promise<SiteListState>;
  /** Reads the source, and puts its list in force whole. */
  update(wish: UpdateWish, signal: AbortSignal): Promise<SiteListUpdated>;
}

/** The list of forbidden sites: this record of core, or `Name` of it alone. */
export interface WithSites<Name extends keyof Sites = keyof Sites> {
  readonly sites: Pick<Sites, Name>;
}
