/** Readers of what peers and mail programs say on a wire, browsers among them. */
import { readAppPassword } from '../../core/entry/accounts/app-password-text.ts';
import { readKey, stepOf } from '../../core/entry/accounts/totp.ts';
import { passwordFault } from '../../core/entry/codes/password-rule.ts';
import { readSigns } from '../../core/entry/codes/signs.ts';
import { canonicalAddress } from '../../core/ground/address.ts';
import { folded } from '../../core/ground/folding.ts';
import { openLog } from '../../core/ground/log.ts';
import { networkOf, wrongNetwork } from '../../core/ground/networks.ts';
import { badPath, normalPath } from '../../core/mail/mailboxes/paths.ts';
import { entryKey } from '../../core/mail/sites/site-keys.ts';
import { oneLine, readCommuneCode, readName } from '../../core/town/town/fields.ts';
import { matches } from '../../imap-gateway/list-names.ts';
import { announcedBy } from '../../imap-gateway/wire/cursor.ts';
import { COMMAND_BYTES, MAILBOX_CHARACTERS, WILDCARDS } from '../../imap-gateway/wire/limits.ts';
import { decodeName, encodeName } from '../../imap-gateway/wire/names.ts';
import { parse } from '../../imap-gateway/wire/parse.ts';
import { faultInLine, faultInResponse, sizeIn } from '../../smtp/command-line.ts';
import { LIMITS } from '../../smtp/limits.ts';
import { paragraphs } from '../../webmail/components/linked.ts';
import { askedAddress } from '../../webmail/devices/autodiscover.ts';
import { hereOf } from '../../webmail/here.ts';
import { browserOf } from '../../webmail/http/browser-of.ts';
import { byteRange } from '../../webmail/http/byte-range.ts';
import { FIELD_CHARS, fieldsFrom, LONG_FIELD_CHARS } from '../../webmail/http/fields.ts';
import { MAX_FIELDS_BYTES } from '../../webmail/http/forms.ts';
import { acceptedOf } from '../../webmail/http/reader.ts';
import { disposition } from '../../webmail/http/reply.ts';
import { litWords } from '../../webmail/pages/little/hearing.ts';
import { dayMeant } from '../../webmail/pages/search/days.ts';
import { tokensOf } from '../../webmail/pages/search/grammar.ts';
import { wordsMark, writingIn } from '../../webmail/pages/writing/letter-form.ts';
import { typedRecipients } from '../../webmail/pages/writing/suggestions.ts';
import { sheetFileName } from '../../webmail/sheets/file-name.ts';
import { bytesOf, upTo, type StrangersReader } from './reader.ts';

/** Node's own limit on the header of a request. */
const REQUEST_HEADER_BYTES = 16_384;
const FIELD_BYTES = MAX_FIELDS_BYTES / 2;

const OFFER = { auth: 'offered', offersDsn: true } as const;
const smtpLines = ['MAIL FROM:<a@a.fr>', 'RCPT TO:<a@a.fr>', 'AUTH PLAIN', 'EHLO'].map(
  (start): StrangersReader => ({
    name: `a line of SMTP after ${start}`,
    largest: LIMITS.authLineBytes,
    around: [`${start} `, ''],
    units: ['SIZE=1 ', 'A=', ' A=a', '> ', '> SIZE=', 'NOTIFY=NEVER,', 'YQ=='],
    read(text) {
      const line = bytesOf(text);
      return [faultInLine(line, OFFER, LIMITS), sizeIn(line), faultInResponse(line, LIMITS)];
    },
  }),
);

const imapCommands = (
  [
    ['SEARCH', ['NOT ', 'OR ALL ', '(', '1,', '1:2,', 'SUBJECT a ', 'OR OR ', '$ ']],
    ['FETCH 1', ['BODY[', 'BODY[1.', '(FLAGS ', 'BODY[HEADER.FIELDS (a ', '1.']],
    ['STORE 1 FLAGS', ['(\\Seen ', '\\Seen ', '($a ']],
    ['LIST ""', ['%', '*', '%*', '&', '&AOk-', '(']],
    ['SELECT', ['"\\"', '{1}\r\na', '{1+}\r\n', '&AOk-']],
    ['APPEND a', ['(\\Seen ', '"01-', '{1}\r\na ']],
    ['ID', ['("a" "a" ', '("a" NIL ', '(']],
    ['SETMETADATA a', ['(/private/a "a" ', '(/private/a NIL ', '~{1}\r\na']],
    ['NOTIFY SET', ['(selected (MessageNew (', '(inboxes (MessageNew ', '(']],
    ['SORT', ['(DATE ', 'REVERSE ', '(REVERSE DATE ']],
    ['UID COPY', ['1,', '1:*,', '4294967295:1,']],
    ['', ['UID ', 'a ', '~']],
  ] as const
).map(([command, units]): StrangersReader => ({
  name: `a command of IMAP, ${command}`,
  largest: COMMAND_BYTES,
  around: [`a ${command} `, ''],
  units,
  read: (text) => [parse(text, { utf8: false }), parse(text, { utf8: true }), announcedBy(text)],
}));

