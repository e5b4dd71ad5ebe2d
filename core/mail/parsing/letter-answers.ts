/** What the sandbox of letters may answer: whoever has taken it over by a letter says anything. */
import { MAX_MESSAGE_BYTES } from '../../ground/config-variables.ts';
import {
  bytes,
  count,
  either,
  isFlag,
  isMoment,
  list,
  only,
  orNull,
  record,
  shape,
  text,
  type AnswerCheck,
} from '../../ground/sandbox/answers.ts';
import { MOST_COUNTED } from '../../letters/message/afar.ts';
import type { AggregateReport, AggregateLine } from '../../letters/message/aggregate-report.ts';
import { partsOf } from '../../letters/message/body.ts';
import type { Block, FormattedText, Run, Words } from '../../letters/message/format/words.ts';
import {
  BODY_CHARACTERS,
  DEPTH,
  HEADER_BYTES,
  LINKS,
  PARTS,
  ADDRESSES,
  LINK_CHARACTERS,
  PARAMETERS,
  PICTURES_CHARACTERS,
  PREVIEW_CHARACTERS,
  REFERENCES,
  SEARCH_CHARACTERS,
} from '../../letters/message/limits.ts';
import type {
  ArchiveLimit,
  Attachment,
  Envelope,
  FileDanger,
  FoundLinks,
  HeaderAddress,
  Keys,
  MadeMark,
  Part,
  ReadMessage,
  ReadResult,
  Unreadable,
} from '../../letters/message/message.ts';
import type { NotPrepared } from '../../letters/message/prepare.ts';
import type { ShownText } from '../../letters/message/shown.ts';
import type { TlsReport, TlsSessions } from '../../letters/message/tls-report.ts';
import type { ReportRead, TakenApart } from './letter-sandbox.ts';
import type { ParsedIntake } from './take-in.ts';

/**
 * Of what is made of so many bytes or characters: folded, decoded or encoded it may have more of
 * them, as U+FDFA, three bytes, is eighteen letters.
 */
const GROWS = 8;
const HEADER_TEXT = text(HEADER_BYTES * GROWS);
const offset = count(MAX_MESSAGE_BYTES * 2);
/** What IMAP says of all parts. */
const wireText = text(MAX_MESSAGE_BYTES);
const REPORT_CHARACTERS = 1_000;
const reportText = text(REPORT_CHARACTERS);
const MOST_REPORTED = 50_000;
const amount = count(1_000_000_000);

type Kind<Of, Name> = Extract<Of, { readonly kind: Name }>;

const address = shape<HeaderAddress>({ name: HEADER_TEXT, address: HEADER_TEXT });
const addresses = list(address, ADDRESSES);
const envelope = shape<Envelope>({
  date: orNull(HEADER_TEXT),
  subject: orNull(HEADER_TEXT),
  from: addresses,
  sender: addresses,
  replyTo: addresses,
  to: addresses,
  cc: addresses,
  bcc: addresses,
  inReplyTo: orNull(HEADER_TEXT),
  messageId: orNull(HEADER_TEXT),
});

const parameters = record(HEADER_TEXT, {
  keys: PARAMETERS,
  keyCharacters: HEADER_BYTES * GROWS,
});

function partWith(
  parts: AnswerCheck<readonly Part[]>,
  structure: AnswerCheck<Part>,
): AnswerCheck<Part> {
  return shape<Part>(
    {
      path: HEADER_TEXT,
      type: HEADER_TEXT,
      subtype: HEADER_TEXT,
      params: parameters,
      id: orNull(HEADER_TEXT),
      description: orNull(HEADER_TEXT),
      encoding: HEADER_TEXT,
      disposition: orNull(shape({ type: HEADER_TEXT, params: parameters })),
      language: list(HEADER_TEXT, HEADER_BYTES),
      location: orNull(HEADER_TEXT),
      md5: orNull(HEADER_TEXT),
      headerStart: offset,
      bodyStart: offset,
      bodyEnd: offset,
      lines: offset,
      parts,
      message: orNull(shape({ envelope, structure })),
    },
    { holdsPictures: only(true) },
  );
}

const isNoPart: AnswerCheck<Part> = (_value): _value is Part => false;

/** A part with so many levels below it. */
function partOf(levels: number): AnswerCheck<Part> {
  const below = levels === 0 ? isNoPart : partOf(levels - 1);
  return partWith(list(below, PARTS), below);
}

const deepPart = partOf(DEPTH + 1);

function isWithin(parts: Iterable<Part>, most: number): boolean {
  let left = most;
  for (const _ of parts) if (--left < 0) return false;
  return true;
}

const structure: AnswerCheck<Part> = (value): value is Part =>
  deepPart(value) && isWithin(partsOf(value), PARTS);

const danger: AnswerCheck<FileDanger> = only('everyday', 'other', 'dangerous');
const archiveLimit: AnswerCheck<ArchiveLimit | null> = only(
  'entries',
  'depth',
  'ratio',
  'size',
  'name',
  null,
);

const attachments = list(
  shape<Attachment>(
    {
      path: HEADER_TEXT,
      name: HEADER_TEXT,
      mediaType: HEADER_TEXT,
      sizeBytes: offset,
      danger,
      contentId: orNull(HEADER_TEXT),
    },
    {
      mark: shape<MadeMark>({ mac: HEADER_TEXT, rest: HEADER_TEXT }),
      isDrawn: only(true),
      holdsPictures: only(true),
    },
  ),
  PARTS,
);

