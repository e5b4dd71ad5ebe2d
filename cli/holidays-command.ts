import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Core } from '../core/core.ts';
import { say, type CommandInput } from './command.ts';
import { EXIT } from './exits.ts';
import { refused } from './refused.ts';
import { HOLIDAYS_SAYS } from './texts/holidays.ts';
import { withCore } from './with-core.ts';

/** What a command has to say, to a person and to a script. */
interface Told {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly sentence: string;
}

/** `preau holidays`: the days without class that are known of the town's zone. */
export function showHolidays({ config, flags, signal }: CommandInput): Promise<number> {
  return withCore(config, signal, async ({ holidays }) => {
    const { facts, sentence } = await listHolidays(holidays);
    say(flags, facts, sentence);
    return EXIT.done;
  });
}

/** Throws a `Fault` 'configuration' where the town has no zone. */
export async function listHolidays(holidays: Core['holidays']): Promise<Told> {
  const list = await holidays.list('machine');
  if (list === null) throw refused(HOLIDAYS_SAYS.noTown);
  const { zone, periods } = list;
  if (periods.length === 0) return { facts: { ...list }, sentence: HOLIDAYS_SAYS.none(zone) };
  const years = [...Map.groupBy(periods, ({ year }) => year)];
  const lines = years.flatMap(([year, some]) => [year, ...some.map(HOLIDAYS_SAYS.period)]);
  return { facts: { ...list }, sentence: [HOLIDAYS_SAYS.zone(zone), ...lines].join('\n') };
}

/** `preau holidays import FILE`: takes the official calendar. */
export function importHolidays({ config, flags, signal, path }: CommandInput): Promise<number> {
  const file = { name: basename(path), bytes: bytesOf(path) };
  return withCore(config, signal, async ({ holidays }) => {
    const { facts, sentence } = await giveHolidays(holidays, file);
    say(flags, facts, sentence);
    return EXIT.done;
  });
}

/** Throws a `Fault` 'configuration' with the sentence of a file of which nothing was read. */
export async function giveHolidays(
  holidays: Core['holidays'],
  file: { readonly name: string; readonly bytes: Buffer },
): Promise<Told> {
  const given = await holidays.give('machine', file);
  if (given.kind === 'missing') throw refused(HOLIDAYS_SAYS.noTown);
  if (given.kind === 'refused') throw refused(given.sentence);
  const { periods, unended } = given;
  const open = unended.map(({ name, from }) => HOLIDAYS_SAYS.unended(name, from));
  return {
    facts: { outcome: 'given', periods, unended },
    sentence: [HOLIDAYS_SAYS.given(periods), ...open].join('\n'),
  };
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw refused(HOLIDAYS_SAYS.noSuchFile(path));
  }
}