const formOf = (text: string) => ({
  fields: fieldsFrom(
    new Map([
      ['to', [text.slice(0, FIELD_CHARS)]],
      ['subject', [text.slice(0, FIELD_CHARS)]],
      ['text', [text.slice(0, LONG_FIELD_CHARS)]],
    ]),
  ),
  files: [],
  lying: [],
  leftOut: [],
});
const WRITER = { audience: 'adult', names: ['Claire Lefèvre'], school: ['Valmont'] } as const;
const LETTER = {
  from: { kind: 'outside', name: 'A', address: 'a@a.fr', face: 'A', cover: 8 },
  subject: 'a',
  preview: '',
} as const;

const headers = upTo(REQUEST_HEADER_BYTES, [
  { name: 'what a browser says that it is', read: (text) => browserOf({ 'user-agent': text }) },
  { name: 'languages of a browser', units: ['fr;q=0.', 'fr, '], read: acceptedOf },
  { name: 'a range of bytes', around: ['bytes=', ''], read: (text) => byteRange(text, 1_000) },
  { name: 'a page to come back to', around: ['/', ''], units: ['?a=a&'], read: hereOf },
  {
    name: 'a search',
    units: ['"a', 'de:', '-', '« '],
    read: (text) => tokensOf(text.slice(0, 200)),
  },
  { name: 'a day of a search', read: (text) => dayMeant(text.slice(0, 200), '2026-11-29') },
  { name: 'the networks of an address', read: (text) => [networkOf(text), wrongNetwork(text)] },
]);

const fields = upTo(FIELD_BYTES, [
  {
    name: 'the field of a letter’s text',
    read(text) {
      const writing = writingIn(formOf(text));
      return writing && wordsMark(writing);
    },
  },
  {
    name: 'the field of recipients',
    units: ['a@a.', 'a@.a', '<a@a.fr>', '<a', 'a@a.fr, '],
    read: typedRecipients,
  },
  { name: 'the field of a password', read: (text) => passwordFault(text, WRITER) },
  { name: 'the field of a code', read: (text) => [readSigns(text, 8), readAppPassword(text)] },
  {
    name: 'the field of a second factor',
    read: (text) => [readKey(text), stepOf('JBSWY3DPEHPK3PXP', text, new Date(0))],
  },
  {
    name: 'the field of an address',
    units: ['a.', 'a@', '.a'],
    around: ['', '@a.fr'],
    read: canonicalAddress,
  },
  {
    name: 'the field of a domain',
    units: ['a.', 'a-', '1.'],
    around: ['a@', ''],
    read: canonicalAddress,
  },
  {
    name: 'the field of a name',
    read: (text) => [readName(text), oneLine(text), readCommuneCode(text), folded(text)],
  },
  { name: 'the field of a folder', units: ['a/', './'], read: (text) => badPath(normalPath(text)) },
  { name: 'a name for a file', read: (text) => [disposition(text, 'inline'), sheetFileName(text)] },
  { name: 'an entry of a list of sites', units: ['a.', 'http://', '%41'], read: entryKey },
  {
    name: 'the request of Outlook',
    units: ['<EMailAddress>', '<EMailAddress> a'],
    around: ['<EMailAddress>', ''],
    read: askedAddress,
  },
  {
    name: 'a text as paragraphs',
    units: ['http://a.fr ', 'http://', 'https://a.', '\n \n', ' http://a.'],
    read: (text) => paragraphs(text, { links: true }).length,
  },
  {
    name: 'a link in a text’s paragraph',
    around: ['http://', 'a'],
    read: (text) => paragraphs(text, { links: true }).length,
  },
  {
    name: 'a text as it is lit while it is heard',
    units: ['a. ', '. ', 'a\n\n', 'a '],
    read: (text) => litWords({ ...LETTER, text }).length,
  },
]);

const log = openLog({ to: { write: () => {} } });
const logged = (text: string): void => log.error({ err: new Error(text), text }, 'a line');

/** The parser refuses a pattern of more. */
const wildcardsOf = (text: string): string =>
  text.replaceAll(/[*%]/g, (sign, at: number) => (at < WILDCARDS ? sign : 'a'));

export const READERS_OF_WIRES: readonly StrangersReader[] = [
  ...smtpLines,
  ...imapCommands,
  {
    name: 'a mailbox’s name',
    largest: MAILBOX_CHARACTERS,
    units: ['&AOk-', '&', '-'],
    read: (text) => [
      decodeName(text, { utf8: false }),
      decodeName(text, { utf8: true }),
      encodeName(text, { utf8: false }),
    ],
  },
  {
    name: 'a pattern of mailboxes',
    largest: MAILBOX_CHARACTERS,
    read: (text) => matches(wildcardsOf(text), 'a'.repeat(100)),
  },
  ...headers,
  ...fields,
  {
    name: 'what a log line says of a fault',
    largest: FIELD_BYTES,
    units: ['a@', '"', '\n    at a (', '@a'],
    read: logged,
  },
];
