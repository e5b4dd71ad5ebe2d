import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { SchoolId } from '../../ground/ids.ts';
import { KEPT_BYTES } from './limits.ts';

/**
 * The name of a piece inside a school: nobody of another finds it. Keyed by what is said, so that
 * nothing of the text is kept but its sound.
 */
export function keyOf(school: SchoolId, language: string, piece: string): string {
  return hash('sha256', `${school}\0${language}\0${piece}`, 'base64url');
}

/** What was said lately, the longest unheard going first. */
export const openKeptSpeech = (): LRUCache<string, Buffer> =>
  new LRUCache({ maxSize: KEPT_BYTES, sizeCalculation: ({ length }) => length });
