/**
 * Files that run, and archives that cost the scanner dear: on the real ways in, with the real
 * scanner.
 */
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { openTestTown, rawLetter, type TestTown } from '../../../tests/shared/town.ts';
import { ARCHIVE_ENTRIES } from '../../letters/message/limits.ts';
import {
  docx,
  emptyEntries,
  epub,
  gzipped,
  JPEG,
  odt,
  packaged,
  PROGRAM,
  streamedZip,
  tarred,
  xlsx,
  zipped,
} from '../../letters/message/testing/documents.ts';
import type { Scanner } from '../../letters/scan/clamd.ts';
import type { Outcome } from '../../rules/outcome.ts';
import { receive as appendable } from '../mailboxes/appending.ts';
import { judgeUpload } from '../writing/upload.ts';
import { openDelivery } from './accept.ts';

/** Put together here, so that no scanner finds this file itself. */
const EICAR = [
  'X5O!P%@AP[4\\PZX54(P^)7CC)7}$',
  'EICAR-STANDARD-ANTIVIRUS-TEST-FILE',
  '!$H+H*',
].join('');
const STRANGER = 'a@dehors.example';
const BAT = '@echo off\r\nstart calc.exe\r\n';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

interface File {
  readonly name: string;
  readonly bytes: Buffer;
}
type Made = () => File | Promise<File>;

const file = (name: string, bytes: Buffer | string): File => ({ name, bytes: Buffer.from(bytes) });

/**
 * A pupil to a classmate, somebody outside to a teacher, a teacher to a colleague and to a pupil.
 */
async function onAllWays(given: File): Promise<string[]> {
  return [
    said(await town.send('lina.moreau', ['adele.vidal'], { file: given })),
    said(await town.receive(STRANGER, ['claire.lefevre'], { file: given })),
    said(await town.send('claire.lefevre', ['mamadou.diallo'], { file: given })),
    said(await town.send('claire.lefevre', ['lina.moreau'], { file: given })),
  ];
}

const REFUSED = ['denied file-kind', 'denied file-kind', 'denied file-kind', 'denied file-kind'];
const FOR_GROWN_UPS = ['denied file-kind', 'accepted', 'accepted', 'accepted'];
const ACCEPTED = ['accepted', 'accepted', 'accepted', 'accepted'];
/** A pupil may not send a zip at all. */
const TOO_MUCH = [
  'denied file-kind',
  'unscannable',
  'held locked-archive-held',
  'denied locked-archive',
];

describe('a program gets through to nobody', () => {
  it.each<[where: string, make: Made]>([
    [
      'in a document',
      async () => file('a.docx', await docx({ 'word/embeddings/jeu.exe': PROGRAM })),
    ],
    [
      'in a document, as an object',
      async () =>
        file(
          'a.docx',
          await docx({ 'word/embeddings/oleObject2.bin': packaged('jeu.exe', PROGRAM) }),
        ),
    ],
    [
      'in an ODF text under the name of a picture',
      async () => file('a.odt', await odt({ 'Pictures/a.jpg': PROGRAM })),
    ],
    [
      'in a zip in a zip',
      async () => file('a.zip', await zipped({ 'a.zip': await zipped({ 'jeu.exe': PROGRAM }) })),
    ],
    ['in a tar', () => file('a.tar', tarred({ 'jeu.exe': PROGRAM }))],
    ['in a tgz', () => file('a.tgz', gzipped(tarred({ 'photo.jpg': PROGRAM })))],
    ['in a gzip', () => file('a.gz', gzipped(PROGRAM))],
  ])('%s', async (_where, make) => {
    expect(await onAllWays(await make())).toEqual(REFUSED);
  });

  it.each<[type: string, name: string]>([
    ['message/rfc822', 'jeu.bat'],
    ['message/global', 'jeu.vbs'],
    ['message/rfc822', 'jeu.hta'],
    ['message/rfc822', 'jeu.js'],
    ['message/x-jeu', 'jeu.scr'],
    ['text/plain', 'jeu.bat'],
    ['multipart/mixed', 'jeu.bat'],
  ])('as %s called %s', async (type, name) => {
    expect([
      said(await sendPart('lina.moreau', 'adele.vidal', { type, name })),
      said(await sendPart(null, 'claire.lefevre', { type, name })),
      said(await sendPart('claire.lefevre', 'lina.moreau', { type, name })),
    ]).toEqual(['denied file-kind', 'denied file-kind', 'denied file-kind']);
  });
});

