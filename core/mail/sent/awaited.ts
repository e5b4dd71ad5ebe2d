import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { awaitAnswer, awaitNoMore, isAnswered } from '../../store/mail/awaited-answers.ts';
import type { SentLetter } from '../../store/mail/sent-letters.ts';
import { awaitTrouble, comesBackOn } from '../reading/awaited.ts';
import type { AwaitOutcome } from './contract.ts';
import { ownLetter, type At, type SentParts } from './parts.ts';

/** Waits for an answer to a letter that lies open. */
export function awaitOpen(
  { parts: { store, clock }, viewer }: RoomVisit<SentParts>,
  at: At,
  day: string,
): Promise<AwaitOutcome> {
  return store.write(viewer.school, async (tx): Promise<AwaitOutcome> => {
    const letter = viewer.role === 'pupil' ? null : await ownLetter(tx, viewer, at);
    if (letter === null) return 'missing';
    const trouble = awaitTrouble(day, viewer, clock());
    if (trouble !== null) return trouble;
    const awaited = { account: viewer.account, message: letter.opened };
    if (await isAnswered(tx, awaited)) return 'answered';
    await awaitAnswer(tx, awaited, comesBackOn(day, viewer));
    return 'awaited';
  });
}

/** No more; false where the letter isn't theirs. */
export function forgetOpen({ store, clock }: SentParts, viewer: Viewer, at: At): Promise<boolean> {
  return store.write(viewer.school, async (tx) => {
    const letter = await ownLetter(tx, viewer, at);
    if (letter === null) return false;
    await awaitNoMore(tx, { account: viewer.account, message: letter.opened }, clock());
    return true;
  });
}

/** Until when an answer is waited for; null: it isn't, or has come. */
export async function awaitedUntil(
  { store }: Pick<SentParts, 'store'>,
  { school, account }: Viewer,
  { opened: message, awaitedUntil: until }: SentLetter,
): Promise<Date | null> {
  if (until === null) return null;
  const answered = await store.read(school, (tx) => isAnswered(tx, { account, message }));
  return answered ? null : until;
}
