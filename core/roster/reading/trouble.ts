import type { ReasonName } from '../reasons.ts';
import type { Place, UnreadableRoster } from './rows.ts';

/**
 * What makes a whole file unreadable, said by the part that met it. Results are `T |
 * UnreadableRoster`: told apart by `kind`.
 */
export function unreadable(reason: ReasonName, at: Place): UnreadableRoster {
  return { kind: 'unreadable', reason, at };
}

/** Whether a part of the reading gave up. */
export function isUnreadable(result: object): result is UnreadableRoster {
  return 'kind' in result && result.kind === 'unreadable';
}
