/**
 * Nothing that a client sends makes the reader or the parser throw, hang or hold more than its
 * caps; the seed of a failure is printed.
 */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { imapString } from '../../core/letters/message/imap-string.ts';
import { corpusFiles, cpuMs, hasCorpora } from '../../core/letters/message/testing/corpora.ts';
import { anyText } from '../../tests/shared/any-text.ts';
import { TIMES } from '../../tests/shared/slice.ts';
import { WireIntake } from './intake.ts';
import { ConnectionLost } from './messages-ahead.ts';
import { decodeWritten, encodeName } from './names.ts';
import { parse } from './parse.ts';

vi.setConfig({ testTimeout: 120_000 }); // the machine may be busy
const SEED = Date.now() & 0x7fffffff;
console.log(`seed ${SEED}`);
const seeded = (numRuns: number) => ({ seed: SEED, numRuns: numRuns * TIMES });

/**
 * Reads it all, messages too, and tells how much came. Any error but the end of the connection is a
 * failure.
 */
async function readAll(
  bytes: Buffer,
  cuts: readonly number[],
  signedIn: boolean,
): Promise<{ readonly commands: number; readonly refused: number }> {
  const pieces: Buffer[] = [];
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = Math.max(1, cuts[i % Math.max(1, cuts.length)] ?? 64);
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  const intake = new WireIntake(
    { read: () => Promise.resolve(pieces.shift() ?? null) },
    () => undefined,
  );
  intake.state.signedIn = signedIn;
  const seen = { commands: 0, refused: 0 };
  for (let count = 0; count <= bytes.length; count++) {
    const incoming = await intake.next();
    if (incoming.kind === 'end' || incoming.kind === 'cut') return seen;
    if (incoming.kind === 'refused') {
      seen.refused++;
      continue;
    }
    seen.commands++;
    if (!('messages' in incoming.command)) continue;
    try {
      for (
        let next = await incoming.command.messages.next();
        next.kind === 'message';
        next = await incoming.command.messages.next()
      ) {
        let length = 0;
        for await (const piece of next.message.body()) length += piece.length;
        expect(length).toBe(next.message.sizeBytes);
      }
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
    }
  }
  throw new Error('more commands than bytes');
}

/** Words of the grammar, in any order: what random letters never find. */
const WORD = fc.constantFrom(
  'a1',
  'UID',
  'FETCH',
  'SEARCH',
  'SORT',
  'STORE',
  'APPEND',
  'REPLACE',
  'LIST',
  'STATUS',
  'SELECT',
  'NOTIFY',
  'SET',
  'SETMETADATA',
  'GETMETADATA',
  'SETACL',
  'ID',
  'LOGIN',
  'RETURN',
  '(',
  ')',
  '((',
  '))',
  ' ',
  '  ',
  '\r\n',
  '\n',
  '"',
  '"a"',
  '"\\"',
  '{3}',
  '{3+}',
  '{0}',
  '~{2+}',
  '{99999999999999999999}',
  '{-1}',
  '$',
  '*',
  '1',
  '1:*',
  '4294967295',
  '4294967296',
  '0',
  'BODY[',
  ']',
  '<0.1>',
  'HEADER.FIELDS',
  'BINARY',
  'NIL',
  'UTF8',
  'CHARSET',
  'utf-8',
  'OR',
  'NOT',
  'ALL',
  'FROM',
  'MODSEQ',
  'SINCE',
  '1-Feb-2024',
  '"01-Feb-2024 00:00:00 +0000"',
  '&',
  '&AOk-',
  '&-',
  '\\Seen',
  '+FLAGS',
  'QRESYNC',
  'CHANGEDSINCE',
  'MAXSIZE',
  'selected',
  'MessageNew',
  'é',
  '\0',
  '\x80',
  'x',
);
const SENTENCE = fc
  .array(
    fc.oneof({ weight: 8, arbitrary: WORD }, { weight: 1, arbitrary: fc.string({ maxLength: 8 }) }),
    { maxLength: 40 },
  )
  .map((words) => words.join(' '));
const CUTS = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

