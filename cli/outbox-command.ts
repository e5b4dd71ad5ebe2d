import type { Core, SchoolId, StandingChoice } from '../core/core.ts';
import { Fault } from '../core/fault.ts';
import { say, type Given } from './command.ts';
import type { Flags } from './flags.ts';
import { OUTBOX_SAYS, OUTBOX_WRONG } from './texts/outbox.ts';
import { withCore } from './with-core.ts';

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `preau outbox list`: what stands still since a restore, to whom and since when. */
export async function listOutbox({ config, flags, signal }: Given): Promise<number> {
  return withCore(config, signal, async ({ standingMail }) => {
    const letters = (await standingMail.list('machine')) ?? [];
    const lines = letters.map(({ school, row, since, sender, recipient }) =>
      OUTBOX_SAYS.line({ name: `${school}-${row}`, since: since.toISOString(), sender, recipient }),
    );
    const sentence =
      lines.length === 0 ? OUTBOX_SAYS.none : [...lines, '', OUTBOX_SAYS.howTo].join('\n');
    say(flags, { letters }, sentence);
    return 0;
  });
}

/** `preau outbox release`: it leaves at once. */
export function releaseOutbox(given: Given): Promise<number> {
  return decide(given, 'release', OUTBOX_SAYS.released);
}

/** `preau outbox drop`: it never leaves. */
export function dropOutbox(given: Given): Promise<number> {
  return decide(given, 'drop', OUTBOX_SAYS.dropped);
}

async function decide(
  { config, flags, signal }: Given,
  act: keyof Omit<Core['standingMail'], 'list'>,
  sentence: (count: number) => string,
): Promise<number> {
  const which = chosen(flags, new Date());
  return withCore(config, signal, async ({ standingMail }) => {
    const count = (await standingMail[act]('machine', which)) ?? 0;
    say(flags, { count }, sentence(count));
    return 0;
  });
}

function chosen(flags: Flags, now: Date): StandingChoice {
  const { row, 'older-than': age, all } = flags;
  if ([row, age, all].filter((flag) => flag !== undefined).length !== 1)
    throw refused(OUTBOX_WRONG.which);
  if (typeof row === 'string') return one(row);
  return { kind: 'before', before: typeof age === 'string' ? agoBy(age, now) : now };
}

function one(given: string): StandingChoice {
  const [, school, row] = /^(\d{1,9})-(\d{1,15})$/.exec(given) ?? [];
  if (school === undefined || row === undefined) throw refused(OUTBOX_WRONG.row(given));
  return { kind: 'one', school: Number(school) as SchoolId, row: Number(row) };
}

function agoBy(age: string, now: Date): Date {
  const [, count, unit = ''] = /^(\d{1,4})([mhd])$/.exec(age) ?? [];
  const unitMs = UNITS_MS[unit];
  if (unitMs === undefined) throw refused(OUTBOX_WRONG.age(age));
  return new Date(now.getTime() - Number(count) * unitMs);
}

function refused(sentence: string): Fault {
  return new Fault('configuration', sentence, { transient: false });
}
