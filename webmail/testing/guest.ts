import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { DEMO_PASSWORD } from '../../cli/demo/seed.ts';

/** The Host that `config` of the tests lets in, before a port is listened on. */
export const HOST = '127.0.0.1:0';

/** A browser reduced to its cookies, its forms' tokens and its headers. */
export interface Guest {
  readonly cookies: Map<string, string>;
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<LightMyRequestResponse>;
  post(
    url: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<LightMyRequestResponse>;
  /** The token of the form on a page. */
  csrf(url: string): Promise<string>;
}

/** Somebody with no session yet. */
export function guest(app: FastifyInstance): Guest {
  const cookies = new Map<string, string>();
  const keep = (answer: LightMyRequestResponse): LightMyRequestResponse => {
    for (const { name, value } of answer.cookies)
      value === '' ? cookies.delete(name) : cookies.set(name, value);
    return answer;
  };
  const headers = (more: Readonly<Record<string, string>>) => ({
    host: HOST,
    cookie: [...cookies].map((one) => one.join('=')).join('; '),
    ...more,
  });
  const self: Guest = {
    cookies,
    get: async (url, more = {}) => keep(await app.inject({ url, headers: headers(more) })),
    async post(url, fields, more = {}) {
      const body = new URLSearchParams(
        Object.entries(fields).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value]] : value.map((one) => [name, one]),
        ),
      );
      return keep(
        await app.inject({
          method: 'POST',
          url,
          headers: headers({ 'content-type': 'application/x-www-form-urlencoded', ...more }),
          payload: body.toString(),
        }),
      );
    },
    csrf: async (url) => tokenIn((await self.get(url)).body),
  };
  return self;
}

export function tokenIn(page: string): string {
  return /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
}

/** Signs in as the page does: the form is fetched first. */
export async function signedIn(app: FastifyInstance, address: string): Promise<Guest> {
  const self = guest(app);
  const csrf = await self.csrf('/signin');
  await self.post('/signin', { csrf, address, password: DEMO_PASSWORD });
  return self;
}
