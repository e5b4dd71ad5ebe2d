/**
 * Letters go first: what can wait steps back while one is under way in this process. Never for
 * long, so that a day full of letters lets it through, too.
 */
import { setTimeout as sleep } from 'node:timers/promises';

/** A step back lasts no longer; a letter alone takes a tenth of it. */
const MOST_MS = 200;
/** Where the last letter is no longer ago, the next one is near. */
const LATELY_MS = 1_000;
/** So many times as long as it worked what can wait rests then, and never longer than that. */
const REST_TIMES = 8;
const MOST_REST_MS = 1_000;

// The loop is the thread's, and so is who has it.
let underWay = 0;
let lastEndedMs = -Infinity;
const waiting = new Set<() => void>();

/** Does what somebody waits for, and what gives way stands aside meanwhile. */
export async function goingFirst<T>(work: () => Promise<T>): Promise<T> {
  underWay += 1;
  try {
    return await work();
  } finally {
    underWay -= 1;
    lastEndedMs = performance.now();
    if (underWay === 0) for (const go of [...waiting]) go();
  }
}

/** Resolves once nothing that goes first is under way, and after 200 ms at the latest. */
export async function giveWay(mostMs = MOST_MS): Promise<void> {
  if (underWay === 0) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      clearTimeout(timer);
      waiting.delete(go);
      resolve();
    };
    const timer = setTimeout(go, mostMs);
    waiting.add(go);
  });
}

/**
 * Rests after work of so many milliseconds, while letters come one after the other: a step that has
 * begun gives way to none, so that few of them may meet one. Where none comes nothing rests.
 */
export async function restAfter(workedMs: number): Promise<void> {
  if (underWay === 0 && performance.now() - lastEndedMs > LATELY_MS) return;
  await sleep(Math.min(workedMs * REST_TIMES, MOST_REST_MS), undefined, { ref: false });
}

/** Of a form there are hundreds of steps: on a day full of letters it must come through, too. */
const MOST_BEFORE_STEP_MS = 50;

/** Whoever came before goes before, with each of their steps. */
type PlaceInLine = number;

let lastPlace = 0;

/**
 * Takes a place in the line, for all steps of one file: a hundred files, each a step at a time in
 * turns, would all lie half read in memory until the last one has come.
 */
export const takePlaceInLine = (): PlaceInLine => (lastPlace += 1);

/** For a step that is soon over, or that lets go of what others have gathered in memory. */
export const FIRST_IN_LINE: PlaceInLine = 0;

interface StepInLine {
  readonly place: PlaceInLine;
  begin(): void;
}

const line: StepInLine[] = [];
let isStepUnderWay = false;

/**
 * Does a short step of what can wait in the one line of all such steps: one after the other, each
 * once no letter is under way, after 50 ms at the latest, and with a rest after it. A hundred of
 * them at once would be a long one. None may wait for another within it.
 */
export async function inLine<Result>(
  step: () => Promise<Result>,
  place = takePlaceInLine(),
): Promise<Result> {
  await turnInLine(place);
  await giveWay(MOST_BEFORE_STEP_MS);
  const begun = performance.now();
  try {
    return await step();
  } finally {
    void restAfter(performance.now() - begun).then(nextInLine);
  }
}

/** Of steps with one place those that came first. */
async function turnInLine(place: PlaceInLine): Promise<void> {
  if (isStepUnderWay)
    await new Promise<void>((begin) => {
      const behind = line.findIndex((one) => one.place > place);
      line.splice(behind === -1 ? line.length : behind, 0, { place, begin });
    });
  isStepUnderWay = true;
}

function nextInLine(): void {
  const next = line.shift();
  // Nobody else may begin between the end of one and the begin of the next.
  if (next === undefined) isStepUnderWay = false;
  else next.begin();
}
