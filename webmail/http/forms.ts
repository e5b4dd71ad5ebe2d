import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { errorCode } from '../../core/ground/fault.ts';
import type { LyingFile, Upload } from '../../core/mail/writing/contract.ts';
import type { EncodedFields } from './encoded-fields.ts';
import { fieldsFrom, LONG_FIELD_CHARS, type Fields } from './fields.ts';
import type { Peer, PeerTally } from './peers.ts';
import {
  BUSY,
  EMPTY,
  TOO_BIG,
  TOO_MANY,
  type KeptFile,
  type NotKept,
  type UploadFolder,
} from './uploads.ts';

/** What a form brought, whatever its encoding. */
export interface Form {
  readonly fields: Fields;
  readonly files: readonly Upload[];
  /** Of a form that is read by pieces: its files where they lie until it has been dealt with. */
  readonly lying: readonly LyingFile[];
  /** Files that were not kept, and why. */
  readonly leftOut: readonly SkippedFile[];
}

interface SkippedFile {
  readonly name: string;
  readonly why: NotKept | typeof EMPTY;
}

/** Limits of one form; past them the answer is 413. */
export const MAX_FIELDS = 1500;
const MAX_FIELD_BYTES = LONG_FIELD_CHARS;
export const MAX_FIELDS_BYTES = 2 * MAX_FIELD_BYTES;
export const MAX_FILES = 20;
/** More are no form of ours; of those beyond `MAX_FILES` it is said that they were too many. */
const MAX_FILE_PARTS = 200;

/** What no browser sends from a form of ours. */
export const NOT_A_FORM = 'not-a-form';

/** A form whose files are still on disk. */
export interface ReadForm {
  readonly kind: 'form';
  readonly fields: Form['fields'];
  readonly leftOut: readonly SkippedFile[];
  readonly fileBytes: number;
  /** The form with its files in memory. */
  load(): Promise<Form>;
  /** The form with its files on the disk. */
  lie(): Form;
  /** To be called when the form has been dealt with. */
  release(): Promise<void>;
}

/** `fields`: those that could be read all the same. */
type FormResult =
  | ReadForm
  | { readonly kind: typeof TOO_BIG | typeof NOT_A_FORM; readonly fields: Form['fields'] };

/**
 * Where files of a form go: the most bytes that one form may bring, and what all forms of a peer
 * and of all bring together.
 */
export interface UploadBudget {
  readonly maxBytes: number;
  readonly folder: UploadFolder;
  readonly flight: PeerTally;
  readonly peer: Peer;
}

/**
 * Reads the body of a form, as `multipart/form-data` (RFC 7578) or URL-encoded; without `room`, one
 * that brings no files.
 */
export async function readForm(
  request: FastifyRequest,
  room: UploadBudget | null = null,
): Promise<FormResult> {
  if (!request.isMultipart()) return encodedForm(request.body);
  const fields = new Map<string, string[]>();
  const load = openLoad(room);
  try {
    const read = await readParts(request, fields, load);
    if (typeof read === 'object')
      return {
        kind: 'form',
        fields: fieldsFrom(fields),
        ...read,
        load: () => load.form(fieldsFrom(fields), read.leftOut),
        lie: () => load.lying(fieldsFrom(fields), read.leftOut),
        release: load.release,
      };
    await load.release();
    dropRest(request);
    return { kind: read, fields: fieldsFrom(fields) };
  } catch (error) {
    await load.release();
    if (isLimit(error)) {
      dropRest(request);
      return { kind: TOO_BIG, fields: fieldsFrom(fields) };
    }
    if (isClientFault(error)) return { kind: NOT_A_FORM, fields: fieldsFrom(fields) };
    throw error;
  }
}

/**
 * The fields of a form of somebody whose session is over, so that what they typed can be given
 * back: those that stand before its files. Of a file nothing is kept, since anybody may send one.
 * None where there was too much.
 */
export async function readFields(request: FastifyRequest): Promise<Form['fields']> {
  if (!request.isMultipart()) return encodedForm(request.body).fields;
  const fields = new Map<string, string[]>();
  try {
    for await (const part of request.parts({
      limits: {
        fields: MAX_FIELDS,
        fieldSize: MAX_FIELD_BYTES,
        files: 1,
        fileSize: 0,
        parts: MAX_FIELDS,
      },
    })) {
      if (part.type !== 'field') break;
      if (!part.valueTruncated)
        fields.set(part.fieldname, [...(fields.get(part.fieldname) ?? []), String(part.value)]);
    }
  } catch (error) {
    if (!isLimit(error) && !isClientFault(error)) throw error;
  }
  dropRest(request);
  return fieldsFrom(fields);
}

/**
 * The rest is heard and forgotten, within the server's time for a request: a browser that can't
 * finish speaking doesn't show the answer.
 */
function dropRest({ raw }: FastifyRequest): void {
  raw.unpipe();
  raw.resume();
}

interface Load {
  readonly maxBytes: number;
  /** Keeps a file, or says why not. */
  keep(part: MultipartFile): Promise<SkippedFile['why'] | null>;
  bytes(): number;
  form(fields: Form['fields'], leftOut: readonly SkippedFile[]): Promise<Form>;
  lying(fields: Form['fields'], leftOut: readonly SkippedFile[]): Form;
  release(): Promise<void>;
}

