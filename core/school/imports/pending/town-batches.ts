import type { Logger } from 'pino';
import { isAgent } from '../../../directory/charge.ts';
import { TOWN } from '../../../ground/ids.ts';
import { DAY_MS } from '../../../ground/spans.ts';
import type { RosterFile } from '../../../roster/reading/contract.ts';
import { isUnreadable, unreadable } from '../../../roster/reading/trouble.ts';
import { importSentence } from '../../../roster/reasons.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import {
  claimBatch,
  dropOldBatches,
  insertBatch,
  listBatches,
} from '../../../store/schools/roster-drafts.ts';
import type { TownShares } from '../contract.ts';
import { sharesOf } from '../town-shares.ts';
import { readShares, applyBatch } from './batch-work.ts';
import type { PendingImports, UploadOutcome } from './contract.ts';
import type { PendingParts } from './rights.ts';
import { batchHead, shownBatch, LOST_MS } from './shown-batch.ts';
import { keepStrays, keptOf, placeStray } from './strays.ts';

export const KEPT_DAYS = 30;
const MOST_BATCHES = 20;

type TownBatches = Pick<
  PendingImports,
  'uploadTown' | 'batches' | 'batch' | 'placeStray' | 'applyBatch' | 'close'
>;

/**
 * All schools at once, for agents. What is begun goes on in this process after the answer; ended in
 * the middle, it is gone on with by hand.
 */
export function openTownBatches(parts: PendingParts): TownBatches {
  const work = new BackgroundWork(parts.log);
  return {
    uploadTown: (viewer, given) => uploadTown(parts, viewer, { ...given, work }),
    async batches(viewer) {
      if (!(await isAgent(parts, viewer))) return [];
      const rows = await parts.store.read(TOWN, (tx) => listBatches(tx, MOST_BATCHES));
      return rows.map((row) => batchHead(parts, row));
    },
    batch: (viewer, id) => shownBatch(parts, viewer, id),
    placeStray: (viewer, stray) => placeStray(parts, viewer, stray),
    applyBatch: (viewer, id, reason) => startApplying(parts, viewer, { id, reason, work }),
    close: () => work.close(),
  };
}

interface TownUpload {
  readonly year: string;
  readonly file: RosterFile;
  readonly work: BackgroundWork;
}

async function uploadTown(
  parts: PendingParts,
  viewer: Viewer,
  { year, file, work }: TownUpload,
): Promise<UploadOutcome | null> {
  if (!(await isAgent(parts, viewer))) return null;
  const files = await parts.files.read('townFilesIn', [file]);
  const found = isUnreadable(files) ? files : await sharesOf(parts, files);
  if (isUnreadable(found) || found.shares.length + found.strays.length === 0) {
    const at = { file: file.name, line: 1, column: null };
    const why = isUnreadable(found) ? found : unreadable('school-unknown', at);
    return { kind: 'refused', sentence: importSentence(why, viewer.language) };
  }
  const id = await keepBatch(parts, viewer, { year, file, ...found });
  const { shares } = found;
  work.start(readShares(parts, viewer, { id, year, shares, signal: work.signal }));
  return { kind: 'draft', id };
}

interface BatchToApply {
  readonly id: number;
  readonly reason: string;
  readonly work: BackgroundWork;
}

async function startApplying(
  parts: PendingParts,
  viewer: Viewer,
  { id, reason, work }: BatchToApply,
): Promise<boolean> {
  if (!(await isAgent(parts, viewer))) return false;
  const at = parts.clock();
  const lost = new Date(at.getTime() - LOST_MS);
  const claimed = await parts.store.write(TOWN, (tx) => claimBatch(tx, id, { reason, at, lost }));
  if (claimed) work.start(applyBatch(parts, viewer, { id, reason, signal: work.signal }));
  return claimed;
}

/** What goes on after its answer, until the process ends. */
class BackgroundWork {
  readonly #log: Logger;
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor(log: Logger) {
    this.#log = log;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  start(work: Promise<void>): void {
    const owned = work
      .catch((error: unknown) =>
        this.#log.warn(
          { err: error, act: 'roster-batch' },
          'a batch of rosters was left in the middle',
        ),
      )
      .finally(() => this.#running.delete(owned));
    this.#running.add(owned);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }
}

async function keepBatch(
  parts: PendingParts,
  viewer: Viewer,
  { year, file, shares, strays }: { year: string; file: RosterFile } & TownShares,
): Promise<number> {
  const createdAt = parts.clock();
  return parts.store.write(TOWN, async (tx) => {
    await dropOldBatches(tx, new Date(createdAt.getTime() - KEPT_DAYS * DAY_MS));
    const unknown = keptOf(strays).named.map(({ name }) => name);
    const batch = await insertBatch(
      tx,
      { by: viewer.addressId, createdAt, schoolYear: year, fileName: file.name, unknown },
      shares.map(({ school }) => school.id),
    );
    await keepStrays(parts, tx, { batch, year, strays, viewer });
    return batch;
  });
}
