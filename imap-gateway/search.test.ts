/** SEARCH, SORT and THREAD over a real socket, on messages that the test appends. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Fault } from '../core/ground/fault.ts';
import type { ImapClient } from './testing/imap-client.ts';
import { openImapTown, type ImapTown } from './testing/test-town.ts';

interface Letter {
  readonly header: string;
  readonly body: string;
  readonly flags?: string;
  readonly at?: string;
}

const LETTERS: readonly Letter[] = [
  {
    header:
      'From: Zoé <zoe@a.fr>\r\nTo: b@a.fr\r\nSubject: Sortie à la ferme\r\nDate: Mon, 5 Feb 2024 10:00:00 +0100\r\nMessage-ID: <1@a>',
    body: 'Les poules et les élèves.',
    at: ' 5-Feb-2024 10:00:00 +0100',
  },
  {
    header:
      'From: Ana <ana@a.fr>\r\nTo: c@a.fr\r\nSubject: Re: Sortie a la ferme\r\nDate: Tue, 6 Feb 2024 10:00:00 +0100\r\nMessage-ID: <2@a>\r\nReferences: <1@a>',
    body: 'Merci !',
    flags: '\\Seen $Forwarded',
    at: ' 6-Feb-2024 10:00:00 +0100',
  },
  {
    header:
      'From: Bob <bob@a.fr>\r\nTo: a@a.fr\r\nCc: zoe@a.fr\r\nSubject: Cantine\r\nDate: Sun, 4 Feb 2024 10:00:00 +0100\r\nMessage-ID: <3@a>\r\nX-Truc: machin',
    body: `Menu${' de la semaine'.repeat(200)}`,
    flags: '\\Seen \\Flagged',
    at: ' 7-Feb-2024 10:00:00 +0100',
  },
  {
    header:
      'From: Ana <ana@a.fr>\r\nTo: c@a.fr\r\nSubject: Re: Sortie\r\nDate: Thu, 8 Feb 2024 10:00:00 +0100\r\nMessage-ID: <4@a>\r\nReferences: <1@a> <2@a>',
    body: 'Avec des bottes.',
    at: ' 8-Feb-2024 10:00:00 +0100',
  },
];

let town: ImapTown;
let client: ImapClient;
beforeAll(async () => {
  town = await openImapTown();
  client = await town.client('claire.lefevre');
  await client.run('CREATE Essai');
  for (const { header, body, flags = '', at = '' } of LETTERS) {
    const message = Buffer.from(
      `${header}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}\r\n`,
    );
    const answer = await client.run(
      Buffer.concat([
        Buffer.from(`APPEND Essai (${flags}) "${at}" {${message.length}+}\r\n`),
        message,
      ]),
    );
    expect(answer.at(-1)).toMatch(/^OK/);
  }
  await client.run('SELECT Essai');
});
afterAll(() => town.close());

const answers = async (command: string): Promise<string[]> =>
  (await client.run(command)).map((line) =>
    line.replace(/^OK .*/, 'OK').replace(/\(TAG "t\d+"\)/, 'TAG'),
  );

