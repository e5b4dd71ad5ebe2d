/**
 * A voice from the microphone, as a file: MP4 where the browser makes what every phone plays, else
 * WebM or Ogg with Opus. Nothing is kept but this file, and the microphone is let go at its end.
 */

/** It only stops: nobody is hurried. */
export const MOST_MS = 60_000;
/** Of speech, so that a minute is some 240 kB. */
const BITS_PER_SECOND = 32_000;
/** How often the loudness is looked at. */
const LOOK_MS = 100;

/** First what is wanted most. Of Opus in MP4 many players know nothing. */
const KINDS = [
  { type: 'audio/mp4;codecs=mp4a.40.2', ending: 'm4a' },
  { type: 'audio/webm;codecs=opus', ending: 'webm' },
  { type: 'audio/ogg;codecs=opus', ending: 'ogg' },
] as const;

export interface RecordingSession {
  /** Resolves once it is stopped, by hand or by time: the file; null where nothing was heard. */
  readonly done: Promise<File | null>;
  stop(): void;
}

/** Whether this browser records here: an old one doesn't, nor does one without https. */
export function canRecord(): boolean {
  return 'MediaRecorder' in window && 'mediaDevices' in navigator && kind() !== undefined;
}

const kind = () => KINDS.find(({ type }) => MediaRecorder.isTypeSupported(type));

/**
 * Records until `stop`, a minute at most. Rejects where the microphone is missing or refused.
 *
 * @param heard is told several times a second how loud it is (0 to 1), and of how many milliseconds
 */
export async function record(
  name: string,
  heard: (loudness: number, ms: number) => void,
): Promise<RecordingSession> {
  const chosen = kind();
  if (chosen === undefined) throw new Error('this browser records nothing');
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
  });
  const recorder = new MediaRecorder(stream, {
    mimeType: chosen.type,
    audioBitsPerSecond: BITS_PER_SECOND,
  });
  const pieces: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => {
    if (data.size > 0) pieces.push(data);
  });
  const ear = listenTo(stream);
  const begun = performance.now();
  const stop = (): void => {
    if (recorder.state !== 'inactive') recorder.stop();
  };
  const looking = setInterval(() => {
    const ms = performance.now() - begun;
    heard(ear.loudness(), ms);
    if (ms >= MOST_MS) stop();
  }, LOOK_MS);
  const done = new Promise<File | null>((resolve) => {
    recorder.addEventListener('stop', () => {
      clearInterval(looking);
      stream.getTracks().forEach((track) => track.stop());
      ear.close();
      const type = chosen.type.split(';')[0] ?? '';
      resolve(pieces.length === 0 ? null : new File(pieces, `${name}.${chosen.ending}`, { type }));
    });
  });
  // In one piece: a file that ends as it should.
  recorder.start();
  return { done, stop };
}

interface Ear {
  /** 0 to 1, of the last moment. */
  loudness(): number;
  close(): void;
}

function listenTo(stream: MediaStream): Ear {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const wave = new Uint8Array(analyser.fftSize);
  return {
    loudness() {
      analyser.getByteTimeDomainData(wave);
      const sum = wave.reduce((all, one) => all + ((one - SILENCE) / SILENCE) ** 2, 0);
      return Math.min(1, Math.sqrt(sum / wave.length) * SPEECH);
    },
    close: () => void context.close(),
  };
}
/** The middle of a byte's range. */
const SILENCE = 128;
/** Speech fills a quarter of it. */
const SPEECH = 4;
