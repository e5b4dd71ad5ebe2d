import { describe, expect, it } from 'vitest';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { imapString } from './imap-string.ts';
import { readMessage } from './parse.ts';
import { asSent, corpusFiles, hasCorpora } from './testing/corpora.ts';
import { addressesIn } from './wire-envelope.ts';

function textOf(message: string) {
  const read = readMessage(Buffer.from(message.replaceAll(/\r?\n/g, '\r\n'), 'utf8'));
  if (read.kind === 'refused') throw new Error(read.why);
  return read.message.wire;
}

const DATE = 'Thu, 15 Feb 2007 01:02:03 +0200';

describe('ENVELOPE (RFC 9051 §7.5.2)', () => {
  it.each([
    {
      when: 'every field',
      message: `Message-ID: <m@id>\nIn-Reply-To: <r@id>\nDate: ${DATE}\nSubject: a\n folded "line"\nFrom: F R <f@d.org>\nTo: T <t@d.org>\nCc: c@d.org\nBcc: b@d.org\nSender: S <s@d.org>\nReply-To: R <r@d.org>\n\nx`,
      then: `("${DATE}" "a folded \\"line\\"" (("F R" NIL "f" "d.org")) (("S" NIL "s" "d.org")) (("R" NIL "r" "d.org")) (("T" NIL "t" "d.org")) ((NIL NIL "c" "d.org")) ((NIL NIL "b" "d.org")) "<r@id>" "<m@id>")`,
    },
    {
      when: 'Sender and Reply-To empty: From',
      message: 'From: u@d (Real Name)\nSender: \nReply-To: \n\nx',
      then: '(NIL NIL (("Real Name" NIL "u" "d")) (("Real Name" NIL "u" "d")) (("Real Name" NIL "u" "d")) NIL NIL NIL NIL NIL)',
    },
    { when: 'no header at all', message: 'x', then: '(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)' },
    {
      when: 'encoded words stay',
      message: 'Subject: =?utf-8?q?=C3=A9t=C3=A9?=\n\nx',
      then: '(NIL "=?utf-8?q?=C3=A9t=C3=A9?=" NIL NIL NIL NIL NIL NIL NIL NIL)',
    },
    {
      when: '8-bit becomes an encoded word',
      message: 'Subject: été\n\nx',
      then: '(NIL "=?utf-8?B?w6l0w6k=?=" NIL NIL NIL NIL NIL NIL NIL NIL)',
    },
  ])('$when', ({ message, then }) => expect(textOf(message).envelope).toBe(then));

  it.each([
    [
      'group: g1@d1.org, g2@d2.org;, group2: g3@d3.org;',
      [
        ['', '', 'group'],
        ['', '', 'g1', 'd1.org'],
        ['', '', 'g2', 'd2.org'],
        [],
        ['', '', 'group2'],
        ['', '', 'g3', 'd3.org'],
        [],
      ],
    ],
    ['group:;, group2: (foo) ;', [['', '', 'group'], [], ['', '', 'group2'], []]],
    ['<@route:user@domain>', [['', '@route', 'user', 'domain']]],
    [
      '"Doe, Jane" <jane@d>, x@y',
      [
        ['Doe, Jane', '', 'jane', 'd'],
        ['', '', 'x', 'y'],
      ],
    ],
    [
      '"a b"@c, undisclosed',
      [
        ['', '', 'a b', 'c'],
        ['undisclosed', '', '', ''],
      ],
    ],
    [
      'a@[1.2.3.4], <b@c',
      [
        ['', '', 'a', '[1.2.3.4]'],
        ['', '', 'b', 'c'],
      ],
    ],
  ])('%s', (value, then) => {
    expect(addressesIn(value)).toEqual(
      then.map(([name, route, mailbox = null, host = null]) => ({
        name: name || null,
        route: route || null,
        mailbox,
        host,
      })),
    );
  });
});

