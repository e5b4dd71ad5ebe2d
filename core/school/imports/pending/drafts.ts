import { dayAt } from '../../../ground/clock.ts';
import type { AddressId, SchoolId } from '../../../ground/ids.ts';
import { draftEnds } from '../../../roster/given-file.ts';
import { linesOf } from '../../../roster/matching/identity.ts';
import type { RosterFile, RosterSet } from '../../../roster/reading/contract.ts';
import { headerHash } from '../../../roster/reading/read-set.ts';
import type { UnreadableRoster } from '../../../roster/reading/rows.ts';
import type { KeptChoices, DraftChoices } from '../../../store/schools/contract.ts';
import { insertDraft, updateDraft, type DraftRow } from '../../../store/schools/roster-drafts.ts';
import { schoolById } from '../../../store/schools/roster-imports.ts';
import { mappingsOf } from '../../../store/schools/roster-sources.ts';
import type { SchoolTx } from '../../../store/store.ts';
import type { RosterActor, Unusable } from '../contract.ts';
import { evidencesOf } from '../questions/evidence.ts';
import { schoolAndYear, wishFor, type ReadSet, type DatedWish } from '../read-wish.ts';
import { sealed } from '../seal.ts';
import {
  ALONE,
  saidIn,
  type AmongOthers,
  type DraftContent,
  type PackedFile,
  type PackedFiles,
  type PackedLines,
} from './draft-content.ts';
import type { PendingParts } from './rights.ts';

/** Unreadable only until somebody says more. */
const ASKED: ReadonlySet<string> = new Set(['header-unknown', 'several-schools', 'column-missing']);

export const NO_CHOICES: DraftChoices = {
  mappings: {},
  exported: null,
  decisions: {},
  retyped: null,
  arrivals: null,
};

/** One that an earlier version sealed says less. */
type SaidLater<Content, Key extends keyof Content> = Omit<Content, Key> &
  Partial<Pick<Content, Key>>;
const DRAFTS = sealed<
  | SaidLater<PackedFiles, keyof AmongOthers>
  | SaidLater<PackedLines, keyof AmongOthers | 'unsettled' | 'evidence'>
>((school) => `school ${school}`);

/** The files of a draft, and what was said about them. */
interface FilesOfDraft {
  files: readonly RosterFile[];
  choices: Pick<DraftChoices, 'mappings' | 'exported'>;
  /** What they say, where that was read before. */
  read?: RosterSet | UnreadableRoster | null;
}

/** Reads files for a school as far as they can be, with what was said about them. */
export async function readContent(
  parts: PendingParts,
  school: SchoolId,
  { files, choices, read = null }: FilesOfDraft,
): Promise<DraftContent | UnreadableRoster> {
  const set = read ?? (await readSet(parts, school, { files, choices }));
  if (set.kind === 'unreadable')
    return ASKED.has(set.reason) && !isPlainlyLacking(set, choices)
      ? { ...ALONE, kind: 'files', files: packed(files), why: set }
      : set;
  const { rows, unsettled, kind: _kind, hash, mapped, ...rest } = set;
  const scope = { secret: parts.secret, scope: school };
  return {
    ...ALONE,
    kind: 'lines',
    lines: linesOf(rows, scope),
    unsettled: linesOf(unsettled, scope),
    evidence: evidencesOf(rows),
    files: mapped.length > 0 ? packed(files) : null,
    set: {
      ...rest,
      hash: hash.toString('hex'),
      mapped: mapped.map((header) => header.toString('hex')),
    },
  };
}

async function readSet(
  { store, clock, files: reading }: PendingParts,
  school: SchoolId,
  {
    files,
    choices,
  }: { files: readonly RosterFile[]; choices: Pick<DraftChoices, 'mappings' | 'exported'> },
): Promise<RosterSet | UnreadableRoster> {
  const remembered = await store.read(school, mappingsOf);
  const row = await store.readTown((tx) => schoolById(tx, school));
  return reading.read('readRosterSet', files, {
    mapping: null,
    remembered: { ...remembered, ...choices.mappings },
    school: choices.exported,
    uai: row?.uai ?? null,
    day: dayAt(clock(), row?.timeZone ?? 'UTC'),
  });
}

