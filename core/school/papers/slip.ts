import { hash } from 'node:crypto';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import type { AnswerWay, Frame, Says } from './contract/slips.ts';

/** A file that goes with what is signed. */
interface SignedFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
}

/** The very thing that somebody signs for one child. */
export interface SignedSlip {
  readonly school: SchoolId;
  readonly paper: number;
  /** 1 for the first words of a paper, one more each time they change. */
  readonly version: number;
  readonly child: { readonly id: AddressId; readonly name: string };
  readonly frame: Frame;
  readonly files: readonly SignedFile[];
}

/** Both languages' mark for the child's name; a text without one names the child above it. */
const NAME_MARK = /\{(?:prénom|name)\}/gu;

/** The words of a frame with a child's name in them. */
export function wordsFor({ text }: Pick<Frame, 'text'>, child: string): string {
  return text.replace(NAME_MARK, () => child);
}

/**
 * The bytes that stand for a slip for ever: a line for each thing, in one order, what isn't there
 * left out. Two slips have the same only where a reader would call them the same; how letters are
 * put together in Unicode, and how a machine ends its lines, is nothing that a reader sees.
 */
export function canonicalSlip({ school, paper, version, child, frame, files }: SignedSlip): string {
  const { occasion, question } = frame;
  return inLines([
    ['preau-slip', '1'],
    ['school', String(school)],
    ['paper', String(paper)],
    ['version', String(version)],
    ['child', `${child.id} ${child.name}`],
    ['text', wordsFor(frame, child.name)],
    ['place', frame.place],
    ['day', occasion?.day],
    ['last-day', occasion?.lastDay],
    ['from', occasion?.from],
    ['to', occasion?.to],
    ['price', frame.price],
    ['question', question.kind],
    ...(question.kind === 'choice' ? question.options : []).map((option): Line => [
      'option',
      option,
    ]),
    ...files.map(({ sha256, sizeBytes, name }): Line => ['file', `${sha256} ${sizeBytes} ${name}`]),
  ]);
}

/** SHA-256 of what is signed, in hexadecimal. */
export const slipHash = (slip: SignedSlip): string => sha256(canonicalSlip(slip));

/** Who answers: a guardian, or somebody else whose name stands on a paper slip. */
export type Signer =
  | { readonly kind: 'guardian'; readonly id: AddressId; readonly name: string }
  | { readonly kind: 'on-paper'; readonly name: string };

/** An answer with all that makes it evidence. */
export interface Signature {
  readonly slip: SignedSlip;
  /** SHA-256 of the letter that the paper came with: it stands beside what is signed. */
  readonly letter: string;
  readonly signer: Signer;
  readonly says: Says;
  /** A word to the teacher; empty: none. */
  readonly note: string;
  readonly at: Date;
  readonly way: AnswerWay;
  /** Whose account it was entered from: the guardian's own, or the teacher's. */
  readonly by: AddressId;
  /** SHA-256 of the photo of the sheet that it was taken from; null: there is none. */
  readonly photo: string | null;
}

/** The bytes of a signature, as `canonicalSlip` has those of what was signed. */
export function canonicalSignature(signature: Signature): string {
  const { slip, letter, signer, says, note, at, way, by, photo } = signature;
  return inLines([
    ['preau-signature', '1'],
    ['slip', slipHash(slip)],
    ['letter', letter],
    ['guardian', signer.kind === 'guardian' ? `${signer.id} ${signer.name}` : undefined],
    ['on-paper', signer.kind === 'on-paper' ? signer.name : undefined],
    ['says', said(says)],
    ['note', note],
    ['at', at.toISOString()],
    ['way', way],
    ['by', String(by)],
    ['photo', photo],
  ]);
}

/** SHA-256 of a signature, in hexadecimal: what the chain of journals keeps of it. */
export const signatureHash = (signature: Signature): string =>
  sha256(canonicalSignature(signature));

function said(says: Says): string {
  if (says.kind === 'option') return `option ${says.option}`;
  return says.kind === 'words' ? `words ${says.text}` : says.kind;
}

type Line = readonly [name: string, value: string | null | undefined];

/** An end of line within a value would begin a line of its own: it is written as a mark. */
const inLines = (lines: readonly Line[]): string =>
  lines.flatMap(([name, value]) => (value ? [`${name}: ${onOneLine(value)}\n`] : [])).join('');

const onOneLine = (value: string): string =>
  value
    .normalize('NFC')
    .replaceAll('\\', '\\\\')
    .replace(/\r\n|\r|\n/g, '\\n');

/** SHA-256 of a text, in hexadecimal. */
export const sha256 = (text: string): string => hash('sha256', text);
