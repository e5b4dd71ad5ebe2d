import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { HOST, type Guest } from './guest.ts';

/** A file that somebody gives a form. */
export interface PostedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

interface GivenForm {
  readonly url: string;
  /** The page that it stands on. */
  readonly page: string;
  readonly file: PostedFile;
}

/** Sends a file as a page's own form does, its hidden fields before it. */
export function bringFile(
  app: FastifyInstance,
  { cookies }: Guest,
  { url, page, file }: GivenForm,
): Promise<LightMyRequestResponse> {
  const hidden = [...page.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
  const part = (head: string, body: Buffer | string) =>
    Buffer.concat([
      Buffer.from(`--xx\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      Buffer.from(body),
      Buffer.from('\r\n'),
    ]);
  return app.inject({
    method: 'POST',
    url: new URL(url, 'http://x').pathname,
    headers: {
      host: HOST,
      cookie: [...cookies].map((one) => one.join('=')).join('; '),
      'content-type': 'multipart/form-data; boundary=xx',
    },
    payload: Buffer.concat([
      ...hidden.map(([, name = '', value = '']) => part(`name="${name}"`, value)),
      part(`name="file"; filename="${file.name}"`, file.bytes),
      Buffer.from('--xx--\r\n'),
    ]),
  });
}
