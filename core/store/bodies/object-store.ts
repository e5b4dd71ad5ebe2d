import { hash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { SaxesParser } from 'saxes';
import { Fault } from '../../ground/fault.ts';
import type { Span } from './frames.ts';

/** Where bodies may lie besides the database: a bucket of an S3-compatible store, and its keys. */
interface Bucket {
  /** `https://host/bucket`: the path names the bucket, as every store understands it. */
  readonly url: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
}

/** What `PREAU_BODIES` says: `https://access:secret@host/bucket?region=…`. */
export function bucketIn(address: string): Bucket {
  const { origin, pathname, username, password, searchParams } = new URL(address);
  return {
    url: `${origin}${pathname}`,
    accessKey: decodeURIComponent(username),
    secretKey: decodeURIComponent(password),
    region: searchParams.get('region') ?? 'us-east-1',
  };
}

/**
 * What is asked of a store: the plainest verbs of S3, each of which may be asked twice. Throws a
 * transient `Fault` 'body-away' where it doesn't answer in time, or not as it was asked.
 */
export interface ObjectStore {
  put(name: string, bytes: Buffer): Promise<void>;
  get(name: string, span: Span): Promise<Buffer>;
  /** How long an object is; null: there is none. */
  sizeOf(name: string): Promise<number | null>;
  /** One that isn't there is gone as well. */
  remove(name: string): Promise<void>;
  /** Names in their order, after `after`; so many at once as the store likes, empty at the end. */
  namesAfter(after: string): Promise<readonly string[]>;
}

/** Who reads waits no longer for an answer to begin, twice asked and all. */
const READ_MS = 6_000;
/** Nobody waits for what is put there. */
const WRITE_MS = 60_000;
/** A line that brings less is none: 25 MB in a minute, 200 MB in eight. */
const SLOWEST_BYTES_PER_MS = 400;
const TRIES = 2;
const AGAIN_MS = 200;
/** What a store says besides what it is asked for; a thousand names are some 100 kB. */
const MOST_SAID_BYTES = 2_000_000;

interface Request {
  readonly method: 'PUT' | 'GET' | 'HEAD' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

interface Answer {
  readonly status: number;
  readonly sizeBytes: number;
  readonly bytes: Buffer;
}

/** Speaks to a store by HTTP, signed as S3 wants it (SigV4). */
export function openObjectStore(bucket: Bucket): ObjectStore {
  const ask = (request: Request, mostBytes = MOST_SAID_BYTES): Promise<Answer> =>
    askTwice(bucket, request, mostBytes);
  return {
    async put(name, body) {
      requireOk(await ask({ method: 'PUT', path: `/${name}`, body }), 'PUT');
    },
    async get(name, { start, end }) {
      const headers = { range: `bytes=${start}-${end - 1}` };
      const answer = await ask({ method: 'GET', path: `/${name}`, headers }, end);
      requireOk(answer, 'GET');
      // 200: a store that gives all of it, though it was asked for a part (RFC 9110 §14.2)
      return answer.status === 206 ? answer.bytes : answer.bytes.subarray(start, end);
    },
    async sizeOf(name) {
      const answer = await ask({ method: 'HEAD', path: `/${name}` });
      if (answer.status === 404) return null;
      requireOk(answer, 'HEAD');
      return answer.sizeBytes;
    },
    async remove(name) {
      const answer = await ask({ method: 'DELETE', path: `/${name}` });
      if (answer.status !== 404) requireOk(answer, 'DELETE');
    },
    async namesAfter(after) {
      const answer = await ask({ method: 'GET', path: `?marker=${encodeURIComponent(after)}` });
      requireOk(answer, 'list');
      return namesIn(answer.bytes.toString('utf8'));
    },
  };
}

/** A second time where it didn't answer, or said that it can't just now. */
async function askTwice(bucket: Bucket, request: Request, mostBytes: number): Promise<Answer> {
  const patience = openPatience(patienceFor(request));
  try {
    for (let tries = 1; ; tries += 1) {
      try {
        const answer = await askOnce(bucket, request, { mostBytes, patience });
        if (answer.status < 500 || answer.status === 507 || tries >= TRIES) return answer;
      } catch (error) {
        if (patience.signal.aborted || tries >= TRIES)
          throw away(`${request.method}: no answer`, error);
      }
      await pause(AGAIN_MS);
    }
  } finally {
    patience.end();
  }
}

/** Until an answer begins; what is sent before it takes its time. */
const patienceFor = ({ method, body }: Request): number =>
  method === 'PUT' ? Math.max(WRITE_MS, timeOf(body?.length ?? 0)) : READ_MS;

/** What so many bytes take on the slowest line. */
const timeOf = (bytes: number): number => READ_MS + bytes / SLOWEST_BYTES_PER_MS;

/** Aborts once it is over; from when an answer has begun there is more of it, by its length. */
interface Patience {
  readonly signal: AbortSignal;
  begun(sizeBytes: number): void;
  end(): void;
}

function openPatience(ms: number): Patience {
  const over = new AbortController();
  let timer = setTimeout(() => over.abort(), ms);
  return {
    signal: over.signal,
    begun(sizeBytes) {
      clearTimeout(timer);
      timer = setTimeout(() => over.abort(), timeOf(sizeBytes));
    },
    end: () => clearTimeout(timer),
  };
}

async function askOnce(
  { url, accessKey, secretKey, region }: Bucket,
  { method, path, headers = {}, body = Buffer.alloc(0) }: Request,
  { mostBytes, patience }: { readonly mostBytes: number; readonly patience: Patience },
): Promise<Answer> {
  const signed = await new AwsV4Signer({
    method,
    url: `${url}${path}`,
    headers: {
      ...headers,
      // what is sent is signed along: a store takes no other bytes for it
      'x-amz-content-sha256': hash('sha256', body),
    },
    accessKeyId: accessKey,
    secretAccessKey: secretKey,
    service: 's3',
    region,
  }).sign();
  const response = await fetch(signed.url, {
    method,
    headers: signed.headers,
    ...(method === 'PUT' && { body: new Uint8Array(body) }),
    redirect: 'error',
    signal: patience.signal,
  });
  const sizeBytes = Number(response.headers.get('content-length') ?? Number.NaN);
  patience.begun(Math.min(sizeBytes || mostBytes, mostBytes));
  return {
    status: response.status,
    sizeBytes,
    bytes: await readNoMoreThan(response, mostBytes),
  };
}

/** A store that says more than it was asked for is heard no further. */
async function readNoMoreThan(response: Response, mostBytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    pieces.push(piece);
    length += piece.length;
    if (length > mostBytes) break;
  }
  return Buffer.concat(pieces);
}

function requireOk({ status }: Answer, what: string): void {
  if (status < 200 || status > 299) throw away(`${what}: ${status}`);
}

/** What a listing names (S3's ListObjects: `Contents`, `Key`). */
function namesIn(xml: string): readonly string[] {
  const names: string[] = [];
  let within: string | null = null;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => (within = name === 'Key' ? '' : null));
  parser.on('text', (text) => within !== null && (within += text));
  parser.on('closetag', ({ name }) => name === 'Key' && within !== null && names.push(within));
  parser.on('error', (error) => {
    throw away('list: no XML', error);
  });
  parser.write(xml).close();
  return names;
}

const away = (detail: string, cause?: unknown): Fault =>
  new Fault('body-away', detail, { transient: true, cause });
