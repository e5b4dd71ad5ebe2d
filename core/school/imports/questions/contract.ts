import type { SchoolId } from '../../../ground/ids.ts';
import type { DoubtAnswer, Marks } from '../../../roster/doubts.ts';
import type { DoubtEvidence } from './evidence.ts';

/** A line that may mean one of several people, with all that tells them apart. */
export interface OpenQuestion {
  readonly id: number;
  readonly kind: 'pupil' | 'guardian' | 'adult';
  /** As the file writes it. */
  readonly name: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly className: string | null;
  /** Null where only hashes of it are left. */
  readonly evidence: DoubtEvidence | null;
  readonly choices: readonly OpenChoice[];
  /** What mail, telephone or postal address speak for; nothing is done by itself. */
  readonly proposed: DoubtAnswer | null;
  readonly askedAt: Date;
  /** The day it lapses. */
  readonly expiresAt: Date;
}

/** Somebody whom the line may mean. */
export interface OpenChoice {
  readonly id: number;
  readonly name: string;
  readonly className: string | null;
  readonly address: string | null;
  /** Whether they are of this school. */
  readonly here: boolean;
  /** The children of a guardian, the guardians of a child. */
  readonly family: readonly string[];
  /** What the file says of them, where they stand in it too. */
  readonly evidence: DoubtEvidence | null;
  readonly marks: Marks;
}

/** A school with its open questions. */
export interface SchoolQuestions {
  readonly school: { readonly id: SchoolId; readonly slug: string; readonly name: string };
  readonly questions: readonly OpenQuestion[];
}
