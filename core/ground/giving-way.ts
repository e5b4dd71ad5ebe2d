/**
 * Letters go first: what can wait steps back while one is under way in this process. Never for
 * long, so that a day full of letters lets it through, too.
 */

/** A step back lasts no longer; a letter alone takes a tenth of it. */
const MOST_MS = 200;

// The loop is the thread's, and so is who has it.
let underWay = 0;
const waiting = new Set<() => void>();

/** Does what somebody waits for, and what gives way stands aside meanwhile. */
export async function goingFirst<T>(work: () => Promise<T>): Promise<T> {
  underWay += 1;
  try {
    return await work();
  } finally {
    underWay -= 1;
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
