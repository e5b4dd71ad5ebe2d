import { describe, expect, it } from 'vitest';
import { offeredFile } from './attachments.ts';
import type { Attachment, Part, ReadMessage } from './message.ts';
import { readMessage } from './parse.ts';
import { PROGRAM } from './testing/documents.ts';

const BAT = '@echo off\r\nstart calc.exe\r\n';
const INNER = 'From: a@b.fr\r\nSubject: La sortie\r\n\r\nBonjour\r\n';
const PROGRAM_LINES = PROGRAM.toString('base64').replace(/.{76}/g, '$&\r\n');

describe('whatever its type says, a part is judged by every name it bears and by what it is', () => {
  it.each<[what: string, header: readonly string[], body: string]>([
    ['a message called jeu.bat', ['Content-Type: message/rfc822; name="jeu.bat"'], BAT],
    [
      'a message called jeu.hta by its disposition',
      ['Content-Type: message/rfc822', 'Content-Disposition: attachment; filename="jeu.hta"'],
      INNER,
    ],
    [
      'an internationalised message called jeu.vbs',
      ['Content-Type: message/global; name=jeu.vbs'],
      BAT,
    ],
    ['a message of any kind called jeu.js', ['Content-Type: message/x-jeu; name=jeu.js'], BAT],
    [
      'a message that is a script by its first line',
      ['Content-Type: message/rfc822'],
      '#!/bin/sh\r\nrm -rf ~\r\n',
    ],
    [
      'a message in base64 that is a program',
      ['Content-Type: message/rfc822; name=a.eml', 'Content-Transfer-Encoding: base64'],
      PROGRAM_LINES,
    ],
    [
      'a message about delivery called jeu.scr',
      ['Content-Type: message/delivery-status; name=jeu.scr'],
      'Reporting-MTA: dns; a',
    ],
    [
      'a text shown in its place, called jeu.bat',
      ['Content-Type: text/plain; name=jeu.bat', 'Content-Disposition: inline'],
      BAT,
    ],
    [
      'a text behind which there is a program',
      ['Content-Type: text/plain', 'Content-Transfer-Encoding: base64'],
      PROGRAM_LINES,
    ],
    [
      'a text in which a file is written',
      ['Content-Type: text/plain'],
      'Salut\r\nbegin 644 jeu.exe\r\n#0V%T\r\n`\r\nend\r\n',
    ],
    [
      'several parts called jeu.bat',
      ['Content-Type: multipart/mixed; boundary=c; name=jeu.bat'],
      `--c\r\n\r\n${BAT}--c--\r\n`,
    ],
    [
      'several parts that can’t be taken apart',
      ['Content-Type: multipart/mixed; name=jeu.bat'],
      BAT,
    ],
    [
      'a message within a message',
      ['Content-Type: message/rfc822'],
      `Subject: x\r\nContent-Type: message/rfc822; name=jeu.bat\r\n\r\n${BAT}`,
    ],
    [
      'several parts in a message, called jeu.bat',
      ['Content-Type: message/rfc822; name=a.eml'],
      'Content-Type: multipart/mixed; boundary=c; name=jeu.bat\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n',
    ],
    [
      'a text of a message in the message, called jeu.bat',
      ['Content-Type: message/rfc822'],
      `Content-Type: text/plain; name=jeu.bat\r\n\r\n${BAT}`,
    ],
    [
      'a program for who undoes the second of two encodings',
      [
        'Content-Type: image/png; name=a.png',
        'Content-Transfer-Encoding: 8bit',
        'Content-Transfer-Encoding: base64',
      ],
      PROGRAM_LINES,
    ],
  ])('%s', (_what, header, body) => {
    expect(readOf(withPart(header, body)).danger).toBe('dangerous');
  });

  it('the only part of the message too, which is its text', () => {
    expect(readOf(['Content-Type: text/html; name=jeu.hta', '', '<script>x</script>']).danger).toBe(
      'dangerous',
    );
  });

  it.each<[what: string, header: readonly string[], body: string]>([
    [
      'a message that is passed on',
      ['Content-Type: message/rfc822; name="Re: La sortie.eml"'],
      INNER,
    ],
    [
      'a message that is passed on under its subject alone',
      ['Content-Type: message/rfc822; name="Réunion du 12.Juin"'],
      INNER,
    ],
    ['a text with a name', ['Content-Type: text/plain; name=poeme.txt'], 'Bonjour'],
    [
      'a text in base64',
      ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64'],
      Buffer.from('MZ, tu viens ?').toString('base64'),
    ],
    ['a text in English', ['Content-Type: text/plain'], 'begin 644 times, and begin again'],
  ])('and %s stays everyday', (_what, header, body) => {
    expect(readOf(withPart(header, body)).danger).toBe('everyday');
  });
});

it('a message in the message says whether a picture is in it, however deep', () => {
  const picture =
    'Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n';
  const within = (inner: string) => `Content-Type: message/rfc822\r\n\r\n${inner}`;
  const first = (body: string) =>
    readOf([withPart(['Content-Type: message/rfc822'], body).join('\r\n')]).attachments[0];
  expect(first(within(picture))?.holdsPictures).toBe(true);
  expect(first(within('\r\nBonjour\r\n'))?.holdsPictures).toBeUndefined();
});

describe('a message in the message is offered as one, by a name of ours', () => {
  it.each<[subject: string, names: string, offered: string]>([
    ['La sortie', '; name="photo.docx"', 'La sortie.eml'],
    ['jeu.bat', '', 'jeu.bat.eml'],
    ['../../jeu', '', '-..-jeu.eml'],
    ['=?utf-8?q?photo=E2=80=AEgpj.bat?=', '', 'photogpj.bat.eml'],
    ['', '; name="photo.docx"', 'fichier.eml'],
    ['a'.repeat(400), '', `${'a'.repeat(251)}.eml`],
  ])('%j', (subject, names, offered) => {
    const raw = withPart(
      [`Content-Type: message/rfc822${names}`],
      `Subject: ${subject}\r\n\r\nBonjour\r\n`,
    ).join('\r\n');
    const {
      attachments: [file],
      structure,
    } = readOf([raw]);
    expect(file).toMatchObject({ name: offered, mediaType: 'application/octet-stream' });
    // One that was kept before its name was ours.
    const older = { ...file, name: 'jeu.bat' } as Attachment;
    const part = structure.parts[1] as Part;
    const bytes = Buffer.from(raw).subarray(part.bodyStart, part.bodyEnd);
    expect(offeredFile(older, part, bytes)).toMatchObject({ name: offered });
  });
});

function withPart(header: readonly string[], body: string): string[] {
  return [
    'From: a@b.fr',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    '',
    'Bonjour',
    '--b',
    ...header,
    '',
    body,
    '--b--',
    '',
  ];
}

function readOf(lines: readonly string[]): ReadMessage {
  const read = readMessage(Buffer.from(lines.join('\r\n')));
  if (read.kind === 'refused') throw new Error(read.why);
  return read.message;
}
