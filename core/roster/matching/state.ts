import type { AccountId, AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import type { Role } from '../../rules/facts.ts';
import type { Civility } from '../civility.ts';
import type { IdentityKey } from './identity.ts';

/** A school before an import: what the plan is held against. Days are `YYYY-MM-DD`. */
export interface SchoolState {
  readonly school: SchoolId;
  readonly slug: string;
  /**
   * Everybody with an account here, with a post here, or whom a line of the file may be: by
   * address.
   */
  readonly people: ReadonlyMap<AddressId, KnownPerson>;
  readonly classes: readonly KnownClass[];
  readonly memberships: readonly KnownMembership[];
  readonly posts: readonly KnownPost[];
  readonly guardianships: readonly {
    readonly child: AddressId;
    readonly guardian: AddressId;
    readonly blocked: boolean;
  }[];
  /** Who is known by a key, in the whole town. */
  readonly byKey: ReadonlyMap<IdentityKey, readonly AddressId[]>;
  /** Children of other schools whom this one has asked the town for. */
  readonly movesAsked: ReadonlyMap<AddressId, 'waiting' | 'refused'>;
  readonly keysOf: ReadonlyMap<AddressId, ReadonlySet<IdentityKey>>;
}

export interface KnownPerson {
  readonly addressId: AddressId;
  readonly address: string;
  readonly home: SchoolId;
  /** Null: the address is theirs for good, the account is gone (an import was undone). */
  readonly account: AccountId | null;
  readonly role: Exclude<Role, 'outside' | 'system'> | null;
  readonly givenName: string;
  readonly familyName: string;
  readonly nameKey: string;
  readonly civility: Civility | null;
  /** Of a pupil, as a file had it. */
  readonly level: string | null;
  /** Of a pupil, what a file said of photos of them. */
  readonly photo: boolean | null;
  readonly face: string;
  readonly state: 'active' | 'suspended' | 'archived';
  /** Suspended because they left. */
  readonly left: boolean;
  readonly presentIn: readonly SchoolId[];
  /**
   * Of an adult or a guardian of this school, the other schools where they have a post today, or a
   * child.
   */
  readonly placedIn: readonly SchoolId[];
}

export interface KnownClass {
  readonly id: ClassId;
  readonly name: string;
  /** The name folded: the class list's own part of its address. */
  readonly key: string;
  readonly levels: readonly string[];
  readonly cover: number;
  readonly endsOn: string | null;
}

export interface KnownMembership {
  readonly classId: ClassId;
  readonly person: AddressId;
  readonly role: 'pupil' | 'teacher' | 'aide';
  readonly from: string;
  readonly until: string | null;
}

export interface KnownPost {
  readonly person: AddressId;
  readonly role: 'teacher' | 'head' | 'staff';
  readonly from: string;
  readonly until: string | null;
}
