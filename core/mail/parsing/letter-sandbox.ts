/** What the sandbox of letters does: the script of its processes. */

import { serve } from '../../ground/sandbox/serve.ts';
import { aggregateReportIn, type AggregateReport } from '../../letters/message/aggregate-report.ts';
import { ALL } from '../../letters/message/archive/work.ts';
import { readFormatted } from '../../letters/message/format/read-html.ts';
import type { Part } from '../../letters/message/message.ts';
import { readMessage } from '../../letters/message/parse.ts';
import { isPlainPdf } from '../../letters/message/plain-pdf.ts';
import { shownHtml, shownText } from '../../letters/message/shown.ts';
import { tlsReportIn, type TlsReport } from '../../letters/message/tls-report.ts';
import { takeIn, type MessageOrigin, type ParsedIntake, type TakenIn } from './take-in.ts';

/** A message that was taken in, without the bytes that whoever asked has already. */
export type TakenApart =
  | {
      readonly kind: 'ready';
      readonly header: Buffer;
      /** Null where it is the end of what was received, of so many bytes. */
      readonly body: Buffer | null;
      readonly bodyBytes: number;
      readonly read: ParsedIntake;
    }
  | Extract<TakenIn, { readonly kind: 'refused' }>;

/** What somebody reports to the postmaster. */
export type ReportRead =
  | { readonly of: 'mail-in-our-name'; readonly report: AggregateReport }
  | { readonly of: 'tls'; readonly report: TlsReport };

function takeApart(received: Buffer, origin: MessageOrigin): TakenApart {
  const taken = takeIn(received, origin, ALL);
  if (taken.kind === 'refused') return taken;
  const { header, body, read } = taken;
  const end = received.subarray(Math.max(0, received.length - body.length));
  const bodyBytes = body.length;
  return { kind: 'ready', header, body: end.equals(body) ? null : body, bodyBytes, read };
}

function reportIn(raw: Buffer, structure: Part, domain: string): ReportRead | null {
  const ofMail = aggregateReportIn(raw, structure, domain);
  if (ofMail !== null) return { of: 'mail-in-our-name', report: ofMail };
  const ofTls = tlsReportIn(raw, structure, domain);
  return ofTls && { of: 'tls', report: ofTls };
}

const JOBS = {
  read: (raw: Buffer) => readMessage(raw, ALL),
  takeApart,
  readFormatted,
  reportIn,
  shownHtml,
  shownText,
  isPlainPdf,
};

/** Its jobs, as `openSandbox` is told of them. */
export type LetterJobs = typeof JOBS;

serve(JOBS);
