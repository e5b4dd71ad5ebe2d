import { get, request, type IncomingMessage } from 'node:http';
import { openWaiter, type Waiter } from './stack.ts';

interface Answer {
  readonly status: number;
  readonly cookies: readonly string[];
  readonly body: string;
}

const FORM = 'application/x-www-form-urlencoded';

/**
 * Signs in at the webmail as a browser does; gives the session's cookie. Rejects where the pages
 * don't let us in.
 */
export async function signIn(webPort: number, address: string, password: string): Promise<string> {
  const door = await ask(webPort, '/signin', { cookie: '' }, null);
  const csrf = /name="csrf" value="([^"]+)"/.exec(door.body)?.[1] ?? '';
  const form = new URLSearchParams({ csrf, language: 'fr', address, password }).toString();
  const signedIn = await ask(
    webPort,
    '/signin',
    {
      cookie: door.cookies.join('; '),
      'content-type': FORM,
      origin: `http://127.0.0.1:${webPort}`,
    },
    form,
  );
  const cookie = signedIn.cookies.find((each) => each.startsWith('__Host-preau='));
  if (signedIn.status !== 303 || cookie === undefined)
    throw new Error(`sign-in at the pages: ${signedIn.status}`);
  return cookie;
}

/** Makes a password for a device of this person, on the pages. */
export async function makeDevice(
  webPort: number,
  address: string,
  password: string,
): Promise<string> {
  const cookie = await signIn(webPort, address, password);
  const page = await ask(webPort, '/devices', { cookie }, null);
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const made = await ask(
    webPort,
    '/devices',
    { cookie, 'content-type': FORM, origin: `http://127.0.0.1:${webPort}` },
    new URLSearchParams({ csrf, name: 'Banc', kind: 'other' }).toString(),
  );
  const text = /aria-label="[^"]*">(\d+(?:-[a-z]{5}){6})</.exec(made.body)?.[1];
  if (text === undefined) throw new Error(`no password for a device: ${made.status}`);
  return text;
}

/** Signs in and waits on /events. */
export async function openWaitingPage(
  webPort: number,
  address: string,
  password: string,
): Promise<Waiter> {
  const cookie = await signIn(webPort, address, password);
  return new Promise((resolve, reject) => {
    const events = get(
      {
        port: webPort,
        host: '127.0.0.1',
        path: '/events',
        headers: { cookie, accept: 'text/event-stream' },
      },
      (response) => {
        if (response.statusCode !== 200)
          return reject(new Error(`/events: ${response.statusCode}`));
        const { waiter, announce } = openWaiter(() => events.destroy());
        response.setEncoding('utf8');
        response.on('error', () => {}); // closed by us
        response.on('data', (chunk: string) => {
          for (const line of chunk.split('\n')) if (line === 'event: mail') announce();
        });
        return resolve(waiter);
      },
    );
    events.on('error', reject);
    events.end();
  });
}

function ask(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
  form: string | null,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { port, host: '127.0.0.1', path, method: form === null ? 'GET' : 'POST', headers },
      (response) => {
        read(response).then(resolve, reject);
      },
    );
    asked.on('error', reject);
    asked.end(form ?? undefined);
  });
}

async function read(response: IncomingMessage): Promise<Answer> {
  const body = Buffer.concat((await response.toArray()) as Buffer[]).toString();
  const cookies = (response.headers['set-cookie'] ?? [])
    .map((each) => each.split(';')[0] ?? '')
    .filter((each) => !each.endsWith('='));
  return { status: response.statusCode ?? 0, cookies, body };
}
