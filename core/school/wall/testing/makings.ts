import { mp4Of } from '../../../letters/message/testing/recordings.ts';
import { drawnPicture } from '../../../mail/phrases/drawings.ts';
import type { Upload, WithWritings } from '../../../mail/writing/contract.ts';

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
