import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { MailboxId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { Criterion, SearchDay } from '../../store/mail/contract.ts';
import type { Mailboxes } from './contract.ts';
import type { SectionContent, SectionWish } from './contract/sections.ts';
import { ALL, bring, must, only } from './testing/letters.ts';

let town: TestTown;
let mailboxes: Mailboxes;
let claire: Viewer;
let box: MailboxId;

const letter = (head: readonly string[], body: string): Buffer =>
  Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}\r\n`);
const LETTERS: readonly {
  readonly raw: Buffer;
  readonly flags?: readonly string[];
  readonly at: string;
}[] = [
  {
    raw: letter(
      [
        'From: =?utf-8?q?Ana=C3=AFs?= <anais@a.example>',
        'To: groupe: b@b.example, c@c.example;',
        'Subject: Re: Piscine',
        'Date: Sun, 1 Mar 2026 23:30:00 -0500',
        'Message-ID: <1@a>',
        'X-Classe: CE1',
      ],
      'Les élèves vont nager.',
    ),
    flags: ['\\Seen', 'Rouge'],
    at: '2026-03-02T10:00:00Z',
  },
  {
    raw: letter(
      [
        'From: zoe@z.example',
        'Cc: Annie <annie@z.example>',
        'Subject: musée',
        'Date: Mon, 2 Mar 2026 08:00:00 +0100',
        'Message-ID: <2@a>',
        'In-Reply-To: <1@a>',
        'References: <0@a> <1@a>',
      ],
      'Rendez-vous devant la piscine.',
    ),
    flags: ['\\Flagged'],
    at: '2026-03-03T10:00:00Z',
  },
  {
    raw: letter(
      [
        'From: bob@b.example',
        'Subject: [liste] Fwd: cantine',
        'Content-Type: text/html; charset=iso-8859-1',
        'Content-Transfer-Encoding: quoted-printable',
      ],
      '<p>Le menu du go=FBter</p>',
    ),
    at: '2026-03-04T00:00:00Z',
  },
];

beforeAll(async () => {
  town = await openTestTown();
  ({ mailboxes } = town.core);
  claire = await town.viewer('claire.lefevre');
  box = must(await mailboxes.create(claire, 'Recherche', null)).id;
  for (const { raw, flags = [], at } of LETTERS)
    await bring(town, claire, box, { raw, flags, at: new Date(at) });
});
afterAll(() => town.close());

const day = (text: string): SearchDay => ({
  year: Number(text.slice(0, 4)),
  month: Number(text.slice(5, 7)),
  day: Number(text.slice(8)),
});

const CASES: readonly (readonly [string, Criterion, readonly number[]])[] = [
  ['all', { kind: 'all' }, [1, 2, 3]],
  ['a flag', { kind: 'flag', flag: '\\seen', set: true }, [1]],
  ['no flag', { kind: 'flag', flag: '\\Flagged', set: false }, [1, 3]],
  ['\\Recent', { kind: 'flag', flag: '\\Recent', set: true }, []],
  ['a keyword', { kind: 'flag', flag: 'Rouge', set: true }, [1]],
  ['not a keyword', { kind: 'flag', flag: 'Rouge', set: false }, [2, 3]],
  ['a name without its accent', { kind: 'address', field: 'from', text: 'anais' }, [1]],
  ['a part of an address', { kind: 'address', field: 'from', text: 'B.EXAM' }, [3]],
  ['a group', { kind: 'address', field: 'to', text: 'groupe' }, [1]],
  ['no such field', { kind: 'not', not: { kind: 'address', field: 'cc', text: 'annie' } }, [1, 3]],
  ['a subject', { kind: 'subject', text: 'MUSEE' }, [2]],
  ['a header that has a column', { kind: 'header', field: 'cc', text: '' }, [2]],
  ['a header that has none', { kind: 'header', field: 'x-classe', text: 'ce' }, [1]],
  ['a header by its presence', { kind: 'header', field: 'in-reply-to', text: '' }, [2]],
  [
    'not such a header',
    { kind: 'not', not: { kind: 'header', field: 'x-classe', text: '' } },
    [2, 3],
  ],
  ['a text in header or body', { kind: 'text', text: 'piscine' }, [1, 2]],
  ['a body', { kind: 'body', text: 'piscine' }, [2]],
  ['a part of a word', { kind: 'body', text: 'eve' }, [1]],
  ['a body in another charset', { kind: 'body', text: 'goûter' }, [3]],
  [
    'sent on a day as it is written',
    { kind: 'day', of: 'sent', is: 'on', day: day('2026-03-01') },
    [1],
  ],
  ['sent since', { kind: 'day', of: 'sent', is: 'since', day: day('2026-03-02') }, [2, 3]],
  ['sent before', { kind: 'day', of: 'sent', is: 'before', day: day('2026-03-02') }, [1]],
  ['come on', { kind: 'day', of: 'internal', is: 'on', day: day('2026-03-04') }, [3]],
  ['come before', { kind: 'day', of: 'internal', is: 'before', day: day('2026-03-04') }, [1, 2]],
  ['saved before', { kind: 'day', of: 'saved', is: 'before', day: day('2026-03-04') }, []],
  ['larger', { kind: 'larger', bytes: 300 }, []],
  ['smaller', { kind: 'smaller', bytes: 100_000 }, [1, 2, 3]],
  ['younger', { kind: 'younger', seconds: 1 }, []],
  ['older', { kind: 'older', seconds: 1 }, [1, 2, 3]],
  ['UIDs', { kind: 'uids', set: only(1, 3, 9) }, [1, 3]],
  ['no UIDs', { kind: 'uids', set: [] }, []],
  [
    'one or the other',
    {
      kind: 'or',
      either: { kind: 'subject', text: 'piscine' },
      or: { kind: 'body', text: 'menu' },
    },
    [1, 3],
  ],
  [
    'both',
    {
      kind: 'and',
      of: [
        { kind: 'text', text: 'piscine' },
        { kind: 'flag', flag: '\\Seen', set: false },
        { kind: 'header', field: 'references', text: '0@a' },
      ],
    },
    [2],
  ],
  ['an id that is none', { kind: 'email-id', id: 'x' }, []],
  [
    'signs that mean something elsewhere',
    { kind: 'text', text: `'; drop table % _ \\ & | ! <-> :*` },
    [],
  ],
];

