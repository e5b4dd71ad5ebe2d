import { z } from 'zod';
import { aSchool } from '../../../ground/id-shapes.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import { readLedger, writeLedger } from '../../../ground/ledger.ts';
import { HOUR_MS, MINUTE_MS } from '../../../ground/spans.ts';
import type { LogSays } from './contract.ts';

/**
 * What became of a letter to outside, told where a restore doesn't undo it: by the number of its
 * row in the outbox, without an address.
 */
export interface OutsideDelivery {
  readonly at: Date;
  readonly school: SchoolId;
  readonly outbox: number;
  /** `failed`: no further attempt. */
  readonly outcome: 'sent' | 'failed';
  /** The code of the peer's reply (RFC 5321 §4.2); null: it gave none. */
  readonly code: number | null;
}

/** A time of which all that left is known. */
export interface KnownPeriod {
  readonly from: Date;
  readonly until: Date;
}

/** Whose ledger it is: of which machine, where there are several. */
interface LedgerOf {
  readonly dataDir: string;
  readonly machine?: string | null;
}

/** Writes down what became of a letter. */
export function noteDelivery(of: LedgerOf, { at, ...what }: OutsideDelivery): void {
  writeLedger(of.dataDir, 'deliveries', { at: at.toISOString(), ...what, ...named(of) });
}

/** Writes down that a worker runs, and would have written had anything left. */
export function noteWorking(of: LedgerOf, at: Date): void {
  writeLedger(of.dataDir, 'deliveries', { at: at.toISOString(), ...named(of) });
}

const named = ({ machine }: LedgerOf) => (machine ? { machine } : {});

/** Writes down of which time a log was read that somebody gave. */
export function noteCovered(dataDir: string, at: Date, { from, until }: KnownPeriod): void {
  const covered = { from: from.toISOString(), until: until.toISOString() };
  writeLedger(dataDir, 'deliveries', { at: at.toISOString(), ...covered });
}

/** A worker that runs has written something within this time. */
const WORKING_BEFORE_MS = HOUR_MS;
/** What the death of a machine hides of what it had sent: no copy of its ledger was made yet. */
const UNCOPIED_MS = 3 * MINUTE_MS;

const moment = z.iso.datetime().transform((text) => new Date(text));
const LINE = z.union([
  z.object({
    at: moment,
    school: aSchool,
    outbox: z.int(),
    outcome: z.enum(['sent', 'failed']),
    code: z.int().nullable(),
    machine: z.string().default(''),
  }),
  z.object({ from: moment, until: moment }),
  z.object({ at: moment, machine: z.string().default('') }),
]);

/** What is known of a time that the database doesn't know. */
interface KnownDeliveries {
  readonly deliveries: readonly OutsideDelivery[];
  readonly covered: readonly KnownPeriod[];
}

/**
 * What the ledger knows of the time before a restore; `since` is the age of the oldest letter that
 * is asked about.
 */
export async function knownDeliveries(
  dataDir: string,
  { since, restoredAt }: { readonly since: Date; readonly restoredAt: Date },
): Promise<KnownDeliveries> {
  const deliveries: OutsideDelivery[] = [];
  const covered: KnownPeriod[] = [];
  const worked: { readonly at: Date; readonly machine: string }[] = [];
  const from = new Date(since.getTime() - WORKING_BEFORE_MS);
  for (const text of await readLedger(dataDir, 'deliveries', from)) {
    const line = LINE.safeParse(text).data;
    if (line === undefined) continue;
    if ('until' in line) covered.push(line);
    else if (line.at < restoredAt) worked.push(line);
    if ('outbox' in line && line.at < restoredAt) deliveries.push(line);
  }
  return { deliveries, covered: [...covered, ...periodsOf(worked)] };
}

/**
 * From the first sign of any machine to the last one, but for what each that ended before the
 * others may have sent behind its own last.
 */
function periodsOf(
  worked: readonly { readonly at: Date; readonly machine: string }[],
): readonly KnownPeriod[] {
  const byMachine = Map.groupBy(worked, ({ machine }) => machine);
  const lasts = [...byMachine.values()].flatMap((own) => latest(own.map(({ at }) => at)) ?? []);
  let from = Math.min(...worked.map(({ at }) => at.getTime()));
  return lasts
    .toSorted((one, other) => one.getTime() - other.getTime())
    .flatMap((until) => {
      const period = { from: new Date(from), until };
      const isEmpty = from > until.getTime();
      from = Math.max(from, until.getTime() + UNCOPIED_MS);
      return isEmpty ? [] : [period];
    });
}

function latest(dates: readonly Date[]): Date | null {
  return dates.reduce<Date | null>((most, at) => (most && most > at ? most : at), null);
}

/** What stands still, and the moment as of which the database came back after it was written. */
interface Asked {
  readonly school: SchoolId;
  readonly row: number;
  readonly since: Date;
  /** Null: it was written since, and waits for what a message of before owes. */
  readonly asOf: Date | null;
}

/**
 * What is known of each of these letters. `unseen` only where the time from `asOf` on is covered:
 * before it, the database itself says that nothing had left.
 */
export function logSaysOf({ deliveries, covered }: KnownDeliveries): (letter: Asked) => LogSays {
  const name = (school: SchoolId, row: number): string => `${school}-${row}`;
  const byRow = Map.groupBy(deliveries, ({ school, outbox }) => name(school, outbox));
  return ({ school, row, since, asOf }) => {
    // A number that comes from another timeline is older than the letter.
    const own = (byRow.get(name(school, row)) ?? []).filter(({ at }) => at >= since);
    const sent = own.find(({ outcome }) => outcome === 'sent');
    if (sent !== undefined) return { kind: 'sent', at: sent.at };
    const [failed] = own;
    if (failed !== undefined) return { kind: 'refused', at: failed.at, code: failed.code };
    return asOf !== null && coveredUntil(covered, asOf) !== null
      ? { kind: 'unseen' }
      : { kind: 'no-log' };
  };
}

/** How far what is known reaches from a moment on; null: not even to it. */
export function coveredUntil(covered: readonly KnownPeriod[], asOf: Date): Date | null {
  const reaching = covered.filter(({ from, until }) => from <= asOf && asOf < until);
  return latest(reaching.map(({ until }) => until));
}
