import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readBody } from './body.ts';
import { BODY_CHARACTERS, LINKS } from './limits.ts';
import { readMessage } from './parse.ts';
import { docx, gzipped, JPEG, odt, tarred, zipped } from './testing/documents.ts';
import { mailWith } from './testing/mail-with.ts';

const SITE = 'interdit.example';

const crlf = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join('\r\n')}\r\n`);

const html = (body: string): Buffer => crlf(['Content-Type: text/html; charset=utf-8', '', body]);

const text = (body: string): Buffer => crlf(['Content-Type: text/plain; charset=utf-8', '', body]);

function linksOf(raw: Buffer) {
  const read = readMessage(raw);
  if (read.kind === 'refused') throw new Error(read.why);
  return read.message.links;
}

const hostsOf = (raw: Buffer) => linksOf(raw).links.map((link) => new URL(link).hostname);

describe('a link is found', () => {
  it.each<[where: string, raw: Buffer]>([
    ['in the text', text('Regarde http://interdit.example/ !')],
    ['in the text, without a scheme', text('Regarde (interdit.example).')],
    ['in the text, in capitals', text('HTTP://INTERDIT.EXAMPLE')],
    ['in the text, with other full stops', text('http://interdit。example')],
    ['in the text, with a soft hyphen', text('http://inter\u00addit.example')],
    ['in the text, with a user before it', text('http://ecole.fr:x@interdit.example/')],
    ['in the text, behind a word', text('voirhttps://interdit.example')],
    ['in the text, behind a name', text(`https://${'é'.repeat(400)}@interdit.example`)],
    [
      'in the text, behind a name without end',
      text(`https://${'é'.repeat(9_000)}@interdit.example`),
    ],
    ['in the text, in quotes', text('«https://interdit.example»')],
    [
      'in a target behind a name without end',
      html(`<a href="http://${'a'.repeat(9_000)}@interdit.example">x</a>`),
    ],
    ['in the subject', crlf(['Subject: =?utf-8?q?Va_sur_interdit=2Eexample?=', '', 'x'])],
    ['in a target', html('<a href="//interdit.example">x</a>')],
    ['in a target with line ends in it', html('<a href="ht\r\ntp://inter\tdit.example">x</a>')],
    ['in a target with backslashes', html('<a href="http:\\\\interdit.example">x</a>')],
    ['in a target of entities', html('<a href="http&#58;//interdit&#46;example">x</a>')],
    ['in a target of percents', html('<a href="http://%69nterdit%2Eexample">x</a>')],
    ['in a refresh', html('<meta http-equiv="refresh" content="0;url=http://interdit.example">')],
    ['in a style', html('<div style="background:url(http://interdit.example)">x</div>')],
    [
      'in a style, with a user before it',
      html('<div style="background:url(http://ecole.fr:x@interdit.example)">x</div>'),
    ],
    ['in a comment', html('<!--[if mso]><a href="http://interdit.example">x</a><![endif]-->')],
    ['in formatted text cut by tags', html('<p>http://inter<b>dit</b>.example</p>')],
    [
      'in the alternative that we don’t show',
      crlf([
        'Content-Type: multipart/alternative; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'Bonjour',
        '--b',
        'Content-Type: text/html',
        '',
        '<a href="http://interdit.example">x</a>',
        '--b',
        'Content-Type: text/html',
        '',
        '<p>Bonjour</p>',
        '--b--',
      ]),
    ],
    [
      'in a message in the message',
      crlf([
        'Content-Type: message/rfc822',
        '',
        'Subject: http://interdit.example',
        'Content-Type: text/plain',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from('Bonjour').toString('base64'),
      ]),
    ],
    [
      'in the text of a message in the message',
      crlf([
        'Content-Type: message/rfc822',
        '',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from('http://interdit.example').toString('base64'),
      ]),
    ],
  ])('%s', (_where, raw) => expect(hostsOf(raw)).toContain(SITE));

  it.each<[where: string, name: string, make: () => Buffer | Promise<Buffer>]>([
    ['a text file', 'a.txt', () => Buffer.from('interdit.example')],
    ['a text file of UTF-16', 'a.txt', () => Buffer.from('http://interdit.example', 'utf16le')],
    ['a page', 'a.html', () => Buffer.from('<p><a href="http://interdit.example">x</a></p>')],
    ['a shortcut', 'a.url', () => Buffer.from('[InternetShortcut]\r\nURL=http://interdit.example')],
    [
      'the text of a document, cut by its tags',
      'a.docx',
      () => docx({ 'word/document.xml': '<w:t>Va sur inter</w:t><w:t>dit.example</w:t>' }),
    ],
    [
      'the relations of a document',
      'a.docx',
      () =>
        docx({
          'word/_rels/document.xml.rels':
            '<Relationships><Relationship Target="http://interdit.example"/></Relationships>',
        }),
    ],
    [
      'a text of LibreOffice',
      'a.odt',
      () => odt({ 'content.xml': '<text:a xlink:href="http://interdit.example">x</text:a>' }),
    ],
    ['a text in a zip', 'a.zip', () => zipped({ 'a.txt': 'interdit.example' })],
    ['a text in a tar in a gzip', 'a.tgz', () => gzipped(tarred({ 'a.txt': 'interdit.example' }))],
    ['a PDF', 'a.pdf', () => pdf('<< /S /URI /URI (http://interdit.example) >>')],
    ['a PDF, escaped', 'a.pdf', () => pdf('/URI(\\150ttp:/\\/interdit.example)')],
    [
      'a PDF, in hexadecimal digits',
      'a.pdf',
      () => pdf(`/URI <${Buffer.from('http://interdit.example').toString('hex')}>`),
    ],
    ['a PDF, in a stream of objects', 'a.pdf', () => packedPdf('/URI (http://interdit.example)')],
  ])('in %s', async (_where, name, make) =>
    expect(hostsOf(mailWith([{ bytes: await make(), name }]))).toContain(SITE),
  );
});

describe('no link is', () => {
  it.each<[what: string, raw: Buffer]>([
    ['an address', text('maitresse@interdit.example')],
    ['a number, a version, an ellipsis', text('Page 3.14, version 2.0... fin')],
    [
      'in a picture',
      mailWith([{ bytes: Buffer.concat([JPEG, Buffer.from(`http://${SITE}`)]), name: 'a.jpg' }]),
    ],
  ])('%s', (_what, raw) => expect(linksOf(raw).links).toEqual([]));
});

it('more links than are looked up are said to be more', () => {
  const many = (count: number) =>
    text(Array.from({ length: count }, (_, at) => `http://a${at}.example/`).join('\r\n'));
  expect(linksOf(many(LINKS))).toMatchObject({ areMore: false });
  expect(linksOf(many(LINKS + 1))).toMatchObject({ areMore: true });
});

const pdf = (objects: string): Buffer => Buffer.from(`%PDF-1.7\n1 0 obj\n${objects}\nendobj\n`);

function packedPdf(objects: string): Buffer {
  const packed = deflateSync(Buffer.from(objects));
  return Buffer.concat([
    Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\r\n'),
    packed,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
}

it('a text that is longer than what is read of it is said to go on, whatever its bytes are', () => {
  const bytes = Buffer.concat([
    Buffer.alloc(4 * BODY_CHARACTERS + 8),
    Buffer.from(`http://${SITE}`),
  ]);
  const raw = Buffer.from(
    `Content-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`,
  );
  const read = readMessage(raw);
  expect(read).toMatchObject({ kind: 'read', message: { links: { areMore: true } } });
  expect(read.kind === 'read' && readBody(raw, read.message.structure).text).toBe('');
});