describe('a search', () => {
  it.each(CASES)('finds %s', async (_, what, uids) =>
    expect([...((await mailboxes.search(claire, box, { what }))?.uids ?? [])]).toEqual(uids),
  );
  it('finds by ids and MODSEQ, and gives the highest', async () => {
    const opened = await mailboxes.open(claire, box);
    expect(
      await mailboxes.search(claire, box, {
        what: { kind: 'modseq', atLeast: opened?.modseq ?? 0 },
      }),
    ).toEqual({ uids: Uint32Array.of(3), highestModseq: opened?.modseq });
  });
  it.each([
    ['subject', false, [3, 2, 1]],
    ['from', false, [1, 3, 2]],
    ['date', false, [1, 2, 3]],
    ['arrival', true, [3, 2, 1]],
    ['cc', true, [2, 1, 3]],
    ['display-from', false, [1, 3, 2]],
  ] as const)('sorts by %s', async (by, reverse, order) => {
    expect([
      ...((await mailboxes.search(claire, box, { what: { kind: 'all' }, order: [{ by, reverse }] }))
        ?.uids ?? []),
    ]).toEqual(order);
  });
  it('goes by words where a mailbox is big', async () => {
    await town.admin.query('update mailbox set bytes = bytes + 10000000 where id = $1', [box]);
    try {
      const find = async (text: string): Promise<number[]> => [
        ...((await mailboxes.search(claire, box, { what: { kind: 'text', text } }))?.uids ?? []),
      ];
      expect([
        await find('piscines'),
        await find('pisc'),
        await find('eleve nag'),
        await find('scine'),
        await find('gouter'),
      ]).toEqual([[1, 2], [1, 2], [1], [], [3]]);
      expect(await find('du')).toEqual([3]);
    } finally {
      await town.admin.query('update mailbox set bytes = bytes - 10000000 where id = $1', [box]);
    }
  });
  it('gives what threads are made of', async () => {
    expect(await mailboxes.threads(claire, box, { kind: 'uids', set: only(1, 2) })).toEqual([
      {
        uid: 1,
        messageId: '<1@a>',
        references: [],
        baseSubject: 'PISCINE',
        isReply: true,
        sentAt: Date.parse('2026-03-02T04:30:00Z'),
      },
      {
        uid: 2,
        messageId: '<2@a>',
        references: ['<0@a>', '<1@a>'],
        baseSubject: 'MUSEE',
        isReply: false,
        sentAt: Date.parse('2026-03-02T07:00:00Z'),
      },
    ]);
  });
});

it('gives way to others between the keys of one long letter', SOAKED, async () => {
  const long = must(await mailboxes.create(claire, 'Long', null)).id;
  const lines = `${'aaaa '.repeat(10_000)}\r\n`.repeat(60);
  await bring(town, claire, long, { raw: letter(['Subject: long'], lines) });
  const texts = Array.from({ length: 40 }, (_, at) => `${'aaaa '.repeat(200 + at)}b`);
  let longestMicros = 0;
  let since = process.cpuUsage();
  const others = setInterval(() => {
    longestMicros = Math.max(longestMicros, process.cpuUsage(since).user);
    since = process.cpuUsage();
  }, 1);
  const of = texts.map((text): Criterion => ({ kind: 'body', text }));
  const found = await mailboxes.search(claire, long, { what: { kind: 'and', of } });
  clearInterval(others);
  expect(found?.uids).toHaveLength(0);
  expect(longestMicros).toBeLessThan(400_000); // all in one turn: a second
});

