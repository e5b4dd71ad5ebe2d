import { hash } from 'node:crypto';
import type { RosterLine } from '../../../roster/matching/identity.ts';
import { lineKey } from '../../../roster/matching/match.ts';
import { PEOPLE_OF_SCHOOL } from '../../../roster/reading/limits.ts';
import type { FilePosition, UnreadableRoster } from '../../../roster/reading/rows.ts';
import type { Evidences } from '../questions/evidence.ts';
import type { ReadSet } from '../read-wish.ts';

export interface PackedFile {
  readonly name: string;
  readonly base64: string;
}
interface PackedSet extends Omit<ReadSet, 'hash' | 'mapped'> {
  readonly hash: string;
  readonly mapped: readonly string[];
}

/**
 * What a draft holds, sealed. Files stay only while their columns can still be named; what tells
 * namesakes apart stays until the draft is applied, and goes on with the questions alone.
 */
export type DraftContent = PackedFiles | PackedLines;

export interface PackedFiles extends AmongOthers {
  readonly kind: 'files';
  readonly files: readonly PackedFile[];
  readonly why: UnreadableRoster;
}

export interface PackedLines extends AmongOthers, PackedSaid {
  readonly kind: 'lines';
  readonly files: readonly PackedFile[] | null;
}

/** What files say, the files themselves apart. */
interface PackedSaid {
  readonly lines: readonly RosterLine[];
  readonly unsettled: readonly RosterLine[];
  readonly set: PackedSet;
  readonly evidence: Evidences;
}

/** Files to which others of the same school were joined. */
export interface AmongOthers {
  /** A folder before the names of these files: another's may be called the same. */
  readonly under: string;
  /** What the others say, with their folders. */
  readonly beside: PackedSaid | null;
}

export const ALONE: AmongOthers = { under: '', beside: null };

/** All that a draft says: of its own files, and of those that were joined to them. */
export function saidIn(content: PackedLines): PackedSaid {
  const own = content.under === '' ? content : inFolder(content, content.under);
  return content.beside === null ? own : together(content.beside, own);
}

/**
 * Files of a school and others that turn out to be of it, in one; null where both have columns
 * that can still be named, or they name more people than a school has.
 */
export function joined(own: DraftContent, other: DraftContent): DraftContent | null {
  if (isRead(own)) return withBeside(other, saidIn(own));
  return isRead(other) ? withBeside(own, saidIn(other)) : null;
}

const isRead = (content: DraftContent): content is PackedLines =>
  content.kind === 'lines' && content.files === null;

function withBeside(content: DraftContent, said: PackedSaid): DraftContent | null {
  const beside = content.beside === null ? said : together(content.beside, said);
  const all = content.kind === 'lines' ? saidIn({ ...content, beside }) : beside;
  return all.lines.length + all.unsettled.length > PEOPLE_OF_SCHOOL ? null : { ...content, beside };
}

function together(one: PackedSaid, other: PackedSaid): PackedSaid {
  return {
    lines: [...one.lines, ...other.lines],
    unsettled: [...one.unsettled, ...other.unsettled],
    evidence: { ...one.evidence, ...other.evidence },
    set: {
      formats: [...new Set([...one.set.formats, ...other.set.formats])],
      refused: [...one.set.refused, ...other.set.refused],
      classes: [...one.set.classes, ...other.set.classes],
      hints: [...new Set([...one.set.hints, ...other.set.hints])],
      found: [...one.set.found, ...other.set.found],
      mapped: [...one.set.mapped, ...other.set.mapped],
      hash: hash('sha256', [one.set.hash, other.set.hash].sort().join()),
    },
  };
}

/** The same, with a folder before the name of each file. */
function inFolder({ lines, unsettled, set, evidence }: PackedSaid, folder: string): PackedSaid {
  const moved = <One extends { readonly at: FilePosition }>(one: One): One => ({
    ...one,
    at: { ...one.at, file: `${folder}/${one.at.file}` },
  });
  return {
    lines: lines.map(moved),
    unsettled: unsettled.map(moved),
    set: { ...set, refused: set.refused.map(moved) },
    evidence: Object.fromEntries(
      lines.flatMap((line) => {
        const known = evidence[lineKey(line)];
        return known === undefined ? [] : [[lineKey(moved(line)), known]];
      }),
    ),
  };
}
