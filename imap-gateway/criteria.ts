/** From what a client looks for to what core looks for: sets become UIDs by the session's view (RFC 9051 §6.4.4). Pure. */
import type { Criterion } from '../core/core.ts';
import { resolve, type View } from './view.ts';
import type { Condition } from './wire/search-tree.ts';

interface Reader { readonly view: View; readonly saved: Uint32Array | null }

/** Null where a sequence number is beyond EXISTS: the search is BAD then, whatever else it asks. */
export function criterionOf(condition: Condition, reader: Reader): Criterion | null {
  switch (condition.kind) {
    case 'numbers': case 'uids': {
      const set = resolve(reader.view, condition.set, { byUid: condition.kind === 'uids', saved: reader.saved });
      return set && { kind: 'uids', set };
    }
    case 'and': {
      const of = condition.of.map((one) => criterionOf(one, reader)).filter((one) => one !== null);
      return of.length === condition.of.length ? { kind: 'and', of } : null;
    }
    case 'or': {
      const [either, or] = [criterionOf(condition.either, reader), criterionOf(condition.or, reader)];
      return either && or && { kind: 'or', either, or };
    }
    case 'not': {
      const not = criterionOf(condition.not, reader);
      return not && { kind: 'not', not };
    }
    case 'modseq': return { kind: 'modseq', atLeast: Number(condition.atLeast) };
    default: return condition;
  }
}

/** Whether a search asks for a mod-sequence: then its answer has one, and CONDSTORE is on (RFC 7162 §3.1.5). */
export function asksModseq(condition: Condition): boolean {
  switch (condition.kind) {
    case 'modseq': return true;
    case 'and': return condition.of.some(asksModseq);
    case 'or': return asksModseq(condition.either) || asksModseq(condition.or);
    case 'not': return asksModseq(condition.not);
    default: return false;
  }
}
