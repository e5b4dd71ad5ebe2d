/**
 * Runs transcripts/*.txt over a real socket, each on a connection of its own and with a mailbox
 * owner of its own town's demo. The first line is the behaviour and its section; then
 *   as: <local part>      who is signed in before the first line; left out, nobody is
 * `C:` is sent with CRLF, `S:` is one response without its CRLF (`…` is anything), `S?` the same
 * but responses up to the next `S:` may come in any order. `{lf}`, `{cr}` and `{nul}` are those
 * octets, `-- TLS` the handshake, `-- closed` the end by the server.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ImapClient } from './testing/imap-client.ts';
import { openImapTown, type ImapTown } from './testing/test-town.ts';

const FOLDER = join(import.meta.dirname, 'transcripts');

let town: ImapTown;
beforeAll(async () => {
  town = await openImapTown();
});
afterAll(() => town.close());

it.each(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => ({ name, ...parse(readFileSync(join(FOLDER, name), 'utf8')) })),
)('$name: $title', async ({ as, steps }) => {
  const client = as === null ? await town.stranger() : await town.client(as);
  for await (const problem of play(client, steps)) expect.fail(problem);
  client.cut();
});

type Step = {
  readonly kind: 'C:' | 'S:' | 'S?' | '--';
  readonly text: string;
  readonly line: number;
};

function parse(text: string): {
  readonly title: string;
  readonly as: string | null;
  readonly steps: readonly Step[];
} {
  const lines = text.trimEnd().split('\n');
  const steps = lines.flatMap((line, at): Step[] => {
    const [, kind, words = ''] = /^(C:|S:|S\?|--) ?(.*)$/.exec(line) ?? [];
    return kind ? [{ kind: kind as Step['kind'], text: words, line: at + 1 }] : [];
  });
  return { title: lines[0] ?? '', as: /^as: (\S+)$/m.exec(text)?.[1] ?? null, steps };
}

/** Yields the first difference in words, and then stops. */
async function* play(client: ImapClient, steps: readonly Step[]): AsyncGenerator<string> {
  let anyOrder: Step[] = [];
  for (const step of steps) {
    if (step.kind === 'S?') {
      anyOrder.push(step);
      continue;
    }
    for (const expected = anyOrder; expected.length > 0;) {
      const got = await client.response();
      const met = expected.findIndex(({ text }) => pattern(text).test(got));
      if (met < 0)
        return yield `line ${expected[0]?.line}: expected ${expected.map(({ text }) => text).join(' | ')}, got ${got}`;
      expected.splice(met, 1);
    }
    anyOrder = [];
    const { kind, text, line } = step;
    if (kind === 'C:') client.send(`${octets(text)}\r\n`);
    else if (text === 'TLS') await client.startTls();
    else {
      const got = await client.response();
      if (kind === '--' ? got !== text : !pattern(text).test(got))
        return yield `line ${line}: expected ${text}, got ${got}`;
    }
  }
}

const octets = (text: string): string =>
  text.replaceAll('{cr}', '\r').replaceAll('{lf}', '\n').replaceAll('{nul}', '\0');

function pattern(text: string): RegExp {
  return new RegExp(
    `^${octets(text)
      .split('…')
      .map((piece) => piece.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('[^]*')}$`,
    'u',
  );
}
