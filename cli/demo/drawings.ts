import { crc32, deflateSync } from 'node:zlib';
import type { Upload } from '../../core/mail/writing/contract.ts';

const WIDTH = 320;
const HEIGHT = 220;
const PAPER = [255, 250, 240] as const;
const SHELL = [160, 90, 40] as const;
const BODY = [120, 160, 70] as const;
const SEA = [33, 95, 174] as const;
const SAIL = [216, 57, 74] as const;
const SUN = [255, 199, 46] as const;

/** The colour of a point, each part from 0 to 255. */
type Paint = (x: number, y: number) => readonly number[];

/** A child's drawing of a snail, as a PNG. */
export const snailDrawing = (name: string): Upload => drawing(name, snail);

/** A child's drawing of a boat on the sea. */
export const boatDrawing = (name: string): Upload => drawing(name, boat);

/** A child's drawing of a house with its tree. */
export const houseDrawing = (name: string): Upload => drawing(name, house);

/** A child's drawing of flowers under the sun. */
export const flowersDrawing = (name: string): Upload => drawing(name, flowers);

/**
 * Painted when somebody asks for its bytes, each once: every command loads this file, and few make
 * a demo.
 */
function drawing(name: string, paint: Paint): Upload {
  return {
    name,
    mediaType: 'image/png',
    get bytes() {
      const bytes = paintedBefore.get(paint) ?? painted(paint);
      paintedBefore.set(paint, bytes);
      return bytes;
    },
  };
}
const paintedBefore = new Map<Paint, Buffer>();

function painted(paint: Paint): Buffer {
  const rows = Array.from({ length: HEIGHT }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: WIDTH }, (_, x) => paint(x, y)).flat()]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8); // eight bits, red green blue
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A spiral for the shell, a long foot, a head. */
function snail(x: number, y: number): readonly number[] {
  const [dx, dy] = [x - 150, y - 95];
  const distance = Math.hypot(dx, dy);
  const turn = (distance - (Math.atan2(dy, dx) + Math.PI) * 2.2) % 14;
  if (distance < 72 && turn > 0 && turn < 5) return SHELL;
  const foot = y > 165 && y < 185 && x > 60 && x < 250;
  const head = Math.hypot(x - 250, y - 150) < 22;
  return foot || head ? BODY : PAPER;
}

/** Three rows of waves, a boat with its sail, a sun in the corner. */
function boat(x: number, y: number): readonly number[] {
  const wave = Math.sin(x / 14) * 5;
  if ([158, 178, 198].some((row) => Math.abs(y - row - wave) < 3.5)) return SEA;
  if (y > 122 && y < 150 && Math.abs(x - 150) < 62 - (y - 122)) return SHELL;
  if (x > 146 && x < 151 && y > 34 && y <= 122) return SHELL;
  if (x >= 151 && y > 38 && y < 112 && x - 151 < (y - 38) * 0.8) return SAIL;
  const [dx, dy] = [x - 268, y - 46];
  const distance = Math.hypot(dx, dy);
  const isRay = distance > 31 && distance < 46 && Math.abs(Math.sin(Math.atan2(dy, dx) * 4)) < 0.35;
  return distance < 25 || isRay ? SUN : PAPER;
}

/** Walls, a roof, a door, a window; a tree beside it. */
function house(x: number, y: number): readonly number[] {
  if (y > 188 + Math.sin(x / 9) * 3) return BODY;
  if (Math.abs(x - 120) < (y - 40) * 1.1 && y > 40 && y < 96) return SAIL;
  const isDoor = Math.abs(x - 120) < 16 && y > 136;
  const isWindow = Math.abs(Math.abs(x - 120) - 38) < 12 && y > 112 && y < 136;
  if (isDoor || isWindow) return SEA;
  if (Math.abs(x - 120) < 60 && y >= 96) return SUN;
  if (Math.hypot((x - 250) * 0.9, y - 92) < 44 + Math.sin(Math.atan2(y - 92, x - 250) * 7) * 4)
    return BODY;
  return Math.abs(x - 250) < 9 && y > 120 ? SHELL : PAPER;
}

/** Three flowers on their stalks, a sun in the corner. */
function flowers(x: number, y: number): readonly number[] {
  for (const [at, top, colour] of [
    [70, 110, SAIL],
    [150, 80, SEA],
    [230, 120, SAIL],
  ] as const) {
    const [dx, dy] = [x - at, y - top];
    const distance = Math.hypot(dx, dy);
    if (distance < 11) return SUN;
    if (distance < 24 + 12 * Math.cos(Math.atan2(dy, dx) * 6)) return colour;
    if (Math.abs(dx - Math.sin(y / 18) * 4) < 3.5 && y > top && y < 200) return BODY;
  }
  if (y > 200) return BODY;
  const [dx, dy] = [x - 286, y - 36];
  return Math.hypot(dx, dy) < 24 ? SUN : PAPER;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
