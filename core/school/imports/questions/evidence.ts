import { lineKey } from '../../../roster/matching/match.ts';
import type { RosterRow } from '../../../roster/reading/rows.ts';

/**
 * What a file says of somebody that tells namesakes apart, as it is written there. It is sealed
 * with the question and shown to whoever answers it; nothing else keeps it.
 */
export interface DoubtEvidence {
  readonly email: string | null;
  readonly phones: readonly string[];
  readonly home: string | null;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string | null;
  readonly classNames: readonly string[];
  /** The children that a guardian's line names. */
  readonly children: readonly string[];
}

/** By the key of the line. */
export type Evidences = Readonly<Record<string, DoubtEvidence>>;

/** What each row says. */
export function evidencesOf(rows: readonly RosterRow[]): Evidences {
  return Object.fromEntries(rows.map((row) => [lineKey(row), evidenceOf(row)]));
}

function evidenceOf(row: RosterRow): DoubtEvidence {
  const none = { email: null, phones: [], home: null, birthDate: null, children: [] };
  switch (row.kind) {
    case 'pupil': {
      const { home, birthDate, className } = row;
      return { ...none, home, birthDate, classNames: className === null ? [] : [className] };
    }
    case 'guardian': {
      const { email, phones, home, children } = row;
      const named = children.map((child) => `${child.givenName} ${child.familyName}`);
      return { ...none, email, phones, home, classNames: [], children: named };
    }
    case 'adult':
      return { ...none, email: row.email, classNames: row.classNames };
  }
}
