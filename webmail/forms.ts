import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { Upload } from '../core/core.ts';

/** What a form brought, whatever its encoding. Fields keep their order; a name may come several times. */
export interface Form {
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly files: readonly Upload[];
}

/** Limits of one form; past them the answer is 413. */
export const MAX_FIELDS = 1500;
export const MAX_FIELD_BYTES = 1_000_000;
export const MAX_FIELDS_BYTES = 2 * MAX_FIELD_BYTES;
export const MAX_FILES = 20;

/** Bytes of the files of all forms that are in hand at one moment; a form that would go beyond `most` is put off. */
export interface Flight { bytes: number; readonly most: number }

/** The body was too big, or had too many pieces. */
export const TOO_BIG = 'too-big';
/** What no browser sends from a form of ours. */
export const NOT_A_FORM = 'not-a-form';
/** More files at once, of everybody together, than this process wants to hold. */
export const BUSY = 'busy';

/** `release` is to be called when the form has been dealt with. */
export type FormResult = { readonly kind: 'form'; readonly form: Form; release(): void } | { readonly kind: typeof TOO_BIG | typeof NOT_A_FORM | typeof BUSY };

/** The most bytes of files that one form may bring, and what all forms bring together. */
export interface Room { readonly maxBytes: number; readonly flight: Flight }

/** For forms without files, such as the door's. */
const NO_FILES: Room = { maxBytes: 0, flight: { bytes: 0, most: 0 } };

/** Reads the body of a form, as `multipart/form-data` (RFC 7578) or URL-encoded; at most `maxBytes` of files in all. */
export async function readForm(request: FastifyRequest, room: Room = NO_FILES): Promise<FormResult> {
  if (!request.isMultipart()) return encodedForm(request.body);
  const load = openLoad(room);
  try {
    const form = await readParts(request, load);
    if (typeof form === 'object') return { kind: 'form', form, release: load.release };
    load.release();
    dropRest(request);
    return { kind: form };
  } catch (error) {
    load.release();
    if (isLimit(error)) return { kind: TOO_BIG };
    if (isClientFault(error)) return { kind: NOT_A_FORM };
    throw error;
  }
}

/**
 * What somebody had typed whose session is over, to be given back to them: what stands before the files of a form. Of a file
 * nothing is kept, since anybody may send one. Empty where there was none, or too much.
 */
export async function readTyped(request: FastifyRequest): Promise<string> {
  if (!request.isMultipart()) {
    const read = encodedForm(request.body);
    return read.kind === 'form' ? field(read.form, 'text') : '';
  }
  let typed = '';
  try {
    for await (const part of request.parts({ limits: { fields: MAX_FIELDS, fieldSize: MAX_FIELD_BYTES, files: 1, fileSize: 0, parts: MAX_FIELDS } })) {
      if (part.type !== 'field') break;
      if (part.fieldname === 'text' && !part.valueTruncated) typed = String(part.value);
    }
  } catch (error) {
    if (!isLimit(error) && !isClientFault(error)) throw error;
  }
  dropRest(request);
  return typed;
}

/** The rest is heard and forgotten, within the server's time for a request: a browser that can't finish speaking doesn't show the answer. */
function dropRest({ raw }: FastifyRequest): void {
  raw.unpipe();
  raw.resume();
}

interface Load {
  readonly maxBytes: number;
  /** Counts bytes of a file before they are kept; why no more are, or null. */
  take(bytes: number): typeof TOO_BIG | typeof BUSY | null;
  release(): void;
}

function openLoad({ maxBytes, flight }: Room): Load {
  let held = 0;
  return {
    maxBytes,
    take(bytes) {
      if (held + bytes > maxBytes) return TOO_BIG;
      if (flight.bytes + bytes > flight.most) return BUSY;
      held += bytes;
      flight.bytes += bytes;
      return null;
    },
    release() {
      flight.bytes -= held;
      held = 0;
    },
  };
}

async function readParts(request: FastifyRequest, load: Load): Promise<Form | typeof TOO_BIG | typeof BUSY> {
  const fields = new Map<string, string[]>();
  const files: Upload[] = [];
  let fieldBytes = 0;
  for await (const part of request.parts({ limits: { fields: MAX_FIELDS, fieldSize: MAX_FIELD_BYTES, files: MAX_FILES, fileSize: load.maxBytes, parts: MAX_FIELDS + MAX_FILES } })) {
    if (part.type === 'field') {
      const value = String(part.value);
      fieldBytes += value.length;
      if (part.valueTruncated || fieldBytes > MAX_FIELDS_BYTES) return TOO_BIG;
      fields.set(part.fieldname, [...(fields.get(part.fieldname) ?? []), value]);
      continue;
    }
    const bytes = await readFile(part.file, load);
    if (!Buffer.isBuffer(bytes)) return bytes;
    if (bytes.length > 0 && part.filename !== '') files.push({ name: part.filename, mediaType: part.mimetype, bytes });
  }
  return { fields, files };
}

async function readFile(file: MultipartFile['file'], load: Load): Promise<Buffer | typeof TOO_BIG | typeof BUSY> {
  const pieces: Buffer[] = [];
  for await (const piece of file as AsyncIterable<Buffer>) {
    const why = load.take(piece.length);
    if (why !== null) return why;
    pieces.push(piece);
  }
  return file.truncated ? TOO_BIG : Buffer.concat(pieces);
}

function isLimit(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === 413;
}

/** A broken or cut multipart body: busboy's own complaints carry no code. */
function isClientFault(error: unknown): boolean {
  return error instanceof Error && !('transient' in error);
}

function encodedForm(body: unknown): FormResult {
  const release = (): void => {}; // an encoded form brings no file
  const fields = new Map<string, string[]>();
  if (body === undefined || body === null) return { kind: 'form', form: { fields, files: [] }, release };
  if (typeof body !== 'object') return { kind: NOT_A_FORM };
  for (const [name, value] of Object.entries(body)) fields.set(name, (Array.isArray(value) ? value : [value]).map(String));
  return { kind: 'form', form: { fields, files: [] }, release };
}

/** The first value of a field, or an empty text. */
export function field(form: Form, name: string): string {
  return form.fields.get(name)?.[0] ?? '';
}

/** All values of a field. */
export function fieldsOf(form: Form, name: string): readonly string[] {
  return form.fields.get(name) ?? [];
}
