import { describe, expect, it } from 'vitest';
import { sliced, TIMES } from '../../../tests/shared/slice.ts';
import { ALL } from '../../letters/message/archive/work.ts';
import { readFormatted } from '../../letters/message/format/read-html.ts';
import type { ReadMessage } from '../../letters/message/message.ts';
import { readMessage } from '../../letters/message/parse.ts';
import { shownHtml, shownText } from '../../letters/message/shown.ts';
import { asSent, corpusFiles, hasCorpora } from '../../letters/message/testing/corpora.ts';
import { normaliseBody } from '../../letters/message/wire.ts';
import {
  isFormattedText,
  isReadResult,
  isShownHtml,
  isShownText,
  isTakenApartOf,
} from './letter-answers.ts';

const RAW = Buffer.from(
  [
    'From: Ana <ana@school.example>',
    'To: leo@school.example',
    'Subject: =?utf-8?q?=EF=B7=BA?=',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/html',
    '',
    '<p>The <b>museum</b> https://museum.example</p>',
    '--b',
    'Content-Type: message/rfc822',
    '',
    'From: far@away.example',
    'Subject: within',
    '',
    'text',
    '--b--',
    '',
  ].join('\r\n'),
);

const read = readMessage(RAW);
if (read.kind === 'refused') throw new Error(read.why);
const { message } = read;

it('believes what is read of a letter', () => {
  const showing = { ...message, raw: RAW, audience: 'adult', afar: 'left-out' } as const;
  expect(isReadResult(read)).toBe(true);
  expect(isFormattedText(readFormatted('<p>a <b>b</b></p><ol><li>c</li></ol>'))).toBe(true);
  expect(isShownText(shownText(showing))).toBe(true);
  expect(isShownHtml(shownHtml(showing))).toBe(true);
});

it.each([
  { title: 'languages', lines: [`Content-Language: ${'en,\r\n '.repeat(5_000)}fr`, '', 'x'] },
  {
    title: 'letters that are long once folded',
    lines: [`Subject: ${'ﷺ'.repeat(20_000)}`, '', 'ﷺ'],
  },
  { title: 'hops', lines: [...Array.from({ length: 100 }, () => 'Received: x'), '', 'x'] },
  {
    title: 'messages in one another',
    lines: [...Array.from({ length: 32 }, () => 'Content-Type: message/rfc822\r\n'), '', 'x'],
  },
])('believes it of as many $title as are read', ({ lines }) => {
  const result = readMessage(Buffer.from(['From: ana@school.example', ...lines, ''].join('\r\n')));
  expect(result.kind).toBe('read');
  expect(isReadResult(result)).toBe(true);
});

const [first] = message.structure.parts;
let deep = message.structure;
for (let level = 0; level < 40; level += 1) deep = { ...message.structure, parts: [deep] };
const parts = (most: number) => Array.from({ length: most }, () => first);

it.each<{ readonly title: string; readonly wrong: Partial<Record<keyof ReadMessage, unknown>> }>([
  { title: 'an offset that is none', wrong: { structure: { ...message.structure, bodyEnd: -1 } } },
  { title: 'parts in one another without end', wrong: { structure: deep } },
  {
    title: 'more parts than are read',
    wrong: { structure: { ...message.structure, parts: parts(1_000) } },
  },
  { title: 'a text without end', wrong: { preview: 'x'.repeat(10_000) } },
  { title: 'a danger that nobody knows', wrong: { danger: 'none' } },
  { title: 'an address without a name', wrong: { envelope: { ...message.envelope, to: [{}] } } },
  { title: 'a moment that is none', wrong: { keys: { ...message.keys, sentAt: new Date(NaN) } } },
  { title: 'something of its own', wrong: { toString: 1 } as never },
])('doesn’t believe $title', ({ wrong }) => {
  expect(isReadResult({ kind: 'read', message: { ...message, ...wrong } })).toBe(false);
});

it('believes no end of what was received that is longer than it', () => {
  const taken = { kind: 'ready', header: RAW, body: null, read: { message, hasLyingLink: false } };
  const received = { length: 100 };
  expect(isTakenApartOf({ ...taken, bodyBytes: 100 }, received)).toBe(true);
  expect(isTakenApartOf({ ...taken, bodyBytes: 101 }, received)).toBe(false);
});

describe.skipIf(!hasCorpora)('of the corpora', () => {
  it('believes all that is read', () => {
    const all = [...corpusFiles('attacks'), ...corpusFiles('mime-')];
    const files = TIMES === 1 ? sliced(20, all).some : all;
    const notBelieved = files.filter(
      ({ bytes }) => !isReadResult(readMessage(normaliseBody(asSent(bytes)), ALL)),
    );
    expect(notBelieved.map(({ name }) => name)).toEqual([]);
  });
});
