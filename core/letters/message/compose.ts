/** Structure to bytes: a message that a person writes here, and what its answer starts with. */
import MailComposer from 'nodemailer/lib/mail-composer';
import { pictureAddress } from './format/write-html.ts';
import type { HeaderAddress } from './message.ts';
import { writtenDate } from './prepare.ts';

export interface ComposedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  /**
   * By which the formatted text names it (RFC 2392): where it does, it is of that text and no file
   * beside it.
   */
  readonly contentId?: string | null;
}

export interface Composition {
  readonly from: HeaderAddress;
  /** People; or what they are, where nobody is to be named: a group without members. */
  readonly to: readonly HeaderAddress[] | { readonly group: string };
  readonly cc: readonly HeaderAddress[];
  readonly subject: string;
  /** Plain text, LF or CRLF. */
  readonly text: string;
  /** The same words formatted, which go beside the plain ones (RFC 2046 §5.1.4). */
  readonly html?: string;
  readonly attachments: readonly ComposedFile[];
  /** Message ids with their angle brackets; null and empty where this answers nothing. */
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly date: Date;
  readonly messageId: string;
  /** Other fields, such as `Auto-Submitted`. */
  readonly headers: Readonly<Record<string, string>>;
}

type ComposeResult =
  | { readonly kind: 'composed'; readonly raw: Buffer }
  /**
   * A control character or what isn't an address: a forged form, since our pages make none. `field`
   * says where.
   */
  | { readonly kind: 'refused'; readonly field: string };

const CONTROL = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/;
const ADDRESS = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,253}$/u;
const CONTENT_ID = /^[^\s<>]{1,200}$/;
const MESSAGE_ID = /^<[^\s<>]{1,998}>$/;

/**
 * The bytes of a message, CRLF throughout. Refuses control characters in everything that becomes a
 * header (CWE-93).
 */
export async function compose(composition: Composition): Promise<ComposeResult> {
  const field = faultOf(composition);
  if (field !== null) return { kind: 'refused', field };
  const mail = new MailComposer({
    from: asAddress(composition.from),
    to: 'group' in composition.to ? asGroup(composition.to.group) : composition.to.map(asAddress),
    cc: composition.cc.map(asAddress),
    subject: composition.subject,
    text: withCrlf(composition.text).replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, ''),
    ...(composition.html === undefined ? {} : { html: withCrlf(composition.html) }),
    attachments: composition.attachments.map((file) => ({
      filename: file.name,
      contentType: file.mediaType,
      content: file.bytes,
      ...placeOf(file, composition.html ?? ''),
    })),
    ...(composition.inReplyTo === null ? {} : { inReplyTo: composition.inReplyTo }),
    references: [...composition.references],
    date: writtenDate(composition.date),
    messageId: composition.messageId,
    headers: { ...composition.headers },
    ...(composition.attachments.some(isMessage) ? { newline: '\r\n' } : {}),
    // nodemailer reads files and addresses that it finds in a message, unless told not to.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { kind: 'composed', raw: await mail.compile().build() };
}

/** Text in its canonical form (RFC 2045 §6.8). */
const withCrlf = (text: string): string => text.replace(/\r\n?|\n/g, '\r\n');

/**
 * A message within a message isn't encoded (RFC 2046 §5.2.1), so that its own line ends are to be
 * mended, which nodemailer does byte by byte. All other files are base64, and need it not.
 */
const isMessage = ({ mediaType }: ComposedFile): boolean =>
  /^(?:message|multipart)\//i.test(mediaType);

/** Where a file stands (RFC 2387, RFC 2183): in the text that names it, or beside it. */
function placeOf({ contentId }: ComposedFile, html: string) {
  if (!contentId) return {};
  return html.includes(pictureAddress(contentId))
    ? ({ cid: contentId, contentDisposition: 'inline' } as const)
    : { headers: { 'Content-ID': `<${contentId}>` } };
}

/** RFC 5322 §3.4: « CE1 A, familles:; ». */
const asGroup = (name: string): string => `"${name.replace(/["\\]/g, ' ')}":;`;

const asAddress = ({ name, address }: HeaderAddress): { name: string; address: string } => ({
  name,
  address,
});

/** The first field that can't be written, or null. */
function faultOf(composition: Composition): string | null {
  const { from, cc } = composition;
  const to = 'group' in composition.to ? [] : composition.to;
  if ('group' in composition.to && CONTROL.test(composition.to.group)) return 'to';
  const people = { from: [from], to, cc };
  for (const [field, mailboxes] of Object.entries(people)) {
    if (
      mailboxes.some(
        ({ name, address }) =>
          CONTROL.test(name) || CONTROL.test(address) || !ADDRESS.test(address),
      )
    )
      return field;
  }
  if (CONTROL.test(composition.subject)) return 'subject';
  if (
    composition.attachments.some(
      ({ name, mediaType, contentId }) =>
        CONTROL.test(name) ||
        !/^[\w.+-]+\/[\w.+-]+(?:; method=PUBLISH)?$/.test(mediaType) ||
        (contentId && !CONTENT_ID.test(contentId)),
    )
  )
    return 'attachments';
  const ids = [
    composition.messageId,
    ...composition.references,
    ...(composition.inReplyTo === null ? [] : [composition.inReplyTo]),
  ];
  if (ids.some((id) => CONTROL.test(id) || !MESSAGE_ID.test(id))) return 'message-id';
  const headers = Object.entries(composition.headers);
  return headers.some(([name, value]) => !/^[A-Za-z0-9-]+$/.test(name) || CONTROL.test(value))
    ? 'headers'
    : null;
}

/**
 * `Re: ` before the subject, once, whatever stood there: `Re: `, `RE : `, `Rép. : `, `AW: `,
 * several of them.
 */
export const answerSubject = (subject: string): string => `Re: ${withoutAnswerMarks(subject)}`;

/** A subject without what answers put before it, in any of these languages. */
export function withoutAnswerMarks(subject: string): string {
  return subject
    .slice(0, 4_096)
    .replace(/^(?:\s*(?:re|r[ée]p|aw|sv|antw)\s?\.?\s?(?:\[\d+\])?\s?:)+\s*/iu, '')
    .trim();
}

/**
 * The text of an answer below what one writes: who wrote, then each line after `> ` (RFC 3676
 * §4.5).
 */
export function quote(text: string, introduction: string): string {
  const lines = text.replace(/\r\n?/g, '\n').trimEnd().split('\n');
  return `\n\n${introduction}\n${lines.map(quotedLine).join('\n')}\n`;
}

function quotedLine(line: string): string {
  if (line.startsWith('>')) return `>${line}`;
  return line === '' ? '>' : `> ${line}`;
}
