import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MailboxId, Uid } from '../../core/ground/ids.ts';
import type { MessageRow } from '../../core/mail/reading/contract.ts';
import { paragraphs } from '../components/linked.ts';
import { messageRow } from '../components/message-row.ts';
import { html } from '../html.ts';
import { disposition } from '../http/reply.ts';
import { childVisit, NOW } from '../testing/child-visit.ts';
import { atSchool } from './visit.ts';
import { fileSize, longDate, roomSize, shortDate } from './when.ts';

const BLNS = join(import.meta.dirname, '../../../shared/corpora/text-blns/blns.json');
const visit = childVisit({});

describe.skipIf(!existsSync(BLNS))('naughty strings (skipped where the corpora are absent)', () => {
  const strings = existsSync(BLNS) ? (JSON.parse(readFileSync(BLNS, 'utf8')) as string[]) : [];

  it('stay text in a row: subject, name and first words', async () => {
    // As many angle brackets and double quotes as a plain word makes: nothing was opened, nothing
    // was ended.
    const usual = marks(await rowWith('mot'));
    for (const text of strings) expect(marks(await rowWith(text)), text).toBe(usual);
  });

  it('stay text in a letter, with links or without', async () => {
    for (const text of strings)
      for (const links of [true, false]) {
        const made = String(html`
          ${paragraphs(text, { links })}
        `);
        expect(
          made.replace(
            /<\/?p>|<br>|<a href="https?:\/\/[^"<>]*" target="_blank" rel="noopener noreferrer">|<\/a>/g,
            '',
          ),
          text,
        ).not.toMatch(/[<>]/);
      }
  });
});

async function rowWith(text: string): Promise<string> {
  const row: MessageRow = {
    mailbox: 1 as MailboxId,
    uid: 1 as Uid,
    from: { kind: 'outside', name: text, address: 'inspection@exemple.fr', face: text, cover: 8 },
    to: [],
    subject: text,
    preview: text,
    at: NOW,
    firstAt: null,
    seen: false,
    flagged: false,
    answered: false,
    files: 0,
    attachments: [],
    firstTime: false,
    writer: 'team',
    familyOf: [],
    state: 'normal',
  };
  return String(messageRow(visit, row, { href: '/x', current: false, showTo: false }));
}

const marks = (made: string): string =>
  ['<', '>', '"'].map((mark) => made.split(mark).length).join(' ');

it.each([
  { name: 'feuille.pdf', is: 'attachment; filename=feuille.pdf' },
  { name: 'feuille (2).pdf', is: 'attachment; filename="feuille (2).pdf"' },
  {
    name: 'été à l’école.pdf',
    is: 'attachment; filename="ete a l_ecole.pdf"; filename*=UTF-8\'\'%C3%A9t%C3%A9%20%C3%A0%20l%E2%80%99%C3%A9cole.pdf',
  },
  {
    name: 'a"\r\nSet-Cookie: x=1',
    is: 'attachment; filename="a___Set-Cookie: x=1"; filename*=UTF-8\'\'a%22__Set-Cookie%3A%20x%3D1',
  },
  { name: '../../x', is: 'attachment; filename=.._.._x' },
  { name: '\u202Egnp.exe', is: 'attachment; filename=_gnp.exe' },
  {
    name: `${'a'.repeat(235)}😀.txt`,
    is: `attachment; filename=${'a'.repeat(235)}.txt`,
  },
])('names a download of $name', ({ name, is }) => {
  expect(disposition(name, 'attachment')).toBe(is);
});

it.each([
  {
    at: '2026-11-24T09:05:00+01:00',
    child: 'aujourd’hui',
    adult: '09:05',
    long: 'aujourd’hui à 9\u00a0h\u00a005',
  },
  {
    at: '2026-11-24T00:05:00+01:00',
    child: 'aujourd’hui',
    adult: '00:05',
    long: 'aujourd’hui à 0\u00a0h\u00a005',
  },
  {
    at: '2026-11-23T23:59:00+01:00',
    child: 'hier',
    adult: 'hier',
    long: 'hier à 23\u00a0h\u00a059',
  },
  {
    at: '2026-11-20T16:00:00+01:00',
    child: 'vendredi',
    adult: 'ven.',
    long: 'vendredi 20 novembre à 16\u00a0h',
  },
  {
    at: '2026-10-02T08:00:00+02:00',
    child: '2 octobre',
    adult: '2 oct.',
    long: 'vendredi 2 octobre à 8\u00a0h',
  },
])('says when: $long', ({ at, child, adult, long }) => {
  const date = new Date(at);
  expect([
    shortDate(visit.clock, 'child', date),
    shortDate(visit.clock, 'adult', date),
    longDate(visit.clock, date),
  ]).toEqual([child, adult, long]);
});

it.each([
  { bytes: 12, is: '1\u00a0ko' },
  { bytes: 184_000, is: '184\u00a0ko' },
  { bytes: 999_700, is: '1\u00a0Mo' },
  { bytes: 2_340_000, is: '2,3\u00a0Mo' },
])('$bytes bytes are $is', ({ bytes, is }) => {
  expect(fileSize('fr', bytes)).toBe(is);
});

it('room is said in whole gigabytes where it is some, else as a file is', () => {
  const most = [500_000_000, 1_500_000_000, 2_000_000_000, 10_000_000_000];
  expect(most.map((bytes) => roomSize('fr', bytes).replaceAll(/\s/g, ' '))).toEqual([
    '500 Mo',
    '1 500 Mo',
    '2 Go',
    '10 Go',
  ]);
});

it('a page of another school goes by that school’s clock, and is of the same viewer', () => {
  const there = atSchool(visit, { timeZone: 'Pacific/Noumea' });
  expect(longDate(visit.clock, NOW)).toBe('aujourd’hui à 10\u00a0h\u00a050');
  expect(longDate(there.clock, NOW)).toBe('aujourd’hui à 20\u00a0h\u00a050');
  expect({ ...there, clock: visit.clock }).toEqual(visit);
});

it('room is said in whole gigabytes where it is some, else as a file is', () => {
  const most = [500_000_000, 1_500_000_000, 2_000_000_000, 10_000_000_000];
  expect(most.map((bytes) => roomSize('fr', bytes).replaceAll(/\s/g, ' '))).toEqual([
    '500 Mo',
    '1 500 Mo',
    '2 Go',
    '10 Go',
  ]);
});
