import { markedSound } from '../../letters/message/sound-mark.ts';
import { playedInMp4, playedInWebm } from '../../letters/message/tracks.ts';
import type { Upload } from './contract.ts';

/** A minute of speech (`webmail/assets/scripts/recorder.ts`), by the worst that a browser makes. */
const MOST_BYTES = 1_000_000;

/**
 * A voice with our mark, which tells it from a sound that was found somewhere; the very file where
 * our recorder can't have made it.
 */
export function markedRecording(file: Upload, secret: Buffer): Upload {
  const isSound = [playedInMp4, playedInWebm].some((played) => played(file.bytes) === 'sound');
  return isSound && file.bytes.length <= MOST_BYTES
    ? { ...file, bytes: markedSound(file.bytes, secret) }
    : file;
}
