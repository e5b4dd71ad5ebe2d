import type { SpeechMade } from '../../core/letters/voice/made.ts';

type Done = SpeechMade & { readonly ms: number; readonly folder: string };

/** What `preau voice` says. */
export const VOICE_SAYS = {
  done: ({ made, kept, bytes, ms, folder }: Done): string => {
    const [megabytes, seconds] = [bytes / 1_000_000, ms / 1_000].map((each) => each.toFixed(1));
    return `${made + kept} phrases dans ${folder} : ${made} dites maintenant, ${kept} déjà là ; ${megabytes} Mo, ${seconds} s. / ${made + kept} sentences in ${folder}: ${made} said now, ${kept} there before; ${megabytes} MB, ${seconds} s.`;
  },
  silent: (count: number): string =>
    `La voix n’a rien dit de ${count} phrases : essayez espeak-ng à la main, ou réglez PREAU_VOICE, puis relancez. / The voice said nothing of ${count} sentences: try espeak-ng by hand, or set PREAU_VOICE, and run this again.`,
};
