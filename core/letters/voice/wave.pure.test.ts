import { expect, it } from 'vitest';
import { RATE } from './marks.ts';
import { samplesOf } from './wave.ts';

/** A WAVE file with a chunk that means nothing to us before its samples. */
function wave(samples: readonly number[], { rate = RATE, channels = 1, bits = 16, kind = 1 } = {}) {
  const format = Buffer.alloc(16);
  format.writeUInt16LE(kind, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt16LE(bits, 14);
  const data = Buffer.from(Int16Array.from(samples).buffer);
  const chunk = (name: string, body: Buffer, length = body.length) => {
    const head = Buffer.alloc(8);
    head.write(name);
    head.writeUInt32LE(length, 4);
    return Buffer.concat([head, body]);
  };
  const chunks = [
    chunk('LIST', Buffer.alloc(4)),
    chunk('fmt ', format),
    chunk('data', data, 2 ** 31),
  ];
  return Buffer.concat([Buffer.from('RIFF....WAVE'), ...chunks]);
}

it.each<[what: string, given: Buffer, then: readonly number[] | null]>([
  ['as many a second as ours', wave([1, -2, 3]), [1, -2, 3]],
  ['half as many', wave([0, 10, 20], { rate: RATE / 2 }), [0, 5, 10, 15, 20, 20]],
  ['twice as many', wave([0, 1, 2, 3], { rate: 2 * RATE }), [0, 2]],
  ['two channels', wave([7, 0, 8, 0], { channels: 2 }), [7, 8]],
  ['nothing', wave([]), []],
  ['a sample of eight bits', wave([1], { bits: 8 }), null],
  ['another way of packing', wave([1], { kind: 7 }), null],
  ['no channel', wave([1], { channels: 0 }), null],
  ['no rate of speech', wave([1], { rate: 1 }), null],
  ['no WAVE file', Buffer.from('bonjour'), null],
  ['a head alone', Buffer.from('RIFF....WAVEfmt '), null],
])('samples of %s', (_what, given, then) => {
  const samples = samplesOf(given);
  expect(samples === null ? null : [...samples]).toEqual(then);
});
