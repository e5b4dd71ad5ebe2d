import type { FileReasonName } from '../reason-names.ts';
import type { FilePosition, UnreadableRoster } from './rows.ts';

/**
 * What makes a whole file unreadable, said by the part that met it. Results are `T |
 * UnreadableRoster`: told apart by `kind`.
 */
export function unreadable(reason: FileReasonName, at: FilePosition): UnreadableRoster {
  return { kind: 'unreadable', reason, at };
}

/** Whether a part of the reading gave up. */
export function isUnreadable(result: object): result is UnreadableRoster {
  return 'kind' in result && result.kind === 'unreadable';
}
