import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PROGRAM = '/usr/bin/firefox-esr';
const READY_MS = 60_000;
const ANSWER_MS = 30_000;
const WAIT_MS = 20_000;
const POLL_MS = 50;
/** Where a pointer and a keyboard are, as WebDriver BiDi names them. */
const [MOUSE, KEYBOARD] = ['mouse', 'keyboard'];

export const hasFirefox = (): boolean => existsSync(PROGRAM);

/** A tab with cookies of its own. */
export interface FirefoxPage {
  goto(url: string): Promise<void>;
  /** Waits until the expression gives something that holds, and gives it. */
  until<T>(expression: string): Promise<T>;
  /** Clicks with a real pointer in the middle of the first that can be seen. */
  click(selector: string): Promise<void>;
  /** Puts the caret into a field and types there. */
  type(selector: string, text: string): Promise<void>;
  press(key: 'Enter' | 'Escape'): Promise<void>;
}

export interface Firefox {
  newPage(): Promise<FirefoxPage>;
  close(): Promise<void>;
}

/**
 * Debian's Firefox without a window, driven by WebDriver BiDi (W3C): real pointer, real keys. A few
 * commands are all that its stories need, and Node speaks WebSocket.
 */
export async function launchFirefox(): Promise<Firefox> {
  const profile = mkdtempSync(join(tmpdir(), 'preau-firefox-'));
  const child = spawn(
    PROGRAM,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: profile } },
  );
  const socket = new WebSocket(`${await endpointOf(child)}/session`);
  await new Promise((open, fail) => {
    socket.addEventListener('open', open);
    socket.addEventListener('error', fail);
  });
  const ask = asking(socket);
  await ask('session.new', { capabilities: {} });
  return {
    newPage: () => openTab(ask),
    async close() {
      socket.close();
      const ended = new Promise((end) => child.once('close', end));
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(READY_MS)]);
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function endpointOf(child: ChildProcess): Promise<string> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const [, url] = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said) ?? [];
    if (url !== undefined) return url;
    if (Date.now() > deadline || child.exitCode !== null) throw new Error(`no Firefox: ${said}`);
    await sleep(POLL_MS);
  }
}

type Ask = (method: string, params: object) => Promise<Record<string, unknown>>;

interface Reply {
  readonly id?: number;
  readonly result?: Record<string, unknown>;
  readonly error?: string;
  readonly message?: string;
}

/** Commands and their answers, by number. */
function asking(socket: WebSocket): Ask {
  let last = 0;
  const waiting = new Map<number, (reply: Reply) => void>();
  socket.addEventListener('message', ({ data }) => {
    const reply: Reply = JSON.parse(String(data));
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
  });
  return async (method, params) => {
    last += 1;
    const id = last;
    const answered = new Promise<Reply>((answer) => waiting.set(id, answer));
    socket.send(JSON.stringify({ id, method, params }));
    const late = sleep(ANSWER_MS, { error: 'timeout', message: method }, { ref: false });
    const reply: Reply = await Promise.race([answered, late]);
    waiting.delete(id);
    if (reply.result === undefined) throw new Error(`${method}: ${reply.error} ${reply.message}`);
    return reply.result;
  };
}

async function openTab(ask: Ask): Promise<FirefoxPage> {
  const { userContext } = await ask('browser.createUserContext', {});
  const { context } = await ask('browsingContext.create', { type: 'tab', userContext });
  await ask('browsingContext.setViewport', { context, viewport: { width: 1280, height: 800 } });

  /** What an expression comes to, by way of JSON. */
  async function evaluate<T>(expression: string): Promise<T> {
    const answer = await ask('script.evaluate', {
      expression: `(async () => JSON.stringify((await (${expression})) ?? null))()`,
      target: { context },
      awaitPromise: true,
    });
    const { value } = (answer['result'] ?? {}) as { readonly value?: string };
    if (value === undefined) throw new Error(`${expression}: ${JSON.stringify(answer)}`);
    return JSON.parse(value) as T;
  }

  async function until<T>(expression: string): Promise<T> {
    const deadline = Date.now() + WAIT_MS;
    for (;;) {
      // While a page is left for another there is nothing to ask.
      const value = await evaluate<T>(expression).catch(() => null);
      if (value !== null && value !== false) return value;
      if (Date.now() > deadline) throw new Error(`not in time: ${expression}`);
      await sleep(POLL_MS);
    }
  }

  const perform = (type: 'pointer' | 'key', actions: readonly object[]): Promise<unknown> =>
    ask('input.performActions', {
      context,
      actions: [{ type, id: type === 'pointer' ? MOUSE : KEYBOARD, actions }],
    });
  const strike = (keys: readonly string[]): Promise<unknown> =>
    perform(
      'key',
      keys.flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]),
    );

  async function click(selector: string): Promise<void> {
    // In a tab behind others Firefox draws and hears next to nothing.
    await ask('browsingContext.activate', { context });
    const { x, y } = await until<{ readonly x: number; readonly y: number }>(middleOf(selector));
    await perform('pointer', [
      { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ]);
  }

  return {
    until,
    click,
    goto: async (url) =>
      void (await ask('browsingContext.navigate', { context, url, wait: 'complete' })),
    async type(selector, text) {
      await click(selector);
      await strike([...text]);
    },
    // Keys without a character stand in the private use area (WebDriver 17.4.2).
    press: async (key) => void (await strike([key === 'Enter' ? '\uE007' : '\uE00C'])),
  };
}

/** The middle of the first element that is seen, once it stands still. */
function middleOf(selector: string): string {
  return `(async () => {
    const seen = [...document.querySelectorAll(${JSON.stringify(selector)})]
      .find((one) => one.getClientRects().length > 0);
    if (seen === undefined) return null;
    seen.scrollIntoView({ block: 'center', behavior: 'instant' });
    const where = () => seen.getBoundingClientRect();
    const before = where();
    await new Promise((next) => setTimeout(next, 40));
    const { left, top, width, height } = where();
    if (top !== before.top || left !== before.left) return null;
    return { x: left + width / 2, y: top + height / 2 };
  })()`;
}
