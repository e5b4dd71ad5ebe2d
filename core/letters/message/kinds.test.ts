import { describe, expect, it } from 'vitest';
import { dangerOfName, offeredName } from './file-names.ts';
import { kindOf } from './kinds.ts';
import { corpusFiles, hasCorpora } from './testing/corpora.ts';
import { zipOf } from './testing/zip-of.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const PNG = bytes('\x89PNG\r\n\x1A\n0000');
const CONTENT_TYPES = '[Content_Types].xml';

describe('kinds by content', () => {
  it.each<{ when: string; file: Buffer; name: string; then: string }>([
    { when: 'a picture', file: PNG, name: 'a.png', then: 'everyday image/png' },
    { when: 'a PDF', file: bytes('%PDF-1.7'), name: 'a.pdf', then: 'everyday application/pdf' },
    { when: 'text', file: bytes('Bonjour'), name: 'a.txt', then: 'everyday text/plain' },
    { when: 'sound', file: bytes('ID3\x04'), name: 'a.mp3', then: 'everyday audio/mpeg' },
    {
      when: 'a film of a phone',
      file: bytes('\0\0\0\x18ftypqt  '),
      name: 'a.mov',
      then: 'everyday video/mp4',
    },
    {
      when: 'an iPhone’s picture',
      file: bytes('\0\0\0\x18ftypheic'),
      name: 'a.heic',
      then: 'everyday image/heic',
    },
    {
      when: 'a program',
      file: bytes('MZ\x90\0'),
      name: 'a.exe',
      then: 'dangerous application/octet-stream',
    },
    {
      when: 'a program called a picture',
      file: bytes('MZ\x90\0'),
      name: 'a.jpg',
      then: 'dangerous application/octet-stream',
    },
    { when: 'a picture called a program', file: PNG, name: 'a.exe', then: 'dangerous image/png' },
    { when: 'ELF', file: bytes('\x7FELF'), name: 'a', then: 'dangerous application/octet-stream' },
    {
      when: 'a script',
      file: bytes('#!/bin/sh\n'),
      name: 'a.txt',
      then: 'dangerous application/octet-stream',
    },
    {
      when: 'sound that starts like a script',
      file: bytes('#!AMR\n'),
      name: 'a.amr',
      then: 'everyday audio/amr',
    },
    {
      when: 'a web page',
      file: bytes('<!DOCTYPE html><p>'),
      name: 'a.html',
      then: 'other application/octet-stream',
    },
    {
      when: 'a web page called text',
      file: bytes(' <script>x</script>'),
      name: 'a.txt',
      then: 'other application/octet-stream',
    },
    {
      when: 'an SVG',
      file: bytes('<?xml version="1.0"?><svg ></svg>'),
      name: 'a.svg',
      then: 'other application/octet-stream',
    },
    {
      when: 'an SVG with a handler',
      file: bytes('<svg onload="x()">'),
      name: 'a.png',
      then: 'dangerous application/octet-stream',
    },
    {
      when: 'an old Word file',
      file: bytes('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1'),
      name: 'a.doc',
      then: 'other application/octet-stream',
    },
    {
      when: 'an old Word file with macros',
      file: Buffer.concat([
        bytes('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1'),
        Buffer.from('_VBA_PROJECT', 'utf16le'),
      ]),
      name: 'a.doc',
      then: 'dangerous application/octet-stream',
    },
    {
      when: 'a Word file',
      file: zipOf([
        [CONTENT_TYPES, ''],
        ['word/document.xml', ''],
      ]),
      name: 'a.docx',
      then: 'everyday application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    },
    {
      when: 'a Word file with macros',
      file: zipOf([
        [CONTENT_TYPES, ''],
        ['word/document.xml', ''],
        ['word/vbaProject.bin', ''],
      ]),
      name: 'a.docx',
      then: 'dangerous application/octet-stream',
    },
    {
      when: 'an ODF text',
      file: zipOf([
        ['mimetype', 'application/vnd.oasis.opendocument.text'],
        ['content.xml', ''],
      ]),
      name: 'a.odt',
      then: 'everyday application/vnd.oasis.opendocument.text',
    },
    {
      when: 'an ODF text with macros',
      file: zipOf([
        ['mimetype', 'application/vnd.oasis.opendocument.text'],
        ['Basic/Standard/Module1.xml', ''],
      ]),
      name: 'a.odt',
      then: 'dangerous application/octet-stream',
    },
    { when: 'a zip', file: zipOf([['a.jpg', '']]), name: 'a.zip', then: 'other application/zip' },
    {
      when: 'a zip with a program',
      file: zipOf([['x/a.exe', '']]),
      name: 'a.zip',
      then: 'dangerous application/octet-stream',
    },
    {
      when: 'a jar',
      file: zipOf([['META-INF/MANIFEST.MF', '']]),
      name: 'a.zip',
      then: 'dangerous application/octet-stream',
    },
    {
      when: 'a picture that ends in a zip',
      file: Buffer.concat([PNG, zipOf([['a.txt', '']])]),
      name: 'a.png',
      then: 'other image/png',
    },
    {
      when: 'a picture that ends in a jar',
      file: Buffer.concat([PNG, zipOf([['META-INF/MANIFEST.MF', '']])]),
      name: 'a.png',
      then: 'dangerous image/png',
    },
    {
      when: 'RTF',
      file: bytes('{\\rtf1 x}'),
      name: 'a.rtf',
      then: 'other application/octet-stream',
    },
    {
      when: 'RTF with an object',
      file: bytes('{\\rtf1 {\\object\\objdata 00}}'),
      name: 'a.doc',
      then: 'dangerous application/octet-stream',
    },
    {
      when: 'what nobody knows',
      file: bytes('\x01\x02\x03'),
      name: 'a.xyz',
      then: 'other application/octet-stream',
    },
    {
      when: 'mail in a file',
      file: bytes('--x\r\nContent-Type: application/x; name=a.exe\r\n\r\nx'),
      name: 'a.txt',
      then: 'other application/octet-stream',
    },
    {
      when: 'Outlook’s wrapping of files (TNEF)',
      file: bytes('\x78\x9F\x3E\x22\x01\0'),
      name: 'winmail.dat',
      then: 'other application/octet-stream',
    },
    {
      when: 'an event of a calendar',
      file: bytes('BEGIN:VCALENDAR\r\n'),
      name: 'a.ics',
      then: 'everyday text/plain',
    },
    { when: 'nothing', file: bytes(''), name: '', then: 'everyday text/plain' },
  ])('$when', ({ file, name, then }) => {
    const { danger, mediaType } = kindOf(file, [name]);
    expect(`${danger} ${mediaType}`).toBe(then);
  });

  it('takes the worst of all names', () => {
    expect(kindOf(PNG, ['a.png', 'a.exe']).danger).toBe('dangerous');
  });
});

it.each<[name: string, danger: string]>([
  ['a.jpg', 'everyday'],
  ['a.JPG', 'everyday'],
  ['a.jpg.exe', 'dangerous'],
  ['a.exe.', 'dangerous'],
  ['a.exe ', 'dangerous'],
  ['a.exe. . ', 'dangerous'],
  ['photo_\u202Egpj.exe', 'dangerous'],
  ['photo_\u202Eexe.jpg', 'dangerous'],
  ['a.e\u200Bxe', 'dangerous'],
  ['a.ｅｘｅ', 'dangerous'],
  ['a.exe\0.jpg', 'dangerous'],
  ['a.exe::$DATA', 'dangerous'],
  ['a. exe', 'dangerous'],
  ['a.docm', 'dangerous'],
  ['a.doc', 'other'],
  ['a.7z', 'other'],
  ['Devoirs de M. Dupont', 'everyday'],
  ['exercice 2.1', 'everyday'],
  ['.exe', 'dangerous'],
  ['x/../a.bat', 'dangerous'],
  ['', 'everyday'],
])('a file called %j is %s', (name, danger) => {
  expect(dangerOfName(name)).toBe(danger);
});

it.each<[given: string[], offered: string]>([
  [['../../etc/passwd'], 'passwd'],
  [['C:\\x\\a.txt'], 'a.txt'],
  [['a\r\nSet-Cookie: x=1.txt'], 'a Set-Cookie_ x=1.txt'],
  [['..'], 'fichier.pdf'],
  [[], 'fichier.pdf'],
  [['', 'b.txt'], 'b.txt'],
  [['\u202Egpj.exe'], 'gpj.exe'],
  [['a"b<c>.txt'], 'a_b_c_.txt'],
])('the names %j are offered as %j', (given, offered) => {
  expect(offeredName(given, 'pdf')).toBe(offered);
});

it('offers at most 255 bytes, with the ending', () => {
  const name = offeredName([`${'é'.repeat(5_000)}.docx`], 'bin');
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  expect(name.endsWith('.docx')).toBe(true);
});

it.skipIf(!hasCorpora)(
  'hostile zips are never everyday (skipped where the corpora are not beside the repository)',
  () => {
    const found = corpusFiles('zip-hostile').map(
      ({ name, bytes: file }) => `${name} ${kindOf(file, [name]).danger}`,
    );
    console.log('zips:', found.join(', '));
    expect(found.filter((line) => line.endsWith('everyday'))).toEqual([]);
    expect(found).toContain('exe-inside.zip dangerous');
  },
);