function openLoad(room: UploadBudget | null): Load {
  const files: KeptFile[] = [];
  const maxBytes = room?.maxBytes ?? 0;
  let held = 0;

  function take(bytes: number): NotKept | null {
    if (files.length >= MAX_FILES) return TOO_MANY;
    if (room === null || held + bytes > maxBytes) return TOO_BIG;
    if (room.flight.take(room.peer.key, room.peer.fileBytes, bytes) !== null) return BUSY;
    held += bytes;
    return null;
  }

  function giveBack(bytes: number): void {
    room?.flight.giveBack(room.peer.key, bytes);
    held -= bytes;
  }

  return {
    maxBytes,
    async keep({ file, filename, mimetype }) {
      if (room === null) return TOO_BIG;
      const before = held;
      const kept = await room.folder.keep(file, {
        name: filename,
        mediaType: mimetype,
        take,
      });
      const whole = file.truncated ? TOO_BIG : kept;
      if (typeof whole === 'object' && whole !== null && filename !== '') {
        files.push(whole);
        return null;
      }
      if (typeof kept === 'object') await kept?.close();
      giveBack(held - before);
      if (typeof whole === 'string') return whole;
      // A field in which nothing was chosen has no name, whatever the types say.
      return whole === null && filename ? EMPTY : null;
    },
    bytes: () => held,
    async form(fields, leftOut) {
      const uploads: Upload[] = [];
      for (const one of files)
        uploads.push({ name: one.name, mediaType: one.mediaType, bytes: await one.read() });
      return { fields, leftOut, files: uploads, lying: [] };
    },
    lying(fields, leftOut) {
      const lying = files.map(({ name, mediaType, sizeBytes, pieces }) => ({
        name,
        mediaType,
        pieces: { sizeBytes, read: pieces },
      }));
      return { fields, leftOut, files: [], lying };
    },
    async release() {
      giveBack(held);
      await Promise.all(files.splice(0).map((one) => one.close()));
    },
  };
}

async function readParts(
  request: FastifyRequest,
  fields: Map<string, string[]>,
  load: Load,
): Promise<Pick<ReadForm, 'leftOut' | 'fileBytes'> | typeof TOO_BIG> {
  const leftOut: SkippedFile[] = [];
  const limits = {
    fields: MAX_FIELDS,
    fieldSize: MAX_FIELD_BYTES,
    files: MAX_FILE_PARTS,
    fileSize: load.maxBytes,
    parts: MAX_FIELDS + MAX_FILE_PARTS,
  };
  let fieldBytes = 0;
  for await (const part of request.parts({ limits })) {
    if (part.type === 'file') {
      const why = await load.keep(part);
      if (why !== null && load.maxBytes === 0) return TOO_BIG;
      if (why !== null) leftOut.push({ name: part.filename, why });
      continue;
    }
    const value = String(part.value);
    fieldBytes += value.length;
    if (!part.valueTruncated || part.fieldname === TYPED_LONG)
      fields.set(part.fieldname, [...(fields.get(part.fieldname) ?? []), value]);
    if (part.valueTruncated || fieldBytes > MAX_FIELDS_BYTES) return TOO_BIG;
  }
  return { leftOut, fileBytes: load.bytes() };
}
/** Of a text that is too long what could be read is given back. */
const TYPED_LONG = 'text';

function isLimit(error: unknown): boolean {
  return errorCode(error) !== '' && statusOf(error) === 413;
}

/**
 * A multipart body that is broken, or cut because the visitor went away: what the parser and the
 * streams between say of it. Anything else is a fault of ours.
 */
function isClientFault(error: unknown): boolean {
  const code = errorCode(error);
  if (code === '') return error instanceof Error && BUSBOY_SAYS.test(error.message);
  const status = statusOf(error);
  return CUT.has(code) || (PLUGINS_OWN.test(code) && status >= 400 && status < 500);
}
/** busboy’s own complaints carry no code. */
const BUSBOY_SAYS =
  /^(Multipart: Boundary not found|Unexpected end of multipart data|\w+ terminated early due to unexpected end of multipart data|The needle cannot .*|Unsupported Content-Type\.)$/;
const PLUGINS_OWN = /^FST_/;
/** Node’s codes for a request that ended before its body. */
const CUT: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ABORT_ERR',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

const statusOf = (error: unknown): number =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 0;

/** Of what `encodedFields` read; a form without a body has no fields. */
function encodedForm(body: unknown): FormResult {
  if (body !== undefined && body !== null && typeof body !== 'object')
    return { kind: NOT_A_FORM, fields: fieldsFrom(new Map()) };
  const { values = new Map() }: Partial<EncodedFields> = body ?? {};
  if (values === 'too-many') return { kind: TOO_BIG, fields: fieldsFrom(new Map()) };
  const fields = fieldsFrom(values);
  // An encoded form brings no file.
  return {
    kind: 'form',
    fields,
    leftOut: [],
    fileBytes: 0,
    load: async () => ({ fields, files: [], lying: [], leftOut: [] }),
    lie: () => ({ fields, files: [], lying: [], leftOut: [] }),
    release: async () => undefined,
  };
}

/** The first value of a field, or an empty text; one that may be long says how long. */
export function field(form: Pick<Form, 'fields'>, name: string, mostChars?: number): string {
  return form.fields.first(name, mostChars);
}

/**
 * A text of some lines: a browser ends each with two characters and counts one, as `maxlength` does
 * (HTML, The textarea element).
 */
export function linesOf(form: Pick<Form, 'fields'>, name: string, mostChars?: number): string {
  return field(form, name, mostChars).replace(/\r\n?/g, '\n');
}

/** All values of a field. */
export function fieldsOf(form: Pick<Form, 'fields'>, name: string): readonly string[] {
  return form.fields.all(name);
}
