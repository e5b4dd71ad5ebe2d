import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PROGRAM = '/usr/bin/thunderbird';
const READY_MS = 60_000;
const ANSWER_MS = 120_000;
const POLL_MS = 50;

/**
 * A profile that asks nothing and calls nobody. Its HTTP goes through `proxyPort` of loopback,
 * since it asks the names of a domain for their settings on port 80.
 */
const preferences = (proxyPort: number): Readonly<Record<string, string | number | boolean>> => ({
  'marionette.port': 0,
  'mail.provider.suppress_dialog_on_startup': true,
  'mail.spotlight.firstRunDone': true,
  'mail.shell.checkDefaultClient': false,
  'mail.rights.version': 1,
  'mail.compose.attachment_reminder': false,
  'mailnews.start_page.enabled': false,
  'app.donation.eoy.version.viewed': 999,
  'app.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': proxyPort,
  'network.proxy.allow_hijacking_localhost': true,
});

/** What its HTTP goes through: every name leads to the pages at `base`. */
export async function openNames(base: string): Promise<Server> {
  const server = createServer((asked, answer) => {
    const { pathname, search } = new URL(asked.url ?? '/', base);
    request(new URL(`${pathname}${search}`, base), (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    }).end();
  });
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open));
  return server;
}

export const hasThunderbird = (): boolean => existsSync(PROGRAM);

export interface Thunderbird {
  /**
   * Runs the body of an async function in Thunderbird's own scope, with `args`; what it returns
   * comes back by way of JSON.
   */
  run<T>(body: string, ...args: readonly unknown[]): Promise<T>;
  close(): Promise<void>;
}

/** Debian's Thunderbird without a window, with a new profile, driven by Marionette. */
export async function launchThunderbird(proxyPort: number): Promise<Thunderbird> {
  const profile = mkdtempSync(join(tmpdir(), 'preau-thunderbird-'));
  const lines = Object.entries(preferences(proxyPort)).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join(''));
  const child = spawn(
    PROGRAM,
    [
      ...['--headless', '--no-remote', '--profile', profile],
      ...['--marionette', '--remote-allow-system-access'],
    ],
    { stdio: 'ignore', env: { ...process.env, HOME: profile } },
  );
  const close = async (): Promise<void> => {
    const ended = child.exitCode === null ? once(child, 'close') : null;
    child.kill('SIGTERM');
    await Promise.race([ended, sleep(READY_MS, null, { ref: false })]);
    rmSync(profile, { recursive: true, force: true });
  };
  try {
    const socket = connect(await marionettePort(child, profile), '127.0.0.1');
    const ask = asking(socket);
    await ask('WebDriver:NewSession', { strictFileInteractability: false });
    await ask('WebDriver:SetTimeouts', { script: ANSWER_MS });
    await ask('Marionette:SetContext', { value: 'chrome' });
    return {
      run: async <T>(body: string, ...args: readonly unknown[]): Promise<T> => {
        const script = `return (async (...args) => JSON.stringify((await (async () => {${body}})()) ?? null))(...arguments)`;
        const said = await ask('WebDriver:ExecuteScript', { script, args, sandbox: 'system' });
        return JSON.parse(said.value) as T;
      },
      async close() {
        socket.destroy();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where it listens; it says so in a file of its profile. */
async function marionettePort(child: ChildProcess, profile: string): Promise<number> {
  const file = join(profile, 'MarionetteActivePort');
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (port > 0) return port;
    if (Date.now() > deadline || child.exitCode !== null)
      throw new Error('Thunderbird did not start');
    await sleep(POLL_MS);
  }
}

interface Said {
  readonly value: string;
}
type Ask = (command: string, parameters: object) => Promise<Said>;
/** An answer: its kind, the number of the command, what went wrong, what came of it. */
type Answer = readonly [1, number, { readonly message: string } | null, Said];

/** Commands and their answers, in frames of `length:JSON`. The greeting is no answer. */
function asking(socket: Socket): Ask {
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  let pending = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const colon = pending.indexOf(':');
      const end = colon + 1 + Number(pending.subarray(0, Math.max(colon, 0)));
      if (colon < 0 || pending.length < end) return;
      const frame: unknown = JSON.parse(pending.subarray(colon + 1, end).toString());
      pending = pending.subarray(end);
      if (Array.isArray(frame))
        waiting.get((frame as unknown as Answer)[1])?.(frame as unknown as Answer);
    }
  });
  socket.on('error', () => undefined); // whoever waits for an answer has a limit of time
  return async (command, parameters) => {
    last += 1;
    const id = last;
    const answered = new Promise<Answer>((answer) => waiting.set(id, answer));
    const frame = JSON.stringify([0, id, command, parameters]);
    socket.write(`${Buffer.byteLength(frame)}:${frame}`);
    const late = sleep(ANSWER_MS, null, { ref: false });
    const answer = await Promise.race([answered, late]);
    waiting.delete(id);
    if (answer === null) throw new Error(`Thunderbird did not answer: ${command}`);
    const [, , error, said] = answer;
    if (error !== null) throw new Error(`${command}: ${error.message}`);
    return said;
  };
}