const keys = shape<Keys>({
  subject: orNull(HEADER_TEXT),
  from: orNull(HEADER_TEXT),
  to: orNull(HEADER_TEXT),
  cc: orNull(HEADER_TEXT),
  bcc: orNull(HEADER_TEXT),
  baseSubject: HEADER_TEXT,
  isReply: isFlag,
  firstFrom: HEADER_TEXT,
  firstTo: HEADER_TEXT,
  firstCc: HEADER_TEXT,
  shownFrom: HEADER_TEXT,
  shownTo: HEADER_TEXT,
  sentAt: orNull(isMoment),
  sentOn: orNull(HEADER_TEXT),
});

const message = shape<ReadMessage>({
  envelope,
  structure,
  attachments,
  danger,
  archiveLimit,
  preview: text(PREVIEW_CHARACTERS * GROWS),
  searchText: text(SEARCH_CHARACTERS * GROWS),
  references: list(HEADER_TEXT, REFERENCES),
  links: shape<FoundLinks>({
    links: list(text(LINK_CHARACTERS * GROWS), LINKS),
    areMore: isFlag,
    filesCut: isFlag,
  }),
  automatic: isFlag,
  wire: shape({ envelope: wireText, body: wireText, bodyStructure: wireText }),
  headerBytes: offset,
  keys,
  doubtful: list(HEADER_TEXT, PARTS),
});

const UNREADABLE = [
  'bare-cr',
  'bare-lf',
  'nul',
  'header-too-big',
  'too-many-headers',
  'line-too-long',
  'too-many-parts',
  'too-deep',
  'too-many-hops',
  'partial-message',
  'ambiguous-from',
  'beyond-limits',
] as const;
const unreadable: AnswerCheck<Unreadable> = only(...UNREADABLE);
const notPrepared: AnswerCheck<NotPrepared> = only(
  ...UNREADABLE,
  'not-your-address',
  'own-domain-from-outside',
  'no-from',
);

/** Of `readMessage`. */
export const isReadResult: AnswerCheck<ReadResult> = either(
  shape<Kind<ReadResult, 'read'>>({ kind: only('read'), message }),
  shape<Kind<ReadResult, 'refused'>>({ kind: only('refused'), why: unreadable }),
);

const isTakenApart: AnswerCheck<TakenApart> = either(
  shape<Kind<TakenApart, 'ready'>>({
    kind: only('ready'),
    header: bytes(HEADER_BYTES * GROWS),
    body: orNull(bytes(MAX_MESSAGE_BYTES * 2)),
    bodyBytes: offset,
    read: shape<ParsedIntake>({ message, hasLyingLink: isFlag }),
  }),
  shape<Kind<TakenApart, 'refused'>>({ kind: only('refused'), why: notPrepared }),
);

/** A body that is left out is the end of what was received, and no longer than it. */
export const isTakenApartOf = (
  value: unknown,
  received: { readonly length: number } | { readonly sizeBytes: number },
): value is TakenApart =>
  isTakenApart(value) &&
  (value.kind === 'refused' ||
    value.bodyBytes <=
      (value.body?.length ?? ('length' in received ? received.length : received.sizeBytes)));

const runs = list(
  either(
    shape<Words>({
      kind: only('words'),
      text: text(BODY_CHARACTERS * GROWS),
      bold: isFlag,
      italic: isFlag,
      link: orNull(text(LINK_CHARACTERS * GROWS)),
    }),
    shape<Kind<Run, 'picture'>>({
      kind: only('picture'),
      contentId: text(BODY_CHARACTERS),
      says: text(BODY_CHARACTERS * GROWS),
      width: orNull(count(MAX_MESSAGE_BYTES)),
    }),
  ),
  BODY_CHARACTERS,
);

/** Of `readFormatted`. */
export const isFormattedText: AnswerCheck<FormattedText> = list<Block>(
  either(
    shape<Kind<Block, 'line'>>({ kind: only('line'), runs }),
    shape<Kind<Block, 'list'>>({
      kind: only('list'),
      isNumbered: isFlag,
      items: list(runs, BODY_CHARACTERS),
    }),
  ),
  BODY_CHARACTERS,
);

/** Of `shownHtml`: with its pictures. */
export const isShownHtml = orNull(text(PICTURES_CHARACTERS + BODY_CHARACTERS * GROWS));

/** Of `shownText`. */
export const isShownText = shape<ShownText>({
  text: orNull(text(BODY_CHARACTERS * GROWS)),
  formattedCharacters: orNull(offset),
  formatted: orNull(isFormattedText),
  afarPictures: count(MOST_COUNTED),
});

const period = { id: reportText, begins: isMoment, ends: isMoment };

/** Of `reportIn`. */
export const isReportRead: AnswerCheck<ReportRead | null> = orNull(
  either(
    shape<Extract<ReportRead, { readonly of: 'mail-in-our-name' }>>({
      of: only('mail-in-our-name'),
      report: shape<AggregateReport>({
        ...period,
        sources: list(
          shape<AggregateLine>({
            ip: reportText,
            messages: amount,
            from: reportText,
            byDkim: isFlag,
            bySpf: isFlag,
            disposition: only('none', 'quarantine', 'reject'),
          }),
          MOST_REPORTED,
        ),
      }),
    }),
    shape<Extract<ReportRead, { readonly of: 'tls' }>>({
      of: only('tls'),
      report: shape<TlsReport>({
        ...period,
        sessions: list(
          shape<TlsSessions>({
            policy: only('sts', 'tlsa', 'no-policy-found'),
            result: reportText,
            mx: orNull(reportText),
            sessions: amount,
          }),
          MOST_REPORTED,
        ),
      }),
    }),
  ),
);

/** Of a file that is read alone: by what it is judged. */
export const isFileMessage = shape<
  Pick<ReadMessage, 'attachments' | 'structure' | 'danger' | 'archiveLimit'>
>({ attachments, structure, danger, archiveLimit });
