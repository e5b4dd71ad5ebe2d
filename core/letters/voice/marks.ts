/** Samples a second of what espeak-ng says. */
export const RATE = 22_050;
/** espeak-ng's silence is no more than the noise of rounding. */
const SILENT = 8;
/** Between two words that are said apart there is silence for at least so long. */
const GAP_MS = 120;

/**
 * When each word of a speech begins, in milliseconds. espeak-ng's command tells nobody, but said
 * once more with a pause after each word (`-g`) the same words have the same lengths, and silence
 * shows where they are: what the pauses have added is taken off again. Where it says more or fewer
 * words than are written (« 12,5 » is four), the letters of the words share out the time.
 */
export function marksOf(
  words: readonly string[],
  speech: { readonly samples: number; readonly apart: Int16Array },
): readonly number[] {
  const starts = startsOf(speech.apart);
  if (starts.length !== words.length) return byLetters(words, speech.samples);
  const first = starts[0] ?? 0;
  const added = (speech.apart.length - speech.samples) / Math.max(1, words.length);
  return starts.map((start, at) => inMs(Math.max(first, start - at * added)));
}

/** Where sound begins after silence. */
function startsOf(samples: Int16Array): number[] {
  const gap = (GAP_MS * RATE) / 1_000;
  const starts: number[] = [];
  let silence = gap;
  for (const [at, sample] of samples.entries()) {
    if (Math.abs(sample) <= SILENT) {
      silence += 1;
      continue;
    }
    if (silence >= gap) starts.push(at);
    silence = 0;
  }
  return starts;
}

function byLetters(words: readonly string[], samples: number): number[] {
  const all = words.reduce((sum, word) => sum + word.length, 0);
  let before = 0;
  return words.map((word) => {
    const start = inMs((before / Math.max(1, all)) * samples);
    before += word.length;
    return start;
  });
}

const inMs = (samples: number): number => Math.round((samples * 1_000) / RATE);
