import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyText } from '../../../tests/shared/any-text.ts';
import { TIMES } from '../../../tests/shared/slice.ts';
import { decodedParts, partsOf, readBody } from './body.ts';
import { readAddresses } from './header-addresses.ts';
import { fieldValues, readHeader } from './header.ts';
import { sanitiseMail } from './html.ts';
import { readMessage } from './parse.ts';
import { prepareForSending, prepareFromOutside, wholeOf } from './prepare.ts';
import { asSent, corpusFiles } from './testing/corpora.ts';
import { wildnessOf } from './testing/tame.ts';

const SEED = Date.now() & 0x7fffffff;
console.log(`seed ${SEED}`);
const runs = (numRuns: number): { seed: number; numRuns: number } => ({
  seed: SEED,
  numRuns: TIMES === 1 ? Math.ceil(numRuns / 3) : numRuns * TIMES,
});

const WORDS = [
  '\r\n',
  '\r\n\r\n',
  '--b',
  '--b--',
  'Content-Type: ',
  'multipart/mixed; boundary=b',
  'message/rfc822',
  'text/html',
  'Content-Transfer-Encoding: base64',
  'From: ',
  'a@b.fr',
  '<',
  '>',
  '"',
  '(',
  ')',
  '\\',
  ',',
  ';',
  ':',
  '=?utf-8?q?=C3?=',
  ' ',
  '\t',
  'filename*0*=',
  '%C3',
  '\0',
  '\r',
  '\n',
  '<p style="',
  '<a href="',
  '=',
  'x',
  'é',
];
const wordsOf = (...more: readonly string[]) =>
  fc
    .array(fc.constantFrom(...WORDS, ...more), { maxLength: 60 })
    .map((words) => Buffer.from(words.join('')));
const mailish = wordsOf();
/** As a mail program writes it, among others or none. */
const toms = wordsOf('From: tom@ours.test\r\n', 'From: "Maman" <tom@ours.test>\r\n');

/**
 * What holds of any bytes: it is read or refused, ranges lie inside one another, nothing shown
 * holds a control, and twice is the same.
 */
function holds(raw: Buffer): void {
  const result = readMessage(raw);
  expect(readMessage(raw)).toEqual(result);
  prepareFromOutside(raw, { ourDomains: ['ours.test'], authServId: 'ours.test', trace: '' });
  if (result.kind === 'refused') return;
  const { message } = result;
  for (const part of partsOf(message.structure)) {
    expect(
      part.headerStart <= part.bodyStart &&
        part.bodyStart <= part.bodyEnd &&
        part.bodyEnd <= raw.length,
      part.path,
    ).toBe(true);
    for (const child of part.parts)
      expect(child.headerStart >= part.bodyStart && child.bodyEnd <= part.bodyEnd, child.path).toBe(
        true,
      );
  }
  const shown = [
    message.envelope.subject ?? '',
    message.preview,
    ...message.attachments.map(({ name }) => name),
    ...message.envelope.from.flatMap(({ name, address }) => [name, address]),
  ];
  for (const text of shown) expect(text).not.toMatch(/[\u0000-\u001F\u202A-\u202E\u2066-\u2069]/);
  expect([message.searchText.includes('\0'), message.searchText.isWellFormed()]).toEqual([
    false,
    true,
  ]);
  expect([...decodedParts(raw, message)].every((bytes) => bytes.length > 0)).toBe(true);
  const { html } = readBody(raw, message.structure);
  if (html !== null)
    expect(
      wildnessOf(
        sanitiseMail(html, { audience: 'child', cid: () => null, leavingPath: '/partir' }),
      ),
    ).toEqual([]);
}

it('any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      holds(Buffer.from(bytes));
    }),
    runs(150),
  );
});
it('bytes that look like mail', () => {
  fc.assert(fc.property(mailish, holds), runs(300));
});

it('mail of the corpora with bytes changed, cut and doubled', () => {
  const files = [...corpusFiles('attacks'), ...corpusFiles('mime-')]
    .map(({ bytes }) => asSent(bytes))
    .filter(({ length }) => length < 50_000);
  if (files.length === 0) {
    console.log('skipped: the corpora are not beside the repository');
    return;
  }
  const change = fc.record({
    file: fc.nat(files.length - 1),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    size: fc.nat(200),
    put: fc.constantFrom(...WORDS),
  });
  fc.assert(
    fc.property(change, ({ file, at, size, put }) => {
      const raw = files[file] ?? Buffer.alloc(0);
      const start = Math.floor(raw.length * at);
      holds(
        Buffer.concat([
          raw.subarray(0, start),
          Buffer.from(put),
          raw.subarray(start + (size % 3 === 0 ? size : 0)),
        ]),
      );
    }),
    runs(120),
  );
});

it('whatever the header, an account’s message shows the account or is refused', () => {
  const account = {
    address: 'tom@ours.test',
    displayName: 'Tom',
    role: 'pupil',
    messageId: '<x@ours.test>',
    date: new Date(0),
    trace: '',
  };
  fc.assert(
    fc.property(toms, (raw) => {
      const prepared = prepareForSending(raw, account);
      if (prepared.kind === 'refused') return;
      const whole = wholeOf(prepared);
      const header = readHeader(whole, 0, whole.length);
      if (header.kind === 'header') expect(fieldValues(header.header, 'from')).toHaveLength(1);
      const read = readMessage(whole);
      if (read.kind === 'read')
        expect(read.message.envelope.from).toEqual([{ name: 'Tom', address: account.address }]);
    }),
    runs(300),
  );
});

it('addresses never hold a control, whatever the text', () => {
  fc.assert(
    fc.property(anyText(200), (text) => {
      for (const { name, address } of readAddresses(text))
        expect(name + address).not.toMatch(/[\u0000-\u001F\u200B\u202E]/);
    }),
    runs(150),
  );
});
