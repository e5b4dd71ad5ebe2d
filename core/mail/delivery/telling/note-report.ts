import { DAY_MS } from '../../../ground/spans.ts';
import type { ScanFor } from '../../../letters/scan/clamd.ts';
import type { TownTx } from '../../../store/store.ts';
import { dropReports, keepReport } from '../../../store/town/reported-sources.ts';
import { dropTlsReports, keepTlsReport } from '../../../store/town/reported-tls.ts';
import { LATE, reportInTurn } from '../../parsing/turns.ts';
import type { Letter, LetterReport } from '../letter.ts';
import type { DeliveryParts } from '../parts.ts';

/** As long as technical logs (docker/legal/registre.md). */
const KEPT_DAYS = 183;
/** Somebody reports once a day, of a town's mail some dozen lines. */
const MOST_LINES_A_MONTH = 5_000;
const MONTH_DAYS = 30;

/**
 * The report of mail in our name (RFC 9990 §5), or of the TLS on the way here (RFC 8460 §3), that a
 * letter to the postmaster brings. Anybody may write one: it is read where its sender's domain is
 * proved, and speaks for that domain. LATE: its turn to be read doesn't come.
 */
export async function reportIn(
  { domain }: Pick<DeliveryParts, 'domain'>,
  { raw, read, proof, handover }: Pick<Letter, 'raw' | 'read' | 'proof' | 'handover'>,
  who: ScanFor,
): Promise<LetterReport | null | typeof LATE> {
  if (proof.authentication !== 'pass') return null;
  if (!handover.recipients.includes(`postmaster@${domain}`)) return null;
  const found = await reportInTurn({ raw, structure: read.structure, domain }, who);
  return found === null || found === LATE ? found : { ...found, reporter: proof.domain };
}

/** Keeps what it says. Its letter is taken by then, and stays so whatever becomes of that. */
export async function noteReport(
  { store, clock, log }: Pick<DeliveryParts, 'store' | 'clock' | 'log'>,
  report: LetterReport,
): Promise<void> {
  const daysAgo = (days: number): Date => new Date(clock().getTime() - days * DAY_MS);
  const within = { since: daysAgo(MONTH_DAYS), mostLines: MOST_LINES_A_MONTH };
  try {
    await store.town(async (tx) => {
      await keepWhat(tx, report, within);
      await dropReports(tx, daysAgo(KEPT_DAYS));
      await dropTlsReports(tx, daysAgo(KEPT_DAYS));
    });
  } catch (error) {
    log.warn({ err: error }, 'a report to the postmaster was not kept');
  }
}

function keepWhat(
  tx: TownTx,
  said: LetterReport,
  within: { readonly since: Date; readonly mostLines: number },
): Promise<void> {
  return said.of === 'tls' ? keepTlsReport(tx, said, within) : keepReport(tx, said, within);
}
