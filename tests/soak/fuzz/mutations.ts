/** Changes what honest people send into what nobody sends, by seed. Pure. */
import type { Random } from '../random.ts';

/** What is mutated, and the words of its grammar that are put into it. */
export interface Material {
  readonly samples: readonly Buffer[];
  readonly words: readonly string[];
}

/** Changes of one input, at most. */
const MOST_CHANGES = 6;
/** Most inputs are small, as most letters are; few of them large, and fewer very large. */
const SIZES = [
  { oneIn: 1_000, bytes: 262_144 },
  { oneIn: 100, bytes: 65_536 },
  { oneIn: 1, bytes: 8_192 },
] as const;
const MOST_SLICE_BYTES = 400;
const MOST_WORDS = 8;

type Change = (bytes: Buffer, random: Random, about: About) => Buffer;

interface About extends Material {
  /** So much may be put in by one change. */
  readonly room: number;
}

/** One input: a sample with some changes, no longer than the size that it has drawn. */
export function mutated(random: Random, material: Material): Buffer {
  const room = SIZES.find(({ oneIn }) => random.between(1, oneIn) === 1)?.bytes ?? 0;
  const about = { ...material, room };
  const sample = random.pick(material.samples);
  const start = sample.length > room ? sample.subarray(0, room) : sample;
  const changes = random.between(1, MOST_CHANGES);
  let bytes = start;
  for (let done = 0; done < changes; done += 1)
    bytes = random
      .pick(CHANGES)(bytes, random, about)
      .subarray(0, 2 * room);
  return bytes;
}

const CHANGES: readonly Change[] = [
  flipped,
  cut,
  dropped,
  spliced,
  worded,
  worded,
  repeated,
  repeatedWord,
  nested,
  shuffledLines,
];

/** Bits of some bytes are turned. */
function flipped(bytes: Buffer, random: Random): Buffer {
  const changed = Buffer.from(bytes);
  for (let left = random.between(1, 16); left > 0 && changed.length > 0; left -= 1) {
    const at = random.between(0, changed.length - 1);
    changed[at] = (changed[at] ?? 0) ^ (1 << random.between(0, 7));
  }
  return changed;
}

/** The end is missing. */
function cut(bytes: Buffer, random: Random): Buffer {
  return bytes.subarray(0, random.between(0, bytes.length));
}

/** A piece is missing. */
function dropped(bytes: Buffer, random: Random): Buffer {
  const [from, to] = sliceOf(bytes, random);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
}

/** A piece is another sample's. */
function spliced(bytes: Buffer, random: Random, { samples }: About): Buffer {
  const other = random.pick(samples);
  const [from, to] = sliceOf(bytes, random);
  const begins = random.between(0, other.length);
  const taken = other.subarray(begins, begins + random.between(0, 4 * MOST_SLICE_BYTES));
  return Buffer.concat([bytes.subarray(0, from), taken, bytes.subarray(to)]);
}

/** Words of the grammar in the middle of anything. */
function worded(bytes: Buffer, random: Random, { words }: About): Buffer {
  const put = Array.from({ length: random.between(1, MOST_WORDS) }, () => random.pick(words));
  return inserted(bytes, random, Buffer.from(put.join(''), 'latin1'));
}

/** A piece that comes again and again. */
function repeated(bytes: Buffer, random: Random, { room }: About): Buffer {
  const [from, to] = sliceOf(bytes, random);
  return to === from
    ? bytes
    : insertedAt(bytes, to, filled(random, bytes.subarray(from, to), room));
}

function repeatedWord(bytes: Buffer, random: Random, { words, room }: About): Buffer {
  return inserted(bytes, random, filled(random, Buffer.from(random.pick(words), 'latin1'), room));
}

/** A piece within a word that opens and one that closes, many times over. */
function nested(bytes: Buffer, random: Random, { words, room }: About): Buffer {
  const [from, to] = sliceOf(bytes, random);
  const [opens, closes] = [random.pick(words), random.pick(words)].map((word) =>
    Buffer.from(word, 'latin1'),
  );
  if (opens === undefined || closes === undefined) return bytes;
  return Buffer.concat([
    bytes.subarray(0, from),
    filled(random, opens, room / 2),
    bytes.subarray(from, to),
    filled(random, closes, room / 2),
    bytes.subarray(to),
  ]);
}

/** Some lines stand where others stood. */
function shuffledLines(bytes: Buffer, random: Random): Buffer {
  const lines = bytes.toString('latin1').split('\n');
  const from = random.between(0, lines.length);
  const to = Math.min(lines.length, from + random.between(2, 30));
  return Buffer.from(
    [...lines.slice(0, from), ...random.shuffled(lines.slice(from, to)), ...lines.slice(to)].join(
      '\n',
    ),
    'latin1',
  );
}

/** So often that it fills a part of the room. */
function filled(random: Random, piece: Buffer, room: number): Buffer {
  const most = Math.floor(room / Math.max(1, piece.length));
  return Buffer.from(
    piece.toString('latin1').repeat(random.between(1, Math.max(1, most))),
    'latin1',
  );
}

function inserted(bytes: Buffer, random: Random, put: Buffer): Buffer {
  return insertedAt(bytes, random.between(0, bytes.length), put);
}

function insertedAt(bytes: Buffer, at: number, put: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at)]);
}

function sliceOf(bytes: Buffer, random: Random): readonly [from: number, to: number] {
  const from = random.between(0, bytes.length);
  return [from, Math.min(bytes.length, from + random.between(0, MOST_SLICE_BYTES))];
}
