import type { Preview } from '../core/roster/preview.ts';
import type { ApplyOutcome, PreviewOutcome } from '../core/school/imports/contract.ts';

/**
 * What scripts see: 0 done (or previewed, and could be done), 1 refused or broken, 2 nothing to
 * change, 3 stopped until somebody says more.
 */
export const EXIT = { done: 0, refused: 1, nothing: 2, stopped: 3 } as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];

/**
 * The exit code of several schools: the worst that happened; nothing to change only where no school
 * had anything.
 */
export function exitOf(outcomes: readonly { readonly exit: Exit }[]): Exit {
  const exits = outcomes.map(({ exit }) => exit);
  if (exits.includes(EXIT.refused)) return EXIT.refused;
  if (exits.includes(EXIT.stopped)) return EXIT.stopped;
  return exits.length > 0 && exits.every((exit) => exit === EXIT.nothing)
    ? EXIT.nothing
    : EXIT.done;
}

export function exitFor(answer: ApplyOutcome | PreviewOutcome): Exit {
  if (answer.kind === 'applied' || answer.kind === 'rehearsed') return EXIT.done;
  if (answer.kind === 'nothing') return EXIT.nothing;
  if (answer.kind !== 'stopped' && answer.kind !== 'preview') return EXIT.refused;
  if (answer.preview.stops.some(isRefusal)) return EXIT.refused;
  if (answer.preview.stops.length > 0) return EXIT.stopped;
  return answer.preview.nothingToDo ? EXIT.nothing : EXIT.done;
}

/** A file that no answer makes right. */
export function isRefusal({ kind }: Preview['stops'][number]): boolean {
  return kind === 'other-school' || kind === 'nobody';
}
