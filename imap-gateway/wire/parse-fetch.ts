/** Arguments of FETCH and STORE (RFC 9051 §6.4.5, §6.4.6, §9 `fetch`, `store`). */
import type { CommandOf, Numbering } from './command.ts';
import { GrammarError, type Cursor } from './cursor.ts';
import type { ByteRange, FetchItem, BodySection, SimpleItem } from './fetch-items.ts';
import {
  FETCH_ITEMS,
  FIELD_NAME_BYTES,
  FLAGS,
  LIST_ITEMS,
  SECTION_DEPTH,
  SECTION_FIELDS,
} from './limits.ts';
import type { PartialRange } from './number-set.ts';
import { flag, flagList, numberSet, partialRange } from './parse-sets.ts';

const simple = (item: SimpleItem): FetchItem => ({ kind: 'simple', item });
const SIMPLE_ITEMS: readonly SimpleItem[] = [
  'UID',
  'FLAGS',
  'INTERNALDATE',
  'RFC822.SIZE',
  'ENVELOPE',
  'BODY',
  'BODYSTRUCTURE',
  'MODSEQ',
  'EMAILID',
  'THREADID',
  'SAVEDATE',
];
const SIMPLE: ReadonlyMap<string, SimpleItem> = new Map(SIMPLE_ITEMS.map((item) => [item, item]));
const FAST = ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'] as const;
/** §6.4.5: the macros stand alone, never in parentheses. */
const MACROS = new Map<string, readonly SimpleItem[]>([
  ['FAST', FAST],
  ['ALL', [...FAST, 'ENVELOPE']],
  ['FULL', [...FAST, 'ENVELOPE', 'BODY']],
]);
/** RFC 3501 §6.4.5: older names of sections. */
const LEGACY = new Map<string, Pick<BodySection, 'text' | 'peek'>>([
  ['RFC822', { text: 'all', peek: false }],
  ['RFC822.HEADER', { text: 'header', peek: true }],
  ['RFC822.TEXT', { text: 'text', peek: false }],
]);
/** Names of items have dots and end before `[` and `<`, which are ATOM-CHARs. */
const NAME = /[A-Za-z0-9.]+/y;
const PART = /[1-9]\d{0,9}/y;

/** `FETCH set items [(modifiers)]`; modifiers of RFC 4466 §2.1. */
export function fetch(cursor: Cursor, { byUid }: Numbering): CommandOf<'FETCH'> {
  cursor.space();
  const set = numberSet(cursor);
  cursor.space();
  const items = fetchItems(cursor);
  const modifiers: {
    changedSince: number | null;
    vanished: boolean;
    partial: PartialRange | null;
  } = { changedSince: null, vanished: false, partial: null };
  if (cursor.skip(' '))
    cursor.list(() => fetchModifier(cursor, modifiers), { least: 1, most: LIST_ITEMS });
  if (modifiers.vanished && (!byUid || modifiers.changedSince === null))
    cursor.fail('VANISHED only with UID FETCH and CHANGEDSINCE'); // RFC 7162 §3.2.6
  return { name: 'FETCH', byUid, set, items, ...modifiers };
}

interface FetchModifiers {
  changedSince: number | null;
  vanished: boolean;
  partial: PartialRange | null;
}

/** RFC 7162 §7 `fetch-modifier`, `rexpunges-fetch-mod`; RFC 9394 §4 `modifier-partial`. */
function fetchModifier(cursor: Cursor, modifiers: FetchModifiers): void {
  const name = cursor.keyword('CHANGEDSINCE, VANISHED or PARTIAL');
  if (name === 'VANISHED') {
    modifiers.vanished = true;
    return;
  }
  if (name !== 'CHANGEDSINCE' && name !== 'PARTIAL')
    cursor.fail('CHANGEDSINCE, VANISHED or PARTIAL');
  cursor.space();
  if (name === 'CHANGEDSINCE') modifiers.changedSince = cursor.modseq();
  else modifiers.partial = partialRange(cursor);
}

