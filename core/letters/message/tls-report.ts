/**
 * What the world's servers say of the TLS on their way to us (RFC 8460). A stranger's JSON: read
 * within limits, and of it machines and numbers alone.
 */
import { z } from 'zod';
import { attachedParts, decodedPart } from './body.ts';
import type { Part } from './message.ts';
import { unpackedReport } from './unpacked-report.ts';

/** What one report says. */
export interface TlsReport {
  /** The reporter's own name for it, which it gives no other. */
  readonly id: string;
  readonly begins: Date;
  readonly ends: Date;
  readonly sessions: readonly TlsSessions[];
}

/** Sessions that went alike. */
export interface TlsSessions {
  /** What asked for TLS: MTA-STS, DANE, or nothing that was found. */
  readonly policy: 'sts' | 'tlsa' | 'no-policy-found';
  /** `ok`, or what failed (RFC 8460 §4.3): `certificate-expired`, `starttls-not-supported`, … */
  readonly result: string;
  /** The host of ours that it was about; null: not said. */
  readonly mx: string | null;
  readonly sessions: number;
}

export const WENT_WELL = 'ok';
/** Counted as failed, and not said how. */
const UNSAID = 'unsaid';

const MAX_POLICIES = 50;
const MAX_DETAILS = 500;
/** Objects and arrays in one another: a report has six. */
const MOST_NESTED = 32;
/** Files that are looked at: there is one. */
const MAX_FILES = 4;

const count = z.int().min(0).max(1_000_000_000).catch(0);
const moment = z
  .string()
  .max(40)
  .transform((text) => new Date(text))
  .refine((at) => Number.isFinite(at.getTime()));
const host = z
  .string()
  .regex(/^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i)
  .nullable()
  .catch(null);

/** RFC 8460 §4.4; what isn't read is left out. */
const REPORT = z.object({
  'report-id': z.string().min(1).max(255),
  'date-range': z.object({ 'start-datetime': moment, 'end-datetime': moment }),
  policies: z
    .array(
      z.object({
        policy: z.object({
          'policy-type': z.enum(['sts', 'tlsa', 'no-policy-found']),
          'policy-domain': z.string().max(255),
        }),
        summary: z.object({
          'total-successful-session-count': count,
          'total-failure-session-count': count,
        }),
        'failure-details': z
          .array(
            z.object({
              'result-type': z.string().regex(/^[a-z0-9-]{1,60}$/),
              'receiving-mx-hostname': host.default(null),
              'failed-session-count': count,
            }),
          )
          .max(MAX_DETAILS)
          .default([]),
      }),
    )
    .max(MAX_POLICIES),
});

type ReportedPolicy = z.infer<typeof REPORT>['policies'][number];

/** The report among a message's files, if there is one about this domain. */
export function tlsReportIn(raw: Buffer, structure: Part, domain: string): TlsReport | null {
  for (const part of attachedParts(structure).slice(0, MAX_FILES)) {
    const json = unpackedReport(decodedPart(raw, part));
    const report = json === null ? null : readTlsReport(json, domain);
    if (report !== null) return report;
  }
  return null;
}

/** Null where it isn't one, not about this domain, or past a limit. */
export function readTlsReport(json: Buffer, domain: string): TlsReport | null {
  const read = REPORT.safeParse(parsed(json));
  if (!read.success) return null;
  const about = read.data.policies.filter(
    ({ policy }) => policy['policy-domain'].toLowerCase() === domain,
  );
  if (about.length === 0) return null;
  const { 'start-datetime': begins, 'end-datetime': ends } = read.data['date-range'];
  return { id: read.data['report-id'], begins, ends, sessions: about.flatMap(sessionsOf) };
}

function parsed(json: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(json);
    return isNested(text, MOST_NESTED) ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Whether objects and arrays stand deeper in one another than that: V8 takes its time over a
 * million of them.
 */
function isNested(json: string, most: number): boolean {
  let depth = 0;
  let isString = false;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at];
    if (isString && sign === '\\') at += 1;
    else if (sign === '"') isString = !isString;
    else if (!isString && (sign === '[' || sign === '{')) depth += 1;
    else if (!isString && (sign === ']' || sign === '}')) depth -= 1;
    if (depth > most) return true;
  }
  return false;
}

function sessionsOf({ policy, summary, ...rest }: ReportedPolicy): TlsSessions[] {
  const kind = policy['policy-type'];
  const failed = rest['failure-details'].map((detail) => ({
    policy: kind,
    result: detail['result-type'],
    mx: detail['receiving-mx-hostname']?.toLowerCase() ?? null,
    sessions: detail['failed-session-count'],
  }));
  const said = failed.reduce((sum, { sessions }) => sum + sessions, 0);
  const unsaid = summary['total-failure-session-count'] - said;
  const well = summary['total-successful-session-count'];
  return [
    { policy: kind, result: WENT_WELL, mx: null, sessions: well },
    ...failed,
    { policy: kind, result: UNSAID, mx: null, sessions: unsaid },
  ].filter(({ sessions }) => sessions > 0);
}
