import type { AccountId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';

export const LOOKED = Symbol('looked at the rules');

/**
 * A viewer, and the owners whose mailboxes the rules hide from them. Whatever tells rights takes
 * one, and only `asOfToday` makes them. Who opens a mailbox gets theirs along with it, and comes
 * with it to what they do there: between two looks at the rules nothing is asked again.
 */
export interface Seer extends Viewer {
  readonly hidden: ReadonlySet<AccountId>;
  readonly [LOOKED]: true;
}
