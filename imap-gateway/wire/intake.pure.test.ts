import { describe, expect, it } from 'vitest';
import type { Messages } from './command.ts';
import type { ByteSource, WireEvent } from './incoming.ts';
import { WireIntake } from './intake.ts';
import { COMMAND_BYTES, STRANGER_COMMAND_BYTES } from './limits.ts';

/** A source that gives these pieces and then ends. */
function source(pieces: readonly (string | Buffer)[]): ByteSource {
  const left = pieces.map((piece) =>
    typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece,
  );
  return { read: () => Promise.resolve(left.shift() ?? null) };
}

function intakeOf(pieces: readonly (string | Buffer)[], signedIn = true) {
  const sent: string[] = [];
  const intake = new WireIntake(source(pieces), (text) => sent.push(text));
  intake.state.signedIn = signedIn;
  return { intake, sent };
}

/** In pieces of one byte; long texts in 500 pieces. */
function bytesOf(text: string): Buffer[] {
  const bytes = Buffer.from(text, 'utf8');
  const size = bytes.length < 2_000 ? 1 : Math.ceil(bytes.length / 500);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
}

/** Everything that comes, in a word each, up to the end. */
async function all(intake: WireIntake): Promise<string[]> {
  const seen: string[] = [];
  for (let count = 0; count < 100; count++) {
    const incoming = await intake.next();
    seen.push(await told(incoming));
    if (incoming.kind === 'end' || incoming.kind === 'cut') return seen;
  }
  throw new Error('no end');
}

async function told(incoming: WireEvent): Promise<string> {
  if (incoming.kind === 'refused')
    return `${incoming.tag} ${incoming.refused.status}${incoming.refused.code ? ` [${incoming.refused.code}]` : ''}`;
  if (incoming.kind !== 'command') return incoming.kind;
  const { command, tag } = incoming;
  return `${tag} ${command.name}${'messages' in command ? ` ${await toldMessages(command.messages)}` : ''}`;
}

async function toldMessages(messages: Messages): Promise<string> {
  const seen: string[] = [];
  for (;;) {
    const next = await messages.next();
    if (next.kind !== 'message') return [...seen, next.kind].join(' ');
    const pieces: Buffer[] = [];
    for await (const piece of next.message.body()) pieces.push(piece);
    seen.push(JSON.stringify(Buffer.concat(pieces).toString()));
  }
}

const DIALOGUES: readonly { when: string; bytes: string; then: string[]; sent: number }[] = [
  {
    when: 'two commands in one piece',
    bytes: 'a NOOP\r\nb NOOP\r\n',
    then: ['a NOOP', 'b NOOP', 'end'],
    sent: 0,
  },
  {
    when: 'literals of both kinds',
    bytes: 'a LOGIN {4}\r\nlina {3+}\r\nabc\r\nb NOOP\r\n',
    then: ['a LOGIN', 'b NOOP', 'end'],
    sent: 1,
  },
  {
    when: 'a literal of no bytes',
    bytes: 'a SEARCH HEADER x {0}\r\n\r\nb NOOP\r\n',
    then: ['a SEARCH', 'b NOOP', 'end'],
    sent: 1,
  },
  {
    when: 'braces in a quoted string are none',
    bytes: 'a SEARCH TEXT "{4}"\r\nb NOOP\r\n',
    then: ['a SEARCH', 'b NOOP', 'end'],
    sent: 0,
  },
  { when: 'a bare LF', bytes: 'a NOOP\nb NOOP\r\n', then: ['a BAD', 'b NOOP', 'end'], sent: 0 },
  {
    when: 'APPEND',
    bytes: 'a APPEND x {5}\r\nhello\r\nb NOOP\r\n',
    then: ['a APPEND "hello" end', 'b NOOP', 'end'],
    sent: 1,
  },
  {
    when: 'APPEND of several, the mailbox a literal',
    bytes: 'a APPEND {1+}\r\nx (\\Seen) {5+}\r\nhello ~{2+}\r\nyo\r\nb NOOP\r\n',
    then: ['a APPEND "hello" "yo" end', 'b NOOP', 'end'],
    sent: 0,
  },
  {
    when: 'APPEND UTF8',
    bytes: 'a APPEND x UTF8 (~{2}\r\né) {1}\r\ny\r\nb NOOP\r\n',
    then: ['a APPEND "é" "y" end', 'b NOOP', 'end'],
    sent: 2,
  },
  {
    when: 'APPEND UTF8 without its end',
    bytes: 'a APPEND x UTF8 (~{2+}\r\né\r\nb NOOP\r\n',
    then: ['a APPEND "é" refused', 'b NOOP', 'end'],
    sent: 0,
  },
  {
    when: 'junk behind a message, with a literal that comes anyway',
    bytes: 'a APPEND x {2+}\r\nhi junk {6+}\r\nz NOOP\r\nb NOOP\r\n',
    then: ['a APPEND "hi" refused', 'b NOOP', 'end'],
    sent: 0,
  },
  {
    when: 'APPEND refused before its message',
    bytes: 'a APPEND &x {6+}\r\nz NOOP\r\nb NOOP\r\n',
    then: ['a NO [CANNOT]', 'b NOOP', 'end'],
    sent: 0,
  },
  {
    when: 'APPEND refused, the client waiting',
    bytes: 'a APPEND &x {6}\r\nb NOOP\r\n',
    then: ['a NO [CANNOT]', 'b NOOP', 'end'],
    sent: 0,
  },
  {
    when: 'REPLACE',
    bytes: 'a UID REPLACE 4 x {2+}\r\nhi\r\nb NOOP\r\n',
    then: ['a REPLACE "hi" end', 'b NOOP', 'end'],
    sent: 0,
  },
  {
    when: 'a literal too big, waiting',
    bytes: 'a SEARCH TEXT {65537}\r\nb NOOP\r\n',
    then: ['a BAD [TOOBIG]', 'b NOOP', 'end'],
    sent: 0,
  },
  {
    when: 'a literal too big, on its way',
    bytes: `a SEARCH TEXT {70000+}\r\n${'x'.repeat(70_000)} TEXT {2+}\r\nab\r\nb NOOP\r\n`,
    then: ['a BAD [TOOBIG]', 'b NOOP', 'end'],
    sent: 0,
  },
  {
    when: 'a literal without end',
    bytes: 'a SEARCH TEXT {18446744073709551616+}\r\nxxx',
    then: ['cut'],
    sent: 0,
  },
  { when: 'the end within a literal', bytes: 'a SEARCH TEXT {10}\r\nxxx', then: ['end'], sent: 1 },
];

