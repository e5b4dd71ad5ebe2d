/**
 * A list of UT1's layout (https://dsi.ut-capitole.fr/blacklists/): a folder a category, in it
 * `domains` and `urls`, one entry a line. Read from a folder, a tar, a tar.gz, or an address that
 * gives one; `expressions` are not read, since nobody can say what a pattern of somebody else
 * costs.
 */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { createTarDecoder } from 'modern-tar';
import type { SiteTrouble } from '../../roster/sites.ts';

/** What is read of an archive, packed and unpacked: UT1's has 30 MB and 120. */
const MOST_PACKED_BYTES = 300_000_000;
const MOST_BYTES = 1_000_000_000;
/** Bytes of a line; a longer one is none. */
const MOST_LINE = 4_096;
const FILE_NAMES = ['domains', 'urls'] as const;
const IN_ARCHIVE = /(?:^|\/)([a-z0-9_-]{1,40})\/(?:domains|urls)$/;
const CATEGORY = /^[a-z0-9_-]{1,40}$/;

/** Entries of one category, by the hundred. */
interface Lines {
  readonly category: string;
  readonly lines: readonly string[];
}

/** A source that was found. */
export interface OpenedSource {
  /** What it calls this state of it; null where it says nothing. */
  readonly version: string | null;
  read(): AsyncGenerator<Lines>;
}

/** A source that gives no list. */
export class SourceTrouble extends Error {
  readonly why: SiteTrouble;

  constructor(why: SiteTrouble, detail: string, cause?: unknown) {
    super(detail, { cause });
    this.why = why;
  }
}

const isAddress = (source: string): boolean => /^https?:\/\//i.test(source);

/**
 * Finds a source; null where an address says that it is still as `known`. Throws a `SourceTrouble`,
 * now or while it is read.
 */
export async function openSource(
  source: string,
  known: string | null,
  signal: AbortSignal,
): Promise<OpenedSource | null> {
  if (isAddress(source)) return openAddress(source, known, signal);
  try {
    const { isDirectory, version } = await stat(source).then((found) => ({
      isDirectory: found.isDirectory(),
      version: found.mtime.toISOString(),
    }));
    if (isDirectory) return await openFolder(source, known);
    if (version === known) return null;
    return { version, read: () => readArchive(createReadStream(source)) };
  } catch (error) {
    throw asTrouble(error);
  }
}

/** A conditional request (RFC 9110 §13.1): who gives a list away pays for each byte. */
async function openAddress(
  address: string,
  known: string | null,
  signal: AbortSignal,
): Promise<OpenedSource | null> {
  const since = known === null ? {} : { 'if-none-match': known };
  const answer = await fetch(address, { headers: since, signal }).catch((error: unknown) => {
    throw asTrouble(error);
  });
  const { status, body, headers } = answer;
  if (status === 304) {
    await body?.cancel();
    return null;
  }
  if (status !== 200 || body === null) {
    await body?.cancel();
    throw new SourceTrouble('unreachable', `HTTP ${status}`);
  }
  const bytes: AsyncIterable<Uint8Array> = body;
  return { version: headers.get('etag'), read: () => readArchive(bytes) };
}

/** Its categories lie in it, or in a folder `blacklists` as they leave the archive. */
async function openFolder(folder: string, known: string | null): Promise<OpenedSource | null> {
  const inside = await readdir(folder, { withFileTypes: true });
  const root = inside.some((one) => one.isDirectory() && one.name === 'blacklists')
    ? join(folder, 'blacklists')
    : folder;
  // A category by another name is a link, and would be there twice.
  const categories = (await readdir(root, { withFileTypes: true }))
    .filter((one) => one.isDirectory() && CATEGORY.test(one.name))
    .map(({ name }) => name);
  const files: { readonly category: string; readonly path: string; readonly at: number }[] = [];
  for (const category of categories)
    for (const name of FILE_NAMES) {
      const path = join(root, category, name);
      const found = await stat(path).catch(() => null);
      if (found?.isFile()) files.push({ category, path, at: found.mtimeMs });
    }
  const version = new Date(Math.max(0, ...files.map(({ at }) => at))).toISOString();
  if (files.length > 0 && version === known) return null;
  return {
    version,
    async *read() {
      for (const { category, path } of files) yield* linesOf(category, createReadStream(path));
    },
  };
}

async function* readArchive(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Lines> {
  const { readable, writable } = createTarDecoder({ strict: true });
  const feeding = feed(writable.getWriter(), within(unzipped(packed), MOST_BYTES));
  try {
    for await (const { header, body } of readable) {
      const [, category] = IN_ARCHIVE.exec(header.name) ?? [];
      if (category === undefined || (header.type ?? 'file') !== 'file') await body.cancel();
      else yield* linesOf(category, body);
    }
  } catch (error) {
    throw error instanceof SourceTrouble ? error : asTrouble(error, 'cut-short');
  }
  await feeding;
}

/** Gives a stream these bytes; what breaks on the way breaks whoever reads it. */
async function feed(
  writer: WritableStreamDefaultWriter<Uint8Array>,
  bytes: AsyncIterable<Uint8Array>,
): Promise<void> {
  try {
    for await (const chunk of bytes) await writer.write(chunk);
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
  }
}

/** What begins as a gzip is one. */
async function* unzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const bytes = within(packed, MOST_PACKED_BYTES);
  const { value: first } = await bytes.next();
  if (!first) return;
  const all = startingWith(first, bytes);
  const isGzip = first[0] === 0x1f && first[1] === 0x8b;
  yield* isGzip ? gunzipped(all) : all;
}

function gunzipped(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  // What breaks is thrown where it is read.
  return pipeline(Readable.from(packed), createGunzip(), () => undefined);
}

async function* startingWith(
  first: Uint8Array,
  others: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield first;
  yield* others;
}

async function* within(
  bytes: AsyncIterable<Uint8Array>,
  most: number,
): AsyncGenerator<Uint8Array, undefined> {
  let sum = 0;
  for await (const chunk of bytes) {
    sum += chunk.length;
    if (sum > most) throw new SourceTrouble('too-big', `more than ${most} bytes`);
    yield chunk;
  }
  return undefined;
}

async function* linesOf(category: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Lines> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MOST_LINE) rest = '';
    yield { category, lines };
  }
  if (rest !== '') yield { category, lines: [rest] };
}

function asTrouble(error: unknown, why: SiteTrouble = 'unreachable'): SourceTrouble {
  const detail = error instanceof Error ? detailOf(error) : String(error);
  return new SourceTrouble(why, detail, error);
}

/** What the network says lies behind « fetch failed ». */
function detailOf({ message, cause }: Error): string {
  return cause instanceof Error ? cause.message : message;
}
