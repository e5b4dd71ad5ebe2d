import { randomUUID } from 'node:crypto';
import type { DsnRequest } from '../../../store/mail/contract.ts';
import type { Judgement } from '../judging/judge.ts';
import type { OwnHandover, ReleaseParts } from '../parts.ts';
import { successReport } from './success-report.ts';

/**
 * Tells a writer whose mail program asked for it (NOTIFY=SUCCESS, RFC 3461 §4.1) which recipients
 * of the town have their letter. Of what is held its own notice tells, of what leaves the worker.
 * The letter is taken by then, and stays so whatever becomes of that.
 */
export async function tellDelivered(
  parts: ReleaseParts,
  { sender, dsnRequests }: Pick<OwnHandover, 'sender' | 'dsnRequests'>,
  { judgement, raw }: { readonly judgement: Judgement; readonly raw: Buffer },
): Promise<void> {
  if (sender.kind !== 'account' || dsnRequests === undefined) return;
  const asking = [...dsnRequests].filter(([, { notify }]) => notify?.includes('SUCCESS') === true);
  const recipients = asking.flatMap(([address, { orcpt }]) => {
    const kind = arrivedAs(judgement, address);
    return kind === null ? [] : [{ address, writtenAs: orcpt, kind, reply: null }];
  });
  if (recipients.length === 0) return;
  const { viewer } = sender;
  const report = successReport({
    domain: parts.domain,
    messageId: `<arrived.${randomUUID()}@${parts.domain}>`,
    sender: viewer.address,
    language: viewer.language,
    at: parts.clock(),
    recipients,
    envid: envidOf(dsnRequests),
    original: raw,
  });
  await parts.notices
    .deliver(viewer, report)
    .catch((error: unknown) =>
      parts.log.warn({ err: error, school: viewer.school }, 'a writer was not told of an arrival'),
    );
}

/** A message has one name: it stands with each of its recipients. */
const envidOf = (dsnRequests: ReadonlyMap<string, DsnRequest>): string | null =>
  dsnRequests.values().next().value?.envid ?? null;

/** Null where it leaves the town, or waits for somebody. */
function arrivedAs({ judged }: Judgement, address: string): 'delivered' | 'expanded' | null {
  const reached = judged.filter(({ named }) => named?.address === address);
  const isArrived = reached.every(({ verdict }) => verdict.kind === 'allow');
  if (reached.length === 0 || !isArrived) return null;
  return reached.some(({ named }) => named?.kind === 'account') ? 'delivered' : 'expanded';
}
