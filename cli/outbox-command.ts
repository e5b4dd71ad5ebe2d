import { createReadStream } from 'node:fs';
import type { Core } from '../core/core.ts';
import { Fault } from '../core/ground/fault.ts';
import { idIn, schoolIdIn } from '../core/ground/ids.ts';
import { DAY_MS, HOUR_MS } from '../core/ground/spans.ts';
import type { StandingChoice, StandingDecided } from '../core/town/town/standing-mail/contract.ts';
import { say, type CommandInput } from './command.ts';
import type { Flags } from './flags.ts';
import { refused } from './refused.ts';
import { OUTBOX_SAYS, OUTBOX_WRONG } from './texts/outbox.ts';
import { withCore } from './with-core.ts';

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: HOUR_MS, d: DAY_MS };

/** Characters; no line of ours is as long. */
const MOST_LINE = 1_000_000;

/**
 * `preau outbox list`: what stands still since a restore, to whom, since when, and whether it had
 * left by what is known; with `--log`, by that log too.
 */
export async function listOutbox({ config, flags, signal }: CommandInput): Promise<number> {
  return withCore(config, signal, async ({ standingMail }) => {
    const read = typeof flags['log'] === 'string' ? await readLog(standingMail, flags['log']) : [];
    const all = await standingMail.list('machine');
    const letters = all?.letters ?? [];
    const lines = letters.map((letter) =>
      OUTBOX_SAYS.line({
        name: `${letter.school}-${letter.row}`,
        since: letter.since.toISOString(),
        sender: letter.sender,
        recipient: letter.recipient,
        log: OUTBOX_SAYS.log[letter.log.kind],
        at: 'at' in letter.log ? letter.log.at.toISOString() : null,
      }),
    );
    const known = OUTBOX_SAYS.known(all?.logUntil?.toISOString() ?? null);
    const found = lines.length === 0 ? [OUTBOX_SAYS.none] : [...lines, '', known];
    const dropped = (all?.dropped ?? []).map(({ school, row }) => `${school}-${row}`);
    const sentences = [
      ...read,
      ...found,
      ...(lines.length === 0 ? [] : [OUTBOX_SAYS.howTo]),
      ...(dropped.length === 0 ? [] : [OUTBOX_SAYS.droppedBefore(dropped.join(', '))]),
    ];
    const facts = { letters, logUntil: all?.logUntil ?? null, dropped: all?.dropped ?? [] };
    say(flags, facts, sentences.join('\n'));
    return 0;
  });
}

/** What a log brought, in a sentence. Throws a `Fault` where it can't be read, or is no log. */
async function readLog(standingMail: Core['standingMail'], path: string): Promise<[string]> {
  try {
    const input = path === '-' ? process.stdin : createReadStream(path);
    const read = await standingMail.readLog('machine', linesOf(input.setEncoding('utf8')));
    if (read?.kind !== 'read') throw refused(OUTBOX_WRONG.noLine);
    const [from, until] = [read.from.toISOString(), read.until.toISOString()];
    return [OUTBOX_SAYS.logRead({ from, until, seen: read.seen })];
  } catch (error) {
    throw error instanceof Fault ? error : refused(OUTBOX_WRONG.unreadable(path));
  }
}

/** What breaks while it is read is thrown; node:readline waits for ever (tried with 24.21). */
async function* linesOf(pieces: AsyncIterable<unknown>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = `${rest}${String(piece)}`.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MOST_LINE) rest = '';
    yield* lines;
  }
  yield rest;
}

/** `preau outbox release`: it leaves at once. */
export function releaseOutbox(given: CommandInput): Promise<number> {
  return decide(given, (mail, which) => mail.release('machine', which), OUTBOX_SAYS.released);
}

/** `preau outbox drop`: it doesn't leave. */
export function dropOutbox(given: CommandInput): Promise<number> {
  return decide(given, (mail, which) => mail.drop('machine', which), OUTBOX_SAYS.dropped);
}

/** `preau outbox hold`: what was dropped waits again. */
export async function holdOutbox({ config, flags, signal }: CommandInput): Promise<number> {
  const { row } = flags;
  if (typeof row !== 'string') throw refused(OUTBOX_WRONG.row(''));
  const which = one(row);
  return withCore(config, signal, async ({ standingMail }) => {
    const count = (await standingMail.undo('machine', which)) ?? 0;
    say(flags, { count }, OUTBOX_SAYS.held(count));
    return 0;
  });
}

async function decide(
  { config, flags, signal }: CommandInput,
  act: (mail: Core['standingMail'], which: StandingChoice) => Promise<StandingDecided | null>,
  sentence: (count: number) => string,
): Promise<number> {
  const which = chosen(flags, new Date());
  return withCore(config, signal, async ({ standingMail }) => {
    const count = (await act(standingMail, which))?.count ?? 0;
    say(flags, { count }, sentence(count));
    return 0;
  });
}

function chosen(flags: Flags, now: Date): StandingChoice {
  const { row, 'older-than': age, all, sent, unseen } = flags;
  if ([row, age, all, sent, unseen].filter((flag) => flag !== undefined).length !== 1)
    throw refused(OUTBOX_WRONG.which);
  if (sent === true) return { kind: 'log-says', says: 'sent' };
  if (unseen === true) return { kind: 'log-says', says: 'unseen' };
  if (typeof row === 'string') return one(row);
  return { kind: 'before', before: typeof age === 'string' ? agoBy(age, now) : now };
}

function one(given: string): Extract<StandingChoice, { kind: 'one' }> {
  const [, text, number] = /^(\d{1,9})-(\d{1,15})$/.exec(given) ?? [];
  const [school, row] = [schoolIdIn(text), idIn(number)];
  if (school === null || row === null) throw refused(OUTBOX_WRONG.row(given));
  return { kind: 'one', school, row };
}

function agoBy(age: string, now: Date): Date {
  const [, count, unit = ''] = /^(\d{1,4})([mhd])$/.exec(age) ?? [];
  const unitMs = UNITS_MS[unit];
  if (unitMs === undefined) throw refused(OUTBOX_WRONG.age(age));
  return new Date(now.getTime() - Number(count) * unitMs);
}
