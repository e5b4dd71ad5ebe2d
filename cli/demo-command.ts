import type { Config } from '../core/ground/config.ts';
import { Fault } from '../core/ground/fault.ts';
import { openLog } from '../core/ground/log.ts';
import { CLOCK_OF, TIME_ZONES } from '../core/ground/time-zones.ts';
import { say, type CommandInput } from './command.ts';
import { isPrivate, makeBench, makeTown, mayMakeDemo } from './demo.ts';
import { SMALL_TOWN, type TownSize } from './demo/plan.ts';
import { count, type Flags } from './flags.ts';
import { useServices } from './services/live.ts';
import { openOn } from './start/start.ts';
import { TEXTS } from './texts/demo.ts';

/** `preau demo`: makes the demo town, or the school of load tools. */
export async function demoCommand({ config, flags, signal }: CommandInput): Promise<number> {
  mayMakeDemo(config, { iKnow: flags['i-know'] === true });
  const wish = wishOf(flags);
  const log = openLog({ level: 'warn' });
  const services = await useServices(config, { log, signal, town: 'may-be-new' });
  try {
    const path = await make(wish, services.config, {
      embedded: config.databaseUrl === null,
      signal,
      progress: (sentence) => {
        if (flags['json'] !== true) console.error(sentence);
      },
    });
    say(flags, { demo: path }, `${TEXTS.ready(path)}${isPrivate(config) ? ' npm start' : ''}`);
    return 0;
  } finally {
    await services.stop();
  }
}

type Wish =
  | { readonly kind: 'bench'; readonly accounts: number; readonly password: string }
  | {
      readonly kind: 'town';
      readonly size: TownSize;
      readonly timeZone: string;
      readonly mailPerBox: number;
    };

function wishOf(flags: Flags): Wish {
  const accounts = count(flags, 'bench');
  const sizes = {
    schools: count(flags, 'schools'),
    pupils: count(flags, 'pupils'),
    teachers: count(flags, 'teachers'),
  };
  const mailPerBox = count(flags, 'mail') ?? 0;
  const { password } = flags;
  if (accounts !== null) {
    if (typeof password === 'string') return { kind: 'bench', accounts, password };
    throw new Fault('configuration', TEXTS.benchLacksPassword, { transient: false });
  }
  const timeZone = timeZoneIn(flags);
  const isSmall = Object.values(sizes).every((size) => size === null) && mailPerBox === 0;
  if (isSmall) return { kind: 'town', size: SMALL_TOWN, timeZone, mailPerBox };
  const size = {
    schools: sizes.schools ?? SMALL_TOWN.schools,
    pupils: sizes.pupils ?? SMALL_TOWN.pupils,
    teachers: sizes.teachers ?? SMALL_TOWN.teachers,
    seed: SMALL_TOWN.seed,
  };
  return { kind: 'town', size, timeZone, mailPerBox };
}

/** Throws a `Fault` 'configuration' for a clock that no commune of France has. */
function timeZoneIn(flags: Flags): string {
  const { 'time-zone': timeZone = CLOCK_OF.mainland } = flags;
  if (typeof timeZone === 'string' && TIME_ZONES.includes(timeZone)) return timeZone;
  const sentence = TEXTS.noTimeZone(String(timeZone), TIME_ZONES);
  throw new Fault('configuration', sentence, { transient: false });
}

interface DemoOptions {
  readonly embedded: boolean;
  readonly progress: (sentence: string) => void;
  readonly signal: AbortSignal;
}

/** Gives the path of demo.json. */
async function make(wish: Wish, config: Config, how: DemoOptions): Promise<string> {
  const core = await openOn(config, { log: openLog(), signal: how.signal });
  try {
    if (wish.kind === 'bench') return await makeBench(core.config, wish);
    return await makeTown(core, { ...wish, ...how });
  } finally {
    await core.close();
  }
}
