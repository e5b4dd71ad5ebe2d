/**
 * A small store that speaks as much of S3 as is asked of one, and fails as a test wants it: what is
 * tried on a real one is in the soak.
 */
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * `lying`: gives other bytes of the right length. `silent`: answers nothing. `rangeless`: gives all
 * of it, whatever part is asked for. `slow`: brings what is asked for in seven seconds.
 */
type Mood = 'well' | 'away' | 'full' | 'lying' | 'silent' | 'rangeless' | 'slow';

interface S3Server {
  /** What `PREAU_BODIES` takes. */
  readonly address: string;
  readonly objects: Map<string, Buffer>;
  /** Each request, as `GET /seau/name`. */
  readonly asked: string[];
  mood: Mood;
  close(): void;
}

const BUCKET = '/seau';
const SIGNED = /^AWS4-HMAC-SHA256 Credential=cle\/\d{8}\/fr-par\/s3\/aws4_request, /;

/** Starts one, which is well. */
export async function s3Server(): Promise<S3Server> {
  const server = createServer((request, response) => {
    answer(state, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const state: S3Server = {
    address: `http://cle:s%2Fcret@127.0.0.1:${port}${BUCKET}?region=fr-par`,
    objects: new Map(),
    asked: [],
    mood: 'well',
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return state;
}

async function answer(
  state: S3Server,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', headers } = request;
  const url = new URL(request.url ?? '', 'http://x');
  const body = await buffer(request);
  state.asked.push(`${method} ${url.pathname}`);
  const say = (status: number, bytes: Buffer = Buffer.alloc(0), more = {}): void => {
    response.writeHead(status, { 'content-length': bytes.length, ...more }).end(bytes);
  };
  if (state.mood === 'silent') return;
  if (state.mood === 'away') return say(503);
  if (!SIGNED.test(headers.authorization ?? '')) return say(403);
  if (hash('sha256', body) !== headers['x-amz-content-sha256']) return say(400);
  const name = url.pathname.slice(BUCKET.length + 1);
  if (method === 'PUT') return put(state, name, body, say);
  if (method === 'DELETE') return say(state.objects.delete(name) ? 204 : 404);
  if (name === '') return say(200, listing(state, url.searchParams.get('marker') ?? ''));
  const object = state.objects.get(name);
  if (object === undefined) return say(404);
  if (method === 'HEAD')
    return void response.writeHead(200, { 'content-length': object.length }).end();
  if (state.mood === 'rangeless') return say(200, object);
  const [, start = '0', end = ''] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
  const part = object.subarray(Number(start), Number(end) + 1);
  if (state.mood === 'slow') return bringSlowly(response, part);
  say(206, state.mood === 'lying' ? Buffer.alloc(part.length) : part);
}

async function bringSlowly(response: ServerResponse, bytes: Buffer): Promise<void> {
  response.writeHead(206, { 'content-length': bytes.length });
  const step = Math.ceil(bytes.length / SLOW_SECONDS);
  for (let at = 0; at < bytes.length; at += step) {
    response.write(bytes.subarray(at, at + step));
    await pause(1_000);
  }
  response.end();
}

const SLOW_SECONDS = 7;

function put(state: S3Server, name: string, body: Buffer, say: (status: number) => void): void {
  if (state.mood === 'full') return say(507);
  state.objects.set(name, body);
  say(200);
}

/** Two at a time, so that whoever asks goes on from the last. */
function listing({ objects }: S3Server, after: string): Buffer {
  const names = [...objects.keys()].sort().filter((name) => name > after);
  const contents = names.slice(0, 2).map((name) => `<Contents><Key>${name}</Key></Contents>`);
  return Buffer.from(`<ListBucketResult>${contents.join('')}</ListBucketResult>`);
}