/** One item, a macro, or several in parentheses; each once. */
function fetchItems(cursor: Cursor): FetchItem[] {
  if (cursor.sees('('))
    return each(cursor.list(() => fetchItem(cursor), { least: 1, most: FETCH_ITEMS }));
  const before = cursor.at;
  const macro = MACROS.get(cursor.take(NAME)?.[0].toUpperCase() ?? '');
  if (macro) return macro.map(simple);
  cursor.at = before;
  return [fetchItem(cursor)];
}

/** `FLAGS FLAGS` is answered once. */
function each(items: FetchItem[]): FetchItem[] {
  const seen = new Set<string>();
  return items.filter((item) => seen.size < seen.add(keyOf(item)).size);
}

function keyOf(item: FetchItem): string {
  if (item.kind === 'simple') return item.item;
  if (item.kind === 'preview') return 'PREVIEW';
  return `${item.label}${'peek' in item && item.peek ? ' peek' : ''}`;
}

/** fetch-att (§9). */
export function fetchItem(cursor: Cursor): FetchItem {
  const name = (cursor.take(NAME)?.[0] ?? cursor.fail('an item to fetch')).toUpperCase();
  if (cursor.sees('[')) return sectionItem(cursor, name);
  const plain = SIMPLE.get(name);
  if (plain) return simple(plain);
  const legacy = LEGACY.get(name);
  if (legacy)
    return { kind: 'section', part: [], fields: [], partial: null, ...legacy, label: name };
  if (name === 'PREVIEW') return { kind: 'preview', lazy: lazyPreview(cursor) };
  return cursor.fail(`a known item to fetch instead of ${name.slice(0, 40)}`);
}

/** RFC 8970 §3.1: `PREVIEW (LAZY)`. */
function lazyPreview(cursor: Cursor): boolean {
  if (!cursor.skip(' (')) return false;
  if (cursor.keyword('LAZY') !== 'LAZY') cursor.fail('LAZY');
  cursor.expect(')');
  return true;
}

/** `BODY[`, `BODY.PEEK[` (§9 fetch-att), `BINARY[` and its kin (RFC 3516 §7). */
function sectionItem(cursor: Cursor, name: string): FetchItem {
  cursor.expect('[');
  switch (name) {
    case 'BODY':
    case 'BODY.PEEK': {
      const section = sectionSpec(cursor);
      const partial = byteRange(cursor);
      return {
        kind: 'section',
        ...section,
        partial,
        peek: name === 'BODY.PEEK',
        label: `BODY[${section.label}]${origin(partial)}`,
      };
    }
    case 'BINARY':
    case 'BINARY.PEEK': {
      // RFC 3516 §4.2
      const part = partOnly(cursor);
      const partial = byteRange(cursor);
      return {
        kind: 'binary',
        part,
        partial,
        peek: name === 'BINARY.PEEK',
        label: `BINARY[${part.join('.')}]${origin(partial)}`,
      };
    }
    case 'BINARY.SIZE': {
      const part = partOnly(cursor);
      return { kind: 'binary-size', part, label: `BINARY.SIZE[${part.join('.')}]` };
    }
    default:
      return cursor.fail('BODY, BINARY or BINARY.SIZE before a section');
  }
}

/** section-spec (§9), up to its `]`. */
function sectionSpec(cursor: Cursor): Pick<BodySection, 'part' | 'text' | 'fields' | 'label'> {
  const part = partNumbers(cursor);
  const numbers = part.join('.');
  if (cursor.skip(']')) return { part, text: 'all', fields: [], label: numbers };
  if (part.length > 0) cursor.expect('.');
  const name = (cursor.take(NAME)?.[0] ?? cursor.fail('a section')).toUpperCase();
  const text = (
    {
      HEADER: 'header',
      'HEADER.FIELDS': 'fields',
      'HEADER.FIELDS.NOT': 'fields-not',
      TEXT: 'text',
      MIME: 'mime',
    } as const
  )[name];
  if (!text || (text === 'mime' && part.length === 0))
    return cursor.fail('HEADER, HEADER.FIELDS, HEADER.FIELDS.NOT, TEXT, or MIME of a part');
  const names = text === 'fields' || text === 'fields-not' ? fieldNames(cursor) : [];
  cursor.expect(']');
  const label = `${numbers}${part.length > 0 ? '.' : ''}${name}${names.length > 0 ? ` (${names.map(fieldName).join(' ')})` : ''}`;
  return { part, text, fields: [...new Set(names.map((field) => field.toLowerCase()))], label };
}

