import { namesakeOf } from '../../directory/namesake.ts';
import type { AccountId } from '../../ids.ts';
import type { LetterFacts } from '../../junk/facts.ts';
import { junkSigns, type JunkSign } from '../../junk/signs.ts';
import type { Person } from '../../roster/snapshot.ts';
import { knownBy, writerOf } from '../../store/mail/known-writers.ts';
import type { SchoolTx } from '../../store/store.ts';
import type { Parcel, Share } from './parcel.ts';

/** Who of a school's readers finds a letter in Indésirables, and what speaks against it. */
export interface Sorted {
  readonly readers: ReadonlySet<AccountId>;
  readonly signs: readonly JunkSign[];
}

const NOBODY: Sorted = { readers: new Set(), signs: [] };

/**
 * Sorts a stranger's letter for the adults of one school, each by whom they know. What its domain
 * asks to set apart is set apart for all of them. Asks the store only where there are signs enough.
 */
export async function junkIn(tx: SchoolTx, share: Share, parcel: Parcel): Promise<Sorted> {
  const { into, facts, judgement, read, handed } = parcel;
  const readers = share.inboxes.map(({ account }) => account);
  if (into === 'junk') return { readers: new Set(readers), signs: ['domain-asks'] };
  const [from] = read.envelope.from;
  const sorted = share.inboxes.filter(({ isSorted }) => isSorted).map(({ account }) => account);
  if (into !== 'inbox' || facts === null || from === undefined || sorted.length === 0)
    return NOBODY;
  const roster = judgement.rosters.get(tx.school);
  const namesake = roster && namesakeOf(from, roster.people, { isAsked: isColleague });
  const here = { ...facts, colleaguesName: (namesake ?? null) !== null };
  const isJunk = (who: { readonly firstTime: boolean; readonly trusted: boolean }): boolean =>
    junkSigns({ ...here, ...who }).isJunk;
  if (!isJunk({ firstTime: true, trusted: false })) return NOBODY;
  const known = await knownBy(tx, sorted, writerOf(from.address, handed));
  const junk = sorted.filter((account) =>
    isJunk({ firstTime: !known.has(account), trusted: known.get(account)?.trusted ?? false }),
  );
  return { readers: new Set(junk), signs: signsOf(here) };
}

const isColleague = ({ role }: Person): boolean => role !== 'pupil' && role !== 'guardian';

/** As they stand with the letter, which has many readers: what one of them knows is left out. */
const signsOf = (facts: LetterFacts & { readonly colleaguesName: boolean }): readonly JunkSign[] =>
  junkSigns({ ...facts, firstTime: false, trusted: false }).signs;
