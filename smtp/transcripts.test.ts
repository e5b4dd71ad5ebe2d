/**
 * Runs transcripts/*.txt over a real socket, each on a connection of its own. The first line is the
 * behaviour and its section; then, until the first `S:`, come
 *   door: mx | submission | submissions
 *   gets: <local part> <number>    how many messages more that person's inbox holds at the end
 * `C:` is sent with CRLF, `S:` is one line of a reply (`*` is anything), `{plain <local part>}` a
 * SASL response, `{cr}`, `{lf}` and `{nul}` those octets, `-- TLS` the handshake after STARTTLS,
 * `-- closed` the end by the server.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type SmtpTestTown } from './testing/test-town.ts';
import { dial, plain, type WireClient } from './testing/wire-client.ts';

const FOLDER = join(import.meta.dirname, 'transcripts');

let town: SmtpTestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

it.each(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => ({ name, ...parse(readFileSync(join(FOLDER, name), 'utf8')) })),
)('$name: $title', async ({ door, gets, steps }) => {
  const before = await Promise.all(gets.map(({ local }) => town.inboxOf(local)));
  const client = await dial(town.smtp.ports[door], door === 'submissions' ? 'implicit' : 'plain');
  try {
    for await (const problem of play(client, steps)) expect.fail(problem);
  } finally {
    client.cut();
  }
  const after = await Promise.all(gets.map(({ local }) => town.inboxOf(local)));
  expect(gets.map(({ local }, i) => `${local} ${(after[i] ?? 0) - (before[i] ?? 0)}`)).toEqual(
    gets.map(({ local, more }) => `${local} ${more}`),
  );
});

type Step = { readonly kind: 'C' | 'S' | '--'; readonly text: string; readonly line: number };

interface Transcript {
  readonly title: string;
  readonly door: 'mx' | 'submission' | 'submissions';
  readonly gets: readonly { readonly local: string; readonly more: number }[];
  readonly steps: readonly Step[];
}

function parse(text: string): Transcript {
  const lines = text.trimEnd().split('\n');
  const door = /^door: (mx|submissions?)$/m.exec(text)?.[1] as Transcript['door'] | undefined;
  if (!door) throw new Error('a transcript without its door');
  const gets = [...text.matchAll(/^gets: (\S+) (\d+)$/gm)].map(([, local = '', more]) => ({
    local,
    more: Number(more),
  }));
  const steps = lines.flatMap((line, at): Step[] => {
    const [, kind, words = ''] = /^(C:|S:|--) ?(.*)$/.exec(line) ?? [];
    return kind ? [{ kind: kind.replace(':', '') as Step['kind'], text: words, line: at + 1 }] : [];
  });
  return { title: lines[0] ?? '', door, gets, steps };
}

/** Yields the first difference in words, and then stops. */
async function* play(client: WireClient, steps: readonly Step[]): AsyncGenerator<string> {
  const lines: string[] = [];
  for (const { kind, text, line } of steps) {
    if (kind === 'C') client.send(`${fill(text)}\r\n`);
    else if (text === 'TLS') await client.startTls();
    else {
      if (lines.length === 0) lines.push(...(await client.reply()).split('\n'));
      const got = lines.shift() ?? '';
      if (kind === '--' ? got !== 'closed' : !pattern(text).test(got))
        return yield `line ${line}: expected ${text}, got ${got}`;
    }
  }
}

function fill(text: string): string {
  const octets = text.replaceAll('{cr}', '\r').replaceAll('{lf}', '\n').replaceAll('{nul}', '\0');
  return octets.replace(/\{plain (\S+)\}/g, (_, local: string) =>
    plain(town.address(local), town.password),
  );
}

function pattern(text: string): RegExp {
  return new RegExp(
    `^${text
      .split('*')
      .map((piece) => piece.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.*')}$`,
  );
}
