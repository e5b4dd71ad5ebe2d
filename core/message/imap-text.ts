/**
 * ENVELOPE, BODY and BODYSTRUCTURE as FETCH says them (RFC 9051 §7.5.2, §9), made once at delivery, so that no FETCH looks
 * at a message's bytes. Header values are the ones of the message, unfolded but not decoded: mail programs decode them.
 * Without 8-bit characters all is ASCII; with them a string goes as a literal, which every session may be sent.
 */
import { cut } from './clean.ts';
import { fieldValue, fieldValues, readHeader } from './header.ts';
import type { Header } from './header.ts';
import { wireAddresses } from './imap-addresses.ts';
import type { WireAddress } from './imap-addresses.ts';
import { imapNString, imapString } from './imap-string.ts';
import { ADDRESSES, PARAMETERS, WIRE_CHARACTERS } from './limits.ts';
import type { Part } from './message.ts';
import { rawParameters } from './parameters.ts';

export interface ImapText {
  readonly envelope: string;
  readonly body: string;
  readonly bodyStructure: string;
}

/** The three texts, each with its parentheses, from a message's bytes and the structure that the walker found in them. */
export function imapText(raw: Buffer, structure: Part): ImapText {
  return {
    envelope: envelopeText(headerOf(raw, structure)),
    body: bodyText(raw, structure, 'basic'),
    bodyStructure: bodyText(raw, structure, 'extended'),
  };
}

type Detail = 'basic' | 'extended';

/** The walker has read this header already and found where it ends: it can't be refused now. */
function headerOf(raw: Buffer, part: Part): Header {
  const result = readHeader(raw, part.headerStart, part.bodyStart);
  return result.kind === 'header' ? result.header : { fields: [], bodyStart: part.bodyStart, end: part.bodyStart, oddities: [] };
}

/** RFC 9051 §7.5.2: an absent or empty Sender or Reply-To is From. */
function envelopeText(header: Header): string {
  const from = addressesText(header, 'from');
  const orFrom = (name: string): string => { const text = addressesText(header, name); return text === 'NIL' ? from : text; };
  return `(${[
    fieldText(header, 'date'), fieldText(header, 'subject'), from, orFrom('sender'), orFrom('reply-to'),
    addressesText(header, 'to'), addressesText(header, 'cc'), addressesText(header, 'bcc'),
    fieldText(header, 'in-reply-to'), fieldText(header, 'message-id'),
  ].join(' ')})`;
}

function fieldText(header: Header, name: string): string {
  const value = fieldValue(header, name);
  return imapNString(value === null ? null : cut(value, WIRE_CHARACTERS));
}

function addressesText(header: Header, name: string): string {
  const addresses = fieldValues(header, name).flatMap(wireAddresses).slice(0, ADDRESSES);
  return addresses.length === 0 ? 'NIL' : `(${addresses.map(addressText).join('')})`;
}

function addressText({ name, route, mailbox, host }: WireAddress): string {
  return `(${imapNString(name)} ${imapNString(route)} ${imapNString(mailbox)} ${imapNString(host)})`;
}

/** RFC 9051 §9 `body`. */
function bodyText(raw: Buffer, part: Part, detail: Detail): string {
  const header = headerOf(raw, part);
  return part.parts.length > 0 ? multipartText(raw, part, header, detail) : onePartText(raw, part, header, detail);
}

/** `body-type-mpart`: body parameters, disposition, language, location are its extension data. */
function multipartText(raw: Buffer, part: Part, header: Header, detail: Detail): string {
  const parts = part.parts.map((inner) => bodyText(raw, inner, detail)).join('');
  const basic = `${parts} ${imapString(part.subtype)}`;
  return detail === 'basic' ? `(${basic})` : `(${basic} ${parametersText(fieldValue(header, 'content-type'))} ${extension(part, header)})`;
}

/** `body-type-1part`: its extension data begin with the MD5. */
function onePartText(raw: Buffer, part: Part, header: Header, detail: Detail): string {
  const fields = [
    imapString(part.type), imapString(part.subtype), parametersText(fieldValue(header, 'content-type')),
    fieldText(header, 'content-id'), fieldText(header, 'content-description'), imapString(part.encoding), String(part.bodyEnd - part.bodyStart),
  ];
  if (part.message) fields.push(envelopeText(headerOf(raw, part.message.structure)), bodyText(raw, part.message.structure, detail));
  if (part.message || part.type === 'text') fields.push(String(part.lines));
  if (detail === 'extended') fields.push(fieldText(header, 'content-md5'), extension(part, header));
  return `(${fields.join(' ')})`;
}

/** `body-fld-dsp`, `body-fld-lang`, `body-fld-loc`. */
function extension(part: Part, header: Header): string {
  const disposition = part.disposition ? `(${imapString(part.disposition.type)} ${parametersText(fieldValue(header, 'content-disposition'))})` : 'NIL';
  const language = part.language.length === 0 ? 'NIL' : `(${part.language.map(imapString).join(' ')})`;
  return `${disposition} ${language} ${fieldText(header, 'content-location')}`;
}

function parametersText(value: string | null): string {
  const params = value === null ? [] : rawParameters(value).slice(0, PARAMETERS);
  return params.length === 0 ? 'NIL' : `(${params.map(([name, text]) => `${imapString(name)} ${imapString(cut(text, WIRE_CHARACTERS))}`).join(' ')})`;
}
