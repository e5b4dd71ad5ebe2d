import type { Retention } from '../../core/town/readiness/contract.ts';
import type { TownSettings } from '../../core/town/town/contract.ts';
import type { Conformity, TestedCriterion } from '../accessibility.ts';
import type { RgaaCriterion } from '../rgaa.ts';

/** What the legal pages are filled with. */
export interface LegalSubject {
  readonly domain: string;
  /** Empty where the town hasn't told. */
  readonly contacts: TownSettings['contacts'];
  readonly retention: Retention;
  /** How long a computer of one's own is known. */
  readonly deviceDays: number;
  readonly conformity: Conformity;
  /** How the criteria of the RGAA came out. */
  readonly audit: {
    readonly met: number;
    readonly applicable: number;
    readonly none: number;
    readonly notMet: readonly RgaaCriterion[];
  };
  readonly tested: readonly TestedCriterion[];
  /** A day in words. */
  readonly statedOn: string;
}

/** One part of a legal page. */
export interface LegalSection {
  readonly title: string;
  readonly text: readonly string[];
  readonly points?: readonly string[];
  readonly links?: readonly { readonly href: string; readonly words: string }[];
}
