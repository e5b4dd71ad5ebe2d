import { aggregateReportIn, type AggregateReport } from '../message/aggregate-report.ts';
import type { ReadMessage } from '../message/message.ts';
import { dropReports, keepReport } from '../store/town/reported-sources.ts';
import type { Proof } from './contract.ts';
import type { DeliveryParts, OwnHandover } from './parts.ts';

const DAY_MS = 86_400_000;
/** As long as technical logs (product.md, retention). */
const KEPT_DAYS = 183;
/** A receiver reports once a day, of a town's mail some dozen lines. */
const MOST_LINES_A_MONTH = 5_000;
const MONTH_DAYS = 30;

/** A receiver's report, and the domain that proved to be theirs. */
interface Report {
  readonly reporter: string;
  readonly report: AggregateReport;
}

/**
 * The report of mail in our name that a letter to the postmaster brings (RFC 9990 §5). Anybody may
 * write one: it is read where its sender's domain is proved, and speaks for that domain.
 */
export function reportIn(
  { domain }: Pick<DeliveryParts, 'domain'>,
  { recipients }: Pick<OwnHandover, 'recipients'>,
  letter: { readonly bytes: Buffer; readonly read: ReadMessage; readonly proof: Proof },
): Report | null {
  const { proof, bytes, read } = letter;
  if (proof.authentication !== 'pass' || !recipients.includes(`postmaster@${domain}`)) return null;
  const report = aggregateReportIn(bytes, read.structure, domain);
  return report === null ? null : { reporter: proof.domain, report };
}

/** Keeps what it says. Its letter is taken by then, and stays so whatever becomes of that. */
export async function noteReport(
  { store, clock, log }: Pick<DeliveryParts, 'store' | 'clock' | 'log'>,
  { reporter, report }: Report,
): Promise<void> {
  const daysAgo = (days: number): Date => new Date(clock().getTime() - days * DAY_MS);
  try {
    await store.town(async (tx) => {
      await keepReport(tx, reporter, report, {
        since: daysAgo(MONTH_DAYS),
        mostLines: MOST_LINES_A_MONTH,
      });
      await dropReports(tx, daysAgo(KEPT_DAYS));
    });
  } catch (error) {
    log.warn({ err: error }, 'a report of mail in our name was not kept');
  }
}
