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
export const MAX_FILES = 20;

/** The body was too big, or had too many pieces. */
export const TOO_BIG = 'too-big';
/** What no browser sends from a form of ours. */
export const NOT_A_FORM = 'not-a-form';

export type FormResult = { readonly kind: 'form'; readonly form: Form } | { readonly kind: typeof TOO_BIG | typeof NOT_A_FORM };

/** Reads the body of a form, as `multipart/form-data` (RFC 7578) or URL-encoded; at most `maxBytes` of files in all. */
export async function readForm(request: FastifyRequest, maxBytes: number): Promise<FormResult> {
  if (!request.isMultipart()) return encodedForm(request.body);
  const fields = new Map<string, string[]>();
  const files: Upload[] = [];
  let left = maxBytes;
  try {
    for await (const part of request.parts({ limits: { fields: MAX_FIELDS, fieldSize: MAX_FIELD_BYTES, files: MAX_FILES, fileSize: maxBytes, parts: MAX_FIELDS + MAX_FILES } })) {
      if (part.type === 'field') {
        if (part.valueTruncated) return { kind: TOO_BIG };
        fields.set(part.fieldname, [...(fields.get(part.fieldname) ?? []), String(part.value)]);
        continue;
      }
      const bytes = await part.toBuffer();
      left -= bytes.length;
      if (left < 0) return { kind: TOO_BIG };
      if (bytes.length > 0 && part.filename !== '') files.push({ name: part.filename, mediaType: part.mimetype, bytes });
    }
  } catch (error) {
    if (isLimit(error)) return { kind: TOO_BIG };
    if (isClientFault(error)) return { kind: NOT_A_FORM };
    throw error;
  }
  return { kind: 'form', form: { fields, files } };
}

function isLimit(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === 413;
}

/** A broken or cut multipart body: busboy's own complaints carry no code. */
function isClientFault(error: unknown): boolean {
  return error instanceof Error && !('transient' in error);
}

function encodedForm(body: unknown): FormResult {
  const fields = new Map<string, string[]>();
  if (body === undefined || body === null) return { kind: 'form', form: { fields, files: [] } };
  if (typeof body !== 'object') return { kind: NOT_A_FORM };
  for (const [name, value] of Object.entries(body)) fields.set(name, (Array.isArray(value) ? value : [value]).map(String));
  return { kind: 'form', form: { fields, files: [] } };
}

/** The first value of a field, or an empty text. */
export function field(form: Form, name: string): string {
  return form.fields.get(name)?.[0] ?? '';
}

/** All values of a field. */
export function fieldsOf(form: Form, name: string): readonly string[] {
  return form.fields.get(name) ?? [];
}
