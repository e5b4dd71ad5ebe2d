import type { Outcome } from '../outcome.ts';
import type { Scan, ScanResult } from '../scan/clamd.ts';
import { scanWhole } from './judging/scan-whole.ts';
import type { Prepared } from './keeping/decide-and-keep.ts';
import type { DeliveryParts, OwnHandover } from './parts.ts';

/** Scans a message, and counts how long it took and what came of it. */
export async function timedScan(
  parts: DeliveryParts,
  scan: Scan,
  { bytes, read }: Pick<Prepared, 'bytes' | 'read'>,
): Promise<ScanResult> {
  const begun = performance.now();
  const result = await scanWhole(scan, bytes, read);
  parts.metrics.observe('scan', result.kind, (performance.now() - begun) / 1000);
  return result;
}

/**
 * Takes a message in, and leaves the one line that the log has of it: ids, the outcome, the rules
 * that were named, never who wrote to whom.
 */
export async function timed(
  parts: DeliveryParts,
  { session, sender, via, recipients }: OwnHandover,
  run: () => Promise<Outcome>,
): Promise<Outcome> {
  const begun = performance.now();
  const outcome = await run().catch((error: unknown) => {
    parts.metrics.observe('accept', 'fault', (performance.now() - begun) / 1000);
    throw error;
  });
  const ms = performance.now() - begun;
  parts.metrics.observe('accept', outcome.kind, ms / 1000);
  if (outcome.kind === 'accepted' || outcome.kind === 'held')
    parts.metrics.tally.add({ letters: 1, handed: recipients.length });
  parts.log.info(
    {
      session,
      via,
      school: sender.kind === 'account' ? sender.viewer.school : null,
      outcome: outcome.kind,
      recipientCount: recipients.length,
      messageId: outcome.kind === 'accepted' || outcome.kind === 'held' ? outcome.message : null,
      rule: rulesIn(outcome),
      ms: Math.round(ms),
    },
    'message',
  );
  return outcome;
}

function rulesIn(outcome: Outcome): readonly string[] {
  if (outcome.kind === 'denied') return [...new Set(outcome.refusals.map(({ rule }) => rule))];
  return outcome.kind === 'held' ? [...new Set(outcome.held.map(({ rule }) => rule))] : [];
}
