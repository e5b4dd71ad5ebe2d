/** Readers of what stands in letters, but for their files. */

import { domainOf } from '../../core/ground/address.ts';
import { leadsElsewhere, looksLikeOurs } from '../../core/letters/junk/look-alike.ts';
import { countAfar } from '../../core/letters/message/afar.ts';
import { aggregateReportIn } from '../../core/letters/message/aggregate-report.ts';
import { anchorsIn } from '../../core/letters/message/anchors.ts';
import { ALL } from '../../core/letters/message/archive/work.ts';
import { answerable } from '../../core/letters/message/automatic-answer.ts';
import { composeBounce } from '../../core/letters/message/bounce.ts';
import { decodeText, isShifty } from '../../core/letters/message/charset.ts';
import { cleanLine, cleanName, cleanText } from '../../core/letters/message/clean.ts';
import { quote, withoutAnswerMarks } from '../../core/letters/message/compose.ts';
import { decodeWords, encodeWords } from '../../core/letters/message/encoded-words.ts';
import { dangerOfName, offeredName } from '../../core/letters/message/file-names.ts';
import { collectLinks } from '../../core/letters/message/found-links.ts';
import { readAddresses } from '../../core/letters/message/header-addresses.ts';
import { readHeader, TO_BE_REWRITTEN } from '../../core/letters/message/header.ts';
import { excerptOf, piecesOf, plainWords } from '../../core/letters/message/hits.ts';
import { depthOf, readHtml } from '../../core/letters/message/html-text.ts';
import { sanitiseMail } from '../../core/letters/message/html.ts';
import { baseSubject, fold, foldedField } from '../../core/letters/message/keys.ts';
import {
  BODY_CHARACTERS,
  HEADER_BYTES,
  HTML_CHARACTERS,
  VALUE_CHARACTERS,
} from '../../core/letters/message/limits.ts';
import { linksIn, normaliseLink, spelledLinksIn } from '../../core/letters/message/links.ts';
import { rawParameters, readParameters } from '../../core/letters/message/parameters.ts';
import { partAtQuote } from '../../core/letters/message/quoted.ts';
import { receiversWordsIn } from '../../core/letters/message/receivers-word.ts';
import { piecesOf as piecesOfSpeech, wordsOf } from '../../core/letters/message/spoken.ts';
import { tlsReportIn } from '../../core/letters/message/tls-report.ts';
import { decodeTransfer } from '../../core/letters/message/transfer.ts';
import { addressesIn } from '../../core/letters/message/wire-envelope.ts';
import { checkBytes, normaliseBody } from '../../core/letters/message/wire.ts';
import { takeIn } from '../../core/mail/parsing/take-in.ts';
import { siteKeys } from '../../core/mail/sites/site-keys.ts';
import { targetsOf } from '../../core/mail/sites/targets.ts';
import { bytesOf, type StrangersReader } from './reader.ts';

const HTML_UNITS = [
  '<b>',
  '</b>',
  '<p>',
  '<a href="http://a.fr">',
  '<a href=x>a</a>',
  '<a ',
  '<img src="https://a.fr/a.png">',
  '<img ',
  '<img src',
  '<!--',
  '<![CDATA[',
  '<svg>',
  '<script>',
  '<table><tr><td>',
  '<p style="color:red;">',
  '<p style="',
  'a=',
  'a="',
  '<a a=" href="',
  '&lt',
];
const LINK_UNITS = [
  'http://a.fr ',
  'http://a.fr',
  'http://',
  'www.a.fr ',
  'a.b.c.',
  'http://[',
  'a@a.fr ',
];

const ACCOUNT = {
  address: 'a@a.fr',
  displayName: 'A',
  role: 'pupil',
  messageId: '<a@a.fr>',
  date: new Date(0),
  trace: '',
};
const RECEIVING = { ourDomains: ['ecoles.fr'], authServId: 'ecoles.fr', trace: '' };

/** What is done with a letter on its way in, one after the other. */
function readWhole(raw: Buffer): void {
  takeIn(raw, { kind: 'account', account: ACCOUNT }, ALL);
  const taken = takeIn(raw, { kind: 'outside', receiving: RECEIVING }, ALL);
  if (taken.kind === 'ready') {
    const { structure } = taken.read.message;
    aggregateReportIn(taken.raw, structure, 'a.fr');
    tlsReportIn(taken.raw, structure, 'a.fr');
  }
  answerable(raw, { own: 'a@a.fr', cameFrom: 'outside' });
  receiversWordsIn(raw, { domain: 'a.fr', ours: 'ecoles.fr' });
}

/** What else stands in a header beside the attack. */
const OTHERS_BYTES = 1_024;

