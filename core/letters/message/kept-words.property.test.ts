/**
 * Every word of text that a peer was answered 250 for is there to be read, whatever its header
 * looks like.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TIMES } from '../../../tests/shared/slice.ts';
import { readBody } from './body.ts';
import { readMessage } from './parse.ts';
import { prepareForSending, prepareFromOutside, wholeOf, type PreparedMessage } from './prepare.ts';

const SEED = Date.now() & 0x7fffffff;
console.log(`seed ${SEED}`);

const ACCOUNT = {
  address: 'tom.p@school-a.example',
  displayName: 'Tom Petit',
  role: 'teacher',
  messageId: '<new@school-a.example>',
  date: new Date('2026-09-07T06:00:00Z'),
  trace: 'Received: from x by y; Mon, 7 Sep 2026 06:00:00 +0000\r\n',
};
const OUTSIDE = {
  ourDomains: ['school-a.example'],
  authServId: 'mx.school-a.example',
  trace: ACCOUNT.trace,
};
const MBOX = 'From anna@musee.example Mon Sep  7 06:00:00 2026';

/** What a reader sees of it: the subject and the text; null where the peer is told no. */
function seenOf(prepared: PreparedMessage): string | null {
  if (prepared.kind === 'refused') return null;
  const read = readMessage(wholeOf(prepared));
  if (read.kind === 'refused') return null;
  return `${read.message.envelope.subject ?? ''}\n${readBody(wholeOf(prepared), read.message.structure).text ?? ''}`;
}

const sent = (raw: Buffer): string | null => seenOf(prepareForSending(raw, ACCOUNT));
const came = (raw: Buffer): string | null => seenOf(prepareFromOutside(raw, OUTSIDE));
const FROM = 'From: anna@musee.example';

describe('text without an empty line before it', () => {
  it.each<{ when: string; lines: readonly string[]; sees: string }>([
    {
      when: 'after fields',
      lines: ['Subject: Jeudi', 'Bonjour Tom,', 'à jeudi'],
      sees: 'Jeudi\nBonjour Tom,\nà jeudi',
    },
    {
      when: 'with a colon further on',
      lines: ['Subject: Jeudi', 'Je dis : oui', 'Note: bien'],
      sees: 'Jeudi\nJe dis : oui\nNote: bien',
    },
    {
      when: 'between fields',
      lines: ['Subject: Jeudi', 'perdu ?', 'X-Mailer: x', '', 'Bonjour'],
      sees: 'Jeudi\nperdu ?\nX-Mailer: x\n\nBonjour',
    },
    {
      when: 'before a type that would hide it',
      lines: ['Subject: Jeudi', 'perdu ?', 'Content-Type: text/html', '', 'Bonjour'],
      sees: 'Jeudi\nperdu ?\nContent-Type: text/html\n\nBonjour',
    },
    {
      when: 'after an mbox line',
      lines: [MBOX, 'Subject: Jeudi', 'Bonjour'],
      sees: 'Jeudi\nBonjour',
    },
  ])('$when', ({ lines, sees }) => {
    const raw = Buffer.from(`${lines.join('\r\n')}\r\n`);
    expect(sent(raw)?.trimEnd()).toBe(sees);
    // A From of a stranger stands in the header, or the peer is told that there is none.
    const [first = '', ...rest] = lines;
    if (first === MBOX) return;
    expect(came(Buffer.from(`${[first, FROM, ...rest].join('\r\n')}\r\n`))?.trimEnd()).toBe(sees);
  });

  it.each<{ when: string; lines: readonly string[] }>([
    { when: 'alone', lines: ['Bonjour Tom'] },
    { when: 'that begins with a space', lines: ['  Bonjour Tom', 'Subject: x'] },
    {
      when: 'that begins as an mbox line',
      lines: ['From my window I see Tom', 'Subject: x', '', 'Bonjour'],
    },
    { when: 'folded under an mbox line', lines: [MBOX, ' Bonjour Tom', 'Subject: x'] },
  ])('at the very beginning: $when', ({ lines }) => {
    const raw = Buffer.from(`${lines.join('\r\n')}\r\n`);
    expect(sent(raw)?.trim()).toBe(lines.join('\n').trim());
    expect(prepareFromOutside(raw, OUTSIDE)).toEqual({ kind: 'refused', why: 'no-from' });
  });

  it('is seen by every program where we see it: an empty line is put before it', () => {
    const prepared = prepareForSending(
      Buffer.from('Subject: Jeudi\r\nBonjour\r\nContent-Type: text/html\r\n'),
      ACCOUNT,
    );
    const text = prepared.kind === 'ready' ? wholeOf(prepared).toString() : '';
    expect(text.slice(text.indexOf('\r\n\r\n'))).toBe(
      '\r\n\r\nBonjour\r\nContent-Type: text/html\r\n',
    );
    expect(text.match(/^Content-Type/gm)).toHaveLength(1);
  });

  it('of a part is shown too, and a line before its type hides neither its name nor its kind', () => {
    const message = (...lines: readonly string[]): Buffer =>
      Buffer.from(
        [
          'Subject: x',
          FROM,
          'Content-Type: multipart/mixed; boundary=b',
          '',
          ...lines,
          '--b--',
          '',
        ].join('\r\n'),
      );
    expect(came(message('--b', 'X-Part: 1', 'Bonjour'))).toContain('Bonjour');
    const prepared = prepareFromOutside(
      message(
        '--b',
        'Content-Type: text/plain',
        'junk',
        'Content-Disposition: attachment; filename=jeu.exe',
        '',
        'MZ',
      ),
      OUTSIDE,
    );
    const read = prepared.kind === 'ready' ? readMessage(wholeOf(prepared)) : null;
    expect(read?.kind === 'read' ? read.message.attachments : []).toMatchObject([
      { name: 'jeu.exe', danger: 'dangerous' },
    ]);
  });
});

