import type { AccountId, SchoolId } from '../../ground/ids.ts';
import type { QuotaRole, RoleQuotas } from '../../roster/quotas.ts';
import type { Viewer } from '../../rules/viewer.ts';

/** How much mail may be kept, as agents see it. */
export interface QuotaOverview {
  /** Bytes of each role in the whole town. */
  readonly town: Readonly<Record<QuotaRole, number>>;
  /** Schools by name, with what is said otherwise for roles there. */
  readonly schools: readonly {
    readonly id: SchoolId;
    readonly name: string;
    readonly quotas: RoleQuotas;
  }[];
  /** Whose mail is nearly at its quota, or at it: the fullest first, so many at most. */
  readonly near: readonly NearlyFull[];
  /** Adults put films and sounds beyond 25 MB into cupboards. */
  readonly largeFilms: boolean;
}

/** Somebody whose mail is nearly at its quota. */
export interface NearlyFull {
  readonly account: AccountId;
  readonly name: string;
  readonly address: string;
  readonly role: QuotaRole;
  /** Empty: an agent of the town. */
  readonly schoolName: string;
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** Since when letters to them are turned away; null: none is. */
  readonly fullSince: Date | null;
}

/** Another quota, and why; null for its size: as elsewhere. */
interface QuotaWish {
  readonly megabytes: number | null;
  readonly reason: string;
}
/** Of a role in a school, or in the whole town (0); null: neither of them. */
export interface RoleQuotaWish extends QuotaWish {
  readonly school: SchoolId | null;
  readonly role: QuotaRole | null;
}
/** Of whoever has this address, in whole or before its `@`. */
export interface OwnQuotaWish extends QuotaWish {
  readonly address: string;
}

/** Names of the fields that can't be so. */
export type QuotaTrouble = 'size' | 'reason' | 'role' | 'school' | 'address';

export type QuotaOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'trouble'; readonly why: QuotaTrouble }
  | { readonly kind: 'missing' };

/** The smallest and the largest quota that can be said, in megabytes. */
export const QUOTA_MEGABYTES = { least: 10, most: 50_000 } as const;

/** How much mail is kept: said by agents, with a reason. */
export interface Quotas {
  overview(viewer: Viewer): Promise<QuotaOverview | null>;
  sayOfRole(viewer: Viewer, wish: RoleQuotaWish): Promise<QuotaOutcome>;
  sayOfPerson(viewer: Viewer, wish: OwnQuotaWish): Promise<QuotaOutcome>;
  /** Whether cupboards take large films and sounds of adults; false: not theirs to say. */
  sayOfFilms(viewer: Viewer, takes: boolean): Promise<boolean>;
}

/** How much mail is kept: this record of core, or `Name` of it alone. */
export interface WithQuotas<Name extends keyof Quotas = keyof Quotas> {
  readonly quotas: Pick<Quotas, Name>;
}
