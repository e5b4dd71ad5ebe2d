import type { AddressId, SchoolId } from '../../ground/ids.ts';
import type { OpeningHours } from '../../roster/hours.ts';
import type { IdentityKey } from '../../roster/matching/identity.ts';
import type { KeptLines } from '../../roster/planning/plan.ts';
import type { ColumnMapping } from '../../roster/reading/contract.ts';
import type { SchoolSwitches } from '../../roster/school-switches.ts';

export interface SchoolWishes extends SchoolSwitches {
  /** Null: always open. */
  readonly opening: OpeningHours | null;
}

export interface SchoolRow {
  readonly id: SchoolId;
  readonly slug: string;
  readonly name: string;
  /** The national code; null where it isn't known. */
  readonly uai: string | null;
  /** Its own domain; null where it has the town's. */
  readonly domain: string | null;
  readonly timeZone: string;
  /** The first day, `YYYY-MM-DD`, on which it is closed; null: it stays. */
  readonly closesOn: string | null;
}

/** What was said about a draft so far. */
export interface DraftChoices {
  /** By header: which column is what. */
  readonly mappings: Readonly<Record<string, ColumnMapping>>;
  readonly exported: string | null;
  /** Answers to questions, by their keys. */
  readonly decisions: Readonly<Record<string, string>>;
  readonly retyped: number | null;
  readonly arrivals: number | null;
}

/**
 * What a draft keeps of it: one of an earlier version says less, one of files that are no school's
 * for sure whose they may be.
 */
export interface KeptChoices extends Partial<DraftChoices> {
  readonly stray?: { readonly name: string; readonly schools: readonly SchoolId[] };
}

/** How one school of a batch stands. */
export type BatchOutcome =
  | { readonly kind: 'refused'; readonly sentence: string }
  /** Somebody has to say something first: on the school's own page. */
  | {
      readonly kind: 'asks';
      readonly stops: readonly string[];
      readonly counts: Readonly<Record<string, number>>;
    }
  | {
      readonly kind: 'ready' | 'applied' | 'rehearsed';
      readonly counts: Readonly<Record<string, number>>;
      readonly import: number | null;
    }
  | { readonly kind: 'nothing' }
  /** Something of ours broke; it may be tried again. */
  | { readonly kind: 'broken' };

/** By what somebody is known since an answer. */
export interface Learned {
  readonly person: AddressId;
  readonly key: IdentityKey;
}

/** An import's lines as they are kept: a rehearsal's wish, or what people are known by since. */
export type ImportLines = KeptLines | { readonly learned: readonly Learned[] };
