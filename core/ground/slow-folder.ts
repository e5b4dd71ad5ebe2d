import { Passages } from './passage.ts';

/** A folder that gives no answer: of a disk of another machine that is gone, for hours perhaps. */
export class FolderHangs extends Error {
  override readonly name = 'FolderHangs';
}

const turns = new Passages(1);

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
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const hangs = new FolderHangs(folder);
    over.abort(hangs);
    late.reject(hangs);
  }, patienceMs);
  return Promise.race([turns.pass(folder, ask, over.signal), late.promise]).finally(() =>
    clearTimeout(timer),
  );
}
