import { createHmac } from 'node:crypto';
import type { SchoolId } from '../../../ground/ids.ts';
import { keyOf } from '../../../ground/secret.ts';
import {
  askedIn,
  linesIn,
  type PupilDoubt,
  type Remainder,
  type SetAside,
} from '../../../roster/doubts.ts';
import type { RosterLine } from '../../../roster/matching/identity.ts';
import { lineKey } from '../../../roster/matching/match.ts';
import { remainderOfSchool, type RemainderRow } from '../../../store/schools/roster-questions.ts';
import type { SchoolTx } from '../../../store/store.ts';
import { sealed } from '../seal.ts';
import type { Evidences } from './evidence.ts';

/** What a school's open questions need, as it lies sealed in the database. */
export interface StoredQuestions {
  readonly remainder: Remainder;
  readonly evidence: Evidences;
  /** The rows of the questions, by key. */
  readonly ids: Readonly<Record<string, number>>;
  /** By the key of any line that waits, what somebody new gets. */
  readonly setAside: Readonly<Record<string, SetAside>>;
}

const QUESTIONS = sealed<StoredQuestions>((school) => `questions of school ${school}`);

/** What waits in a school, opened; null where nothing does. */
export async function keptOf(
  secret: Buffer,
  tx: SchoolTx,
): Promise<(StoredQuestions & Pick<RemainderRow, 'importId' | 'digest'>) | null> {
  const row = await remainderOfSchool(tx);
  if (row === null) return null;
  const kept = await QUESTIONS.unseal(secret, tx.school, row.content);
  return { ...kept, importId: row.importId, digest: row.digest };
}

/** Sealed, with what no question needs left out. */
export function sealedKept(
  secret: Buffer,
  school: SchoolId,
  kept: StoredQuestions,
): Promise<Buffer> {
  // A line that only waits may be asked about later; a choice may be a line that is settled.
  const keys = new Set([
    ...linesIn(kept.remainder).map(lineKey),
    ...askedIn(kept.remainder).flatMap(({ choices }) =>
      choices.flatMap(({ sameAs }) => (sameAs === null ? [] : [sameAs.key])),
    ),
  ]);
  const evidence = Object.fromEntries(
    Object.entries(kept.evidence).filter(([key]) => keys.has(key)),
  );
  return QUESTIONS.seal(secret, school, { ...kept, evidence });
}

/**
 * A keyed hash of whom a line is about, whatever file it stands in: the same doubt, asked again,
 * has the same. A line without anything but a name is told from a namesake's by its class.
 */
export function doubtOf(secret: Buffer, line: RosterLine): Buffer {
  const { kind, nameKey, keys } = line;
  const told = keys.filter((key) => !key.startsWith('name:')).sort();
  const place = told.length > 0 ? null : placeOf(line);
  return createHmac('sha256', keyOf(secret))
    .update(`doubt\0${JSON.stringify([kind, nameKey, told, place])}`)
    .digest();
}

function placeOf(line: RosterLine): unknown {
  switch (line.kind) {
    case 'pupil':
      return line.className;
    case 'adult':
      return line.classNames;
    case 'guardian':
      return line.children.map(({ nameKeys }) => nameKeys);
  }
}

/** A keyed hash of all that waits: two imports that leave the same open have the same. */
export function digestOf(secret: Buffer, remainder: Remainder): Buffer {
  const hex = (line: RosterLine): string => doubtOf(secret, line).toString('hex');
  const pupils = new Map(remainder.pupils.map(({ key, line }) => [key, hex(line)]));
  const told = (doubt: PupilDoubt) => [hex(doubt.line), doubt.line.className, doubt.also.map(hex)];
  const all = [
    ...remainder.pupils.map(told),
    ...remainder.adults.map(({ line }) => [hex(line), line.classNames]),
    ...remainder.guardians.map(({ line, choices, person, awaits }) => [
      hex(line),
      choices !== null && person === null,
      awaits.map((key) => pupils.get(key) ?? '').sort(),
    ]),
  ];
  return createHmac('sha256', keyOf(secret))
    .update(`remainder\0${JSON.stringify(all.map((one) => JSON.stringify(one)).sort())}`)
    .digest();
}
