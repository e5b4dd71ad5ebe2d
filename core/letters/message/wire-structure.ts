/**
 * BODY and BODYSTRUCTURE as they go over the wire (RFC 9051 §7.5.2), made once, at delivery, from
 * the structure and its headers.
 */
import { fieldValue, readHeader, type Header } from './header.ts';
import type { Part } from './message.ts';
import { rawParameters } from './parameters.ts';
import { nstring, quoted, wireEnvelope } from './wire-envelope.ts';

/** BODY (without extension data) and BODYSTRUCTURE of a message. */
export function wireStructure(
  raw: Buffer,
  structure: Part,
): { readonly body: string; readonly bodyStructure: string } {
  return {
    body: bodyOf(raw, structure, 'basic'),
    bodyStructure: bodyOf(raw, structure, 'extended'),
  };
}

type Form = 'basic' | 'extended';

function bodyOf(raw: Buffer, part: Part, form: Form): string {
  return part.parts.length > 0 ? multipart(raw, part, form) : single(raw, part, form);
}

function multipart(raw: Buffer, part: Part, form: Form): string {
  const header = headerOf(raw, part);
  const children = part.parts.map((child) => bodyOf(raw, child, form)).join('');
  const extension =
    form === 'extended'
      ? ` ${params(header, 'content-type')} ${disposition(part, header)} ${language(part)} ${nstring(part.location)}`
      : '';
  return `(${children} ${quoted(part.subtype.toUpperCase())}${extension})`;
}

function single(raw: Buffer, part: Part, form: Form): string {
  const header = headerOf(raw, part);
  const type = [part.type, part.subtype].map((word) => quoted(word.toUpperCase())).join(' ');
  const fields = [
    type,
    params(header, 'content-type', part.type === 'text' ? NO_TYPE : 'NIL'),
    nstring(part.id),
    nstring(header && fieldValue(header, 'content-description')),
    quoted(part.encoding.toUpperCase()),
    String(part.bodyEnd - part.bodyStart),
  ];
  if (part.message) {
    const inner = readHeader(raw, part.bodyStart, part.bodyEnd);
    fields.push(
      inner.kind === 'header' ? wireEnvelope(inner.header) : NO_ENVELOPE,
      bodyOf(raw, part.message.structure, form),
      String(part.lines),
    );
  } else if (part.type === 'text') fields.push(String(part.lines));
  if (form === 'extended')
    fields.push(
      nstring(part.md5),
      disposition(part, header),
      language(part),
      nstring(part.location),
    );
  return `(${fields.join(' ')})`;
}

const NO_ENVELOPE = `(${Array.from({ length: 10 }, () => 'NIL').join(' ')})`;

function headerOf(raw: Buffer, part: Part): Header | null {
  const read = readHeader(raw, part.headerStart, part.bodyStart);
  return read.kind === 'header' ? read.header : null;
}

/**
 * Parameters as they stand in the field: pieces and charsets of RFC 2231 are the client's to put
 * together.
 */
function params(header: Header | null, field: string, without = 'NIL'): string {
  const value = header && fieldValue(header, field);
  if (value === null) return without;
  const all = rawParameters(value);
  return all.length === 0
    ? 'NIL'
    : `(${all.map(([name, text]) => `${quoted(name.toUpperCase())} ${quoted(text)}`).join(' ')})`;
}

/**
 * RFC 2045 §5.2: what names no type is text/plain in US-ASCII; in a digest a message (RFC 2046
 * §5.1.5), which has no charset.
 */
const NO_TYPE = '("CHARSET" "us-ascii")';

function disposition(part: Part, header: Header | null): string {
  return part.disposition
    ? `(${quoted(part.disposition.type.toUpperCase())} ${params(header, 'content-disposition')})`
    : 'NIL';
}

function language(part: Part): string {
  if (part.language.length === 0) return 'NIL';
  return part.language.length === 1
    ? quoted(part.language[0] ?? '')
    : `(${part.language.map(quoted).join(' ')})`;
}
