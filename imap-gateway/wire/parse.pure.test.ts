import { describe, expect, it } from 'vitest';
import * as limits from './limits.ts';
import { parse } from './parse.ts';
import { read } from './testing/read.ts';

describe('APPEND and REPLACE end where their message begins', () => {
  it.each<[string, unknown]>([
    [
      'APPEND x {310}\r\n',
      {
        kind: 'upload',
        tag: 'a1',
        upload: { name: 'APPEND', mailbox: 'x' },
        ahead: {
          flags: [],
          internalDate: null,
          utf8: false,
          announced: { sizeBytes: 310, literal8: false, synchronising: true },
        },
      },
    ],
    [
      'APPEND x (\\Seen) " 7-Feb-1994 21:52:25 -0800" ~{3+}\r\n',
      {
        kind: 'upload',
        tag: 'a1',
        upload: { name: 'APPEND', mailbox: 'x' },
        ahead: {
          flags: ['\\Seen'],
          internalDate: new Date('1994-02-08T05:52:25Z'),
          utf8: false,
          announced: { sizeBytes: 3, literal8: true, synchronising: false },
        },
      },
    ],
    [
      'APPEND {1}\r\nx UTF8 (~{3}\r\n',
      {
        kind: 'upload',
        tag: 'a1',
        upload: { name: 'APPEND', mailbox: 'x' },
        ahead: {
          flags: [],
          internalDate: null,
          utf8: true,
          announced: { sizeBytes: 3, literal8: true, synchronising: true },
        },
      },
    ],
    [
      'UID REPLACE 2000 Drafts {300}\r\n',
      {
        kind: 'upload',
        tag: 'a1',
        upload: { name: 'REPLACE', byUid: true, target: 2000, mailbox: 'Drafts' },
        ahead: {
          flags: [],
          internalDate: null,
          utf8: false,
          announced: { sizeBytes: 300, literal8: false, synchronising: true },
        },
      },
    ],
    ['APPEND {5}\r\n', { kind: 'incomplete' }],
    ['APPEND x {18446744073709551616}\r\n', 'NO [TOOBIG]: The message is too big'],
    ['APPEND x CATENATE (URL "/x")', 'BAD: Expected the literal of a message at column 13'],
    [
      'APPEND x "31-Feb-2024 00:00:00 +0000" {1}\r\n',
      'BAD: Expected a date and time that exist at column 41',
    ],
  ])('%s', (text, then) => expect(read(text)).toEqual(then));
});