/** A column that a known format lacks can't be named by anybody. */
function isPlainlyLacking(
  { reason }: UnreadableRoster,
  { mappings }: Pick<DraftChoices, 'mappings'>,
): boolean {
  return reason === 'column-missing' && Object.keys(mappings).length === 0;
}

export function packed(files: readonly RosterFile[]): readonly PackedFile[] {
  return files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') }));
}

export function filesOf(packed: readonly PackedFile[]): RosterFile[] {
  return packed.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') }));
}

/** The file whose columns are asked for, with its header's name in `DraftChoices.mappings`. */
export async function headersOf(
  { files: reading }: PendingParts,
  { files, why }: PackedFiles,
): Promise<{
  readonly file: string;
  readonly header: string;
  readonly headers: readonly string[];
  readonly sample: readonly (readonly string[])[];
} | null> {
  const file =
    filesOf(files).find(({ name }) => name.slice(name.lastIndexOf('/') + 1) === why.at.file) ??
    filesOf(files)[0];
  if (file === undefined) return null;
  const head = await reading.read('readHeaders', [file]);
  if ('kind' in head) return null;
  return {
    file: file.name,
    header: headerHash(head.headers).toString('hex'),
    ...head,
  };
}

export interface FreshDraft {
  readonly by: AddressId;
  readonly year: string;
  readonly batch: number | null;
  readonly content: DraftContent;
  readonly choices: KeptChoices;
}

export async function keepDraft(
  parts: PendingParts,
  tx: SchoolTx,
  draft: FreshDraft,
): Promise<number> {
  const createdAt = parts.clock();
  return insertDraft(tx, {
    by: draft.by,
    createdAt,
    expiresAt: draftEnds(createdAt),
    schoolYear: draft.year,
    batch: draft.batch,
    choices: draft.choices,
    content: await DRAFTS.seal(parts.secret, tx.school, draft.content),
  });
}

interface ChoicesToKeep {
  readonly row: Pick<DraftRow, 'id' | 'content'>;
  readonly content: DraftContent;
  readonly choices: DraftChoices;
}

/** False: somebody else has changed it since it was read, or it was applied. */
export async function keepChoices(
  parts: PendingParts,
  tx: SchoolTx,
  draft: ChoicesToKeep,
): Promise<boolean> {
  const { id, content: before } = draft.row;
  if (before === null) return false;
  return updateDraft(tx, id, {
    before,
    choices: draft.choices,
    content: await DRAFTS.seal(parts.secret, tx.school, draft.content),
  });
}

export async function contentOf(
  parts: PendingParts,
  school: SchoolId,
  content: Buffer,
): Promise<DraftContent> {
  const opened = await DRAFTS.unseal(parts.secret, school, content);
  return opened.kind === 'lines'
    ? { ...ALONE, unsettled: [], evidence: {}, ...opened }
    : { ...ALONE, ...opened };
}

export function choicesOf(row: Pick<DraftRow, 'choices'>): DraftChoices {
  const { stray: _, ...choices } = row.choices;
  return { ...NO_CHOICES, ...choices };
}

interface DraftSources {
  readonly school: SchoolId;
  readonly year: string;
  readonly content: PackedLines;
  readonly choices: Pick<DraftChoices, 'decisions' | 'retyped' | 'arrivals'>;
  readonly by: RosterActor;
}

/** A draft as a wish that can be planned. */
export async function wishOfDraft(
  parts: PendingParts,
  draft: DraftSources,
): Promise<DatedWish | Unusable> {
  const found = await schoolAndYear(parts, draft.school, draft.year);
  if (found.kind !== 'school-and-year') return found;
  const { lines, unsettled, evidence, set: packedSet } = saidIn(draft.content);
  const { hash, mapped, found: files, ...rest } = packedSet;
  const set: ReadSet = {
    ...rest,
    // One that an earlier version sealed names no column.
    found: files.map((one) => ({ ...one, leftAside: one.leftAside ?? [] })),
    hash: Buffer.from(hash, 'hex'),
    mapped: mapped.map((header) => Buffer.from(header, 'hex')),
  };
  return {
    kind: 'dated',
    school: found.school,
    year: found.year,
    set,
    evidence,
    wish: wishFor(
      { ...draft.choices, by: draft.by },
      { lines, unsettled, set, day: found.year.day },
    ),
  };
}
