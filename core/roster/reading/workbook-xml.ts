import { SaxesParser } from 'saxes';
import type { FileReason } from '../reason-names.ts';
import { XML_ATTRIBUTES, XML_DEPTH } from './limits.ts';

/** Ends the reading of a workbook: nothing of it is used. */
export class WorkbookStop extends Error {
  readonly reason: FileReason;
  /** The sheet's row that it was met in. */
  readonly line: number;
  /** The name of a cell, `XFD1`. */
  readonly cell: string | null;

  constructor(reason: FileReason, line = 1, cell: string | null = null) {
    super(reason);
    this.reason = reason;
    this.line = line;
    this.cell = cell;
  }
}

/** The attributes of an element, without the prefixes of namespaces. */
export type XmlAttributes = Readonly<Record<string, string | undefined>>;

/** What is told of a part of a workbook while it is read; names are without prefixes. */
interface XmlListener {
  readonly open: (name: string, attributes: XmlAttributes) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** Bytes that are decoded at a time: no text as long as the part itself is ever made. */
const PIECE_BYTES = 65_536;

/**
 * Reads one part of a workbook, telling as it goes. Strictly: with a document type, entities could
 * multiply, and no workbook has one. Throws `WorkbookStop` with `workbook-broken`.
 */
export function readXml(bytes: Buffer, { open, text, close }: XmlListener): void {
  const broken = (): never => {
    throw new WorkbookStop('workbook-broken');
  };
  const parser = new SaxesParser({ xmlns: false });
  let depth = 0;
  let attributes = 0;
  parser.on('doctype', broken);
  parser.on('error', broken);
  parser.on('opentagstart', () => {
    depth += 1;
    attributes = 0;
    if (depth > XML_DEPTH) broken();
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > XML_ATTRIBUTES) broken();
  });
  parser.on('opentag', (tag) => open(local(tag.name), localNames(tag.attributes)));
  parser.on('closetag', (tag) => {
    depth -= 1;
    close?.(local(tag.name));
  });
  if (text) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    parser.write(decoder.decode(bytes.subarray(at, at + PIECE_BYTES), { stream: true }));
  parser.write(decoder.decode()).close();
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

function localNames(attributes: Readonly<Record<string, string>>): XmlAttributes {
  const named: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes))
    if (!name.startsWith('xmlns')) named[local(name)] = value;
  return named;
}
