import { eachFeature, PLACES } from '../features.ts';
import type { JudgedSentence } from '../sentences.ts';
import { KINDS, STEP, type Weights } from '../weights.ts';
import type { Example } from './examples.ts';

/** How it is learned; found by trying, on themes kept out. */
const ROUNDS = 8;
const RATE = 0.15;
/** How strongly weights are drawn towards nothing (L2). */
const DECAY = 1e-6;
/** Weights for each kind, and before them one for harmless. */
const CLASSES = KINDS.length + 1;

/**
 * The weights that tell these examples apart: multinomial logistic regression by stochastic
 * gradient descent, each weight with a step of its own (Adagrad, Duchi 2011). Pure: the same
 * examples make the same weights.
 */
export function weightsFrom(examples: readonly Example[]): Weights {
  const rows = examples.map((example) => ({
    places: placesOf(example),
    right: example.kind + 1,
  }));
  const model = new Model();
  const chance = chanceFrom(42);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const { places, right } of shuffled(rows, chance)) model.learn(places, right);
  return model.weights();
}

function placesOf(sentence: JudgedSentence): readonly number[] {
  const places: number[] = [];
  eachFeature(sentence, (place) => places.push(place));
  return places;
}

class Model {
  private readonly weight = new Float64Array(PLACES * CLASSES);
  private readonly squares = new Float64Array(PLACES * CLASSES).fill(1e-8);

  /** Moves the weights of a sentence a little towards what is right. */
  learn(places: readonly number[], right: number): void {
    const size = 1 / Math.sqrt(places.length);
    const likely = this.likely(places, size);
    for (let kind = 0; kind < CLASSES; kind += 1) {
      const error = ((likely[kind] ?? 0) - (kind === right ? 1 : 0)) * size;
      for (const place of places) this.step(place * CLASSES + kind, error);
    }
  }

  private step(at: number, error: number): void {
    const weight = this.weight[at] ?? 0;
    const slope = error + DECAY * weight;
    const square = (this.squares[at] ?? 0) + slope * slope;
    this.squares[at] = square;
    this.weight[at] = weight - (RATE * slope) / Math.sqrt(square);
  }

  /** How likely each kind is now (softmax). */
  private likely(places: readonly number[], size: number): readonly number[] {
    const scores = new Array<number>(CLASSES).fill(0);
    for (const place of places)
      for (let kind = 0; kind < CLASSES; kind += 1)
        scores[kind] = (scores[kind] ?? 0) + (this.weight[place * CLASSES + kind] ?? 0) * size;
    const most = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - most));
    const sum = powers.reduce((all, power) => all + power, 0);
    return powers.map((power) => power / sum);
  }

  /** Against those of harmless, in steps. */
  weights(): Weights {
    return Int8Array.from({ length: PLACES * KINDS.length }, (_, at) => {
      const place = Math.floor(at / KINDS.length) * CLASSES;
      const own = this.weight[place + 1 + (at % KINDS.length)] ?? 0;
      const steps = Math.round((own - (this.weight[place] ?? 0)) / STEP);
      return Math.max(-127, Math.min(127, steps));
    });
  }
}

/** Numbers from 0 to 1 that look like chance and are the same each time (mulberry32). */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<T>(all: readonly T[], chance: () => number): readonly T[] {
  return all
    .map((one) => ({ one, by: chance() }))
    .sort((a, b) => a.by - b.by)
    .map(({ one }) => one);
}