/**
 * header-list (§9). A header's name is ftext (RFC 5322 §3.6.8); in an atom or string, never a CR.
 */
function fieldNames(cursor: Cursor): string[] {
  cursor.space();
  return cursor.list(
    () => {
      const name = cursor.astring('the name of a header field');
      return name.length <= FIELD_NAME_BYTES && /^[!-9;-~]+$/.test(name)
        ? name
        : cursor.fail('the name of a header field');
    },
    { least: 1, most: SECTION_FIELDS },
  );
}

/** Repeated as it was written, quoted where it is no astring. */
const fieldName = (name: string): string =>
  /^[!#-$&'+-9;-[\]-z|}~]+$/.test(name)
    ? name.toUpperCase()
    : `"${name.toUpperCase().replace(/["\\]/g, '\\$&')}"`;

/** section-part (§9). */
function partNumbers(cursor: Cursor): number[] {
  const part: number[] = [];
  for (let found = cursor.take(PART); found; found = cursor.take(PART)) {
    part.push(Number(found[0]));
    if (part.length > SECTION_DEPTH)
      throw new GrammarError(`A section has more than ${SECTION_DEPTH} levels`);
    if (!/^\.[1-9]/.test(cursor.text.slice(cursor.at, cursor.at + 2))) break;
    cursor.expect('.');
  }
  return part;
}

/** section-binary (§9, RFC 3516 §7). */
function partOnly(cursor: Cursor): number[] {
  const part = partNumbers(cursor);
  cursor.expect(']');
  return part;
}

/** partial (§9): `<offset.count>`, count not 0. */
function byteRange(cursor: Cursor): ByteRange | null {
  if (!cursor.skip('<')) return null;
  const offset = cursor.size('an offset');
  cursor.expect('.');
  const count = cursor.size('a count');
  cursor.expect('>');
  return count > 0 ? { offset, count } : cursor.fail('a count greater than 0');
}

const origin = (partial: ByteRange | null): string => (partial ? `<${partial.offset}>` : '');

/** `STORE set [(UNCHANGEDSINCE n)] [+-]FLAGS[.SILENT] flags` (§9 `store`; RFC 7162 §3.1.3). */
export function store(cursor: Cursor, { byUid }: Numbering): CommandOf<'STORE'> {
  cursor.space();
  const set = numberSet(cursor);
  cursor.space();
  const unchangedSince = cursor.sees('(') ? storeModifiers(cursor) : null;
  const change = changeOf(cursor);
  const name = (cursor.take(NAME)?.[0] ?? '').toUpperCase();
  if (name !== 'FLAGS' && name !== 'FLAGS.SILENT') cursor.fail('FLAGS, +FLAGS or -FLAGS');
  cursor.space();
  return {
    name: 'STORE',
    byUid,
    set,
    unchangedSince,
    change,
    silent: name === 'FLAGS.SILENT',
    flags: cursor.sees('(') ? flagList(cursor) : bareFlags(cursor),
  };
}

function changeOf(cursor: Cursor): 'set' | 'add' | 'remove' {
  if (cursor.skip('+')) return 'add';
  return cursor.skip('-') ? 'remove' : 'set';
}

/** RFC 7162 §7 `store-modifier`. */
function storeModifiers(cursor: Cursor): number | null {
  let value: number | null = null;
  cursor.list(
    () => {
      if (cursor.keyword('UNCHANGEDSINCE') !== 'UNCHANGEDSINCE') cursor.fail('UNCHANGEDSINCE');
      cursor.space();
      value = cursor.modseq();
    },
    { least: 1, most: 1 },
  );
  cursor.space();
  return value;
}

/** store-att-flags without parentheses (§9). */
function bareFlags(cursor: Cursor): string[] {
  const flags = new Set([flag(cursor)]);
  while (cursor.skip(' ')) {
    flags.add(flag(cursor));
    if (flags.size > FLAGS) throw new GrammarError(`More than ${FLAGS} flags`);
  }
  return [...flags];
}