describe('sections', () => {
  const INNER = 'From: in@x.example\r\nSubject: Dedans\r\n\r\nTexte.';
  const RAW = Buffer.from(
    `From: a@b.example\r\nTo: c@d.example\r\nSubject: Parties\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nw6l0w6k=\r\n` +
      `--b\r\nContent-Type: message/rfc822\r\n\r\n${INNER}\r\n--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: x-secret\r\n\r\n???\r\n--b--\r\n`,
  );
  let parties: MailboxId;
  let uid = 0;
  beforeAll(async () => {
    parties = must(await mailboxes.create(claire, 'Parties', null)).id;
    uid = await bring(town, claire, parties, { raw: RAW });
  });

  type Wish = Partial<SectionWish> & Pick<SectionWish, 'what'>;
  const read = (...wishes: readonly Wish[]) => readOf(uid, ...wishes);

  async function readOf(
    one: number,
    ...wishes: readonly Wish[]
  ): Promise<(string | number | null)[]> {
    const shown: (string | number | null)[] = [];
    for await (const { contents } of mailboxes.sections(claire, parties, {
      uids: only(one),
      wishes: wishes.map((wish) => ({ part: '', fields: [], partial: null, ...wish })),
    }))
      for (const content of contents) shown.push(await textOf(content));
    return shown;
  }
  async function textOf(content: SectionContent): Promise<string | number | null> {
    if (content.kind === 'size') return content.sizeBytes;
    if (content.kind !== 'bytes') return content.kind === 'none' ? null : content.kind;
    const bytes = Buffer.isBuffer(content.bytes) ? content.bytes : await buffer(content.bytes);
    expect(bytes.length).toBe(content.sizeBytes);
    return bytes.toString();
  }

  it('are cut from the message as the RFC numbers them', async () => {
    const head = RAW.toString().slice(0, RAW.indexOf('\r\n\r\n') + 4);
    expect(
      await read(
        { what: 'all' },
        { what: 'header' },
        { what: 'text' },
        { what: 'fields', fields: ['subject', 'from'] },
        { what: 'fields-not', fields: ['content-type', 'to'] },
        { what: 'mime' },
      ),
    ).toEqual([
      RAW.toString(),
      head,
      RAW.toString().slice(head.length),
      'From: a@b.example\r\nSubject: Parties\r\n\r\n',
      'From: a@b.example\r\nSubject: Parties\r\n\r\n',
      null,
    ]);
    expect(
      await read(
        { part: '1', what: 'all' },
        { part: '1', what: 'mime' },
        { part: '1', what: 'header' },
        { part: '2', what: 'header' },
        { part: '2', what: 'text' },
        { part: '2.1', what: 'all' },
        { part: '9', what: 'all' },
      ),
    ).toEqual([
      'w6l0w6k=',
      'Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n',
      null,
      'From: in@x.example\r\nSubject: Dedans\r\n\r\n',
      'Texte.',
      'Texte.',
      null,
    ]);
  });
  it('are partial, and decoded', async () => {
    expect(
      await read(
        { what: 'all', partial: { offset: 6, count: 5 } },
        { what: 'all', partial: { offset: 1e6, count: 5 } },
        { what: 'fields', fields: ['to'], partial: { offset: 4, count: 3 } },
      ),
    ).toEqual(['a@b.e', '', 'c@d']);
    expect(
      await read(
        { part: '1', what: 'binary' },
        { part: '1', what: 'binary', partial: { offset: 2, count: 1 } },
        { part: '1', what: 'binary-size' },
        { part: '2', what: 'binary-size' },
        { part: '3', what: 'binary' },
      ),
    ).toEqual(['été', 't', 5, INNER.length, 'unknown-encoding']);
  });
  it('of a big message come in pieces', async () => {
    const big = await bring(town, claire, parties, {
      raw: Buffer.concat([
        Buffer.from('From: a@b.example\r\n\r\n'),
        Buffer.from('0123456789abcdef\r\n'.repeat(150_000)),
      ]),
    });
    const [text, part] = await readOf(
      big,
      { what: 'text' },
      { what: 'all', partial: { offset: 2_000_000, count: 3 } },
    );
    expect([String(text).length, part]).toEqual([
      18 * 150_000,
      String(text).slice(2_000_000 - 21, 2_000_003 - 21),
    ]);
  });
  it('are nobody else’s', async () => {
    const karim = await town.viewer('karim.haddad');
    const found = [];
    for await (const one of mailboxes.sections(karim, parties, {
      uids: ALL,
      wishes: [{ part: '', what: 'all', fields: [], partial: null }],
    }))
      found.push(one);
    expect([found, await mailboxes.structure(karim, parties, uid as never)]).toEqual([[], null]);
  });
});