describe.each([
  ['in one piece', (text: string) => [text]],
  ['byte by byte', bytesOf],
] as const)('%s', (_, cut) => {
  it.each(DIALOGUES)('$when', async ({ bytes, then, sent: continuations }) => {
    const { intake, sent } = intakeOf(cut(bytes));
    expect(await all(intake)).toEqual(then);
    expect(sent).toEqual(Array.from({ length: continuations }, () => '+ OK\r\n'));
  });
});

describe('before sign-in', () => {
  it.each([
    {
      when: 'a literal of 1 kB passes',
      bytes: `a LOGIN x {1024+}\r\n${'x'.repeat(1024)}\r\nb NOOP\r\n`,
      then: ['a LOGIN', 'b NOOP', 'end'],
    },
    {
      when: 'one byte more does not',
      bytes: 'a LOGIN x {1025}\r\nb NOOP\r\n',
      then: ['a BAD [TOOBIG]', 'b NOOP', 'end'],
    },
    { when: '{4294967295}', bytes: 'a LOGIN {4294967295}\r\n', then: ['a BAD [TOOBIG]', 'end'] },
    { when: '{4294967295+}', bytes: 'a LOGIN {4294967295+}\r\nxxx', then: ['cut'] },
    { when: '{-1}', bytes: 'a LOGIN {-1}\r\n', then: ['a BAD', 'end'] },
    {
      when: 'APPEND is no exception',
      bytes: 'a APPEND x {300000000}\r\n',
      then: ['a BAD [TOOBIG]', 'end'],
    },
    {
      when: 'a long line',
      bytes: `a LOGIN ${'x'.repeat(STRANGER_COMMAND_BYTES)}\r\n`,
      then: ['cut'],
    },
  ])('$when', async ({ bytes, then }) =>
    expect(await all(intakeOf([bytes], false).intake)).toEqual(then),
  );
});

it('a line without end is cut at the cap, and holds no more than that', async () => {
  let given = 0;
  const piece = Buffer.alloc(16_384, 'x');
  const intake = new WireIntake(
    {
      read: () => {
        given += piece.length;
        return Promise.resolve(piece);
      },
    },
    () => undefined,
  );
  intake.state.signedIn = true;
  expect(await intake.next()).toEqual({ kind: 'cut', text: 'The command is too long' });
  expect(given).toBeLessThanOrEqual(COMMAND_BYTES + 2 * piece.length);
});

it('an APPEND that nobody reads is left: what waits gets no continuation, what is on its way is thrown away', async () => {
  for (const bytes of [
    'a APPEND x {6}\r\nb NOOP\r\n',
    'a APPEND x {6+}\r\nz NOOP {6+}\r\ny NOOP\r\nb NOOP\r\n',
  ]) {
    const { intake, sent } = intakeOf([bytes]);
    expect(await intake.next()).toMatchObject({ kind: 'command', tag: 'a' });
    expect(await intake.next()).toMatchObject({ kind: 'command', tag: 'b' });
    expect(sent).toEqual([]);
  }
});

it('an APPEND left in the middle of a message goes on behind it', async () => {
  const { intake } = intakeOf(['a APPEND x {6+}\r\n', 'hel', 'lo! {3+}\r\nabc\r\nb NOOP\r\n']);
  const incoming = await intake.next();
  if (incoming.kind !== 'command' || incoming.command.name !== 'APPEND')
    throw new Error('no APPEND');
  const message = await incoming.command.messages.next();
  if (message.kind !== 'message') throw new Error('no message');
  for await (const piece of message.message.body()) {
    expect(piece.toString()).toBe('hel');
    break;
  }
  await incoming.command.messages.leave();
  expect(await intake.next()).toMatchObject({ kind: 'command', tag: 'b' });
});

it('the end within a message is an error, so that nothing of it is kept', async () => {
  const { intake } = intakeOf(['a APPEND x {6+}\r\nhel']);
  const incoming = await intake.next();
  if (incoming.kind !== 'command' || incoming.command.name !== 'APPEND')
    throw new Error('no APPEND');
  await expect(toldMessages(incoming.command.messages)).rejects.toMatchObject({
    name: 'ConnectionLost',
  });
});

it('raw lines, for IDLE and AUTHENTICATE; and what is left when the bytes change', async () => {
  const { intake } = intakeOf(['DONE\r\nAGEAYg==\r\na STARTTLS\r\nb NOOP\r\n', 'xxxxxxxxx']);
  expect(await intake.line(100)).toBe('DONE');
  expect(await intake.line(100)).toBe('AGEAYg==');
  expect(await intake.next()).toMatchObject({ command: { name: 'STARTTLS' } });
  expect(intake.takeRest().toString()).toBe('b NOOP\r\n');
  expect(await intake.line(5)).toBe('too-long');
  intake.readFrom(source([]));
  intake.takeRest();
  expect(await intake.line(5)).toBe(null);
});
