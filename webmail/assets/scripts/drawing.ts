/**
 * A sheet that lines are drawn on. A line that is being drawn lies on a canvas of its own, so that
 * only it is painted while a finger moves; the last lines can be taken back, those before are one
 * picture with the paper.
 */
import { getStroke } from 'perfect-freehand';
import { asPng, canPack } from './png.ts';

/** A crayon, or the rubber (null). */
type Ink = string | null;
export interface Crayon {
  readonly ink: Ink;
  /** Of the line at its thickest, in units of the sheet. */
  readonly size: number;
}
type Point = [x: number, y: number];
interface Line extends Crayon {
  readonly points: Point[];
}

/** Units across the sheet, whatever the screen: what is sent has as many pixels at most. */
const SHEET_WIDTH = 1_024;
const MOST_HEIGHT = 1_400;
/** Lines that can be taken back one by one. */
const UNDONE = 40;
/**
 * Points of one piece of a line: a longer one goes on in a new piece, so that no movement costs
 * more than this many points.
 */
const PIECE = 120;
/** Points that two pieces share, so that no joint is seen. */
const JOINT = 3;
const PAPER = '#fffdf6';
/** What a drawing may take, as a PNG. */
const MOST_BYTES = 200_000;
/** It is made smaller by a fifth so often until it does: the last one has a sixth of the pixels. */
const SMALLER = 0.8;
const TRIES = 6;

export interface DrawingSurface {
  /** Begins a line where a finger or a mouse has come down; `hand` tells two of them apart. */
  begin(hand: number, at: Point, crayon: Crayon): void;
  go(hand: number, at: Point): void;
  end(hand: number): void;
  undo(): void;
  /** A fresh sheet, which can be taken back as one line can. */
  fresh(): void;
  /** Puts a picture under all lines. */
  lay(picture: CanvasImageSource): void;
  /** Where on the sheet a point of the screen lies. */
  at(event: { readonly clientX: number; readonly clientY: number }): Point;
  isEmpty(): boolean;
  /** Whether a hand is drawing just now. */
  isTouched(): boolean;
  /** How often it has changed: the same number, the same drawing. */
  turn(): number;
  /** All of it as a PNG of at most 200 kB; null where the browser makes none. */
  picture(): Promise<Blob | null>;
}

/** Whatever was done: a line, or a fresh sheet. */
type Act = readonly Line[] | 'fresh';

interface Sheet {
  /** The paper, and what can't be taken back any more; then what is done; then what hands draw. */
  readonly under: CanvasRenderingContext2D;
  readonly done: CanvasRenderingContext2D;
  readonly live: CanvasRenderingContext2D;
  readonly acts: Act[];
  /** The pieces of the line that each hand draws. */
  readonly hands: Map<number, Line[]>;
  /** Whether the paper has something on it. */
  hasPicture: boolean;
  /** The live canvas is to be painted at the next picture of the screen. */
  isWaiting: boolean;
  turn: number;
}

/** A drawing on two canvases, one over the other: what is done, and what hands are drawing. */
export function openDrawing(done: HTMLCanvasElement, live: HTMLCanvasElement): DrawingSurface {
  const sheet = layOut(done, live);
  return {
    begin(hand, at, crayon) {
      sheet.hands.set(hand, [{ ...crayon, points: [at] }]);
      showLive(sheet);
    },
    go: (hand, at) => goOn(sheet, hand, at),
    end: (hand) => endLine(sheet, hand),
    undo() {
      if (sheet.acts.pop() === undefined) return;
      sheet.turn += 1;
      paintAgain(sheet);
    },
    fresh() {
      if (isEmpty(sheet)) return;
      keep(sheet, 'fresh');
      clear(sheet.done);
    },
    lay(picture) {
      const { canvas } = sheet.under;
      sheet.under.drawImage(picture, 0, 0, canvas.width, canvas.height);
      sheet.hasPicture = true;
      paintAgain(sheet);
    },
    at: (event) => placeOn(done, event),
    isEmpty: () => isEmpty(sheet),
    isTouched: () => sheet.hands.size > 0,
    turn: () => sheet.turn,
    picture: () => asPicture(done),
  };
}

function layOut(done: HTMLCanvasElement, live: HTMLCanvasElement): Sheet {
  const box = done.getBoundingClientRect();
  const height = Math.round((SHEET_WIDTH * box.height) / Math.max(1, box.width));
  const under = document.createElement('canvas');
  for (const canvas of [under, done, live]) {
    canvas.width = SHEET_WIDTH;
    canvas.height = Math.min(MOST_HEIGHT, Math.max(1, height));
  }
  return {
    under: pen(under),
    done: pen(done),
    live: pen(live),
    acts: [],
    hands: new Map(),
    hasPicture: false,
    isWaiting: false,
    turn: 0,
  };
}

