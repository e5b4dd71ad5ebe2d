import { traceId } from '../../letters/message/trace-id.ts';
import type { Scan, ScanResult } from '../../letters/scan/clamd.ts';
import type { Outcome } from '../../rules/outcome.ts';
import { scanWhole } from './judging/scan-whole.ts';
import type { Letter } from './letter.ts';
import type { DeliveryParts, OwnHandover } from './parts.ts';

/** Scans a letter, and counts how long it took and what came of it. */
export async function timedScan(
  parts: DeliveryParts,
  scan: Scan,
  { raw, read }: Pick<Letter, 'raw' | 'read'>,
): Promise<ScanResult> {
  const begun = performance.now();
  const result = await scanWhole(scan, raw, read);
  parts.metrics.observe('scan', result.kind, (performance.now() - begun) / 1000);
  return result;
}

/**
 * A letter comes in. What is given back is called once, with what came of it (null: something
 * broke), and leaves the one line that the log has of it: ids, the outcome, the rules that were
 * named, never who wrote to whom.
 */
export function noteOn(
  parts: DeliveryParts,
  { session, sender, via, recipients }: OwnHandover,
): (outcome: Outcome | null, isTaken: boolean, letter: Letter | null) => void {
  const begun = performance.now();
  return (outcome, isTaken, letter) => {
    const ms = performance.now() - begun;
    parts.metrics.observe('accept', outcome?.kind ?? 'fault', ms / 1000);
    if (outcome === null) return;
    const messageId = 'message' in outcome ? outcome.message : null;
    if (isTaken) parts.metrics.tally.add({ letters: 1, handed: recipients.length });
    parts.log.info(
      {
        session,
        trace: letter && traceId(letter.read.envelope.messageId),
        via,
        school: sender.kind === 'account' ? sender.viewer.school : null,
        outcome: outcome.kind,
        recipientCount: recipients.length,
        messageId,
        rule: rulesIn(outcome),
        ms: Math.round(ms),
      },
      'message',
    );
  };
}

function rulesIn(outcome: Outcome): readonly string[] {
  if (outcome.kind === 'denied') return [...new Set(outcome.refusals.map(({ rule }) => rule))];
  return outcome.kind === 'held' ? [...new Set(outcome.held.map(({ rule }) => rule))] : [];
}
