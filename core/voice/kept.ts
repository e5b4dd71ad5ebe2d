import { createHash } from 'node:crypto';
import type { SchoolId } from '../ids.ts';
import type { Speech } from './contract.ts';
import { KEPT_BYTES } from './limits.ts';

/** What was said lately, the longest unheard going first. */
interface KeptSpeech {
  find(key: string): Speech | undefined;
  keep(key: string, speech: Speech): void;
}

/**
 * The name of a piece inside a school: nobody of another finds it. Keyed by what is said, so that
 * nothing of the text is kept but its sound.
 */
export function keyOf(school: SchoolId, language: string, piece: string): string {
  return createHash('sha256').update(`${school}\0${language}\0${piece}`).digest('base64url');
}

export function openKeptSpeech(): KeptSpeech {
  /** A Map keeps the order of insertion: the first was heard longest ago. */
  const kept = new Map<string, Speech>();
  let bytes = 0;
  return {
    find(key) {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found;
    },
    keep(key, speech) {
      if (kept.has(key)) return;
      kept.set(key, speech);
      bytes += speech.audio.length;
      for (const [oldest, { audio }] of kept) {
        if (bytes <= KEPT_BYTES) return;
        kept.delete(oldest);
        bytes -= audio.length;
      }
    },
  };
}