it('a message in a message is downloaded as one, by a name of ours', async () => {
  const part = { type: 'message/rfc822', name: 'photo.docx' };
  expect(said(await sendPart('claire.lefevre', 'julie.robin', part))).toBe('accepted');
  const julie = await town.viewer('julie.robin');
  const [row] = await town.rows('julie.robin');
  if (!row) throw new Error('nothing came');
  const inbox = await town.mailbox(julie, 'inbox');
  const file = await town.core.mail.download(julie, { mailbox: inbox, uid: row.uid, part: '2' });
  expect(file).toMatchObject({ name: 'fichier.eml', mediaType: 'application/octet-stream' });
});

describe('what can’t be listed is for grown-ups', () => {
  it.each<[what: string, make: Made]>([
    [
      'xz',
      () =>
        file(
          'a.txt',
          Buffer.concat([Buffer.from('\xFD7zXZ\0\0\x04', 'latin1'), Buffer.alloc(40, 0xa5)]),
        ),
    ],
    [
      'a document with a zip in it',
      async () =>
        file(
          'a.docx',
          await docx({ 'word/embeddings/oleObject2.bin': await zipped({ 'a.txt': 'x' }) }),
        ),
    ],
    ['a zip of photos', async () => file('a.zip', await zipped({ '1.jpg': JPEG, '2.jpg': JPEG }))],
    [
      'a zip of photos as macOS makes it',
      async () => file('a.zip', await streamedZip({ '1.jpg': JPEG, '2.jpg': JPEG })),
    ],
    ['a book', async () => file('a.epub', await epub())],
  ])('%s', async (_what, make) => {
    expect(await onAllWays(await make())).toEqual(FOR_GROWN_UPS);
  });
});

it.each<[what: string, make: Made]>([
  ['a document of Word', async () => file('a.docx', await docx())],
  ['a workbook', async () => file('a.xlsx', await xlsx())],
  ['a text of LibreOffice', async () => file('a.odt', await odt())],
])('%s goes to everybody', async (_what, make) => {
  expect(await onAllWays(await make())).toEqual(ACCEPTED);
});

