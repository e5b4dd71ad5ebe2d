import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WireAccount } from '../../e2e/wire.ts';

/** What HAProxy shows of the pages, under a certificate of the machines' own. */
export interface PagesAt {
  readonly port: number;
  readonly host: string;
}

const PATIENCE_MS = 20_000;
/** As the stream tells a browser. */
const AGAIN_MS = 2_000;
const POLL_MS = 100;

interface Asked {
  readonly cookies?: ReadonlyMap<string, string>;
  readonly form?: Readonly<Record<string, string>>;
}

function open({ port, host }: PagesAt, path: string, asked: Asked = {}): Promise<IncomingMessage> {
  const { cookies = new Map<string, string>(), form } = asked;
  const body = form === undefined ? null : new URLSearchParams(form).toString();
  const headers = {
    host,
    connection: 'close',
    cookie: [...cookies].map((one) => one.join('=')).join('; '),
    ...(body === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
  };
  const method = body === null ? 'GET' : 'POST';
  const where = { port, host: '127.0.0.1', path, method, headers };
  return new Promise((resolve, reject) => {
    const sent = request({ ...where, rejectUnauthorized: false, timeout: PATIENCE_MS }, resolve);
    sent.on('timeout', () => sent.destroy(new Error('no answer'))).on('error', reject);
    sent.end(body ?? undefined);
  });
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return text;
}

/** What a page answers, by HAProxy and TLS of our own; 0: nothing. */
export async function statusOf(at: PagesAt, path: string): Promise<number> {
  try {
    const answer = await open(at, path);
    answer.on('error', () => {}).resume();
    return answer.statusCode ?? 0;
  } catch {
    return 0;
  }
}

/** The cookies of who has signed in, as the page does it. */
async function signIn(
  at: PagesAt,
  { address, password }: WireAccount,
): Promise<Map<string, string>> {
  const cookies = new Map<string, string>();
  const keep = (answer: IncomingMessage): void => {
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
  };
  const page = await open(at, '/signin');
  keep(page);
  const csrf = /name="csrf" value="([^"]+)"/.exec(await textOf(page))?.[1] ?? '';
  const answer = await open(at, '/signin', { cookies, form: { csrf, address, password } });
  keep(answer);
  answer.resume();
  if (answer.statusCode !== 303) throw new Error(`sign-in answered ${answer.statusCode}`);
  return cookies;
}

/** A page that was left open, and its stream of news. */
interface OpenPage {
  /** Resolves once it hears, after a cut too. */
  listening(): Promise<void>;
  /** How often it was told to look again. */
  told(): number;
  /** How often its stream was cut. */
  cuts(): number;
  leave(): void;
}

/** Opens a page's stream, and comes back when it is cut, as a browser does (HTML, 9.2). */
export async function openPage(at: PagesAt, account: WireAccount): Promise<OpenPage> {
  const cookies = await signIn(at, account);
  const left = new AbortController();
  let [told, cuts] = [0, 0];
  let stream: IncomingMessage | null = null;

  async function hear(): Promise<void> {
    const answer = await open(at, '/events', { cookies });
    if (answer.statusCode !== 200) {
      answer.destroy();
      throw new Error(`the stream answered ${answer.statusCode}`);
    }
    stream = answer;
    answer.socket.setTimeout(0);
    for await (const chunk of answer) told += String(chunk).split('event: mail').length - 1;
  }

  async function hearOn(): Promise<void> {
    while (!left.signal.aborted) {
      await hear().catch(() => {});
      stream = null;
      if (left.signal.aborted) return;
      cuts += 1;
      await sleep(AGAIN_MS);
    }
  }
  void hearOn();
  return {
    async listening() {
      const until = Date.now() + PATIENCE_MS;
      while (stream === null) {
        if (Date.now() > until) throw new Error('the stream of a page does not come back');
        await sleep(POLL_MS);
      }
    },
    told: () => told,
    cuts: () => cuts,
    leave() {
      left.abort();
      stream?.destroy();
    },
  };
}