/** A line, and the words of it that somebody wrote to be read. */
interface Line {
  readonly text: string;
  readonly isText: boolean;
}

const word = fc.nat(9_999).map((number) => `mot${number}`);
const line: fc.Arbitrary<Line> = fc.oneof(
  {
    weight: 3,
    arbitrary: word.map((one) => ({ text: `Bonjour ${one}, je dis : oui`, isText: true })),
  },
  { weight: 1, arbitrary: word.map((one) => ({ text: `From ${one} to you`, isText: true })) },
  { weight: 1, arbitrary: word.map((one) => ({ text: `>From ${one}`, isText: true })) },
  { weight: 1, arbitrary: word.map((one) => ({ text: `: ${one}`, isText: true })) },
  { weight: 1, arbitrary: word.map((one) => ({ text: `--${one}`, isText: true })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(
        'X-Mailer: x',
        'To: b@musee.example',
        'Date: Mon, 7 Sep 2026 06:00:00 +0000',
        'Subject: y',
      )
      .map((text) => ({ text, isText: false })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('', ' ', '\t', MBOX, ' suite', 'a\0b', 'a\rb')
      .map((text) => ({ text, isText: false })),
  },
);

it('any lines in any order: each word of a line that is no field is seen, or the peer is told no', () => {
  let told = 0;
  let seen = 0;
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 12 }),
      fc.constantFrom('\r\n', '\n'),
      fc.boolean(),
      (lines, end, fromOutside) => {
        const head = fromOutside ? [FROM] : [];
        const raw = Buffer.from([...head, ...lines.map(({ text }) => text)].join(end) + end);
        const shown = fromOutside ? came(raw) : sent(raw);
        if (shown === null) {
          told += 1;
          return;
        }
        seen += 1;
        for (const { text, isText } of lines) if (isText) expect(shown).toContain(text);
      },
    ),
    { seed: SEED, numRuns: 1_000 * TIMES },
  );
  console.log(`${seen} seen, ${told} told no`);
  expect(Math.min(seen, told)).toBeGreaterThan(100);
});
