/** Nobody's turn came in time. */
export const NO_TURN = Symbol('no turn');

/** Lets work that needs much memory be done by turns, in the order in which it was asked for. */
export interface WorkTurns {
  /**
   * Does `act` once `bytes` more are within what may be in hand at once; what is bigger than that
   * is done alone.
   */
  take<Result>(bytes: number, act: () => Promise<Result>): Promise<Result | typeof NO_TURN>;
}

interface Waiting {
  readonly bytes: number;
  readonly start: () => void;
}

export function openTurns({
  bytesInHand,
  waitMs,
}: {
  readonly bytesInHand: number;
  readonly waitMs: number;
}): WorkTurns {
  const waiting: Waiting[] = [];
  let inHand = 0;

  function next(): void {
    for (
      let [first] = waiting;
      first !== undefined && (inHand === 0 || inHand + first.bytes <= bytesInHand);
      [first] = waiting
    ) {
      waiting.shift();
      inHand += first.bytes;
      first.start();
    }
  }

  function comes(bytes: number): Promise<boolean> {
    return new Promise((resolve) => {
      const one: Waiting = {
        bytes,
        start: () => {
          clearTimeout(timer);
          resolve(true);
        },
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(one), 1);
        resolve(false);
        next(); // those behind may be smaller
      }, waitMs).unref();
      waiting.push(one);
      next();
    });
  }

  return {
    async take(bytes, act) {
      if (bytes === 0) return act();
      if (!(await comes(bytes))) return NO_TURN;
      try {
        return await act();
      } finally {
        inHand -= bytes;
        next();
      }
    },
  };
}