describe('any bytes', () => {
  it('the parser takes any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          SENTENCE,
          anyText(300),
          SENTENCE.map((text) => `a1 ${text}`),
        ),
        fc.boolean(),
        (text, utf8) => {
          const parsed = parse(Buffer.from(text, 'utf8').toString('latin1'), { utf8 });
          expect(['command', 'refused', 'upload', 'incomplete']).toContain(parsed.kind);
          if (parsed.kind === 'refused')
            expect(parsed.refused.text).toMatch(/^[\x20-\x7e]{1,200}$/);
        },
      ),
      seeded(700),
    );
  });
  it('the reader takes any bytes, however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(SENTENCE, { maxLength: 6 }),
        CUTS,
        fc.boolean(),
        async (lines, cuts, signedIn) => {
          await readAll(Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8'), cuts, signedIn);
        },
      ),
      seeded(170),
    );
  });
  it('how bytes are cut changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          SENTENCE.map((text) => `a1 ${text}`),
          { maxLength: 6 },
        ),
        CUTS,
        async (lines, cuts) => {
          const bytes = Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8');
          expect(await readAll(bytes, cuts, true)).toEqual(
            await readAll(bytes, [bytes.length], true),
          );
        },
      ),
      seeded(170),
    );
  });
  it('a string comes back as it was written', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 50 }).map((text) => text.replaceAll('\0', '')),
        (password) => {
          const parsed = parse(
            Buffer.from(`a LOGIN x ${imapString(password)}`, 'utf8').toString('latin1'),
            { utf8: false },
          );
          expect(parsed).toMatchObject({ kind: 'command', command: { name: 'LOGIN', password } });
        },
      ),
      seeded(170),
    );
  });
  it('a mailbox name comes back as it was written, in both encodings', () => {
    const names = fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .map((name) => name.normalize('NFC'))
      .filter(
        (name) =>
          name !== '' &&
          !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]|^inbox(?:\/|$)/i.test(name) &&
          name.isWellFormed(),
      );
    fc.assert(
      fc.property(names, fc.boolean(), (name, utf8) => {
        const parsed = parse(
          Buffer.from(`a DELETE ${encodeName(name, { utf8 })}`, 'utf8').toString('latin1'),
          { utf8 },
        );
        expect(parsed).toMatchObject({
          kind: 'command',
          command: { name: 'DELETE', mailbox: name },
        });
        if (!utf8)
          expect(encodeName(name, { utf8 })).toMatch(/^[\x20-\x7e]*$|^\{\d+\}\r\n[\x20-\x7e]*$/);
      }),
      seeded(170),
    );
  });
  it('no modified UTF-7 has two readings: what is decoded is written the same', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.constantFrom('&', '-', 'A', 'AOk', 'a', ',', '+', '2D3eCQ', '/'), {
            maxLength: 12,
          })
          .map((pieces) => pieces.join('')),
        (wire) => {
          // As it was written: what is kept is in NFC, under which U+F9A0 is U+88C3.
          const name = decodeWritten(wire, { utf8: false });
          if (name !== null)
            expect([wire, `"${wire}"`]).toContain(encodeName(name, { utf8: false }));
        },
      ),
      seeded(170),
    );
  });
});

/**
 * The commands of imaptest's scripts with the answer they expect, variables filled in; a message
 * that follows is a literal of 10 bytes.
 */
function corpusLines(): { readonly answer: string; readonly text: string }[] {
  return corpusFiles('imap-imaptest')
    .filter(({ name }) => !/\.mbox$|^broken\//.test(name))
    .flatMap(({ bytes }) => bytes.toString('latin1').split('\n'))
    .flatMap((line) => {
      const [, answer = '', command = ''] =
        /^(?:\d+ )?(ok|no|bad|"") ([^[].*)$/.exec(line.trim()) ?? [];
      const text = command
        .replace(/\$\{?mailbox\}?/g, 'box')
        .replaceAll('${sep}', '/')
        .replaceAll('$$', '$')
        .replace(/\$\w+/g, '1')
        .replace(/\{\{\{$/, '{10}\r\n');
      return command === '' ? [] : [{ answer, text: `a1 ${text}` }];
    });
}

/**
 * What isn't the server's: CATENATE, URLAUTH, CONTEXT. An APPEND without a message is imaptest's
 * own short form; `&'` is no modified UTF-7, though an atom.
 */
const NOT_OURS =
  / catenate | (?:genurlauth|urlfetch|resetkey|cancelupdate) |return \(update| append(?: \S+)?(?: \([^)]*\))?$|&'/i;

describe.skipIf(!hasCorpora)(
  'lines of imaptest (skipped where the corpora are not beside the repository)',
  () => {
    const lines = corpusLines();
    it('are refused where the script says BAD, and only there', () => {
      expect(lines.length).toBeGreaterThan(600);
      const refused = (text: string): boolean => parse(text, { utf8: false }).kind === 'refused';
      expect(lines.filter(({ answer, text }) => answer === 'bad' && !refused(text))).toEqual([]);
      expect(
        lines.filter(
          ({ answer, text }) => answer !== 'bad' && !NOT_OURS.test(text) && refused(text),
        ),
      ).toEqual([]);
    });
    it('cut, doubled, swapped and spliced, are read without a throw', () => {
      const line = fc.constantFrom(...lines.map(({ text }) => text));
      fc.assert(
        fc.property(
          line,
          line,
          fc.nat(),
          fc.nat(),
          fc.constantFrom('cut', 'swap', 'twice', 'splice'),
          (one, other, i, j, how) => {
            const [from, to] = [
              Math.min(i % one.length, j % one.length),
              Math.max(i % one.length, j % one.length),
            ];
            const mutants = {
              cut: one.slice(0, from) + one.slice(to),
              twice: one.slice(0, to) + one.slice(from),
              swap: one.slice(0, from) + String.fromCharCode(j % 256) + one.slice(from + 1),
              splice: one.slice(0, from) + other.slice(j % other.length),
            };
            expect(parse(mutants[how], { utf8: i % 2 === 0 }).kind).toBeTruthy();
          },
        ),
        seeded(1_300),
      );
    });
  },
);

describe('long input takes linear time', () => {
  it.each([
    ['a quoted string without end', `a LOGIN x "${'\\"'.repeat(60_000)}`],
    ['spaces', `a SEARCH ${' '.repeat(120_000)}`],
    ['an atom', `a SEARCH ${'x'.repeat(120_000)}`],
    ['digits', `a FETCH ${'1'.repeat(120_000)} FLAGS`],
    ['a set', `a FETCH ${'1:2,'.repeat(30_000)} FLAGS`],
    ['parentheses', `a SEARCH ${'('.repeat(120_000)}`],
    ['a shifted name', `a SELECT &${'AOkA6Q'.repeat(20_000)}-`],
    ['literals', `a SEARCH ${'TEXT {1}\r\nx '.repeat(10_000)}`],
    ['an entry', `a GETMETADATA x /${'a/'.repeat(60_000)}`],
  ])('%s', (_, text) => {
    const { ms } = cpuMs(() => parse(text, { utf8: false }));
    expect(ms).toBeLessThan(500);
  });
});
