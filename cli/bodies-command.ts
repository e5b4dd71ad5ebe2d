import type { Bodies } from '../core/town/bodies/contract.ts';
import { say, type CommandInput } from './command.ts';
import { BODIES_SAYS } from './texts/bodies.ts';
import { withCore } from './with-core.ts';

/** `preau bodies`: how much lies outside the database, and whether its store answers. */
export const showBodies = (given: CommandInput): Promise<number> =>
  onBodies(given, async (bodies) => {
    const state = await bodies.state();
    return { facts: { ...state }, sentence: BODIES_SAYS.state(state), isWell: state.answers };
  });

/** `preau bodies move`: moves now what a worker would move in its time. */
export const moveBodies = (given: CommandInput): Promise<number> =>
  onBodies(given, async (bodies) => told(await bodies.move(given.signal)), 'needs-store');

/** `preau bodies back`: brings all of it back into the database. */
export const bringBodiesBack = (given: CommandInput): Promise<number> =>
  onBodies(given, async (bodies) => told(await bodies.bringBack(given.signal)));

/** `preau bodies check`: compares rows and objects, one by one. */
export const checkBodies = (given: CommandInput): Promise<number> =>
  onBodies(given, async (bodies) => {
    const found = await bodies.look(given.signal);
    const sentence = BODIES_SAYS.found(found);
    return { facts: { ...found }, sentence, isWell: found.lost.length === 0 };
  });

interface Told {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly sentence: string;
  readonly isWell: boolean;
}

const told = (done: Awaited<ReturnType<Bodies['move']>>): Told => ({
  facts: { ...done },
  sentence: BODIES_SAYS.moved(done),
  isWell: done.failed === 0,
});

/** Without a store a command has failed that needs one, and each where bodies lie in one. */
function onBodies(
  { config, flags, signal }: CommandInput,
  act: (bodies: Bodies) => Promise<Told>,
  need: 'needs-store' | 'needs-none' = 'needs-none',
): Promise<number> {
  return withCore(config, signal, async ({ bodies }) => {
    if (!bodies.isOn) {
      const { bodies: away } = await bodies.state();
      say(flags, { isOn: false, bodies: away }, BODIES_SAYS.off);
      return away === 0 && need === 'needs-none' ? 0 : 1;
    }
    const { facts, sentence, isWell } = await act(bodies);
    say(flags, facts, sentence);
    return isWell ? 0 : 1;
  });
}
