import type { DemoAccount } from './whole.ts';

/** A browser reduced to its cookies and its forms. */
export interface HttpVisitor {
  get(path: string): Promise<Response>;
  text(path: string): Promise<string>;
  /** Sends a form with the session's token. */
  post(
    path: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
  ): Promise<Response>;
  /** Sends files, as `multipart/form-data` (RFC 7578), and fields before them. */
  give(
    path: string,
    fields: Readonly<Record<string, string>>,
    files: readonly GivenFile[],
  ): Promise<Response>;
}

interface GivenFile {
  readonly field: string;
  readonly name: string;
  readonly bytes: Buffer;
  /** Its media type, as a browser says it; it says nothing where it knows none. */
  readonly type?: string;
}

/** Signs in as the page does. Throws when that fails. */
export async function visit(
  base: string,
  { address, password }: Pick<DemoAccount, 'address' | 'password'>,
): Promise<HttpVisitor> {
  const visitor = stranger(base);
  await visitor.text('/signin');
  const answer = await visitor.post('/signin', { address, password });
  if (answer.status !== 303) throw new Error(`sign-in answered ${answer.status}`);
  await visitor.text('/write');
  return visitor;
}

/** Somebody with no session yet; a form is sent with the token of the page that was read last. */
export function stranger(base: string): HttpVisitor {
  const cookies = new Map<string, string>();
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const answer = await fetch(`${base}${path}`, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie: [...cookies].map((one) => one.join('=')).join('; ') },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return answer;
  };
  let token = '';
  return {
    get: (path) => ask(path),
    async text(path) {
      const page = await (await ask(path)).text();
      token = tokenIn(page) || token;
      return page;
    },
    post: async (path, fields) =>
      ask(path, {
        method: 'POST',
        body: new URLSearchParams([
          ['csrf', token],
          ...Object.entries(fields).flatMap(([name, value]) =>
            typeof value === 'string' ? [[name, value]] : value.map((one) => [name, one]),
          ),
        ]),
      }),
    give(path, fields, files) {
      const form = new FormData();
      for (const [name, value] of Object.entries({ csrf: token, ...fields })) form.set(name, value);
      for (const { field, name, bytes, type = '' } of files)
        form.append(field, new Blob([new Uint8Array(bytes)], { type }), name);
      return ask(path, { method: 'POST', body: form });
    },
  };
}

function tokenIn(page: string): string {
  return /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
}

/** Numbers of the messages that a list shows, newest first. */
export function uidsIn(page: string): number[] {
  return [...page.matchAll(/class="msg" href="\/(?:mail\/[a-z]+|write)\/(\d+)"/g)].map((match) =>
    Number(match[1]),
  );
}

/** A password for a mail program of theirs, made on the page of devices. */
export async function devicePassword(base: string, account: DemoAccount): Promise<string> {
  const visitor = await visit(base, account);
  const devices = await visitor.post('/devices', { name: 'Téléphone', kind: 'other' });
  const password = /class="code-text" aria-label="[^"]*">([^<]+)</.exec(await devices.text())?.[1];
  if (password === undefined) throw new Error('the page of devices shows no password');
  return password;
}
