import { readFileSync } from 'node:fs';
import type { Config } from '../../core/ground/config.ts';
import { Fault } from '../../core/ground/fault.ts';
import { openLog } from '../../core/ground/log.ts';
import { decode } from '../../core/roster/reading/encoding.ts';
import { csvCell } from '../../core/school/imports/report.ts';
import {
  bringAll,
  OldServerUnreachable,
  type AccountOutcome,
} from '../../imap-gateway/legacy/bring.ts';
import { readMap, type Journey } from '../../imap-gateway/legacy/map-file.ts';
import type { Admin, OldServer } from '../../imap-gateway/legacy/old-server.ts';
import { count, type Flags } from '../flags.ts';
import { refused } from '../refused.ts';
import { keepReport, readyReport } from '../report-file.ts';
import { useServices } from '../services/live.ts';
import { openOn } from '../start/start.ts';
import {
  EMPTY_MAP,
  MAP_FAULTS,
  NOT_A_MAP,
  outcomeSentence,
  STOPPED,
  whyRefused,
  whyUnreached,
} from '../texts/old-mail-outcomes.ts';
import { progress, REPORT_HEADER, WRONG } from '../texts/old-mail.ts';

const MOST_PARALLEL = 32;

/**
 * `preau import imap`: gives the exit code. Throws a `Fault` 'configuration' with a sentence for a
 * wrong command line or map.
 */
export async function legacyCommand(
  config: Config,
  flags: Flags,
  signal: AbortSignal,
): Promise<number> {
  const server = serverOf(flags);
  const journeys = journeysOf(flags, { admin: server.admin !== null });
  const parallel = count(flags, 'parallel') ?? 4;
  if (parallel > MOST_PARALLEL) throw refused(WRONG.tooParallel(MOST_PARALLEL));
  const dryRun = flags['dry-run'] === true;
  const { report } = flags;
  if (typeof report === 'string') readyReport(report); // rather now than after hours
  const services = await useServices(config, { log: openLog({ level: 'warn' }), signal });
  try {
    const core = await openOn(services.config, { log: openLog({ level: 'error' }), signal });
    const show = progressOf(flags, journeys.length);
    const outcomes: AccountOutcome[] = [];
    try {
      await bringAll({
        core,
        server,
        journeys,
        parallel,
        dryRun,
        signal,
        messagesDone: show.messages,
        accountDone: (outcome, done) => {
          outcomes.push(outcome);
          show.account(
            done,
            flags['json'] === true
              ? JSON.stringify(plain(outcome))
              : `${outcome.journey.address} : ${outcomeSentence(outcome, { dryRun })}`,
          );
        },
      });
      return exitOf(outcomes);
    } catch (cause) {
      if (cause instanceof OldServerUnreachable)
        throw new Fault('configuration', whyUnreached(cause.trouble, server), {
          transient: false,
          cause,
        });
      throw signal.aborted
        ? new Fault('configuration', STOPPED, { transient: false, cause })
        : cause;
    } finally {
      show.end();
      await core.close();
      if (typeof report === 'string') keepReport(report, reportOf(outcomes));
    }
  } finally {
    await services.stop();
  }
}

function serverOf(flags: Flags): OldServer {
  const host = flags['host'];
  const security = flags['security'] ?? 'tls';
  if (typeof host !== 'string') throw refused(WRONG.noHost);
  if (security !== 'tls' && security !== 'starttls' && security !== 'none')
    throw refused(WRONG.security);
  return {
    host,
    port: count(flags, 'port') ?? (security === 'tls' ? 993 : 143),
    security,
    anyCertificate: flags['any-certificate'] === true,
    admin: adminOf(flags),
  };
}

function adminOf(flags: Flags): Admin | null {
  const user = flags['admin'];
  if (typeof user !== 'string') return null;
  const file = flags['admin-password-file'];
  const way = flags['admin-way'] ?? 'authzid';
  if (typeof file !== 'string') throw refused(WRONG.adminLacksPassword);
  if (way !== 'authzid' && way !== 'master') throw refused(WRONG.adminWay);
  return {
    user,
    password: bytesOf('--admin-password-file', file)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trim(),
    way: way === 'master' ? { kind: 'master', separator: '*' } : { kind: 'authzid' },
  };
}

function journeysOf(flags: Flags, { admin }: { readonly admin: boolean }): readonly Journey[] {
  const path = flags['map'];
  if (typeof path !== 'string') throw refused(WRONG.noMap);
  const text = decode(bytesOf('--map', path))?.text;
  const read = text === undefined ? ({ kind: 'not-a-map' } as const) : readMap(text, { admin });
  if (read.kind === 'not-a-map') throw refused(WRONG.map(NOT_A_MAP));
  if (read.kind === 'empty') throw refused(WRONG.map(EMPTY_MAP));
  if (read.kind === 'faults')
    throw refused(
      read.faults.map(({ line, why }) => WRONG.mapLine(line, MAP_FAULTS[why])).join('\n'),
    );
  return read.journeys;
}

function bytesOf(flag: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Fault('configuration', WRONG.unread(flag, path), { transient: false, cause });
  }
}

/** Messages count up where somebody looks on; a line an account goes to standard output. */
function progressOf({ json }: Flags, of: number) {
  const live = process.stderr.isTTY && json !== true;
  let messages = 0;
  let done = 0;
  const draw = () => {
    if (live) process.stderr.write(`\r${progress(done, of, messages)}`);
  };
  return {
    messages(more: number) {
      messages += more;
      draw();
    },
    account(now: number, line: string) {
      done = now;
      if (live) process.stderr.write('\r\x1b[K');
      console.log(line);
      draw();
    },
    end() {
      if (live) process.stderr.write('\n');
    },
  };
}

function plain(outcome: AccountOutcome) {
  const {
    journey: { user, address },
    kind,
  } = outcome;
  return {
    user,
    address,
    kind,
    ...('tally' in outcome
      ? {
          ...outcome.tally,
          refused: outcome.tally.refused.map((one) => ({
            folder: one.folder,
            uid: one.uid,
            why: one.why.kind,
          })),
        }
      : {}),
  };
}

/**
 * What stayed behind, to keep: CSV with CRLF, and a BOM so that a spreadsheet reads the accents.
 */
function reportOf(outcomes: readonly AccountOutcome[]): string {
  const rows = outcomes.flatMap((outcome) => [
    ...('tally' in outcome
      ? outcome.tally.refused.map((one) => [
          one.address,
          one.folder,
          one.uid === 0 ? '' : String(one.uid),
          one.at?.toISOString() ?? '',
          whyRefused(one),
        ])
      : []),
    ...(outcome.kind === 'brought'
      ? []
      : [[outcome.journey.address, '', '', '', outcomeSentence(outcome, { dryRun: false })]]),
  ]);
  return `\uFEFF${[REPORT_HEADER, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function exitOf(outcomes: readonly AccountOutcome[]): number {
  if (outcomes.some(({ kind }) => kind !== 'brought')) return 3;
  return outcomes.some((outcome) => outcome.kind === 'brought' && outcome.tally.refused.length > 0)
    ? 2
    : 0;
}
