import type { Config } from '../../ground/config.ts';
import type { Language } from '../../ground/ids.ts';
import { NO_TURN, openTurns, turnsOfOne, type Turns } from '../../ground/turns.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { wordsOf } from '../message/spoken.ts';
import { openAllowance } from './allowance.ts';
import type { SpeechAnswer, Voice } from './contract.ts';
import { keyOf, openKeptSpeech } from './kept.ts';
import { TURNS } from './limits.ts';
import { openMadeSpeech, speechFolder } from './made.ts';
import { marksOf } from './marks.ts';
import { say } from './say.ts';
import { isEspeak } from './voice-program.ts';
import { joined, samplesIn, waveOf } from './wave.ts';

interface VoiceOptions extends Pick<Config, 'voice' | 'dataDir' | 'processes'> {
  readonly clock: () => Date;
}

const VOICELESS: SpeechAnswer = { kind: 'voiceless' };
/** A command says nothing apart: the letters of the words share out its time. */
const NO_PAUSES = new Int16Array(0);
const BUSY: SpeechAnswer = { kind: 'busy' };

/** Opens the voice of the server. Nothing runs before something is to be said, or after. */
export function openVoice(options: VoiceOptions): Voice {
  return new ServerVoice(options);
}

class ServerVoice implements Voice {
  /** espeak-ng, or a command (`voice-program.ts`); null: there is no voice. */
  readonly #program: string | null;
  readonly #turns: Turns;
  readonly #allowance: ReturnType<typeof openAllowance>;
  readonly #made: ReturnType<typeof openMadeSpeech>;
  readonly #kept = openKeptSpeech();
  /** Two who press the same ear at once hear the same. */
  readonly #underway = new Map<string, Promise<SpeechAnswer>>();
  /** When the words of what was said begin: kept as long as that is. */
  readonly #marked = new WeakMap<Buffer, Promise<readonly number[]>>();

  constructor({ voice, dataDir, processes, clock }: VoiceOptions) {
    this.#program = voice;
    this.#made = openMadeSpeech(speechFolder(dataDir));
    this.#turns = openTurns(turnsOfOne(TURNS, processes));
    this.#allowance = openAllowance(clock);
  }

  async speak(viewer: Viewer, piece: string, language: Language): Promise<SpeechAnswer> {
    const key = keyOf(viewer.school, language, piece);
    const audio = this.#kept.get(key);
    if (audio !== undefined) return { kind: 'speech', audio };
    // No await up to here: whoever asks for the same piece meanwhile finds it underway.
    const begun = this.#underway.get(key) ?? this.#find(key, viewer, { piece, language });
    this.#underway.set(key, begun);
    try {
      return await begun;
    } finally {
      this.#underway.delete(key);
    }
  }

  async sentence(words: string, language: Language): Promise<SpeechAnswer> {
    const audio = await this.#made.find({ language, words });
    return audio === null ? VOICELESS : { kind: 'speech', audio };
  }

  prepare(viewer: Viewer, piece: string, language: Language): void {
    // It is kept when it is said; nobody waits for it, and whoever asks meanwhile gets the same.
    this.speak(viewer, piece, language).catch(() => {});
  }

  async marks(viewer: Viewer, piece: string, language: Language): Promise<readonly number[]> {
    const spoken = await this.speak(viewer, piece, language);
    if (spoken.kind !== 'speech') return [];
    const { audio } = spoken;
    const marks = this.#marked.get(audio) ?? this.#mark(viewer, piece, { language, audio });
    this.#marked.set(audio, marks);
    return marks;
  }

  async read(viewer: Viewer, pieces: readonly string[], language: Language): Promise<SpeechAnswer> {
    const waves: Buffer[] = [];
    for (const piece of pieces) {
      const spoken = await this.speak(viewer, piece, language);
      if (spoken.kind !== 'speech') return spoken;
      waves.push(spoken.audio);
    }
    return { kind: 'speech', audio: joined(waves) };
  }

  close(): void {
    this.#turns.close();
  }

  /** From its file, which remembers itself what it read; else said now, and kept. */
  async #find(
    key: string,
    viewer: Viewer,
    { piece, language }: { readonly piece: string; readonly language: Language },
  ): Promise<SpeechAnswer> {
    const audio = await this.#made.find({ language, words: piece });
    if (audio !== null) return { kind: 'speech', audio };
    const spoken = await this.#speakAnew(viewer, piece, language);
    if (spoken.kind === 'speech') this.#kept.set(key, spoken.audio);
    return spoken;
  }

  async #speakAnew(viewer: Viewer, piece: string, language: Language): Promise<SpeechAnswer> {
    if (this.#program === null) return VOICELESS;
    if (!this.#allowance.takes(viewer.account)) return BUSY;
    const spoken = await this.#inTurn(viewer, async (program): Promise<SpeechAnswer> => {
      const samples = await say(program, piece, { language, apart: false });
      return samples === null ? VOICELESS : { kind: 'speech', audio: waveOf(samples) };
    });
    return spoken ?? BUSY;
  }

  async #mark(
    viewer: Viewer,
    piece: string,
    { language, audio }: { readonly language: Language; readonly audio: Buffer },
  ): Promise<readonly number[]> {
    const apart = await this.#inTurn(viewer, async (program) =>
      isEspeak(program) ? say(program, piece, { language, apart: true }) : NO_PAUSES,
    );
    return apart === null ? [] : marksOf(wordsOf(piece), { samples: samplesIn(audio), apart });
  }

  /** Null where there is no voice, or its turn doesn't come. */
  async #inTurn<T>(viewer: Viewer, act: (program: string) => Promise<T>): Promise<T | null> {
    const program = this.#program;
    if (program === null) return null;
    const whose = `${viewer.school}/${viewer.account}`;
    const done = await this.#turns.pass(whose, () => act(program));
    return done === NO_TURN ? null : done;
  }
}
