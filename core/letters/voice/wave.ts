import { RATE } from './marks.ts';

/** What stands before the samples of a WAVE file as espeak-ng writes it. */
const HEADER_BYTES = 44;
/** ITU-T G.711, µ-law: a byte a sample, half of what the samples take. */
const MU_LAW = 7;
/** What stands before the samples of ours: `RIFF`, `fmt `, `fact`, `data`. */
const HEAD_BYTES = 58;
const BIAS = 0x84;
const CLIP = 32_635;

/** The samples of a WAVE file of 16 bits, one channel. */
export function samplesOf(wave: Buffer): Int16Array {
  const samples = new Int16Array(Math.max(0, (wave.length - HEADER_BYTES) >> 1));
  for (let at = 0; at < samples.length; at += 1)
    samples[at] = wave.readInt16LE(HEADER_BYTES + 2 * at);
  return samples;
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
