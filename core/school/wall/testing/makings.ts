import { randomUUID } from 'node:crypto';
import type { LetterId, WallItemId } from '../../../ground/ids.ts';
import { mp4Of } from '../../../letters/message/testing/recordings.ts';
import { drawnPicture } from '../../../mail/phrases/drawings.ts';
import type { Upload, WithWritings } from '../../../mail/writing/contract.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { OwnMaking, WithWalls } from '../contract.ts';

/** What a page of ours makes. */
export type MadeHere = 'house' | 'fish' | 'voice';

const MADE: Readonly<Record<MadeHere, () => Upload>> = {
  house: () => ({ name: 'dessin.png', mediaType: 'image/png', bytes: drawnPicture('maison') }),
  fish: () => ({ name: 'dessin.png', mediaType: 'image/png', bytes: drawnPicture('dessin') }),
  voice: () => ({ name: 'voix.m4a', mediaType: 'audio/mp4', bytes: mp4Of('soun') }),
};

/** The same before it is marked: as somebody may have it from anywhere. */
export const unmarked = (made: MadeHere = 'house'): Upload => MADE[made]();

/** As the pad, or the recorder, hands it over. */
export const marked = (
  { writings }: WithWritings<'drawing' | 'recording'>,
  made: MadeHere = 'house',
): Upload => writings.recording(writings.drawing(unmarked(made)));

/** Sends a file in a letter written on a page; where it is in which letter. */
export async function sendFile(
  { writings }: WithWritings<'keep' | 'send'>,
  viewer: Viewer,
  { file, to }: { readonly file: Upload; readonly to: string },
): Promise<Pick<OwnMaking, 'letter' | 'part'>> {
  const letter = randomUUID() as LetterId;
  const kept = await writings.keep(
    viewer,
    {
      to: [to],
      cc: [],
      subject: 'Pour toi',
      text: 'Voilà !',
      answers: 'sender',
      answerTo: null,
    },
    { hand: { letter, previous: null, window: randomUUID(), turn: 1 }, add: [file], drop: [] },
  );
  if (kept.kind === 'sent' || kept.leftOut.length > 0) throw new Error('not kept');
  const outcome = await writings.send(viewer, kept.ref);
  if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
  return { letter, part: '2' };
}

/** Something that a child has given to the wall of their class, and that waits for its teacher. */
export async function giveTo(
  core: WithWritings & WithWalls,
  teacher: Viewer,
  { child, made }: { readonly child: Viewer; readonly made?: MadeHere },
): Promise<WallItemId> {
  const file = marked(core, made);
  const which = await sendFile(core, child, { file, to: teacher.address });
  const [line] = await core.walls.list(child);
  const said = line && (await core.walls.give(child, line.ref, which));
  if (said !== 'given') throw new Error(said ?? 'no wall');
  const own = line && (await core.walls.makings(child, line.ref));
  const gift = own?.makings.find(({ letter }) => letter === which.letter)?.gift;
  if (!gift) throw new Error('not given');
  return gift.ref.item;
}
