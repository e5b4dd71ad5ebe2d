import { hash } from 'node:crypto';
import type { AddressId } from '../../ground/ids.ts';
import { yearOf } from '../../roster/planning/year.ts';
import type { Preview } from '../../roster/preview.ts';
import type { ImportRow, NewImport } from '../../store/schools/roster-imports.ts';
import type { PastImport } from './contract.ts';
import { summaryOf } from './preview-wish.ts';

/** An import as it is told of afterwards. */
export const pastImport = (one: ImportRow): PastImport => ({
  id: one.id,
  by: one.actor,
  createdAt: one.createdAt,
  appliedAt: one.appliedAt,
  format: one.format,
  year: one.schoolYear,
  state: one.state,
  day: one.holdsFrom,
  summary: one.summary,
});

interface ImportFacts {
  /** What it is known again by. */
  readonly about: unknown;
  readonly by: AddressId | null;
  readonly day: string;
  readonly preview: Preview;
  readonly now: Date;
}

/** An import that no file made: a head's answers, or moves that an agent agreed to. */
export function importWithoutFile(format: 'answers' | 'moves', did: ImportFacts): NewImport {
  const year = yearOf('', did.day);
  return {
    actor: did.by,
    format,
    fileHash: hash('sha256', JSON.stringify(did.about), 'buffer'),
    schoolYear: year.kind === 'wrong-year' ? year.running : '',
    holdsFrom: did.day,
    summary: summaryOf(did.preview),
    lines: null,
    appliedAt: did.now,
    state: 'applied',
  };
}