describe('SEARCH', () => {
  it.each([
    ['ALL', '1 2 3 4'],
    ['SEEN', '2 3'],
    ['UNSEEN', '1 4'],
    ['FLAGGED', '3'],
    ['KEYWORD $Forwarded', '2'],
    ['UNKEYWORD $forwarded', '1 3 4'],
    ['NEW', ''],
    ['OLD', '1 2 3 4'],
    ['DELETED', ''],
    ['FROM "zoé"', '1'],
    ['FROM ZOE', '1'],
    ['FROM ana@a', '2 4'],
    ['CC zoe', '3'],
    ['TO a@a.fr', '3'],
    ['SUBJECT "a la ferme"', '1 2'],
    ['CHARSET UTF-8 SUBJECT {7+}\r\nà la f', '1 2'],
    ['SUBJECT ortie', '1 2 4'],
    ['BODY eleves', '1'],
    ['TEXT ferme', '1 2'],
    ['TEXT bottes', '4'],
    ['HEADER X-Truc ""', '3'],
    ['HEADER X-Truc mach', '3'],
    ['HEADER Message-ID 2@a', '2'],
    ['SINCE 6-Feb-2024', '2 3 4'],
    ['BEFORE 6-Feb-2024', '1'],
    ['ON 7-Feb-2024', '3'],
    ['SENTON 4-Feb-2024', '3'],
    ['SENTSINCE 6-Feb-2024', '2 4'],
    ['SAVEDSINCE 6-Feb-2024', '1 2 3 4'],
    ['LARGER 1000', '3'],
    ['SMALLER 1000', '1 2 4'],
    ['YOUNGER 3600', ''],
    ['OLDER 3600', '1 2 3 4'],
    ['OR SEEN SUBJECT sortie', '1 2 3 4'],
    ['NOT SEEN', '1 4'],
    ['2:3 UID 3:4', '3'],
    ['*', '4'],
    ['NOT 2,4', '1 3'],
    ['(OR 1 UID 3) UNSEEN', '1'],
    ['UID 99', ''],
    ['99', ''],
    ['3:99', '3 4'],
  ])('%s', async (keys, then) =>
    expect(await answers(`SEARCH ${keys}`)).toEqual([
      `* SEARCH${then === '' ? '' : ` ${then}`}`,
      'OK',
    ]),
  );

  it.each([
    ['RETURN (MIN MAX COUNT ALL) SUBJECT sortie', 'MIN 1 MAX 4 COUNT 3 ALL 1:2,4'],
    ['RETURN () SEEN', 'ALL 2:3'],
    ['RETURN (COUNT) FROM personne', 'COUNT 0'],
    ['RETURN (PARTIAL 2:3) ALL', 'PARTIAL (2:3 2:3)'],
    ['RETURN (PARTIAL -1:-2) SUBJECT sortie', 'PARTIAL (-1:-2 2,4)'],
  ])('%s', async (keys, then) => {
    expect(await answers(`SEARCH ${keys}`)).toEqual([`* ESEARCH TAG ${then}`, 'OK']);
    expect(await answers(`UID SEARCH ${keys}`)).toEqual([`* ESEARCH TAG UID ${then}`, 'OK']);
  });

  it('what is saved is $ (RFC 5182)', async () => {
    expect(await answers('SEARCH RETURN (SAVE) SUBJECT sortie')).toEqual(['OK']);
    expect(await answers('SEARCH $')).toEqual(['* SEARCH 1 2 4', 'OK']);
    expect(await answers('SEARCH RETURN (SAVE MIN) SUBJECT sortie')).toEqual([
      '* ESEARCH TAG MIN 1',
      'OK',
    ]);
    expect(await answers('UID SEARCH NOT UID $')).toEqual(['* SEARCH 2 3 4', 'OK']);
  });
  it('one that fails with NO and was to be saved leaves $ empty, one that is BAD or saves nothing leaves it alone (RFC 5182 §2.1)', async () => {
    expect(await answers('SEARCH RETURN (SAVE) SEEN')).toEqual(['OK']);
    for (const [keys, then] of [
      ['RETURN (SAVE) FROG', /^BAD/],
      ['CHARSET KOI8-R ALL', /^NO \[BADCHARSET/],
      ['ALL', /^OK/],
    ] as const)
      expect((await answers(`SEARCH ${keys}`)).at(-1)).toMatch(then);
    expect(await answers('SEARCH $')).toEqual(['* SEARCH 2 3', 'OK']);
    expect(
      await answers('SEARCH RETURN (SAVE) CHARSET KOI8-R TEXT {4+}\r\n\xc0\xc1\xc2\xc3'),
    ).toEqual([expect.stringMatching(/^NO \[BADCHARSET \(US-ASCII UTF-8\)\]/)]);
    expect(await answers('SEARCH $')).toEqual(['* SEARCH', 'OK']);
    expect(await answers('FETCH $ (UID)')).toEqual(['OK']);
    expect(await answers('SEARCH RETURN (SAVE) SEEN')).toEqual(['OK']);
    const { mailboxes } = town.core;
    const broken = vi
      .spyOn(mailboxes, 'search')
      .mockRejectedValueOnce(new Fault('store-down', 'in this test', { transient: true }));
    expect(await answers('SEARCH RETURN (SAVE) FLAGGED')).toEqual([
      expect.stringMatching(/^NO \[UNAVAILABLE\]/),
    ]);
    broken.mockRestore();
    expect(await answers('SEARCH $')).toEqual(['* SEARCH', 'OK']);
  });
  it('MODSEQ is answered with one, of what is named (RFC 7162 §3.1.10)', async () => {
    const of = async (number: number): Promise<string> =>
      /MODSEQ \((\d+)\)/.exec((await client.run(`FETCH ${number} MODSEQ`)).join())?.[1] ?? '';
    const [first, last] = [await of(1), await of(4)];
    expect(await answers('SEARCH RETURN (MIN) MODSEQ 1')).toEqual([
      `* ESEARCH TAG MIN 1 MODSEQ ${first}`,
      'OK',
    ]);
    expect(await answers('SEARCH RETURN (MIN ALL) MODSEQ 1')).toEqual([
      `* ESEARCH TAG MIN 1 ALL 1:4 MODSEQ ${last}`,
      'OK',
    ]);
    expect(await answers(`SEARCH MODSEQ ${last}`)).toEqual([`* SEARCH 4 (MODSEQ ${last})`, 'OK']);
  });
});

describe('SORT and THREAD', () => {
  it.each([
    ['(DATE)', '3 1 2 4'],
    ['(REVERSE DATE)', '4 2 1 3'],
    ['(ARRIVAL)', '1 2 3 4'],
    ['(REVERSE ARRIVAL)', '4 3 2 1'],
    ['(SUBJECT DATE)', '3 4 1 2'],
    ['(FROM REVERSE ARRIVAL)', '4 2 3 1'],
    ['(REVERSE SIZE)', '3'],
    ['(CC ARRIVAL)', '1 2 4 3'],
    ['(TO ARRIVAL)', '3 1 2 4'],
    ['(DISPLAYFROM ARRIVAL)', '2 4 3 1'],
  ])('%s', async (order, then) =>
    expect((await answers(`SORT ${order} UTF-8 ALL`))[0]).toMatch(new RegExp(`^\\* SORT ${then}`)),
  );
  it('with RETURN (RFC 5267)', async () =>
    expect(
      await answers('UID SORT RETURN (ALL COUNT) (REVERSE ARRIVAL) UTF-8 SUBJECT sortie'),
    ).toEqual(['* ESEARCH TAG UID COUNT 3 ALL 4,2,1', 'OK']));
  it('threads', async () => {
    expect(await answers('THREAD REFERENCES UTF-8 ALL')).toEqual(['* THREAD (3)(1 2 4)', 'OK']);
    expect(await answers('UID THREAD REFERENCES UTF-8 SUBJECT re')).toEqual([
      '* THREAD (2 4)',
      'OK',
    ]);
    expect(await answers('THREAD ORDEREDSUBJECT UTF-8 ALL')).toEqual([
      '* THREAD (3)(1 2)(4)',
      'OK',
    ]);
    expect(await answers('THREAD REFERENCES UTF-8 FROM personne')).toEqual(['* THREAD', 'OK']);
  });
});