describe('limits and refusals', () => {
  const many = (count: number, one: string) => Array.from({ length: count }, () => one).join(' ');
  const each = (count: number, one: (at: number) => string) =>
    Array.from({ length: count }, (_none, at) => one(at)).join(' ');
  /** At the limit it passes, one past it not. */
  it.each<[string, number, (count: number) => string, string]>([
    [
      'ranges of a set',
      limits.SET_RANGES,
      (n) => `a FETCH ${Array.from({ length: n }, (_none, at) => 2 * at + 1).join(',')} FLAGS`,
      'BAD A set has more than 5000 ranges',
    ],
    [
      'depth by NOT',
      limits.SEARCH_DEPTH,
      (n) => `a SEARCH ${'NOT '.repeat(n - 1)}ALL`,
      'BAD A search nests deeper than 100',
    ],
    [
      'depth by OR',
      limits.SEARCH_DEPTH,
      (n) => `a SEARCH ${'OR ALL '.repeat(n - 1)}ALL`,
      'BAD A search nests deeper than 100',
    ],
    [
      'depth by parentheses',
      limits.SEARCH_DEPTH,
      (n) => `a SEARCH ${'('.repeat(n - 1)}ALL${')'.repeat(n - 1)}`,
      'BAD A search nests deeper than 100',
    ],
    [
      'keys of a search',
      limits.SEARCH_KEYS,
      (n) => `a SEARCH ${many(n, 'ALL')}`,
      'BAD A search has more than 1000 keys',
    ],
    [
      'characters of a text',
      limits.SEARCH_TEXT_CHARACTERS,
      (n) => `a SEARCH TEXT ${'x'.repeat(n)}`,
      'BAD A text to look for is longer than 2048 characters',
    ],
    [
      'keys of SORT',
      limits.SORT_KEYS,
      (n) => `a SORT (${many(n, 'DATE')}) UTF-8 ALL`,
      'BAD A list has more than 16 items',
    ],
    [
      'items of FETCH',
      limits.FETCH_ITEMS,
      (n) => `a FETCH 1 (${many(n, 'BODY[]')})`,
      'BAD A list has more than 100 items',
    ],
    [
      'levels of a section',
      limits.SECTION_DEPTH,
      (n) => `a FETCH 1 BODY[${Array.from({ length: n }, () => 1).join('.')}]`,
      'BAD A section has more than 64 levels',
    ],
    [
      'header fields of a section',
      limits.SECTION_FIELDS,
      (n) => `a FETCH 1 BODY[HEADER.FIELDS (${many(n, 'x')})]`,
      'BAD A list has more than 250 items',
    ],
    [
      'bytes of a field’s name',
      limits.FIELD_NAME_BYTES,
      (n) => `a FETCH 1 BODY[HEADER.FIELDS (${'x'.repeat(n)})]`,
      'BAD Expected the name of a header field at column 1030',
    ],
    [
      'flags',
      limits.FLAGS,
      (n) => `a STORE 1 FLAGS (${each(n, (at) => `k${at}`)})`,
      'BAD A list has more than 100 items',
    ],
    [
      'characters of a keyword',
      limits.FLAG_CHARACTERS,
      (n) => `a STORE 1 FLAGS ${'x'.repeat(n)}`,
      'BAD A keyword is longer than 100 characters',
    ],
    [
      'patterns of LIST',
      limits.PATTERNS,
      (n) => `a LIST "" (${many(n, 'x')})`,
      'BAD A list has more than 100 items',
    ],
    [
      'wildcards of a pattern',
      limits.WILDCARDS,
      (n) => `a LIST "" ${'*%'.repeat(n).slice(0, n)}`,
      'BAD A pattern has more than 20 wildcards',
    ],
    [
      'characters of all patterns',
      limits.PATTERN_CHARACTERS,
      (n) => `a LIST ab (${many(4, 'x'.repeat(1_000))} ${'x'.repeat(n - 4_010)})`,
      'BAD The patterns have more than 4096 characters together',
    ],
    [
      'characters of a mailbox’s name',
      limits.MAILBOX_CHARACTERS,
      (n) => `a CREATE ${'x'.repeat(n)}`,
      'NO A mailbox name must be modified UTF-7 without control characters',
    ],
    [
      'fields of ID',
      limits.ID_FIELDS,
      (n) => `a ID (${many(n, '"a" "b"')})`,
      'BAD A list has more than 30 items',
    ],
    [
      'bytes of a field’s name in ID',
      limits.ID_NAME_BYTES,
      (n) => `a ID ("${'x'.repeat(n)}" "b")`,
      'BAD A field of ID is too long',
    ],
    [
      'bytes of a field’s value in ID',
      limits.ID_VALUE_BYTES,
      (n) => `a ID ("a" "${'x'.repeat(n)}")`,
      'BAD A field of ID is too long',
    ],
    [
      'entries of GETMETADATA',
      limits.LIST_ITEMS,
      (n) => `a GETMETADATA x (${each(n, (at) => `/private/${at}`)})`,
      'BAD A list has more than 100 items',
    ],
    [
      'groups of NOTIFY',
      limits.NOTIFY_GROUPS,
      (n) => `a NOTIFY SET ${many(n, '(personal NONE)')}`,
      'BAD More than 20 groups',
    ],
    [
      'literals',
      limits.LITERALS,
      (n) => `a SEARCH ${many(n, 'TEXT {1}\r\nx')}`,
      'BAD More than 200 literals',
    ],
    [
      'bytes of a literal',
      limits.LITERAL_BYTES,
      (n) => `a SETMETADATA x (/private/y {${n}}\r\n${'x'.repeat(n)})`,
      'BAD A literal is longer than 65536 bytes',
    ],
    [
      'characters of a tag',
      limits.TAG_CHARACTERS,
      (n) => `${'x'.repeat(n)} NOOP`,
      'BAD A tag is longer than 128 characters',
    ],
  ])('%s: %i, and no more', (_what, most, make, then) => {
    expect(parse(make(most), { utf8: false }).kind).toBe('command');
    const past = parse(make(most + 1), { utf8: false });
    expect(
      past.kind === 'refused' ? `${past.refused.status} ${past.refused.text}` : past.kind,
    ).toBe(then);
  });
  it.each<[string, string, string]>([
    ['2,000 NOT', `SEARCH ${many(2000, 'NOT')} ALL`, 'A search nests deeper than 100'],
    ['500 OR', `SEARCH ${many(500, 'OR 1')} ALL`, 'A search nests deeper than 100'],
    [
      '5,000 parentheses',
      `SEARCH ${'('.repeat(5000)}ALL${')'.repeat(5000)}`,
      'A search nests deeper than 100',
    ],
    [
      '5,000 header fields',
      `FETCH 1 BODY[HEADER.FIELDS (${many(5000, 'x')})]`,
      'A list has more than 250 items',
    ],
  ])('%s', (_, text, then) => expect(read(text)).toBe(`BAD: ${then}`));
  it.each<[string, unknown]>([
    [
      '',
      {
        kind: 'refused',
        tag: '*',
        refused: { status: 'BAD', code: null, text: 'Expected a tag at column 1' },
      },
    ],
    [
      '+ NOOP',
      {
        kind: 'refused',
        tag: '*',
        refused: { status: 'BAD', code: null, text: 'Expected a tag at column 1' },
      },
    ],
    [
      'a',
      {
        kind: 'refused',
        tag: 'a',
        refused: { status: 'BAD', code: null, text: 'Expected a space at column 2' },
      },
    ],
    [
      'a FROG',
      {
        kind: 'refused',
        tag: 'a',
        refused: { status: 'BAD', code: null, text: 'Unknown command FROG' },
      },
    ],
    [
      'a UID NOOP',
      {
        kind: 'refused',
        tag: 'a',
        refused: { status: 'BAD', code: null, text: 'Unknown command UID NOOP' },
      },
    ],
    [
      'a NOOP x',
      {
        kind: 'refused',
        tag: 'a',
        refused: { status: 'BAD', code: null, text: 'Expected the end of the command at column 7' },
      },
    ],
  ])('%s', (text, then) => expect(parse(text, { utf8: false })).toEqual(then));
});