/** One more point; a rubber takes away at once, since nothing else of it is to be seen. */
function goOn(sheet: Sheet, hand: number, at: Point): void {
  const pieces = sheet.hands.get(hand);
  const line = pieces?.[pieces.length - 1];
  if (pieces === undefined || line === undefined) return;
  line.points.push(at);
  if (line.ink === null) paint(sheet.done, { ...line, points: line.points.slice(-2) });
  if (line.points.length >= PIECE) {
    paint(sheet.done, line);
    pieces.push({ ...line, points: line.points.slice(-JOINT) });
  }
  showLive(sheet);
}

function endLine(sheet: Sheet, hand: number): void {
  const pieces = sheet.hands.get(hand);
  const line = pieces?.[pieces.length - 1];
  if (pieces === undefined || line === undefined) return;
  sheet.hands.delete(hand);
  paint(sheet.done, line);
  keep(sheet, pieces);
  showLive(sheet);
}

/** Painted once for each picture of the screen, however many movements there were between. */
function showLive(sheet: Sheet): void {
  if (sheet.isWaiting) return;
  sheet.isWaiting = true;
  requestAnimationFrame(() => {
    sheet.isWaiting = false;
    clear(sheet.live);
    sheet.hands.forEach((pieces) => {
      const line = pieces[pieces.length - 1];
      if (line !== undefined && line.ink !== null) paint(sheet.live, line);
    });
  });
}

/** The oldest can't be taken back any more: it becomes part of the paper. */
function keep(sheet: Sheet, act: Act): void {
  sheet.turn += 1;
  sheet.acts.push(act);
  if (sheet.acts.length <= UNDONE) return;
  const oldest = sheet.acts.shift();
  if (oldest === undefined) return;
  carryOut(sheet.under, oldest);
  sheet.hasPicture = oldest !== 'fresh';
}

function carryOut(on: CanvasRenderingContext2D, act: Act): void {
  if (act === 'fresh') clear(on);
  else act.forEach((line) => paint(on, line));
}

function paintAgain({ under, done, acts }: Sheet): void {
  clear(done);
  done.drawImage(under.canvas, 0, 0);
  acts.forEach((act) => carryOut(done, act));
}

const isEmpty = ({ acts, hasPicture }: Sheet): boolean =>
  acts.length === 0 ? !hasPicture : acts[acts.length - 1] === 'fresh';

function clear(on: CanvasRenderingContext2D): void {
  on.clearRect(0, 0, on.canvas.width, on.canvas.height);
}

/** `object-fit: contain`: the sheet keeps its shape when a tablet is turned. */
function placeOn(
  canvas: HTMLCanvasElement,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): Point {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const scale = Math.min(width / canvas.width, height / canvas.height) || 1;
  return [
    (clientX - left - (width - canvas.width * scale) / 2) / scale,
    (clientY - top - (height - canvas.height * scale) / 2) / scale,
  ];
}

function pen(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser draws nothing');
  return context;
}

/** A crayon's line is an outline that swells with the speed of the hand; the rubber's is even. */
function paint(context: CanvasRenderingContext2D, { points, ink, size }: Line): void {
  context.save();
  if (ink === null) {
    context.globalCompositeOperation = 'destination-out';
    context.lineWidth = size;
    context.lineCap = context.lineJoin = 'round';
    context.beginPath();
    points.forEach(([x, y]) => context.lineTo(x, y));
    const [[x, y] = [0, 0]] = points;
    if (points.length === 1) context.lineTo(x + 0.1, y);
    context.stroke();
  } else {
    const outline = getStroke(points, {
      size,
      thinning: 0.35,
      smoothing: 0.5,
      streamline: 0.35,
      simulatePressure: true,
    });
    context.fillStyle = ink;
    context.beginPath();
    outline.forEach(([x, y], at) => {
      const [nextX, nextY] = outline[(at + 1) % outline.length] ?? [x, y];
      context.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
    });
    context.fill();
  }
  context.restore();
}

/** On paper, as light as it must be. */
async function asPicture(done: HTMLCanvasElement): Promise<Blob | null> {
  const whole = document.createElement('canvas');
  for (let scale = 1, left = TRIES; left > 0; scale *= SMALLER, left--) {
    whole.width = Math.round(done.width * scale);
    whole.height = Math.round(done.height * scale);
    const context = pen(whole);
    context.fillStyle = PAPER;
    context.fillRect(0, 0, whole.width, whole.height);
    context.drawImage(done, 0, 0, whole.width, whole.height);
    const blob = await pngOf(context);
    if (blob === null || blob.size <= MOST_BYTES || left === 1) return blob;
  }
  return null;
}

function pngOf(context: CanvasRenderingContext2D): Promise<Blob | null> {
  const { canvas } = context;
  return canPack()
    ? asPng(context.getImageData(0, 0, canvas.width, canvas.height))
    : new Promise((made) => canvas.toBlob(made, 'image/png'));
}
