/**
 * What receivers of the world say of mail in our name: DMARC's aggregate reports (RFC 9990, and RFC
 * 7489 §7.2 before it). A stranger's XML: read strictly, without any entity of its own, within
 * limits.
 */
import { SaxesParser } from 'saxes';
import { attachedParts, decodedPart } from './body.ts';
import type { Part } from './message.ts';
import { unpackedReport } from './unpacked-report.ts';

/** What one report says. */
export interface AggregateReport {
  /** The receiver's own name for it, which it gives no other. */
  readonly id: string;
  readonly begins: Date;
  readonly ends: Date;
  readonly sources: readonly AggregateLine[];
}

/** Letters of one machine that came alike. */
export interface AggregateLine {
  readonly ip: string;
  readonly messages: number;
  /** The domain in their From: ours, or below it. */
  readonly from: string;
  /** Whether DKIM, or SPF, passed for that very domain: with neither, DMARC has failed. */
  readonly byDkim: boolean;
  readonly bySpf: boolean;
  /** What became of them there. */
  readonly disposition: 'none' | 'quarantine' | 'reject';
}

const MAX_SOURCES = 1_000;
const MAX_DEPTH = 12;
/** Characters of one value: an address, a name, a number. */
const MAX_VALUE = 255;
/** Files that are looked at: there is one. */
const MAX_FILES = 4;
const MAX_MESSAGES = 1_000_000_000;
/** An IPv4 or IPv6 address; it is shown, and nobody connects to it. */
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|(?=.{2,45}$)[0-9a-f]*:[0-9a-f:.]+)$/i;
const DISPOSITIONS = ['none', 'quarantine', 'reject'] as const;

/** The report among a message's files, if there is one about this domain. */
export function aggregateReportIn(
  raw: Buffer,
  structure: Part,
  domain: string,
): AggregateReport | null {
  for (const part of attachedParts(structure).slice(0, MAX_FILES)) {
    const xml = unpackedReport(decodedPart(raw, part));
    const report = xml === null ? null : readAggregateReport(xml, domain);
    if (report !== null) return report;
  }
  return null;
}

/** The values that are read, by the elements that they stand in, below `feedback`. */
const VALUES: ReadonlySet<string> = new Set([
  'report_metadata/report_id',
  'report_metadata/date_range/begin',
  'report_metadata/date_range/end',
  'policy_published/domain',
  'record/row/source_ip',
  'record/row/count',
  'record/row/policy_evaluated/disposition',
  'record/row/policy_evaluated/dkim',
  'record/row/policy_evaluated/spf',
  'record/identifiers/header_from',
]);

type Values = Readonly<Record<string, string>>;

/** Null where it isn't one, not about this domain, or past a limit. */
export function readAggregateReport(xml: Buffer, domain: string): AggregateReport | null {
  const read = readValues(xml);
  if (read === null) return null;
  const { about, records } = read;
  const ours = (name: string | undefined): boolean =>
    name !== undefined && `.${name.toLowerCase()}`.endsWith(`.${domain}`);
  const id = about['report_metadata/report_id'];
  const begins = momentOf(about['report_metadata/date_range/begin']);
  const ends = momentOf(about['report_metadata/date_range/end']);
  if (!id || begins === null || ends === null || !ours(about['policy_published/domain']))
    return null;
  const sources = records.flatMap((record) => sourceOf(record) ?? []);
  return { id, begins, ends, sources: sources.filter(({ from }) => ours(from)) };
}

function sourceOf(record: Values): AggregateLine | null {
  const ip = record['record/row/source_ip'] ?? '';
  const messages = Number(record['record/row/count']);
  const disposition = DISPOSITIONS.find(
    (each) => each === record['record/row/policy_evaluated/disposition'],
  );
  const from = record['record/identifiers/header_from']?.toLowerCase();
  if (!ADDRESS.test(ip) || disposition === undefined || from === undefined) return null;
  if (!Number.isInteger(messages) || messages < 1 || messages > MAX_MESSAGES) return null;
  const passes = (way: string): boolean => record[`record/row/policy_evaluated/${way}`] === 'pass';
  return { ip, messages, from, byDkim: passes('dkim'), bySpf: passes('spf'), disposition };
}

/** Seconds since 1970. */
function momentOf(seconds: string | undefined): Date | null {
  return seconds !== undefined && /^\d{9,11}$/.test(seconds)
    ? new Date(Number(seconds) * 1_000)
    : null;
}

/** It isn't to be read: no report, or more than one ever has. */
class NotRead extends Error {}

/** The values by their elements: what stands once, and what each `record` says. */
function readValues(
  xml: Buffer,
): { readonly about: Values; readonly records: readonly Values[] } | null {
  const about: Record<string, string> = {};
  const records: Record<string, string>[] = [];
  const open: string[] = [];
  let text = '';
  const parser = new SaxesParser({ xmlns: false });
  // A type of its own may name entities, and entities other files: no report has one.
  parser.on('doctype', () => {
    throw new NotRead('a document type');
  });
  parser.on('error', (error) => {
    throw new NotRead(error.message);
  });
  parser.on('opentag', ({ name }) => {
    open.push(name.replace(/^[^:]*:/, ''));
    if (open[0] !== 'feedback' || open.length > MAX_DEPTH) throw new NotRead(name);
    if (open.length === 2 && open[1] === 'record') records.push({});
    if (records.length > MAX_SOURCES) throw new NotRead('too many records');
    text = '';
  });
  parser.on('text', (more) => {
    text = (text + more).slice(0, MAX_VALUE);
  });
  parser.on('closetag', () => {
    const path = open.slice(1).join('/');
    open.pop();
    const into = path.startsWith('record/') ? records.at(-1) : about;
    if (into && VALUES.has(path)) into[path] ??= text.trim();
    text = '';
  });
  try {
    parser.write(new TextDecoder('utf-8', { fatal: true }).decode(xml)).close();
    return { about, records };
  } catch {
    return null; // whatever is wrong with it, it says nothing
  }
}
