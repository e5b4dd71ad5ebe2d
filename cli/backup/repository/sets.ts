/** What a repository holds, and what follows from it: pure. */

import { z } from 'zod';
import { DAY_MS } from '../../../core/ground/spans.ts';

/**
 * A full backup is made anew when the last one is older: a week less half a night, so that it stays
 * with the same night though no night's backup ends at the same minute.
 */
const FULL_EVERY_MS = 6.5 * DAY_MS;
const SEGMENTS_OF_LOG = 256;
const SEGMENT_BYTES = 16 * 1_048_576;

/** As `pgbackrest info --output=json` says it. */
const INFO = z.array(
  z.object({
    backup: z.array(
      z.object({
        label: z.string(),
        type: z.enum(['full', 'incr', 'diff']),
        timestamp: z.object({ start: z.number(), stop: z.number() }),
        archive: z.object({ start: z.string().nullable(), stop: z.string().nullable() }),
        info: z.object({ size: z.number(), repository: z.object({ delta: z.number() }) }),
        reference: z.array(z.string()).nullable(),
        database: z.object({ id: z.number() }),
      }),
    ),
    archive: z.array(z.object({ id: z.string(), database: z.object({ id: z.number() }) })),
  }),
);

/** One backup that can be come back to. */
export interface BackupSet {
  readonly label: string;
  readonly type: 'full' | 'incr' | 'diff';
  /** From this moment on one can come back by it. */
  readonly madeAt: Date;
  /** The first segment of PostgreSQL's log that it needs, and the last one. */
  readonly firstSegment: string;
  readonly lastSegment: string;
  /** What it added to the repository. */
  readonly bytes: number;
  /** What it unfolds to on a disk. */
  readonly restoredBytes: number;
  /** Labels of the backups whose files it goes on using. */
  readonly leansOn: readonly string[];
  /** pgBackRest's name of the log it belongs to: `17-1`. */
  readonly archive: string;
}

/** Reads what pgBackRest says of its backups, the oldest first. */
export function readSets(json: string): readonly BackupSet[] {
  return INFO.parse(JSON.parse(json)).flatMap(({ backup, archive }) =>
    backup.map((one) => ({
      label: one.label,
      type: one.type,
      madeAt: new Date(one.timestamp.stop * 1_000),
      firstSegment: one.archive.start ?? '',
      lastSegment: one.archive.stop ?? '',
      bytes: one.info.repository.delta,
      restoredBytes: one.info.size,
      leansOn: one.reference ?? [],
      archive: archive.find(({ database }) => database.id === one.database.id)?.id ?? '',
    })),
  );
}

/** Full in the first place and once a week; what has changed since, in between. */
export function nextType(sets: readonly BackupSet[], now: Date): 'full' | 'incr' {
  const since = now.getTime() - FULL_EVERY_MS;
  return sets.some(({ type, madeAt }) => type === 'full' && madeAt.getTime() > since)
    ? 'incr'
    : 'full';
}

/** The backups that lead to a moment, null being the latest there is; the oldest first. */
export function setsUpTo(sets: readonly BackupSet[], to: Date | null): readonly BackupSet[] {
  return sets.filter(({ madeAt }) => to === null || madeAt <= to);
}

/**
 * Whether a backup was made on a line that a restore has left since: nothing leads from it into the
 * log that goes on.
 */
export function isLeftBehind(
  { firstSegment, lastSegment }: BackupSet,
  segments: readonly Segment[],
): boolean {
  return segments.some(
    ({ name }) =>
      timelineOf(name) > timelineOf(firstSegment) && placeOf(name) <= placeOf(lastSegment),
  );
}

/** A segment of PostgreSQL's log in the repository. */
export interface Segment {
  /** 24 hexadecimal digits: timeline, log, segment (PostgreSQL's manual, 28.6). */
  readonly name: string;
  readonly archivedAt: Date;
  /** Compressed, as it lies there. */
  readonly bytes: number;
}

const LISTED = z.record(
  z.string(),
  z.object({ type: z.string(), time: z.number().optional(), size: z.number().optional() }),
);

