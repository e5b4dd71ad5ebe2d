import { readFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import type { SaidKind } from '../doubt.ts';
import { PLACES } from './features.ts';

/** The kinds of doubt, in the order in which each place has a weight for them. */
export const KINDS: readonly SaidKind[] = ['hurts', 'threatens', 'private', 'meeting'];

/**
 * What a feature weighs for each kind, against harmless: at `place * KINDS.length + kind`, in
 * steps of `STEP`. More of it makes that kind more likely, less harmlessness.
 */
export type Weights = Int8Array;

/** One step of a weight, as an addition to the logarithm of the odds. */
export const STEP = 0.5;

/** Made by `npm run learn` from the sentences in `learning/sentences`; never by hand. */
export const FILE = new URL('weights.br', import.meta.url);

/** What they are made from, in short: the `sums` of the sentences. */
export const LEARNED_FROM = new URL('weights.sha256', import.meta.url);

/** The weights as they are kept. */
export const packed = (weights: Weights): Buffer => brotliCompressSync(weights);

/** The weights as they are used. */
function unpacked(bytes: Uint8Array): Weights {
  const weights = new Int8Array(brotliDecompressSync(bytes));
  if (weights.length !== PLACES * KINDS.length) throw new Error('npm run learn makes weights.br');
  return weights;
}

let learned: Weights | null = null;

/** The weights that have been learned, read at their first use: `npm run learn` does without. */
export function learnedWeights(): Weights {
  learned ??= unpacked(readFileSync(FILE));
  return learned;
}
