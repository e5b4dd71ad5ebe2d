import type { Viewer } from '../../rules/viewer.ts';
import { acknowledgeLetter, classLetterAt } from '../../store/mail/readers.ts';
import type { At, SentParts } from './parts.ts';

/** Whether the viewer has said « Bien lu » of a letter; null where it asks for no such word. */
export async function acknowledged(
  { store }: SentParts,
  { school, account }: Viewer,
  at: At,
): Promise<boolean | null> {
  const letter = await store.read(school, (tx) => classLetterAt(tx, { account, ...at }));
  return letter?.said ?? null;
}

/** The viewer says « Bien lu ». False: not there, or nothing that asks for it. */
export function acknowledge(
  { store }: SentParts,
  { school, account }: Viewer,
  at: At,
): Promise<boolean> {
  return store.write(school, async (tx) => {
    const letter = await classLetterAt(tx, { account, ...at });
    if (letter !== null) await acknowledgeLetter(tx, letter.message, account);
    return letter !== null;
  });
}
