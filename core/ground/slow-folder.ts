import { Passage } from './passage.ts';

/** A folder that gives no answer: of a disk of another machine that is gone, for hours perhaps. */
export class FolderHangs extends Error {
  override readonly name = 'FolderHangs';
}

const turns = new Map<string, Passage>();

/**
 * Asks something of a folder, and waits so long for it. One question at a time: each that hangs has
 * one of the few threads of the process until the folder answers, and without any the mail stops
 * too. Throws `FolderHangs`.
 */
export async function askFolder<T>(
  folder: string,
  ask: () => Promise<T>,
  patienceMs: number,
): Promise<T> {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      over.abort();
      reject(new FolderHangs(folder));
    }, patienceMs);
  });
  return Promise.race([inTurn(folder, ask, over.signal), late]).finally(() => clearTimeout(timer));
}

async function inTurn<T>(folder: string, ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const turn = turns.get(folder) ?? new Passage(1);
  turns.set(folder, turn);
  if (!(await turn.enter(signal))) throw new FolderHangs(folder);
  try {
    return await ask();
  } finally {
    turn.leave();
  }
}
