/** Bodies of forms that no browser sends, read as the pages read them. */
import { Readable } from 'node:stream';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { passwordFault } from '../../../core/entry/codes/password-rule.ts';
import { readSigns } from '../../../core/entry/codes/signs.ts';
import { canonicalAddress } from '../../../core/ground/address.ts';
import { folded } from '../../../core/ground/folding.ts';
import { lookAgain } from '../../../core/letters/second-look/letter.ts';
import { badPath, normalPath } from '../../../core/mail/mailboxes/paths.ts';
import { entryKey } from '../../../core/mail/sites/site-keys.ts';
import { readName } from '../../../core/town/town/fields.ts';
import { hereOf } from '../../../webmail/here.ts';
import { encodedFields } from '../../../webmail/http/encoded-fields.ts';
import { LONG_FIELD_CHARS } from '../../../webmail/http/fields.ts';
import { MAX_FIELDS, MAX_FIELDS_BYTES, readForm, type Form } from '../../../webmail/http/forms.ts';
import { openTally } from '../../../webmail/http/peers.ts';
import { noteTyped } from '../../../webmail/http/typed.ts';
import type { UploadFolder } from '../../../webmail/http/uploads.ts';
import { uuidOf } from '../../../webmail/ids.ts';
import { tokensOf } from '../../../webmail/pages/search/grammar.ts';
import { wordsMark, writingIn } from '../../../webmail/pages/writing/letter-form.ts';
import { typedRecipients } from '../../../webmail/pages/writing/suggestions.ts';
import { READERS_OF_WIRES } from '../../growth/readers-of-wires.ts';
import type { Call, FuzzedKind } from './fuzzing.ts';
import { mutated, type Material } from './mutations.ts';

const ENCODED = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data; boundary=xxxx';
const WRITER = { audience: 'adult', names: ['Claire Lefèvre'], school: ['Valmont'] } as const;
const MOST_SEARCHED = 200;
const FILE_BYTES = 26_214_400;
/** Node reads no more at once. */
const SOCKET_BYTES = 65_536;

/** Hears a file and keeps nothing of it. */
const HEARD: UploadFolder = {
  async keep(from) {
    for await (const _ of from);
    return null;
  },
};

interface Body {
  readonly type: string;
  readonly payload: Buffer;
}

/** Fuzzed bodies of both encodings, as the server of the pages parses them. */
export async function fuzzedForms(): Promise<FuzzedKind<Body>> {
  const read = await openForms();
  const encoded = material(ENCODED_SAMPLES);
  const parted = material(MULTIPART_SAMPLES);
  return {
    title: 'forms',
    apart: [],
    make(random) {
      const isEncoded = random.between(0, 1) === 0;
      return {
        type: isEncoded ? ENCODED : MULTIPART,
        payload: mutated(random, isEncoded ? encoded : parted),
      };
    },
    async read(body, call) {
      const form = await call('readForm', () => read(body));
      if (form !== null) await readFields(form, call);
    },
  };
}

/** Reads a body as the server does; null for one that is refused as no form, or too much. */
async function openForms(): Promise<(body: Body) => Promise<Form | null>> {
  const app: FastifyInstance = fastify({ bodyLimit: FILE_BYTES });
  await app.register(formbody, {
    bodyLimit: MAX_FIELDS_BYTES,
    parser: (body) => ({ ...encodedFields(body, MAX_FIELDS) }),
  });
  await app.register(multipart, { throwFileSizeLimit: false });
  let last: Form | null = null;
  app.post('/', async (request) => {
    last = await formOf(request);
    return {};
  });
  return async ({ type, payload }) => {
    last = null;
    const headers = { 'content-type': type };
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/',
      headers,
      payload: Readable.from(asRead(payload)),
    });
    if (statusCode >= 500) throw new Error(`a form was answered by ${statusCode}`);
    return last;
  };
}

/**
 * In pieces as a socket gives them. In one, a part without Content-Disposition that is longer than
 * a stream's buffer would keep @fastify/busboy waiting for itself.
 */
function* asRead(payload: Buffer): Generator<Buffer> {
  for (let at = 0; at < payload.length; at += SOCKET_BYTES)
    yield payload.subarray(at, at + SOCKET_BYTES);
}

