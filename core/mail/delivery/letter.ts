import type { ReadMessage } from '../../letters/message/message.ts';
import type { Contents } from '../../roster/relate.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { ReportRead } from '../parsing/letter-sandbox.ts';
import type { SenderProof } from './contract.ts';
import type { OwnHandover } from './parts.ts';

/** Somebody's report, and the domain that proved to be theirs. */
export type LetterReport = ReportRead & { readonly reporter: string };

/** A letter on its way in: who hands it over, as it will be kept, and what was found in it. */
export interface Letter {
  readonly handover: OwnHandover;
  readonly raw: Buffer;
  readonly read: ReadMessage;
  /** A link in it leads elsewhere than to the site that is written on it. */
  readonly hasLyingLink: boolean;
  readonly content: Contents;
  readonly proof: SenderProof;
  /**
   * Where it comes: into Indésirables what the domain in From asks to set apart, into Archives the
   * reports that machines send. Who wrote these is nobody known by it.
   */
  readonly into: 'inbox' | 'junk' | 'archive';
  /** rspamd calls it junk. */
  readonly isSpam: boolean;
  /** What it says as a report to the postmaster, where it is one. */
  readonly report: LetterReport | null;
}

/** What is known before the rules are asked: the letter, or that it goes no further. */
export type LookedThrough =
  | { readonly kind: 'letter'; readonly letter: Letter }
  /** `read`: what was read of it by then, for those who are told. */
  | { readonly kind: 'answered'; readonly outcome: Outcome; readonly read: ReadMessage | null };
