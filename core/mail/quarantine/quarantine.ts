import { Fault } from '../../ground/fault.ts';
import { idIn, schoolIdIn, type MessageId } from '../../ground/ids.ts';
import type { Night } from '../../ground/night-job.ts';
import { scannerVersion } from '../../letters/scan/version.ts';
import { beat, lastBeat } from '../../store/service-state.ts';
import type { ReleaseParts } from '../delivery/parts.ts';
import type { Quarantine, RescanReport } from './contract.ts';
import { tidyOld } from './digest.ts';
import { refused } from './refused.ts';
import { rescan, type RescanLetter, type RescanPoint } from './rescan.ts';

const ANSWER_MS = 5_000;
/** Under this name the signatures that the last look went by are kept, among the heartbeats. */
const ROLE = 'rescan';
const NOTHING_NEW: RescanReport = { letters: 0, taken: 0, silent: 0 };

interface QuarantineParts extends ReleaseParts {
  /** Where clamd is. */
  readonly clamd: string | null;
}

/** Letters that turn out to be harmful once they are there. */
export function openQuarantine(parts: QuarantineParts): Quarantine {
  return {
    refused: (viewer) => refused(parts, viewer),
    rescan: (night) => rescanByNewer(parts, night),
    tidy: (night) => tidyOld(parts, night),
  };
}

/** Who is stopped goes on where it was, unless there are still newer signatures by then. */
async function rescanByNewer(parts: QuarantineParts, night: Night): Promise<RescanReport> {
  const { clamd, store, clock } = parts;
  if (clamd === null) return NOTHING_NEW;
  const scanner = await scannerVersion(clamd, ANSWER_MS);
  if (scanner === null)
    throw new Fault('scanner-down', 'it doesn’t say its signatures', { transient: true });
  // Those of a file of our own are never newer.
  if (scanner.signaturesAt === null) return NOTHING_NEW;
  const version = scanner.signaturesAt.toISOString();
  const last = await store.readTown((tx) => lastBeat(tx, ROLE));
  if (last?.version === version) return NOTHING_NEW;
  const from = pointIn(night.checkpoint, version);
  const report = await rescan(parts, night, {
    ...(from === null ? {} : { from }),
    reached: (point) => night.keep(checkpointOf(point, version)),
  });
  await store.town((tx) => beat(tx, { role: ROLE, at: clock(), version }));
  return report;
}

function checkpointOf({ school, after, silent }: RescanPoint, version: string): string {
  return [version, school, after, ...silent.map((one) => `${one.school}-${one.id}`)].join(' ');
}

function pointIn(checkpoint: string | null, version: string): RescanPoint | null {
  const [by, school, after, ...silent] = checkpoint?.split(' ') ?? [];
  if (by !== version) return null;
  return { school: Number(school), after: Number(after), silent: silent.flatMap(letterIn) };
}

function letterIn(text: string): readonly RescanLetter[] {
  const [ofSchool, number] = text.split('-');
  const [school, id] = [schoolIdIn(ofSchool), idIn<MessageId>(number)];
  return school === null || id === null ? [] : [{ school, id }];
}
