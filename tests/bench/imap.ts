/**
 * The IMAP server under load, beside Debian's Dovecot and Cyrus with the same mail, in one run. One
 * JSON line a figure, ratios last.
 *
 *   node tests/bench/imap.ts   three mailboxes of 10,000 messages, 5,000 idle sessions; ten minutes
 *   node tests/bench/imap.ts --messages 2000 --idle 500 --peers dovecot,cyrus
 *   node tests/bench/imap.ts --messages 2000 --idle 0 --peers none
 *     ours alone, in a minute: for comparing two versions
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { print, rounded } from './figures.ts';
import { floors, judge } from './imap-aims.ts';
import {
  append,
  change,
  fill,
  fillMore,
  idlers,
  listMore,
  read,
  settle,
  waits,
  type ImapFigures,
} from './imap-figures.ts';
import { startCyrusImap, startDovecotImap, startOurImap, type ImapStack } from './imap-stacks.ts';
import { runBench, type Bench } from './run.ts';
import { startScanner } from './scanner.ts';

const WHOLE_MS = 20 * 60_000;

const { values: flags } = parseArgs({
  options: {
    messages: { type: 'string', default: '10000' },
    idle: { type: 'string', default: '5000' },
    peers: { type: 'string', default: 'dovecot,cyrus' },
  },
});
const wish = { messages: Number(flags.messages), idle: Number(flags.idle) };

async function main({ folder, over, atEnd }: Bench): Promise<void> {
  const scanner = await startScanner(join(folder, 'clamd'), 'small');
  atEnd(scanner.stop);
  const ours = await startOurImap(join(folder, 'ours'), scanner.socket);
  atEnd(() => ours.stop());
  const stacks: ImapStack[] = [ours];
  for (const [name, start] of [
    ['dovecot', () => startDovecotImap(join(folder, 'dovecot'))],
    ['cyrus', () => startCyrusImap(join(folder, 'cyrus'), over)],
  ] as const) {
    const stack = flags.peers.split(',').includes(name)
      ? await start().catch((error: unknown) => {
          print({ figure: 'peer', name, why: String(error).slice(0, 300) });
          return null;
        })
      : null;
    if (stack) atEnd(() => stack.stop());
    if (stack) stacks.push(stack);
    else print({ figure: 'peer', name, missing: true });
  }
  const found = new Map<ImapStack['name'], ImapFigures>();
  const note = (stack: ImapStack, figures: ImapFigures) => {
    found.set(stack.name, { ...found.get(stack.name), ...figures });
    if (Object.keys(figures).length > 0)
      print({
        figure: 'imap',
        stack: stack.name,
        ...Object.fromEntries(
          Object.entries(figures).map(([name, value]) => [name, rounded(value)]),
        ),
      });
  };
  for (const acts of [
    [fill, settle, read],
    [append, fillMore, settle, listMore],
    [change, waits],
  ]) {
    for (const act of acts)
      for (const stack of stacks) note(stack, await act(stack, wish, found.get(stack.name) ?? {}));
  }
  note(ours, await floors(ours.adminUrl, scanner.socket));
  if (wish.idle > 0) for (const tls of [false, true]) note(ours, await idlers(ours, wish, tls));
  ratios(found);
  judge({
    ours: found.get('ours') ?? {},
    dovecot: found.get('dovecot') ?? {},
    cyrus: found.get('cyrus') ?? {},
  });
}

/** Ours beside each peer: above 1 is better than the peer, whatever the figure. */
function ratios(found: ReadonlyMap<ImapStack['name'], ImapFigures>): void {
  const ours = found.get('ours') ?? {};
  for (const [name, theirs] of found) {
    if (name === 'ours') continue;
    for (const [figure, value] of Object.entries(theirs)) {
      const own = ours[figure];
      if (own !== undefined)
        print({
          figure: 'ratio',
          of: figure,
          peer: name,
          ratio: rounded(figure.endsWith('per_s') ? own / value : value / own),
        });
    }
  }
}

await runBench({ name: 'imap-bench', wholeMs: WHOLE_MS }, main);