/** Those of a shape of their own, each by itself. */
const fieldReaders = (
  ['From', 'Subject', 'Content-Type', 'Content-Disposition', 'Authentication-Results'] as const
).map((name): StrangersReader => ({
  name: `a letter by its ${name}`,
  largest: HEADER_BYTES,
  around: [name === 'From' ? 'From: ' : `From: a@b.fr\r\n${name}: `, '\r\nX: x\r\n\r\nBonjour\r\n'],
  read: (text) => readWhole(bytesOf(text)),
}));

const OTHER_FIELDS = [
  'To',
  'Sender',
  'Date',
  'Message-ID',
  'References',
  'In-Reply-To',
  'Content-Transfer-Encoding',
  'Content-ID',
  'Content-Language',
  'Auto-Submitted',
  'Return-Path',
  'Precedence',
  'X-Auto-Response-Suppress',
];

const bodyReaders = (
  [
    ['text/plain; charset=utf-8', []],
    ['text/html; charset=utf-8', HTML_UNITS],
    ['multipart/mixed; boundary=b', ['--b\r\n\r\n', '--b\r\n', '\r\n--b\r\nA: a\r\n\r\na']],
    ['message/rfc822', ['Content-Type: message/rfc822\r\n\r\n', 'A: a\r\n', 'a\r\n']],
    ['application/pdf', ['/URI(', '/ObjStm', '/URI<', '/ObjStm stream\n']],
  ] as const
).map(([type, units]): StrangersReader => ({
  name: `a letter of ${type}`,
  largest: 8 * BODY_CHARACTERS,
  units: [...units, '\r\nbegin 644 ', '\r\n-- ', 'Authentication-Results: a\r\n'],
  around: [`From: a@b.fr\r\nContent-Type: ${type}\r\n\r\n`, '\r\n'],
  read: (text) => readWhole(bytesOf(text)),
}));

const inEachEncoding = (['base64', 'quoted-printable', 'uuencode'] as const).map(
  (encoding): StrangersReader => ({
    name: `bytes in ${encoding}`,
    largest: 8 * BODY_CHARACTERS,
    units: ['begin 644 a\n', '=\r\n', '= '],
    read: (text) => decodeTransfer(bytesOf(text), encoding),
  }),
);

const inEachCharset = ['utf-8', 'gb18030', 'iso-2022-jp', 'utf-16le', 'utf-7', 'x-nobody'].map(
  (charset): StrangersReader => ({
    name: `text in ${charset}`,
    largest: 4 * BODY_CHARACTERS,
    read: (text) => decodeText(bytesOf(text), charset),
  }),
);

const SOUGHT = {
  words: [{ typed: 'a', root: 'a', isBeginning: true }],
  phrases: [['a', 'a', 'a', 'b']],
};

