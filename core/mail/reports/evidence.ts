import { openFaces } from '../../directory/faces.ts';
import { offeredFile } from '../../letters/message/attachments.ts';
import { htmlBytes, partsOf } from '../../letters/message/body.ts';
import { beginningOf, type ViewRequest } from '../../letters/message/shown.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { StoredReport } from '../../store/mail/reports.ts';
import { storedMessages, type StoredMessage } from '../../store/mail/stored-messages.ts';
import { LATE, showInTurn, textInTurn } from '../parsing/turns.ts';
import type { Download, FormattedBody } from '../reading/contract.ts';
import { lookedAfter } from './act.ts';
import type { LetterEvidence, ReportRef } from './contract.ts';
import type { ReportParts } from './parts.ts';

/** The letter of a report, for who looks after it; null: not there, or none of theirs. */
async function letterOf(
  parts: ReportParts,
  viewer: Viewer,
  ref: ReportRef,
): Promise<StoredMessage | null> {
  const found = await lookedAfter(parts, viewer, ref);
  return found === null ? null : stored(parts, ref, found);
}

async function stored(
  { store }: ReportParts,
  { school }: ReportRef,
  { message }: StoredReport,
): Promise<StoredMessage | null> {
  const found = await store.read(school, (tx) => storedMessages(tx, [message]));
  return found.get(message) ?? null;
}

/**
 * As a child is shown it: with nothing from afar, whoever reads. What hurts one is not to tell
 * anybody that it is being read.
 */
const showingOf = ({ raw, structure, attachments }: StoredMessage): ViewRequest => ({
  raw,
  structure,
  attachments,
  audience: 'child',
  afar: 'left-out',
});

/** What the letter of a report says, to stand on its page. */
export async function evidenceOf(
  parts: ReportParts,
  viewer: Viewer,
  { ref, report }: { readonly ref: ReportRef; readonly report: StoredReport },
): Promise<LetterEvidence | null> {
  const letter = await stored(parts, ref, report);
  if (letter === null) return null;
  const { envelope } = letter;
  const recipients = [...envelope.to, ...envelope.cc];
  const faces = await openFaces(parts.directory, viewer, {
    addresses: recipients.map(({ address }) => address),
    ids: [],
    now: parts.clock(),
  });
  const showing = showingOf(letter);
  const said = await textInTurn(showing, viewer);
  const shown =
    said === LATE
      ? { text: beginningOf(showing), formattedCharacters: htmlBytes(showing.structure) }
      : said;
  return {
    ...shown,
    subject: envelope.subject ?? '',
    at: letter.receivedAt,
    to: recipients.map((one) => faces.named(one)),
    attachments: letter.attachments,
    isAdded: letter.origin === 'added' || letter.origin === 'brought',
  };
}

export async function formatted(
  parts: ReportParts,
  viewer: Viewer,
  ref: ReportRef,
): Promise<FormattedBody | null> {
  const letter = await letterOf(parts, viewer, ref);
  if (letter === null) return null;
  const showing = showingOf(letter);
  const html = await showInTurn(showing, viewer);
  if (html === LATE) return { kind: 'late', text: beginningOf(showing) };
  return html === null ? null : { kind: 'html', html };
}

export async function file(
  parts: ReportParts,
  viewer: Viewer,
  { ref, path }: { readonly ref: ReportRef; readonly path: string },
): Promise<Download | null> {
  const letter = await letterOf(parts, viewer, ref);
  const attachment = letter?.attachments.find((one) => one.path === path);
  const part = letter && [...partsOf(letter.structure)].find((one) => one.path === path);
  return letter && attachment && part
    ? offeredFile(attachment, part, letter.raw.subarray(part.bodyStart, part.bodyEnd))
    : null;
}

export async function original(
  parts: ReportParts,
  viewer: Viewer,
  ref: ReportRef,
): Promise<Buffer | null> {
  return (await letterOf(parts, viewer, ref))?.raw ?? null;
}
