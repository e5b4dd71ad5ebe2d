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

/** Units of the sheet, whatever the screen: what is sent has as many pixels at most. */
const MOST_WIDTH = 1_024;
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
/** Of 255: two tones that are no further from each other are one. */
const SAME_TONE = 8;
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
  /** The drawing that is drawn on; nothing that is done here changes it. */
  readonly base: CanvasRenderingContext2D;
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

/** What lies on the sheet as it is opened, which has its shape. */
export interface Laid {
  /**
   * It came with a letter, and is drawn on: rubber and fresh sheet leave it alone, and without a
   * line there is nothing to send.
   */
  readonly theirs: HTMLImageElement | null;
  /** One's own drawing goes on; of one on theirs, the picture of both. */
  readonly own: HTMLImageElement | null;
}

/**
 * A drawing on two canvases, one over the other: what is done, and what hands are drawing. The
 * picture of it is of all that lies there.
 */
export function openDrawing(
  done: HTMLCanvasElement,
  live: HTMLCanvasElement,
  laid: Laid | null,
): DrawingSurface {
  const sheet = layOut(done, live, laid);
  if (sheet.hasPicture) paintAgain(sheet);
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
    at: (event) => placeOn(done, event),
    isEmpty: () => isEmpty(sheet),
    isTouched: () => sheet.hands.size > 0,
    turn: () => sheet.turn,
    picture: () => asPicture(sheet),
  };
}

function layOut(done: HTMLCanvasElement, live: HTMLCanvasElement, laid: Laid | null): Sheet {
  const shape = shapeOf(done, laid);
  // All that looks like paper is paper: on a tall screen the sheet is narrower.
  const scale = Math.min(MOST_WIDTH / shape.width, MOST_HEIGHT / shape.height);
  const base = document.createElement('canvas');
  const under = document.createElement('canvas');
  for (const canvas of [base, under, done, live]) {
    canvas.width = Math.max(1, Math.round(shape.width * scale));
    canvas.height = Math.max(1, Math.round(shape.height * scale));
  }
  const sheet = { base: pen(base), under: pen(under), done: pen(done), live: pen(live) };
  const { theirs = null, own = null } = laid ?? {};
  if (theirs !== null) {
    fill(sheet.base, theirs);
    base.setAttribute('aria-hidden', 'true');
    done.before(base);
  }
  if (own !== null) fill(sheet.under, theirs === null ? own : linesOn(base, own));
  return {
    ...sheet,
    acts: [],
    hands: new Map(),
    hasPicture: own !== null,
    isWaiting: false,
    turn: 0,
  };
}

/**
 * One's own lines, out of the picture of them on another drawing: whatever looks as that drawing
 * does by itself, on paper and of that size, is none.
 */
function linesOn(base: HTMLCanvasElement, both: HTMLImageElement): HTMLCanvasElement {
  const sized = (): HTMLCanvasElement => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [both.naturalWidth, both.naturalHeight];
    return canvas;
  };
  const [alone, lines] = [pen(sized()), pen(sized())];
  onPaper(alone, base);
  fill(lines, both);
  const { width, height } = lines.canvas;
  const before = alone.getImageData(0, 0, width, height).data;
  const now = lines.getImageData(0, 0, width, height);
  const { data } = now;
  for (let at = 0; at < data.length; at += 4) {
    let most = 0;
    for (let tone = at; tone < at + 3; tone += 1)
      most = Math.max(most, Math.abs((data[tone] ?? 0) - (before[tone] ?? 0)));
    if (most <= SAME_TONE) data[at + 3] = 0;
  }
  lines.putImageData(now, 0, 0);
  return lines.canvas;
}

function onPaper(on: CanvasRenderingContext2D, drawing: HTMLCanvasElement): void {
  on.fillStyle = PAPER;
  on.fillRect(0, 0, on.canvas.width, on.canvas.height);
  fill(on, drawing);
}

function shapeOf(
  done: HTMLCanvasElement,
  laid: Laid | null,
): { readonly width: number; readonly height: number } {
  const picture = laid?.theirs ?? laid?.own ?? null;
  if (picture !== null) return { width: picture.naturalWidth, height: picture.naturalHeight };
  const { width, height } = done.getBoundingClientRect();
  return { width: Math.max(1, width), height };
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

/** All over the sheet. */
function fill(on: CanvasRenderingContext2D, picture: CanvasImageSource): void {
  on.drawImage(picture, 0, 0, on.canvas.width, on.canvas.height);
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
async function asPicture({ base, done: { canvas: done } }: Sheet): Promise<Blob | null> {
  const whole = document.createElement('canvas');
  for (let scale = 1, left = TRIES; left > 0; scale *= SMALLER, left--) {
    whole.width = Math.round(done.width * scale);
    whole.height = Math.round(done.height * scale);
    const context = pen(whole);
    onPaper(context, base.canvas);
    fill(context, done);
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