export const READERS_OF_LETTERS: readonly StrangersReader[] = [
  ...fieldReaders,
  {
    name: 'a letter by all its other fields',
    largest: (HEADER_BYTES - OTHERS_BYTES) / OTHER_FIELDS.length,
    read(text) {
      const fields = OTHER_FIELDS.map((name) => `${name}: ${text}\r\n`);
      readWhole(bytesOf(`From: a@b.fr\r\n${fields.join('')}\r\nBonjour\r\n`));
    },
  },
  ...bodyReaders,
  ...inEachEncoding,
  ...inEachCharset,
  {
    name: 'a letter’s bytes',
    largest: 8 * BODY_CHARACTERS,
    read: (text) => checkBytes(normaliseBody(bytesOf(text))),
  },
  {
    name: 'a header',
    largest: HEADER_BYTES,
    units: ['a:\r\n', 'a: a\r\n b\r\n', 'a\r\n', 'content-type:\r\n'],
    read: (text) => [
      readHeader(bytesOf(text), 0, text.length),
      readHeader(bytesOf(text), 0, text.length, TO_BE_REWRITTEN),
    ],
  },
  {
    name: 'a charset’s name',
    largest: HEADER_BYTES,
    units: ['ansi_x3.4', 'unknown', 'utf-8'],
    read: (text) => [decodeText(Buffer.from('é'), text), isShifty(text)],
  },
  { name: 'a file’s danger by its name', largest: HEADER_BYTES, read: dangerOfName },
  {
    name: 'a file’s offered name',
    largest: HEADER_BYTES,
    read: (text) => offeredName([text], 'txt'),
  },
  {
    name: 'addresses',
    largest: HEADER_BYTES,
    units: ['<a@b.fr>', 'a@b.fr,', '"a" <a@b.fr>,', 'a:', 'a:b;', '<@a,@b:', '"\\'],
    read: (text) => [readAddresses(text), addressesIn(text)],
  },
  { name: 'a domain', largest: HEADER_BYTES, around: ['a@', ''], read: domainOf },
  {
    name: 'parameters',
    largest: HEADER_BYTES,
    around: ['text/plain; ', ''],
    units: ['a=b;', 'a*0=b;', "a*=utf-8''%41;", 'a="', 'a=(', 'a="b\\"'],
    read: (text) => [readParameters(text), rawParameters(text)],
  },
  {
    name: 'encoded words',
    largest: HEADER_BYTES,
    units: ['=?utf-8?q?=41?= ', '=?utf-8?b?YQ==?=', '=?a?b?', '=?a*b?q?a?=', '=?'],
    read: (text) => [decodeWords(text), foldedField(text)],
  },
  {
    name: 'a subject',
    largest: VALUE_CHARACTERS,
    units: ['re: ', '[a] ', '(fwd) ', '[fwd: ', 'Re[1] : ', 'fwd:'],
    read: (text) => [baseSubject(text), withoutAnswerMarks(text), encodeWords(text)],
  },
  {
    name: 'names and lines to be shown',
    largest: BODY_CHARACTERS,
    read: (text) => [cleanName(text), cleanLine(text), cleanText(text), fold(text)],
  },
  {
    name: 'what is quoted of a text',
    largest: BODY_CHARACTERS,
    units: ['> a\n', 'Le a écrit : ', 'a écrit :\n', '-- message d’origine --\n', '\n> '],
    read: (text) => [partAtQuote(text), quote(text, 'a')],
  },
  {
    name: 'what is said of a text',
    largest: BODY_CHARACTERS,
    units: ['a. ', '. ', '!»', '.»', 'a b ', 'a, '],
    read: (text) => [piecesOfSpeech(text), wordsOf(text.slice(0, 220))],
  },
  {
    name: 'hits of a search',
    largest: BODY_CHARACTERS,
    units: ['a a a '],
    read: (text) => [piecesOf(text, SOUGHT), excerptOf(text, SOUGHT), plainWords(text)],
  },
  {
    name: 'links of a text',
    largest: BODY_CHARACTERS,
    units: LINK_UNITS,
    read: (text) => [[...linksIn(text)], [...spelledLinksIn(text)]],
  },
  {
    name: 'a link',
    largest: BODY_CHARACTERS,
    around: ['http://a.fr/', ''],
    units: ['%25', '?url=http://a.fr/', '/http://a.fr', 'a.', '//'],
    read: (text) => {
      const link = normaliseLink(text);
      return link === null ? null : [siteKeys(link), targetsOf(link)];
    },
  },
  {
    name: 'a host',
    largest: HEADER_BYTES,
    around: ['http://', ''],
    read: (text) => [
      normaliseLink(text),
      leadsElsewhere({ href: text.slice(0, 300), text: text.slice(0, 300) }),
      looksLikeOurs(text.slice(7), ['ecoles.valmont.fr']),
    ],
  },
  {
    name: 'links of an HTML text',
    largest: BODY_CHARACTERS,
    units: [...HTML_UNITS, ...LINK_UNITS],
    read: (text) => {
      const links = collectLinks(BODY_CHARACTERS);
      links.takeHtml(text);
      return links.found();
    },
  },
  {
    name: 'the text of an HTML text',
    largest: BODY_CHARACTERS,
    units: HTML_UNITS,
    read: (text) => [readHtml(text), depthOf(text)],
  },
  {
    name: 'what links of an HTML text say',
    largest: BODY_CHARACTERS,
    units: HTML_UNITS,
    read: anchorsIn,
  },
  {
    name: 'pictures from elsewhere',
    largest: BODY_CHARACTERS,
    units: HTML_UNITS,
    read: countAfar,
  },
  {
    name: 'HTML made fit to be shown',
    largest: HTML_CHARACTERS,
    units: HTML_UNITS,
    read: (text) =>
      sanitiseMail(text, { audience: 'child', cid: () => null, leavingPath: '/leave' }),
  },
  {
    name: 'what another server said, in a bounce',
    largest: HEADER_BYTES,
    read: (text) =>
      composeBounce({
        from: 'a@a.fr',
        to: 'b@a.fr',
        reportingHost: 'a.fr',
        messageId: '<a@a.fr>',
        date: new Date(0),
        subject: text,
        text,
        original: bytesOf(text),
        recipients: [
          {
            address: 'c@a.fr',
            action: { kind: 'failed' },
            status: text,
            diagnostic: text,
            remoteHost: text,
          },
        ],
      }),
  },
];