async function formOf(request: FastifyRequest): Promise<Form | null> {
  const peer = {
    key: 'a',
    connections: 9,
    requests: 9,
    streams: 9,
    formBytes: FILE_BYTES,
    fileBytes: FILE_BYTES,
  };
  const room = { maxBytes: FILE_BYTES, folder: HEARD, flight: openTally(FILE_BYTES), peer };
  const read = await readForm(request, room);
  if (read.kind !== 'form') return null;
  noteTyped(request, read.fields);
  const form = await read.load();
  await read.release();
  return form;
}

/** Each field as the pages that have it read it. */
async function readFields(form: Form, call: Call): Promise<void> {
  const long = fitting(() => form.fields.first('text', LONG_FIELD_CHARS));
  const short = fitting(() => form.fields.first('subject'));
  await call('writingIn', () => {
    const writing = fitting(() => writingIn(form), null);
    return writing && wordsMark(writing);
  });
  await call('lookAgain', () => lookAgain({ subject: short, text: long }, null));
  for (const text of [short, fitting(() => form.fields.all('to').join(', ')), long.slice(0, 200)]) {
    await call('typedRecipients', () => typedRecipients(text));
    await call('fields', () => [
      canonicalAddress(text),
      passwordFault(text, WRITER),
      readSigns(text, 8),
      readName(text),
      folded(text),
      badPath(normalPath(text)),
      entryKey(text),
      hereOf(text),
      uuidOf(text),
      tokensOf(text.slice(0, MOST_SEARCHED)),
    ]);
  }
}

/** What a field says; nothing where it is longer than its page has it, which is a 413. */
function fitting(read: () => string): string;
function fitting<T>(read: () => T, without: T): T;
function fitting<T>(read: () => T, without?: T): T | string {
  try {
    return read();
  } catch (error) {
    const isTooLong = error instanceof Error && 'statusCode' in error && error.statusCode === 413;
    if (isTooLong) return without ?? '';
    throw error;
  }
}

const FIELDS = {
  csrf: '6f7d5c1e-0000-4000-8000-000000000000',
  to: 'Claire Lefèvre <claire.lefevre@ecoles.fr>, tom@ecoles.fr',
  cc: '',
  subject: 'Re: la visite du musée',
  text: 'Bonjour,\r\n\r\nhttps://musee.test/a?b=c, 06 12 34 56 78.\r\n> À mardi ! Tu es nul.\r\n',
  answers: 'sender',
  'answer-mailbox': '3',
  'answer-uid': '12',
  session: '6f7d5c1e-0000-4000-8000-000000000000',
};

const ENCODED_SAMPLES = [
  new URLSearchParams(FIELDS).toString(),
  new URLSearchParams({ subject: 'x', text: 'y'.repeat(500) }).toString(),
  'signature=+++++&words=%20%20&from=2026-11-30&until=2026-12-02',
  '',
];

const part = (name: string, value: string, more = ''): string =>
  `--xxxx\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;

const NAMED = '; filename="é.txt"\r\nContent-Type: text/plain';
const MULTIPART_SAMPLES = [
  `${Object.entries(FIELDS)
    .map(([name, value]) => part(name, value))
    .join('')}--xxxx--\r\n`,
  `${part('text', 'Bonjour')}${part('file', 'Bonjour', NAMED)}--xxxx--\r\n`,
];

const WORDS = [
  '&',
  '=',
  '+',
  '%',
  '%C3%A9',
  '%00',
  '&text=',
  '&subject=',
  '&to=',
  '\r\n',
  '--xxxx',
  '--xxxx--\r\n',
  'Content-Disposition: form-data; name="text"\r\n\r\n',
  '; filename="',
  "; filename*=utf-8''",
  'Content-Type: text/plain; charset=',
  'Content-Transfer-Encoding: base64\r\n',
  '\u00CC\u0081',
  '\u00E2\u0080\u008B',
  'tu es nul',
  'https://',
  ' @ ',
];

function material(samples: readonly string[]): Material {
  return {
    samples: samples.map((text) => Buffer.from(text)),
    words: [...WORDS, ...READERS_OF_WIRES.flatMap(({ units = [] }) => units)],
  };
}
