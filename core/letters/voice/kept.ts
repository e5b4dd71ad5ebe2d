import { hash } from 'node:crypto';
import type { SchoolId } from '../../ground/ids.ts';
import { KEPT_BYTES } from './limits.ts';

/** What was said lately, the longest unheard going first. */
interface KeptSpeech {
  find(key: string): Buffer | undefined;
  keep(key: string, audio: Buffer): void;
}

/**
 * The name of a piece inside a school: nobody of another finds it. Keyed by what is said, so that
 * nothing of the text is kept but its sound.
 */
export function keyOf(school: SchoolId, language: string, piece: string): string {
  return hash('sha256', `${school}\0${language}\0${piece}`, 'base64url');
}

export function openKeptSpeech(): KeptSpeech {
  /** A Map keeps the order of insertion: the first was heard longest ago. */
  const kept = new Map<string, Buffer>();
  let bytes = 0;
  return {
    find(key) {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found;
    },
    keep(key, audio) {
      if (kept.has(key)) return;
      kept.set(key, audio);
      bytes += audio.length;
      for (const [oldest, { length }] of kept) {
        if (bytes <= KEPT_BYTES) return;
        kept.delete(oldest);
        bytes -= length;
      }
    },
  };
}
