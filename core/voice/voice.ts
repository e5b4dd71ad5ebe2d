import type { Language } from '../ids.ts';
import { wordsOf } from '../message/spoken.ts';
import { openTurns, turnsOfOne } from '../turns.ts';
import type { Viewer } from '../viewer.ts';
import { openAllowance } from './allowance.ts';
import type { Speech, Spoken, Voice } from './contract.ts';
import { say } from './espeak.ts';
import { keyOf, openKeptSpeech } from './kept.ts';
import { TURNS } from './limits.ts';
import { marksOf } from './marks.ts';
import { joined, waveOf } from './wave.ts';

interface VoiceOptions {
  /** Where espeak-ng is; null: there is no voice. */
  readonly program: string | null;
  readonly processes: number;
  readonly clock: () => Date;
}

const VOICELESS: Spoken = { kind: 'voiceless' };
const BUSY: Spoken = { kind: 'busy' };

/** Opens the voice of the server. Nothing runs before something is to be said, or after. */
export function openVoice({ program, processes, clock }: VoiceOptions): Voice {
  const turns = openTurns(turnsOfOne(TURNS, processes));
  const kept = openKeptSpeech();
  const allowance = openAllowance(clock);
  /** Two who press the same ear at once hear the same. */
  const underway = new Map<string, Promise<Spoken>>();

  async function speakAnew(viewer: Viewer, piece: string, language: Language): Promise<Spoken> {
    if (program === null) return VOICELESS;
    if (!allowance.takes(viewer.account)) return BUSY;
    const giveBack = await turns.take(`${viewer.school}/${viewer.account}`, 'one');
    if (giveBack === null) return BUSY;
    try {
      const speech = await speechOf(program, piece, language);
      return speech === null ? VOICELESS : { kind: 'speech', ...speech };
    } finally {
      giveBack();
    }
  }

  async function speak(viewer: Viewer, piece: string, language: Language): Promise<Spoken> {
    const key = keyOf(viewer.school, language, piece);
    const known = kept.find(key);
    if (known !== undefined) return { kind: 'speech', ...known };
    const begun = underway.get(key) ?? speakAnew(viewer, piece, language);
    underway.set(key, begun);
    try {
      const spoken = await begun;
      if (spoken.kind === 'speech') kept.keep(key, spoken);
      return spoken;
    } finally {
      underway.delete(key);
    }
  }

  return {
    isThere: program !== null,
    speak,
    async read(viewer, pieces, language) {
      const waves: Buffer[] = [];
      for (const piece of pieces) {
        const spoken = await speak(viewer, piece, language);
        if (spoken.kind !== 'speech') return spoken;
        waves.push(spoken.audio);
      }
      return { kind: 'speech', audio: joined(waves), marks: [] };
    },
    close: () => turns.close(),
  };
}

async function speechOf(
  program: string,
  piece: string,
  language: Language,
): Promise<Speech | null> {
  const [plain, apart] = await Promise.all([
    say(program, piece, { language, apart: false }),
    say(program, piece, { language, apart: true }),
  ]);
  if (plain === null || apart === null) return null;
  return { audio: waveOf(plain), marks: marksOf(wordsOf(piece), { plain, apart }) };
}
