import type { GuardianDoubt, Remainder } from '../../../roster/doubts.ts';
import type { RosterLine } from '../../../roster/matching/identity.ts';
import { doubtOf, type StoredQuestions } from './kept.ts';

/**
 * What a new file leaves open, with what the one before left open and the new one doesn't speak
 * of: a list of pupils takes no question about a guardian away. Guardians who waited for a child
 * wait for the same child of the new list, or for nobody.
 */
export function withCarried(
  secret: Buffer,
  fresh: Remainder,
  { old, lines }: { readonly old: StoredQuestions | null; readonly lines: readonly RosterLine[] },
): Remainder {
  if (old === null) return fresh;
  const kinds = new Set(lines.map(({ kind }) => kind));
  const named = (line: RosterLine): string => doubtOf(secret, line).toString('hex');
  const before = new Map(old.remainder.pupils.map(({ key, line }) => [key, named(line)]));
  const now = new Map(fresh.pupils.map(({ key, line }) => [named(line), key]));
  const awaited = (key: string): readonly string[] => {
    if (!kinds.has('pupil')) return [key];
    const same = now.get(before.get(key) ?? '');
    return same === undefined ? [] : [same];
  };
  const guardians = old.remainder.guardians.flatMap((doubt): GuardianDoubt[] => {
    const awaits = doubt.awaits.flatMap(awaited);
    const isAsked = doubt.choices !== null && doubt.person === null;
    return isAsked || awaits.length > 0 ? [{ ...doubt, awaits }] : [];
  });
  return {
    pupils: kinds.has('pupil') ? fresh.pupils : old.remainder.pupils,
    adults: kinds.has('adult') ? fresh.adults : old.remainder.adults,
    guardians: kinds.has('guardian') ? fresh.guardians : guardians,
  };
}
