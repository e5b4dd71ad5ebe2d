import { createHash } from 'node:crypto';
import {
  openExport,
  readHeaders,
  readRosterFile,
  type ColumnMapping,
  type OpenedExport,
  type RosterFile,
} from './read.ts';
import type {
  ReadRosterFile,
  RefusedLine,
  RosterFormat,
  RosterRow,
  UnreadableRoster,
} from './rows.ts';

/**
 * One file or several that say together what a school is: ONDE's pupils, guardians and teachers, or
 * one export.
 */
export interface RosterSet {
  readonly kind: 'set';
  readonly formats: readonly string[];
  readonly rows: readonly RosterRow[];
  readonly unsettled: readonly RosterRow[];
  readonly refused: readonly RefusedLine[];
  readonly classes: ReadRosterFile['classes'];
  readonly hints: readonly string[];
  readonly hash: Buffer;
  /** What each file, or export, was taken for. */
  readonly found: readonly FoundFile[];
  /** Hashes of the headers that were read by a mapping. */
  readonly mapped: readonly Buffer[];
}

/** A file and what it was taken for, to be shown to whoever gave it. */
export interface FoundFile {
  readonly name: string;
  readonly format: RosterFormat;
  readonly encoding: string;
  readonly delimiter: string | null;
  /** Lines that were read, refused ones included. */
  readonly lines: number;
  /** Headers of the columns that are not read. */
  readonly leftAside: readonly string[];
}

/**
 * Which column is what, for a file of no known header: as given now, or as remembered for that
 * header.
 */
type MappingFor = (headerHash: Buffer) => Promise<ColumnMapping | null>;

const ROSTER_NAME = /\.(csv|txt|tsv|xlsx|zip)$/i;

/** Reads all files of a school, or says why one of them can't be read: then none is used. */
export async function readRosterSet(
  files: readonly RosterFile[],
  {
    mappingFor,
    school,
    uai,
    opened = null,
  }: {
    readonly mappingFor: MappingFor;
    readonly school: string | null;
    readonly uai: string | null;
    readonly opened?: OpenedExport | null;
  },
): Promise<RosterSet | UnreadableRoster> {
  const named = (
    files.length === 1 ? [...files] : files.filter(({ name }) => ROSTER_NAME.test(name))
  ).sort((one, other) => (one.name < other.name ? -1 : 1));
  if (named.length === 0)
    return {
      kind: 'unreadable',
      reason: 'no-file',
      at: { file: files[0]?.name ?? '', line: 1, column: null },
    };
  const exported = opened ?? (named.length > 1 ? openExport(named) : null);
  if (exported !== null && 'kind' in exported) return exported;
  const read: ReadRosterFile[] = [];
  const found: FoundFile[] = [];
  const mapped: Buffer[] = [];
  for (const group of exported === null ? named.map((file) => [file]) : [named]) {
    const one =
      exported === null
        ? await readGroup(group, { mappingFor, school, uai, mapped })
        : exported.read(school);
    if ('kind' in one) return one;
    read.push(one);
    found.push({
      name: group.length === 1 ? (group[0]?.name ?? '') : `${group.length} CSV`,
      format: one.format,
      encoding: one.encoding,
      delimiter: one.delimiter,
      lines: one.rows.length + one.refused.length,
      leftAside: one.leftAside,
    });
  }
  return {
    kind: 'set',
    formats: [...new Set(read.map(({ format }) => format))],
    rows: read.flatMap(({ rows }) => rows),
    unsettled: read.flatMap(({ unsettled }) => unsettled),
    refused: read.flatMap(({ refused }) => refused),
    classes: read.flatMap(({ classes }) => classes),
    hints: [...new Set(read.flatMap(({ schoolHint }) => schoolHint ?? []))],
    hash: hashOf(named),
    found,
    mapped,
  };
}

async function readGroup(
  group: readonly RosterFile[],
  {
    mappingFor,
    school,
    uai,
    mapped,
  }: { mappingFor: MappingFor; school: string | null; uai: string | null; mapped: Buffer[] },
): Promise<ReadRosterFile | UnreadableRoster> {
  const read = readRosterFile(group, { mapping: null, school, uai });
  const [file] = group;
  if (!('kind' in read) || read.reason !== 'header-unknown' || file === undefined) return read;
  const head = readHeaders(file);
  if ('kind' in head) return read;
  const headerHash = createHash('sha256').update(head.headers.join('\0')).digest();
  const mapping = await mappingFor(headerHash);
  if (mapping === null) return read;
  mapped.push(headerHash);
  return readRosterFile(group, { mapping, school, uai });
}

/** The same files, whatever the order they were given in, have the same hash. */
function hashOf(files: readonly RosterFile[]): Buffer {
  const hash = createHash('sha256');
  for (const { name, bytes } of files)
    hash.update(`${name.slice(name.lastIndexOf('/') + 1)}\0${bytes.length}\0`).update(bytes);
  return hash.digest();
}
