/** Whose fault it is that a form can't be read: the visitor’s, or ours. */
import multipart from '@fastify/multipart';
import fastify from 'fastify';
import { expect, it } from 'vitest';
import { readFields, readForm, type UploadBudget } from './forms.ts';
import { openTally } from './peers.ts';
import type { UploadFolder } from './uploads.ts';

const FORM_DATA = 'multipart/form-data; boundary=xxxx';
const FILE_HEAD =
  '--xxxx\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n';
const WHOLE = `${FILE_HEAD}Bonjour\r\n--xxxx--\r\n`;

function roomWith(keep: UploadFolder['keep']): UploadBudget {
  const peer = {
    key: 'a',
    connections: 9,
    requests: 9,
    streams: 9,
    formBytes: 1e6,
    fileBytes: 1e6,
  };
  return { maxBytes: 1e6, folder: { keep }, flight: openTally(1e6), peer };
}
/** Hears a file and keeps nothing of it. */
const heard: UploadFolder['keep'] = async (from) => {
  for await (const _ of from);
  return null;
};

/** What became of a form: its kind, or what was thrown. */
async function read(
  body: string,
  { type = FORM_DATA, keep = heard }: { type?: string; keep?: UploadFolder['keep'] } = {},
): Promise<unknown> {
  const app = fastify();
  await app.register(multipart, { throwFileSizeLimit: false });
  let seen: unknown = null;
  app.post('/', async (request) => {
    const result = await readForm(request, roomWith(keep)).catch((error: unknown) => error);
    seen = result instanceof Error ? result : (result as { readonly kind: string }).kind;
    return {};
  });
  await app.inject({ method: 'POST', url: '/', headers: { 'content-type': type }, payload: body });
  await app.close();
  return seen;
}

it.each([
  { when: 'a whole form', body: WHOLE, then: 'form' },
  { when: 'a form cut in its file', body: `${FILE_HEAD}Bon`, then: 'not-a-form' },
  { when: 'a form cut in a head', body: FILE_HEAD.slice(0, 40), then: 'not-a-form' },
  { when: 'no boundary', body: WHOLE, type: 'multipart/form-data', then: 'not-a-form' },
  {
    when: 'a boundary longer than any',
    body: WHOLE,
    type: `multipart/form-data; boundary=${'x'.repeat(300)}`,
    then: 'not-a-form',
  },
  {
    when: 'a field named as what every object has',
    body: WHOLE.replace('name="file"', 'name="toString"'),
    then: 'not-a-form',
  },
])('$when: $then', async ({ body, type, then }) => {
  expect(await read(body, type === undefined ? {} : { type })).toBe(then);
});

it.each([
  { what: 'a TypeError', error: new TypeError('x is not a function') },
  { what: 'a full disk', error: Object.assign(new Error('no space'), { code: 'ENOSPC' }) },
])('$what of ours is thrown, not called the visitor’s fault', async ({ error }) => {
  expect(await read(WHOLE, { keep: () => Promise.reject(error) })).toBe(error);
});

it('so is one while the fields of a form are read whose session is over', async () => {
  const fault = new TypeError('x is not a function');
  const request = {
    isMultipart: () => true,
    parts() {
      throw fault;
    },
  } as unknown as Parameters<typeof readFields>[0];
  await expect(readFields(request)).rejects.toBe(fault);
});
