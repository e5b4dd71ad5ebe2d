/**
 * From what a client looks for to what core looks for: sets become UIDs by the session's view (RFC
 * 9051 §6.4.4). Pure.
 */
import type { Criterion } from '../core/store/mail/contract.ts';
import { resolve, type View } from './view.ts';
import type { NumberSet, SetNumber } from './wire/number-set.ts';
import type { SearchCondition } from './wire/search-tree.ts';

interface Reader {
  readonly view: View;
  readonly saved: Uint32Array | null;
}

export function criterionOf(condition: SearchCondition, reader: Reader): Criterion {
  switch (condition.kind) {
    case 'numbers':
      return {
        kind: 'uids',
        set:
          resolve(reader.view, within(condition.set, reader.view.uids.length), {
            byUid: false,
            saved: reader.saved,
          }) ?? [],
      };
    case 'uids':
      return {
        kind: 'uids',
        set: resolve(reader.view, condition.set, { byUid: true, saved: reader.saved }) ?? [],
      };
    case 'and':
      return { kind: 'and', of: condition.of.map((one) => criterionOf(one, reader)) };
    case 'or':
      return {
        kind: 'or',
        either: criterionOf(condition.either, reader),
        or: criterionOf(condition.or, reader),
      };
    case 'not':
      return { kind: 'not', not: criterionOf(condition.not, reader) };
    case 'unreadable':
      return { kind: 'uids', set: [] };
    default:
      return condition;
  }
}

/**
 * No message has a number beyond the last, so none matches it; elsewhere such a number is an error,
 * a search only finds nothing (as imaptest's `esearch` wants it).
 */
function within(set: NumberSet, last: number): NumberSet {
  if (set.kind === 'saved') return set;
  const isBeyond = (number: SetNumber): boolean => number !== '*' && number > last;
  const reached = set.ranges.filter(({ from, to }) => !(isBeyond(from) && isBeyond(to)));
  return {
    kind: 'ranges',
    ranges: reached.map(({ from, to }) => ({
      from: isBeyond(from) ? '*' : from,
      to: isBeyond(to) ? '*' : to,
    })),
  };
}

/**
 * Whether a search is told sequence numbers: then they must stay until it is answered (RFC 7162
 * §3.2.10.2).
 */
export function asksNumbers(condition: SearchCondition): boolean {
  return isAsked(condition, 'numbers');
}

/**
 * Whether a search asks for a mod-sequence: then its answer has one, and CONDSTORE is on (RFC 7162
 * §3.1.5).
 */
export function asksModseq(condition: SearchCondition): boolean {
  return isAsked(condition, 'modseq');
}

function isAsked(condition: SearchCondition, kind: 'numbers' | 'modseq'): boolean {
  switch (condition.kind) {
    case kind:
      return true;
    case 'and':
      return condition.of.some((one) => isAsked(one, kind));
    case 'or':
      return isAsked(condition.either, kind) || isAsked(condition.or, kind);
    case 'not':
      return isAsked(condition.not, kind);
    default:
      return false;
  }
}
