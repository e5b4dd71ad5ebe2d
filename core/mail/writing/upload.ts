import { createHash } from 'node:crypto';
import { Fault } from '../../ground/fault.ts';
import { patched, type Pieces } from '../../ground/pieces.ts';
import type { ReadMessage } from '../../letters/message/message.ts';
import { hasPhotograph } from '../../letters/message/photographs.ts';
import type { Scan, Scanner, ScanResult } from '../../letters/scan/clamd.ts';
import { FINE, type ContentFacts, type Role } from '../../rules/facts.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { RuleName } from '../../rules/verdict.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { deniedContent } from '../delivery/judging/content-alone.ts';
import { scanWhole, unlessExceeded } from '../delivery/judging/scan-whole.ts';
import { allowanceOf } from '../delivery/limits.ts';
import { composedAlone } from '../parsing/alone.ts';
import { readFile } from '../parsing/files.ts';
import { readLetter } from '../parsing/letters.ts';
import type { LyingFile, Upload } from './contract.ts';

/** base64 makes three bytes four, and lines of them. */
const ENCODED = 1.37;

/** How many bytes of files fit into a letter of somebody. */
export const fileRoomOf = ({ role }: Pick<Viewer, 'role'>): number =>
  Math.floor(allowanceOf(role).messageBytes / ENCODED);

/**
 * Looks at a file when it is attached, so that a child hears at once and not when everything is
 * written. Asked again when the message leaves, with everything else.
 */
export async function judgeUpload(
  { scanner, secret }: { readonly scanner: Pick<Scanner, 'scan'>; readonly secret: Buffer },
  viewer: Viewer,
  { file, bytesBefore }: { readonly file: Upload; readonly bytesBefore: number },
): Promise<Outcome> {
  if (bytesBefore + file.bytes.length > fileRoomOf(viewer))
    return { kind: 'too-big', limitBytes: allowanceOf(viewer.role).messageBytes };
  const raw = await composedAlone(file);
  const read = raw && (await readLetter(raw));
  if (raw === null || read?.kind !== 'read') return deniedFile(file, 'file-kind');
  const { message } = read;
  const scanned = await scanWhole(scanFor(scanner, viewer), raw, message);
  return whyOut(viewer, file, { message, scanned, secret }) ?? { kind: 'accepted', message: null };
}

/** A file that may be put away, under its name and as what it is; or why it may not. */
export type StoredJudgement =
  | {
      readonly kind: 'fine';
      readonly name: string;
      readonly mediaType: string;
      readonly sha256: string;
      /** The bytes that were scanned: without the place where a picture was taken. */
      readonly pieces: Pieces;
      /** Those are other bytes than were given. */
      readonly isPatched: boolean;
    }
  | { readonly kind: 'refused'; readonly outcome: Outcome };

/**
 * The same of a file that is put where children read it, and not sent: nobody looks at it again, so
 * that what is held of a letter has no place there.
 */
export async function judgeStored(
  { scanner, secret }: { readonly scanner: Pick<Scanner, 'scanFile'>; readonly secret: Buffer },
  viewer: Viewer,
  file: LyingFile,
): Promise<StoredJudgement> {
  const refused = (outcome: Outcome) => ({ kind: 'refused', outcome }) as const;
  const read = await readFile(file);
  if (read === null) return refused({ kind: 'scanner-silent' });
  const found = read.message?.attachments[0];
  if (read.message === null || found === undefined) return refused(deniedFile(file, 'file-kind'));
  const hashed = hashing(patched(file.pieces, read.patches));
  const { school, account } = viewer;
  // The file as it will lie there: encoded it would be more than clamd takes.
  const scanned = await unlessExceeded(read.message, () =>
    scanner.scanFile(hashed.pieces, { kind: 'own', school, account }),
  );
  const outcome = whyOut(viewer, file, { message: read.message, scanned, secret, to: 'pupil' });
  if (outcome !== null) return refused(outcome);
  const { name, mediaType } = found;
  const isPatched = read.patches.length > 0;
  const { pieces } = hashed;
  return { kind: 'fine', name, mediaType, sha256: hashed.sha256(), pieces, isPatched };
}

/** Pieces whose hash is known once they have been read to their end. */
export function hashing(pieces: Pieces): { readonly pieces: Pieces; sha256(): string } {
  let digest: string | null = null;
  return {
    pieces: {
      sizeBytes: pieces.sizeBytes,
      async *read() {
        const hash = createHash('sha256');
        for await (const piece of pieces.read()) {
          hash.update(piece);
          yield piece;
        }
        digest = hash.digest('hex');
      },
    },
    sha256() {
      if (digest === null)
        throw new Fault('row-missing', 'a file was not read to its end', { transient: true });
      return digest;
    },
  };
}

const scanFor =
  (scanner: Pick<Scanner, 'scan'>, { school, account }: Viewer): Scan =>
  (bytes) =>
    scanner.scan(bytes, { kind: 'own', school, account });

/** What keeps a file out by what it is; null where nothing does. */
function whyOut(
  viewer: Viewer,
  file: Pick<Upload, 'name'>,
  found: {
    readonly message: Pick<ReadMessage, 'attachments' | 'structure' | 'danger'>;
    readonly scanned: ScanResult;
    readonly secret: Buffer;
    readonly to?: Role;
  },
): Outcome | null {
  const { message, scanned, secret, to } = found;
  if (scanned.kind === 'infected') return scanned;
  if (scanned.kind === 'silent') return { kind: 'scanner-silent' };
  const content: ContentFacts = {
    ...FINE,
    unscannable: scanned.kind === 'unscannable',
    attachments: message.danger,
    photograph: hasPhotograph(message, secret),
  };
  const denied = deniedContent(viewer, content, to);
  return denied === null ? null : deniedFile(file, denied);
}

/** Why a file stays out, by the rule that says so. */
export function deniedFile({ name }: Pick<Upload, 'name'>, rule: RuleName): Outcome {
  return { kind: 'denied', refusals: [{ address: '', rule, words: { file: name } }] };
}
