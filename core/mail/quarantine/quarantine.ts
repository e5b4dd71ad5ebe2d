import { setTimeout as pause } from 'node:timers/promises';
import { scannerVersion } from '../../letters/scan/version.ts';
import { beat, lastBeat } from '../../store/service-state.ts';
import type { ReleaseParts } from '../delivery/parts.ts';
import type { Quarantine } from './contract.ts';
import { tellAndTidy } from './digest.ts';
import { refused } from './refused.ts';
import { rescan } from './rescan.ts';

/** How often clamd is asked whether it has newer signatures; they come some times a day. */
const LOOKED_MS = 10 * 60_000;
const ANSWER_MS = 5_000;
/** Under this name the signatures that the last look went by are kept, among the heartbeats. */
const ROLE = 'rescan';

interface QuarantineParts extends ReleaseParts {
  /** Where clamd is. */
  readonly clamd: string | null;
}

/** Letters that turn out to be harmful once they are there. */
export function openQuarantine(parts: QuarantineParts): Quarantine {
  return {
    refused: (viewer) => refused(parts, viewer),
    rescan: (signal) => rescan(parts, signal),
    watch: () => watch(parts),
  };
}

function watch(parts: QuarantineParts): { close(): Promise<void> } {
  const ended = new AbortController();
  const { signal } = ended;
  const looking = (async () => {
    while (!signal.aborted) {
      await Promise.all([look(parts, signal), tellAndTidy(parts)]).catch((error: unknown) => {
        if (!signal.aborted) parts.log.warn({ err: error }, 'the quarantine was not looked after');
      });
      await pause(LOOKED_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  })();
  return {
    async close() {
      ended.abort();
      await looking;
    },
  };
}

/** Written down once all is done: who ends before, begins anew. */
async function look(parts: QuarantineParts, signal: AbortSignal): Promise<void> {
  if (parts.clamd === null) return;
  const signaturesAt = (await scannerVersion(parts.clamd, ANSWER_MS))?.signaturesAt ?? null;
  if (signaturesAt === null) return;
  const version = signaturesAt.toISOString();
  const last = await parts.store.readTown((tx) => lastBeat(tx, ROLE));
  if (last?.version === version) return;
  const { letters, taken } = await rescan(parts, signal);
  if (signal.aborted) return;
  parts.log.info({ letters, taken }, 'letters of the last days were scanned again');
  await parts.store.town((tx) => beat(tx, { role: ROLE, at: parts.clock(), version }));
}
