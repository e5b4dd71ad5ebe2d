/**
 * Turns by key: so many run at once for each key, the others wait in the order in which they came.
 */
interface Turns {
  take<T>(key: string, run: () => Promise<T>): Promise<T>;
}

export function openTurns(atOnce: number): Turns {
  const lines = new Map<string, { running: number; readonly waiting: (() => void)[] }>();
  return {
    async take(key, run) {
      const line = lines.get(key) ?? { running: 0, waiting: [] };
      lines.set(key, line);
      if (line.running < atOnce) line.running += 1;
      else await new Promise<void>((resolve) => line.waiting.push(resolve));
      try {
        return await run();
      } finally {
        const next = line.waiting.shift();
        if (next) next();
        else line.running -= 1;
        if (line.running === 0) lines.delete(key);
      }
    },
  };
}
