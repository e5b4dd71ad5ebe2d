import { watch, type FSWatcher } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Files are looked at this long after the last sign of a change: they are written one after
 * another.
 */
const SETTLE_MS = 300;
/** And this often without one: a folder of another machine tells nothing. */
const POLL_MS = 15_000;
/** What can't be used may be half written: it is read again after this, before it is refused. */
const AGAIN_MS = 2_000;

interface FileWishes {
  /** What the files held when they were read first, in their order. */
  readonly first: readonly string[];
  /** Takes what they hold now; gives why it can't be used, or null. */
  changed(texts: readonly string[]): string | null;
  /** Told once of each content that can't be used. */
  refused(why: string): void;
}

/**
 * Watches small files for a new content, also where they are links that are set anew, as certbot
 * does: their folders are watched, and looked into now and then. Gives the function that ends it.
 */
export function watchFiles(paths: readonly string[], wishes: FileWishes): () => void {
  const watched = new WatchedFiles(paths, wishes);
  return () => watched.close();
}

class WatchedFiles {
  readonly #paths: readonly string[];
  readonly #wishes: FileWishes;
  readonly #watchers: readonly FSWatcher[];
  readonly #polling: NodeJS.Timeout;
  #soon: NodeJS.Timeout | undefined;
  /** What was taken or refused last: neither is looked at again. */
  #settled: string;
  /** What could not be used when it was seen for the first time. */
  #doubted: string | null = null;
  #isClosed = false;

  constructor(paths: readonly string[], wishes: FileWishes) {
    this.#paths = paths;
    this.#wishes = wishes;
    this.#settled = JSON.stringify(wishes.first);
    const folders = new Set(paths.map((path) => dirname(path)));
    this.#watchers = [...folders].flatMap((folder) => this.#watch(folder));
    this.#polling = setInterval(() => void this.#look(), POLL_MS).unref();
  }

  close(): void {
    this.#isClosed = true;
    for (const watcher of this.#watchers) watcher.close();
    clearInterval(this.#polling);
    clearTimeout(this.#soon);
  }

  /** None where the system has no watch to give: then they are looked at by the clock alone. */
  #watch(folder: string): readonly FSWatcher[] {
    try {
      const watcher = watch(folder, { persistent: false }, () => this.#lookIn(SETTLE_MS));
      watcher.on('error', () => watcher.close());
      return [watcher];
    } catch {
      return [];
    }
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#soon);
    if (!this.#isClosed) this.#soon = setTimeout(() => void this.#look(), ms).unref();
  }

  async #look(): Promise<void> {
    const texts = await Promise.all(this.#paths.map((path) => readFile(path, 'utf8'))).catch(
      (error: NodeJS.ErrnoException) => error.code ?? error.name,
    );
    const seen = JSON.stringify(texts);
    if (this.#isClosed || seen === this.#settled) return;
    const why = typeof texts === 'string' ? texts : this.#wishes.changed(texts);
    if (why !== null && this.#doubted !== seen) {
      this.#doubted = seen;
      return this.#lookIn(AGAIN_MS);
    }
    this.#settled = seen;
    this.#doubted = null;
    if (why !== null) this.#wishes.refused(why);
  }
}