describe('BODYSTRUCTURE (RFC 9051 §7.5.2)', () => {
  it('of a text', () => {
    const text = textOf(
      'Content-Type: text/plain; charset=utf-8; format=flowed\nContent-Transfer-Encoding: 8bit\nContent-Language: fr, en\n\nhello\nyou\n',
    );
    expect(text.body).toBe(
      '("TEXT" "PLAIN" ("CHARSET" "utf-8" "FORMAT" "flowed") NIL NIL "8BIT" 12 2)',
    );
    expect(text.bodyStructure).toBe(
      '("TEXT" "PLAIN" ("CHARSET" "utf-8" "FORMAT" "flowed") NIL NIL "8BIT" 12 2 NIL NIL ("fr" "en") NIL)',
    );
  });
  it('of a multipart with a file and a message in it', () => {
    const text = textOf(`Content-Type: multipart/mixed; boundary=b

--b

hello

--b
Content-Type: application/pdf; name="a.pdf"
Content-Disposition: attachment; filename*=utf-8''%C3%A9.pdf
Content-Transfer-Encoding: base64
Content-ID: <1@x>

AAAA
--b
Content-Type: message/rfc822

Subject: inner

hi

--b--
`);
    const inner =
      '"MESSAGE" "RFC822" NIL NIL NIL "7BIT" 22 (NIL "inner" NIL NIL NIL NIL NIL NIL NIL NIL)';
    expect(text.body).toBe(
      `(("TEXT" "PLAIN" ("CHARSET" "us-ascii") NIL NIL "7BIT" 7 1)("APPLICATION" "PDF" ("NAME" "a.pdf") "<1@x>" NIL "BASE64" 4)(${inner} ("TEXT" "PLAIN" ("CHARSET" "us-ascii") NIL NIL "7BIT" 4 1) 3) "MIXED")`,
    );
    expect(text.bodyStructure).toBe(
      '(("TEXT" "PLAIN" ("CHARSET" "us-ascii") NIL NIL "7BIT" 7 1 NIL NIL NIL NIL)' +
        `("APPLICATION" "PDF" ("NAME" "a.pdf") "<1@x>" NIL "BASE64" 4 NIL ("ATTACHMENT" ("FILENAME*" "utf-8''%C3%A9.pdf")) NIL NIL)` +
        `(${inner} ("TEXT" "PLAIN" ("CHARSET" "us-ascii") NIL NIL "7BIT" 4 1 NIL NIL NIL NIL) 3 NIL NIL NIL NIL) "MIXED" ("BOUNDARY" "b") NIL NIL NIL)`,
    );
  });
  it('of a digest, whose parts are messages unless they say otherwise', () => {
    const text = textOf(
      'Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: y\n\nz\n--b--\n',
    );
    expect(text.body).toBe(
      '(("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 15 (NIL "y" NIL NIL NIL NIL NIL NIL NIL NIL) ("TEXT" "PLAIN" ("CHARSET" "us-ascii") NIL NIL "7BIT" 1 0) 2) "DIGEST")',
    );
  });
});

it('a string is quoted where it can be, else a literal', () => {
  expect(imapString('a"b\\c')).toBe('"a\\"b\\\\c"');
  expect(imapString('a\r\nb')).toBe('{4}\r\na\r\nb');
  expect(imapString('a\0é')).toBe('{3}\r\naé');
  expect(imapString('x'.repeat(2000))).toBe(`{2000}\r\n${'x'.repeat(2000)}`);
});

/**
 * Whether a text is one balanced parenthesised list by the grammar of strings, literals and
 * numbers; a reading that shares no code with the writer.
 */
function isWellFormed(text: string): boolean {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  const token = /"(?:[^"\\\r\n\0\x80-\xff]|\\["\\])*"|\{(\d+)\}\r\n|NIL|\d+|[() ]/y;
  let depth = 0;
  for (let at = 0; at < bytes.length;) {
    token.lastIndex = at;
    const found = token.exec(bytes);
    if (!found) return false;
    at = token.lastIndex + Number(found[1] ?? 0);
    if (found[0] === '(') depth++;
    if (found[0] === ')' && --depth === 0 && at < bytes.length) return false;
  }
  return depth === 0;
}

describe.skipIf(!hasCorpora)(
  'of the messages of the corpora (skipped where they are not beside the repository)',
  () => {
    const { some, rest } = sliced(4, corpusFiles('mime-'));
    it('well formed and bounded, of one in four', () => areWellFormed(some));
    it('well formed and bounded, of the others', SOAKED, () => areWellFormed(rest));

    function areWellFormed(files: typeof some): void {
      let count = 0;
      for (const { corpus, name, bytes } of files) {
        const read = readMessage(asSent(bytes));
        if (read.kind === 'refused') continue;
        const text = read.message.wire;
        count++;
        for (const piece of [text.envelope, text.body, text.bodyStructure])
          expect(isWellFormed(piece), `${corpus}/${name}: ${piece.slice(0, 500)}`).toBe(true);
      }
      expect(count).toBeGreaterThan(files.length / 2);
    }
  },
);