describe('an archive beyond the limits is answered at once and for good, and the scanner isn’t asked', () => {
  const { some, rest } = sliced<readonly [what: string, make: Made]>(2, [
    [
      'a program behind 2,500 entries',
      () => file('a.zip', emptyEntries(2_500, { 'jeu.exe': 'MZ' })),
    ],
    ['15,000 empty entries', () => file('a.zip', emptyEntries(15_000))],
    ['ten megabytes of nothing', () => file('a.gz', gzipped(Buffer.alloc(10_000_000)))],
    ['30,000 empty entries', () => file('a.zip', emptyEntries(30_000))],
  ]);
  it.each(some)('%s', isAnswered);
  it.each(rest)('and so are, %s', SOAKED, isAnswered);

  async function isAnswered(what: string, make: Made): Promise<void> {
    const given = await make();
    const { delivery, asked } = watched();
    const begun = performance.now();
    const outcome = await delivery.accept(
      {
        sender: { kind: 'outside', address: STRANGER },
        recipients: [town.address('claire.lefevre')],
        via: 'mx',
        peer: null,
        session: 't',
        trace: '',
      },
      Readable.from([rawLetter(STRANGER, [town.address('claire.lefevre')], { file: given })]),
    );
    console.log(
      `${what}: ${given.bytes.length} bytes, answered in ${(performance.now() - begun).toFixed(0)} ms`,
    );
    expect(outcome).toMatchObject({
      kind: 'unscannable',
      signature: expect.stringMatching(/^Heuristics\.Limits\.Exceeded\.Archive/) as unknown,
    });
    expect(asked()).toBe(0);
    expect(await onAllWays(given)).toEqual(TOO_MUCH);
  }

  it('by way of a mail program’s folder, and where a file is attached on the page', async () => {
    const given = file('a.zip', emptyEntries(ARCHIVE_ENTRIES + 1));
    const { scanner, asked } = watched();
    const parts = { ...town.parts, scanner };
    const lina = await town.viewer('lina.moreau');
    const claire = await town.viewer('claire.lefevre');
    const letter = () => Readable.from([rawLetter(lina.address, [lina.address], { file: given })]);
    expect(await appendable(parts, lina, letter())).toMatchObject({ kind: 'file-kind' });
    expect(await appendable(parts, claire, letter())).toMatchObject({ kind: 'done' });
    const upload = { file: { ...given, mediaType: 'application/zip' }, bytesBefore: 0 };
    expect(said(await judgeUpload(parts, lina, upload))).toBe('denied file-kind');
    expect(said(await judgeUpload(parts, claire, upload))).toBe('accepted');
    expect(asked()).toBe(0);
  });
});

it.each<[where: string, make: Made]>([
  ['by itself', () => file('a.txt', EICAR)],
  ['in a document', async () => file('a.docx', await docx({ 'word/media/a.txt': EICAR }))],
  ['in a tgz', () => file('a.tgz', gzipped(tarred({ 'a.txt': EICAR })))],
])('a virus %s is refused', (_where, make) => isInfected(make));

it('a virus behind as many entries as are read is refused', SOAKED, () =>
  isInfected(() => file('a.zip', emptyEntries(ARCHIVE_ENTRIES - 1, { 'a.txt': EICAR }))),
);

async function isInfected(make: Made): Promise<void> {
  expect(await onAllWays(await make())).toEqual(['infected', 'infected', 'infected', 'infected']);
}

/** Delivery with a scanner that counts how often it is asked. */
function watched(): {
  readonly delivery: ReturnType<typeof openDelivery>;
  readonly scanner: Scanner;
  asked(): number;
} {
  let count = 0;
  const scanner: Scanner = {
    ...town.parts.scanner,
    scan: (message, whom) => {
      count += 1;
      return town.parts.scanner.scan(message, whom);
    },
  };
  return { delivery: openDelivery({ ...town.parts, scanner }), scanner, asked: () => count };
}

/**
 * Sends a part of this type and name whose content is a script; from outside where no sender is
 * named.
 */
async function sendPart(
  from: string | null,
  to: string,
  part: { readonly type: string; readonly name: string },
): Promise<Outcome> {
  const viewer = from === null ? null : await town.viewer(from);
  const raw = Buffer.from(
    [
      `From: ${viewer?.address ?? STRANGER}`,
      'Subject: Jeu',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      '',
      'Bonjour',
      '--b',
      `Content-Type: ${part.type}; name="${part.name}"`,
      `Content-Disposition: attachment; filename="${part.name}"`,
      '',
      BAT,
      '--b--',
      '',
    ].join('\r\n'),
  );
  return town.core.delivery.accept(
    {
      sender: viewer ? { kind: 'account', viewer } : { kind: 'outside', address: STRANGER },
      recipients: [town.address(to)],
      via: viewer ? 'submission' : 'mx',
      peer: null,
      session: 't',
      trace: '',
    },
    Readable.from([raw]),
  );
}

function said(outcome: Outcome): string {
  if (outcome.kind === 'denied') return `denied ${outcome.refusals[0]?.rule}`;
  return outcome.kind === 'held' ? `held ${outcome.held[0]?.rule}` : outcome.kind;
}
