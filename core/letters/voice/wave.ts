import { RATE } from './marks.ts';

/** ITU-T G.711, µ-law: a byte a sample, half of what the samples take. */
const MU_LAW = 7;
/** What stands before the samples of ours: `RIFF`, `fmt `, `fact`, `data`. */
const HEAD_BYTES = 58;
const BIAS = 0x84;
const CLIP = 32_635;

/** What a WAVE file says of its samples (`fmt `, RFC 2361 §2). */
interface Format {
  readonly channels: number;
  readonly rate: number;
}

/**
 * The samples of a WAVE file of 16 bits, as many a second as ours: of several channels the first,
 * other rates in straight lines. Null for anything else.
 */
export function samplesOf(wave: Buffer): Int16Array | null {
  if (wave.toString('latin1', 0, 4) !== 'RIFF' || wave.toString('latin1', 8, 12) !== 'WAVE')
    return null;
  let format: Format | null = null;
  for (let at = 12; at + 8 <= wave.length;) {
    const name = wave.toString('latin1', at, at + 4);
    // Who writes into a pipe doesn't know how long it will be.
    const chunk = wave.subarray(at + 8, at + 8 + wave.readUInt32LE(at + 4));
    if (name === 'fmt ') format = formatIn(chunk);
    if (name === 'data') return format === null ? null : atOurRate(chunk, format);
    at += 8 + chunk.length + (chunk.length % 2);
  }
  return null;
}

function formatIn(chunk: Buffer): Format | null {
  if (chunk.length < 16 || chunk.readUInt16LE(0) !== PCM || chunk.readUInt16LE(14) !== BITS)
    return null;
  const [channels, rate] = [chunk.readUInt16LE(2), chunk.readUInt32LE(4)];
  return channels > 0 && rate >= LEAST_RATE && rate <= MOST_RATE ? { channels, rate } : null;
}
const PCM = 1;
const BITS = 16;
const LEAST_RATE = 8_000;
const MOST_RATE = 48_000;

function atOurRate(data: Buffer, { channels, rate }: Format): Int16Array {
  const size = 2 * channels;
  const given = Math.floor(data.length / size);
  const sample = (at: number): number =>
    given === 0 ? 0 : data.readInt16LE(Math.min(at, given - 1) * size);
  return Int16Array.from({ length: Math.floor((given * RATE) / rate) }, (_, at) => {
    const from = (at * rate) / RATE;
    const whole = Math.floor(from);
    const before = sample(whole);
    return before + (sample(whole + 1) - before) * (from - whole);
  });
}

/**
 * A WAVE file (RFC 2361: WAVE_FORMAT_MULAW) that all browsers play: a second of speech is 22 kB of
 * it, and it begins before all of it has come.
 */
export function waveOf(samples: Int16Array): Buffer {
  // A chunk has an even length: the last sample of a silence is no loss.
  const even = samples.subarray(0, samples.length - (samples.length % 2));
  return waveWith(Buffer.from(Uint8Array.from(even, muLaw)));
}

/** What `waveOf` made, one after the other. */
export function joined(waves: readonly Buffer[]): Buffer {
  return waveWith(Buffer.concat(waves.map((wave) => wave.subarray(HEAD_BYTES))));
}

/** How many samples a file of ours has. */
export const samplesIn = (wave: Buffer): number => wave.length - HEAD_BYTES;

function waveWith(body: Buffer): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.write('RIFF', 0);
  head.writeUInt32LE(HEAD_BYTES - 8 + body.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(18, 16);
  head.writeUInt16LE(MU_LAW, 20);
  head.writeUInt16LE(1, 22); // one channel
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE, 28); // bytes a second
  head.writeUInt16LE(1, 32); // bytes a sample
  head.writeUInt16LE(8, 34);
  head.writeUInt16LE(0, 36);
  head.write('fact', 38);
  head.writeUInt32LE(4, 42);
  head.writeUInt32LE(body.length, 46);
  head.write('data', 50);
  head.writeUInt32LE(body.length, 54);
  return Buffer.concat([head, body]);
}

/** ITU-T G.711, table 2a: sign, exponent and four bits, all of them turned over. */
function muLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(CLIP, Math.abs(sample)) + BIAS;
  const exponent = Math.max(0, 24 - Math.clz32(magnitude));
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}