/**
 * Reads what `pgbackrest repo-ls` says of the archive of a database, in the order of the log. After
 * a restore the log goes on in another timeline from where the old one was left: what that has from
 * there on is left out, since nobody comes back to it.
 */
export function readSegments(json: string): readonly Segment[] {
  const all = Object.entries(LISTED.parse(JSON.parse(json)))
    .flatMap(([path, { time = 0, size = 0 }]) => {
      const name = /(?:^|\/)([0-9A-F]{24})-[0-9a-f]{40}(?:\.\w+)?$/.exec(path)?.[1];
      return name === undefined ? [] : [{ name, archivedAt: new Date(time * 1_000), bytes: size }];
    })
    .sort((one, other) => placeOf(one.name) - placeOf(other.name));
  const begun = [...beginnings(all)];
  return all.filter(
    ({ name }) =>
      !begun.some(([timeline, place]) => timeline > timelineOf(name) && place <= placeOf(name)),
  );
}

/** The first place of each timeline. */
function beginnings(segments: readonly Pick<Segment, 'name'>[]): ReadonlyMap<number, number> {
  const begun = new Map<number, number>();
  for (const { name } of segments) {
    const timeline = timelineOf(name);
    begun.set(timeline, Math.min(begun.get(timeline) ?? Infinity, placeOf(name)));
  }
  return begun;
}

/** What all files of such a list take, in bytes. */
export function listedBytes(json: string): number {
  const files = Object.values(LISTED.parse(JSON.parse(json)));
  return files.reduce((sum, { size = 0 }) => sum + size, 0);
}

/** What is missing between the first segment of a backup and the last that is kept. */
export interface Gap {
  readonly segment: string;
  /** When the last one before it was kept: until then one can come back. Null: none is left. */
  readonly until: Date | null;
}

/**
 * The first segment that is missing, or null: of each place, that of the newest timeline that has
 * begun by then.
 */
export function gapFrom(first: string, segments: readonly Segment[]): Gap | null {
  const kept = new Map(segments.map(({ name, archivedAt }) => [name, archivedAt]));
  const begun = beginnings(segments);
  const last = segments.reduce((most, { name }) => Math.max(most, placeOf(name)), placeOf(first));
  let until: Date | null = null;
  for (let place = placeOf(first); place <= last; place += 1) {
    const timeline = [...begun.keys()]
      .filter((one) => one >= timelineOf(first) && (begun.get(one) ?? Infinity) <= place)
      .reduce((newest, one) => Math.max(newest, one), timelineOf(first));
    const name = nameOf(timeline, place);
    const archivedAt = kept.get(name);
    if (archivedAt === undefined) return { segment: name, until };
    until = archivedAt;
  }
  return null;
}

/** Whether a segment is the same or comes later in the log, whatever its timeline. */
export const isSegmentFrom = (first: string, name: string): boolean =>
  placeOf(name) >= placeOf(first);

const timelineOf = (name: string): number => Number.parseInt(name.slice(0, 8), 16);
const placeOf = (name: string): number =>
  Number.parseInt(name.slice(8, 16), 16) * SEGMENTS_OF_LOG + Number.parseInt(name.slice(16), 16);

function nameOf(timeline: number, place: number): string {
  return [timeline, Math.floor(place / SEGMENTS_OF_LOG), place % SEGMENTS_OF_LOG]
    .map((part) => part.toString(16).toUpperCase().padStart(8, '0'))
    .join('');
}

/**
 * Whether PostgreSQL's log was read up to a place (`16/B374D848`, its manual, 8.20) with nothing of
 * a segment: then that segment couldn't be read. Where it begins, the one before it has ended.
 */
export function isLogBefore(place: string, segment: string): boolean {
  const [log = '0', offset = '0'] = place.split('/');
  const reached =
    Number.parseInt(log, 16) * SEGMENTS_OF_LOG * SEGMENT_BYTES + Number.parseInt(offset, 16);
  return reached <= placeOf(segment) * SEGMENT_BYTES;
}
