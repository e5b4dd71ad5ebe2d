/**
 * Commands on a selected mailbox, over a real socket and a real store, often from two sessions at
 * once.
 */
import { constants, createDeflateRaw, createInflateRaw } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ImapClient } from './testing/imap-client.ts';
import { openImapTown, type ImapTown } from './testing/test-town.ts';

const WHO = 'claire.lefevre';
let town: ImapTown;
let box: string;
let made = 0;
beforeAll(async () => {
  town = await openImapTown();
});
afterAll(() => town.close());
beforeEach(async () => {
  box = `Essai${(made += 1)}`;
  await town.core.mailboxes.create(await town.viewer(WHO), box, null);
});
afterEach(() => town.hangUp());

const letter = (subject: string, body = 'Bonjour.\n'): string =>
  `From: Claire <claire@x.example>\nSubject: ${subject}\nDate: Tue, 24 Nov 2026 08:00:00 +0000\n\n${body}`;
const put = (...subjects: string[]): Promise<void> =>
  town.put(WHO, box, ...subjects.map((subject) => letter(subject)));
/** A session of the owner with the mailbox selected, after these commands. */
const opened = async (...before: string[]): Promise<ImapClient> => {
  const client = await town.client(WHO);
  for (const command of before) await done(client, command);
  await done(client, `SELECT ${box}`);
  return client;
};
const done = async (client: ImapClient, command: string): Promise<string[]> => {
  const lines = await client.run(command);
  expect(lines.at(-1), command).toMatch(/^OK/);
  return lines.slice(0, -1);
};
const run = (client: ImapClient, command: string): Promise<string[]> => client.run(command);

const NESTED = `From: a@x.example
Subject: outside
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=o

preamble
--o
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

caf=C3=A9
--o
Content-Type: message/rfc822

From: b@x.example
Subject: inside
Content-Type: multipart/alternative; boundary=i

--i
Content-Type: text/plain

plain
--i
Content-Type: text/html

<p>html</p>
--i--
--o
Content-Type: image/gif
Content-Transfer-Encoding: base64

R0lGODlhAQABAAAAACw=
--o
Content-Type: text/plain
Content-Transfer-Encoding: x-odd

??
--o--
`;

describe('FETCH of sections (RFC 9051 §6.4.5.1)', () => {
  const items: readonly (readonly [string, string])[] = [
    ['BODY.PEEK[HEADER.FIELDS (subject)]', 'BODY[HEADER.FIELDS (SUBJECT)] {20}|Subject: outside||'],
    [
      'BODY.PEEK[HEADER.FIELDS.NOT (SUBJECT CONTENT-TYPE MIME-VERSION)]',
      'BODY[HEADER.FIELDS.NOT (SUBJECT CONTENT-TYPE MIME-VERSION)] {21}|From: a@x.example||',
    ],
    ['BODY.PEEK[1]', 'BODY[1] {9}|caf=C3=A9'],
    [
      'BODY.PEEK[1.MIME]',
      'BODY[1.MIME] {88}|Content-Type: text/plain; charset=utf-8|Content-Transfer-Encoding: quoted-printable||',
    ],
    [
      'BODY.PEEK[2.HEADER.FIELDS (SUBJECT)]',
      'BODY[2.HEADER.FIELDS (SUBJECT)] {19}|Subject: inside||',
    ],
    ['BODY.PEEK[2.1]', 'BODY[2.1] {5}|plain'],
    ['BODY.PEEK[2.2.MIME]', 'BODY[2.2.MIME] {27}|Content-Type: text/html||'],
    ['BODY.PEEK[2.TEXT]<4.10>', 'BODY[2.TEXT]<4> {10}|\nContent-T'],
    ['BODY.PEEK[]<0.5>', 'BODY[]<0> {5}|From:'],
    ['BODY.PEEK[]<99999.5>', 'BODY[]<99999> {0}|'],
    ['BODY.PEEK[TEXT]<0.8>', 'BODY[TEXT]<0> {8}|preamble'],
    ['BODY.PEEK[7]', 'BODY[7] NIL'],
    ['BODY.PEEK[2.3.1]', 'BODY[2.3.1] NIL'],
    ['BINARY.PEEK[1]', 'BINARY[1] {5}|café'],
    ['BINARY.PEEK[1]<3.2>', 'BINARY[1]<3> {2}|é'],
    ['BINARY.SIZE[1]', 'BINARY.SIZE[1] 5'],
    ['BINARY.SIZE[3]', 'BINARY.SIZE[3] 14'],
    ['RFC822.HEADER', 'RFC822.HEADER {'],
    ['RFC822.SIZE', 'RFC822.SIZE 598'],
    // A literal8, where there is NUL in it (RFC 3516 §4.2).
    ['BINARY.PEEK[3]', 'BINARY[3] ~{14}|GIF89a'],
  ];
  it('gives each of them, and no more than was asked', async () => {
    await town.put(WHO, box, NESTED);
    const client = await opened();
    for (const [item, then] of items)
      expect((await run(client, `FETCH 1 (${item})`))[0]?.replaceAll('\r\n', '|'), item).toContain(
        `* 1 FETCH (${then}`,
      );
    expect(
      (
        await run(
          client,
          `FETCH 1 (${items
            .slice(0, 6)
            .map(([item]) => item)
            .join(' ')})`,
        )
      )[0]?.replaceAll('\r\n', '|'),
    ).toBe(
      `* 1 FETCH (${items
        .slice(0, 6)
        .map(([, then]) => then)
        .join(' ')})`,
    );
  });

  it('says NO [UNKNOWN-CTE] for an encoding that nobody knows, and gives the rest', async () => {
    await town.put(WHO, box, NESTED);
    const client = await opened();
    expect(await run(client, 'FETCH 1 (UID BINARY.PEEK[4] BODY.PEEK[4])')).toEqual([
      '* 1 FETCH (UID 1 BODY[4] {2}\r\n??)',
      expect.stringMatching(/^NO \[UNKNOWN-CTE\]/),
    ]);
  });
});

describe('FETCH and \\Seen', () => {
  it('is set by a body and told at once; not by PEEK, not after EXAMINE', async () => {
    await put('un', 'deux');
    const client = await opened();
    await done(client, 'FETCH 1 (BODY.PEEK[] RFC822.HEADER)');
    expect(await done(client, 'FETCH 1 (FLAGS)')).toEqual(['* 1 FETCH (FLAGS ())']);
    expect((await done(client, 'FETCH 1 (BODY[TEXT])'))[0]).toMatch(/ FLAGS \(\\Seen\)\)$/);
    expect((await done(client, 'FETCH 1 (BODY[TEXT])'))[0]).not.toContain('FLAGS');
    await done(client, `EXAMINE ${box}`);
    await done(client, 'FETCH 2 (RFC822)');
    expect(await done(client, 'UID FETCH 2 (FLAGS)')).toEqual(['* 2 FETCH (UID 2 FLAGS ())']);
    expect(await run(client, 'STORE 2 +FLAGS (\\Seen)')).toEqual([
      expect.stringMatching(/^NO \[NOPERM\]/),
    ]);
  });
});

describe('sequence numbers', () => {
  it('are refused past the end, and UIDs that are not there are passed over', async () => {
    await put('un');
    const client = await opened();
    expect(await run(client, 'FETCH 2 (FLAGS)')).toEqual(['BAD There is no such message']);
    expect(await done(client, 'UID FETCH 2:9 (FLAGS)')).toEqual([]);
    expect(await done(client, 'UID FETCH 9:* (FLAGS)')).toEqual(['* 1 FETCH (UID 1 FLAGS ())']);
  });

  it('stay while others erase, until a command that may tell (RFC 9051 §7.5.1)', async () => {
    await put('un', 'deux', 'trois');
    const [one, other] = [await opened(), await opened()];
    await done(other, 'UID STORE 1 +FLAGS.SILENT (\\Deleted)');
    expect(await done(other, 'EXPUNGE')).toEqual(['* 1 EXPUNGE']);
    await done(other, 'NOOP');
    await new Promise((resolve) => {
      setTimeout(resolve, 60);
    });
    expect((await done(one, 'FETCH 3 (UID)'))[0]).toBe('* 3 FETCH (UID 3)');
    const gone = await run(one, 'FETCH 1:2 (UID)');
    expect(gone).toEqual(['* 2 FETCH (UID 2)', 'OK [EXPUNGEISSUED] FETCH done, but some are gone']);
    expect(await run(one, 'STORE 2 +FLAGS (\\Flagged)')).toEqual([
      '* 2 FETCH (FLAGS (\\Flagged))',
      'OK STORE done',
    ]);
    expect(await done(one, 'NOOP')).toEqual(['* 1 EXPUNGE']);
    expect(await done(one, 'FETCH 1:2 (UID)')).toEqual(['* 1 FETCH (UID 2)', '* 2 FETCH (UID 3)']);
  });
});

describe('STORE', () => {
  it('tells what is now, nothing with .SILENT, and others by their next look', async () => {
    await put('un', 'deux');
    const [one, other] = [await opened(), await opened()];
    expect(await done(one, 'STORE 1:2 FLAGS (\\Seen $Important)')).toEqual([
      '* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Important)',
      '* 1 FETCH (FLAGS (\\Seen $Important))',
      '* 2 FETCH (FLAGS (\\Seen $Important))',
    ]);
    expect(await done(one, 'UID STORE 2 -FLAGS (\\Seen)')).toEqual([
      '* 2 FETCH (UID 2 FLAGS ($Important))',
    ]);
    expect(await done(one, 'STORE 1 +FLAGS.SILENT (\\Flagged)')).toEqual([]);
    expect(await done(one, 'NOOP')).toEqual([]);
    expect(await done(other, 'NOOP')).toEqual([
      '* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Important)',
      '* 1 FETCH (FLAGS (\\Flagged \\Seen $Important))',
      '* 2 FETCH (FLAGS ($Important))',
    ]);
  });

  it('leaves alone what has changed since UNCHANGEDSINCE (RFC 7162 §3.1.3)', async () => {
    await put('un', 'deux', 'trois');
    const [one, other] = [await opened(), await opened()];
    const [, highest = ''] =
      /MODSEQ \((\d+)\)/.exec((await done(one, 'FETCH 3 (MODSEQ)')).join('\n')) ?? [];
    await done(other, 'STORE 2 +FLAGS (\\Flagged)');
    const answer = await run(
      one,
      `UID STORE 1:3 (UNCHANGEDSINCE ${highest}) +FLAGS.SILENT ($Junk)`,
    );
    expect(answer.at(-1)).toBe('OK [MODIFIED 2] STORE done');
    expect(answer.filter((line) => /FETCH \(UID [13] MODSEQ \(\d+\)\)/.test(line))).toHaveLength(2);
  });
});

describe('CONDSTORE and QRESYNC (RFC 7162)', () => {
  it('tells MODSEQ with every change, once asked for', async () => {
    await put('un');
    const [one, other] = [await opened('ENABLE CONDSTORE'), await opened()];
    await done(other, 'STORE 1 +FLAGS (\\Seen)');
    expect((await done(one, 'NOOP'))[0]).toMatch(
      /^\* 1 FETCH \(UID 1 FLAGS \(\\Seen\) MODSEQ \(\d+\)\)$/,
    );
    expect(await done(one, 'FETCH 1 (FLAGS) (CHANGEDSINCE 1)')).toEqual([
      expect.stringMatching(/^\* 1 FETCH \(FLAGS \(\\Seen\) MODSEQ \(\d+\)\)$/),
    ]);
  });

  it('tells what a client has missed, in SELECT and in UID FETCH', async () => {
    await put('un', 'deux', 'trois', 'quatre');
    const before = await opened('ENABLE QRESYNC');
    const lines = await done(before, `SELECT ${box}`);
    const [, validity] = /UIDVALIDITY (\d+)/.exec(lines.join('\n')) ?? [];
    const [, modseq] = /HIGHESTMODSEQ (\d+)/.exec(lines.join('\n')) ?? [];
    expect(lines[0]).toMatch(/^\* OK \[CLOSED\]/);
    const other = await opened();
    await done(other, 'STORE 1,3 +FLAGS (\\Deleted)');
    await done(other, 'EXPUNGE');
    await done(other, 'STORE 1 +FLAGS (\\Seen)');
    await put('cinq');
    expect(await done(before, 'NOOP')).toEqual([
      '* VANISHED 1,3',
      '* 3 EXISTS',
      expect.stringMatching(/^\* 1 FETCH \(UID 2 FLAGS \(\\Seen\) MODSEQ \(\d+\)\)$/),
    ]);
    const back = await town.client(WHO);
    await done(back, 'ENABLE QRESYNC');
    const missed = await done(back, `SELECT ${box} (QRESYNC (${validity} ${modseq} 1:4))`);
    expect(missed).toContain('* 3 EXISTS');
    expect(missed).toContain('* VANISHED (EARLIER) 1,3');
    expect(missed.filter((line) => line.includes(' FETCH '))).toEqual([
      expect.stringMatching(/^\* 1 FETCH \(UID 2 FLAGS \(\\Seen\) MODSEQ/),
    ]);
    expect(await done(back, `UID FETCH 1:* (FLAGS) (CHANGEDSINCE ${modseq} VANISHED)`)).toEqual([
      '* VANISHED (EARLIER) 1,3',
      expect.stringMatching(/^\* 1 FETCH \(UID 2 FLAGS \(\\Seen\) MODSEQ/),
      expect.stringMatching(/^\* 3 FETCH \(UID 5 FLAGS \(\) MODSEQ/),
    ]);
    const stale = await done(back, `SELECT ${box} (QRESYNC (1 ${modseq}))`);
    expect(stale.join('\n')).not.toContain('VANISHED');
  });
});

describe('what a client that counts by MODSEQ must hear (RFC 7162)', () => {
  it('QRESYNC and VANISHED come after ENABLE QRESYNC only, and what was selected stays (§3.2.3)', async () => {
    await put('un');
    const client = await opened();
    expect(await run(client, `SELECT ${box} (QRESYNC (1 1))`)).toEqual([
      expect.stringMatching(/^BAD QRESYNC/),
    ]);
    expect(await run(client, 'UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1 VANISHED)')).toEqual([
      expect.stringMatching(/^BAD VANISHED/),
    ]);
    expect(await done(client, 'FETCH 1 (UID)')).toEqual(['* 1 FETCH (UID 1)']);
  });

  it.each([
    'ENABLE QRESYNC',
    'ENABLE CONDSTORE',
    'FETCH 1 (MODSEQ)',
    'STATUS INBOX (HIGHESTMODSEQ)',
    'SEARCH MODSEQ 1',
    'STORE 1 (UNCHANGEDSINCE 1) +FLAGS (\\Flagged)',
    'FETCH 1 (FLAGS) (CHANGEDSINCE 1)',
  ])(
    '%s, the first of its kind, tells HIGHESTMODSEQ of what is selected (§3.1), a second not',
    async (command) => {
      await put('un');
      const client = await opened();
      const highest = async (): Promise<number> =>
        (await run(client, command)).filter((line) => line.startsWith('* OK [HIGHESTMODSEQ'))
          .length;
      expect([await highest(), await highest()]).toEqual([1, 0]);
    },
  );

  it("every FETCH that it didn't ask for has UID and MODSEQ from then on, that of \\Seen too (§3.2.4)", async () => {
    await put('un', 'deux');
    const client = await opened('ENABLE CONDSTORE');
    expect(await done(client, 'STORE 1 +FLAGS (\\Flagged)')).toEqual([
      expect.stringMatching(/^\* 1 FETCH \(UID 1 FLAGS \(\\Flagged\) MODSEQ \(\d+\)\)$/),
    ]);
    expect(await done(client, 'STORE 1 +FLAGS.SILENT (\\Answered)')).toEqual([
      expect.stringMatching(/^\* 1 FETCH \(UID 1 MODSEQ \(\d+\)\)$/),
    ]);
    expect(await done(client, 'FETCH 2 (BODY[TEXT]<0.3>)')).toEqual([
      expect.stringMatching(
        /^\* 2 FETCH \(UID 2 MODSEQ \(\d+\) BODY\[TEXT\]<0> \{3\}\r\nBon FLAGS \(\\Seen\)\)$/,
      ),
    ]);
    expect(await done(client, 'FETCH 2 (BODY[TEXT]<0.3>)')).toEqual([
      '* 2 FETCH (BODY[TEXT]<0> {3}\r\nBon)',
    ]);
  });

  it('counts from before what is gone untold, should the connection end there (§3.2, §6)', async () => {
    await put('un', 'deux', 'trois');
    const client = await opened('ENABLE QRESYNC');
    const [, before = ''] =
      /HIGHESTMODSEQ (\d+)/.exec((await done(client, `SELECT ${box}`)).join('\n')) ?? [];
    const other = await opened();
    await done(other, 'STORE 1 +FLAGS.SILENT (\\Deleted)');
    await done(other, 'EXPUNGE');
    await new Promise((resolve) => {
      setTimeout(resolve, 60);
    });
    const stored = await done(client, 'STORE 3 +FLAGS (\\Flagged)');
    expect(stored.filter((line) => !/^\* (?:3 FETCH \(UID 3 |OK )/.test(line))).toEqual([]);
    expect(stored.at(-1)).toContain(`* OK [HIGHESTMODSEQ ${before}]`);
    expect((await done(client, 'SEARCH ALL')).at(-1)).toContain(`* OK [HIGHESTMODSEQ ${before}]`);
    // §3.2.10.2: numbers are asked for
    expect((await done(client, 'UID SEARCH 3')).at(-1)).toContain(`* OK [HIGHESTMODSEQ ${before}]`);
    const noop = await done(client, 'NOOP');
    expect(noop[0]).toBe('* VANISHED 1');
    expect(Number(/HIGHESTMODSEQ (\d+)/.exec(noop.at(-1) ?? '')?.[1])).toBeGreaterThan(
      Number(before),
    );
  });

  it('an annotation moves the MODSEQ of its mailbox (§3.2)', async () => {
    const client = await town.client(WHO);
    const modseq = async (): Promise<number> =>
      Number(
        /HIGHESTMODSEQ (\d+)/.exec(
          (await done(client, `STATUS ${box} (HIGHESTMODSEQ)`)).join(),
        )?.[1],
      );
    const before = await modseq();
    await done(client, `SETMETADATA ${box} (/private/comment "un")`);
    expect(await modseq()).toBe(before + 1);
  });
});

describe('COPY, MOVE, EXPUNGE, CLOSE', () => {
  it('gives the new UIDs, and tells of what has gone', async () => {
    await put('un', 'deux', 'trois');
    await town.core.mailboxes.create(await town.viewer(WHO), `${box}/Sous`, null);
    const client = await opened();
    expect((await run(client, `COPY 1:2 ${box}/Sous`)).at(-1)).toMatch(
      /^OK \[COPYUID \d+ 1:2 1:2\]/,
    );
    expect(await run(client, 'COPY 1 Nulle-Part')).toEqual([
      expect.stringMatching(/^NO \[TRYCREATE\]/),
    ]);
    expect(await run(client, `UID MOVE 2 ${box}/Sous`)).toEqual([
      expect.stringMatching(/^\* OK \[COPYUID \d+ 2 3\]/),
      '* 2 EXPUNGE',
      'OK MOVE done',
    ]);
    await done(client, 'STORE 1:2 +FLAGS.SILENT (\\Deleted)');
    expect(await done(client, 'UID EXPUNGE 3')).toEqual(['* 2 EXPUNGE']);
    expect(await done(client, 'CLOSE')).toEqual([]);
    expect(await done(client, `SELECT ${box}`)).toContain('* 0 EXISTS');
    await done(client, 'UNSELECT');
    expect(await run(client, 'FETCH 1 (UID)')).toEqual([
      "BAD FETCH can't be used without a selected mailbox",
    ]);
  });
});

describe('IDLE (RFC 9051 §6.3.13)', () => {
  it('hears of mail, of flags set on the web and of what others erase, as it happens', async () => {
    const client = await town.client(WHO);
    await done(client, 'SELECT INBOX');
    client.send('i IDLE\r\n');
    expect(await client.response()).toBe('+ idling');
    await town.send('mamadou.diallo', WHO, 'Subject: un\n\nBonjour.\n');
    const [, count = '0'] = /^\* (\d+) EXISTS$/.exec(await client.response()) ?? [];
    const viewer = await town.viewer(WHO);
    const inbox = await town.core.mailboxes.find(viewer, 'INBOX');
    const [row] = await town.core.mail.list(viewer, inbox?.id as never, { before: null, limit: 1 });
    await town.core.mail.mark(viewer, inbox?.id as never, [row?.uid as never], { seen: true });
    expect(await client.response()).toBe(`* ${count} FETCH (FLAGS (\\Seen))`);
    await town.core.mail.erase(viewer, inbox?.id as never, [row?.uid as never]);
    expect(await client.response()).toBe(`* ${count} EXPUNGE`);
    client.send('DONE\r\n');
    expect(await client.response()).toBe('i OK IDLE done');
  });

  it('says nothing of the selected mailbox when it is deleted but BYE', async () => {
    const client = await opened();
    client.send('i IDLE\r\n');
    await client.response();
    await town.core.mailboxes.remove(await town.viewer(WHO), box);
    const other = await town.client(WHO);
    await done(other, 'NOOP');
    await town.send('mamadou.diallo', WHO, 'Subject: event\n\nBonjour.\n');
    expect(await client.response()).toMatch(/^\* BYE \[NONEXISTENT\]/);
  });
});

it('PARTIAL takes a page of the result, from either end (RFC 9394)', async () => {
  await put('un', 'deux', 'trois', 'quatre');
  const client = await opened();
  expect(await done(client, 'UID FETCH 1:* (UID) (PARTIAL -1:-2)')).toEqual([
    '* 3 FETCH (UID 3)',
    '* 4 FETCH (UID 4)',
  ]);
  expect(await done(client, 'UID FETCH 2:* (UID) (PARTIAL 2:2)')).toEqual(['* 3 FETCH (UID 3)']);
  expect(await done(client, 'UID FETCH 1:* (UID) (PARTIAL 9:10)')).toEqual([]);
});

it('COMPRESS packs both ways from the next byte on (RFC 4978)', async () => {
  await town.put(WHO, box, letter('long', 'toujours pareil\n'.repeat(20_000)));
  const client = await opened();
  expect((await run(client, 'COMPRESS LZW')).at(-1)).toMatch(/^NO \[CANNOT\]/);
  await done(client, 'COMPRESS DEFLATE');
  const { received, sent } = await packed(
    client,
    ['a FETCH 1 (BODY.PEEK[])', 'b NOOP', 'c COMPRESS DEFLATE'],
    'c NO [COMPRESSIONACTIVE]',
  );
  expect(received).toContain('toujours pareil');
  expect(received).toContain('b OK NOOP done');
  console.log(`COMPRESS: ${received.length} bytes in ${sent}`);
  expect(sent).toBeLessThan(received.length / 20);
});

it('COMPRESS: what IDLE waits for is on the wire at once (RFC 4978 §4)', async () => {
  const client = await opened();
  await done(client, 'COMPRESS DEFLATE');
  const heard = packed(client, ['i IDLE'], '* 1 EXISTS');
  await new Promise((resolve) => {
    setTimeout(resolve, 60);
  });
  await put('un');
  expect((await heard).received).toBe('+ idling\r\n* 1 EXISTS\r\n');
});

/** Says commands through zlib until `end` was heard. */
async function packed(
  client: ImapClient,
  commands: readonly string[],
  end: string,
): Promise<{ received: string; sent: number }> {
  const socket = client.takeSocket();
  const deflate = createDeflateRaw();
  const inflate = createInflateRaw();
  let received = '';
  let sent = 0;
  deflate.pipe(socket);
  socket.on('data', (piece: Buffer) => {
    sent += piece.length;
    inflate.write(piece);
  });
  inflate.on('data', (piece: Buffer) => {
    received += piece.toString('latin1');
  });
  for (const command of commands) deflate.write(`${command}\r\n`);
  deflate.flush(constants.Z_SYNC_FLUSH);
  await expect.poll(() => received.includes(end), { timeout: 8_000 }).toBe(true);
  return { received, sent };
}

describe('NOTIFY (RFC 5465)', () => {
  it('tells of other mailboxes and of the selected one between commands', async () => {
    await put('un');
    const other = `${box}/Autre`;
    await town.core.mailboxes.create(await town.viewer(WHO), other, null);
    const client = await opened();
    const asked = await done(
      client,
      `NOTIFY SET STATUS (selected (MessageNew (UID BODY.PEEK[HEADER.FIELDS (SUBJECT)]) MessageExpunge)) (subtree ${box} (MessageNew MessageExpunge MailboxName))`,
    );
    expect(asked).toEqual([
      expect.stringMatching(new RegExp(`^\\* STATUS ${other} \\(MESSAGES 0 UIDNEXT 1 `)),
    ]);
    const second = await opened();
    await done(second, `COPY 1 ${other}`);
    expect(await client.response()).toMatch(
      new RegExp(`^\\* STATUS ${other} \\(MESSAGES 1 UIDNEXT 2 `),
    );
    await done(second, `COPY 1 ${box}`);
    expect(await client.response()).toBe('* 2 EXISTS');
    expect(await client.response()).toBe(
      '* 2 FETCH (UID 2 BODY[HEADER.FIELDS (SUBJECT)] {15}\r\nSubject: un\r\n\r\n)',
    );
    await done(second, `CREATE ${box}/Neuf`);
    // Only a name that was told can be told to be old.
    expect(await client.response(10_000)).toContain(`${box}/Neuf`);
    await done(second, `RENAME ${box}/Neuf ${box}/Vieux`);
    expect(await client.response(10_000)).toContain(`"OLDNAME" (${box}/Neuf)`);
    expect(await done(client, 'NOTIFY NONE')).toEqual([]);
    await done(second, `COPY 1 ${other}`);
    expect(await client.response(150)).toBe('silence');
    // §4: IDLE says no more than NOTIFY was asked for.
    client.send('i IDLE\r\n');
    expect(await client.response()).toBe('+ idling');
    await done(second, `COPY 1 ${box}`);
    expect(await client.response(150)).toBe('silence');
    client.send('DONE\r\n');
  });

  it('is a NOOP, brings along what came while a command ran, and names flags by UID', async () => {
    await put('un');
    const [client, second] = [await opened(), await opened()];
    await done(second, `COPY 1 ${box}`);
    expect(
      await done(client, 'NOTIFY SET (SELECTED (MessageNew (UID) MessageExpunge FlagChange))'),
    ).toEqual(['* 2 EXISTS', '* 2 FETCH (UID 2)']);
    await done(second, 'STORE 1 +FLAGS (\\Flagged)');
    expect(await client.response()).toBe('* 1 FETCH (UID 1 FLAGS (\\Flagged))');
  });

  it('tells of a board that somebody else shares, by their events (§5.9: while it is shared)', async () => {
    const owner = await town.client(WHO);
    await done(owner, `SETACL ${box} ${town.address('mamadou.diallo')} lrs`);
    const reader = await town.client('mamadou.diallo');
    const [line = ''] = await done(reader, `LIST "" "*${box}"`);
    const name = line.replace(/^.* "\/" /, '');
    await done(
      reader,
      `NOTIFY SET (subtree ${name.replace(`/${box}`, '')} (MessageNew MessageExpunge FlagChange MailboxName MailboxMetadataChange))`,
    );
    await put('un');
    expect(await reader.response()).toMatch(/^\* STATUS .* \(MESSAGES 1 UIDNEXT 2 /);
    await done(owner, `SELECT ${box}`);
    await done(owner, 'STORE 1 +FLAGS (\\Flagged)');
    expect(await reader.response()).toMatch(/^\* STATUS .* HIGHESTMODSEQ 3\)$/);
    await done(owner, `SETMETADATA ${box} (/shared/comment "Sorties" /private/comment "pour moi")`);
    expect(await reader.response()).toMatch(/^\* STATUS .* HIGHESTMODSEQ 4\)$/);
    expect(await reader.response()).toBe(`* METADATA ${name} /shared/comment`);
    await done(owner, `RENAME ${box} ${box}-neuf`);
    expect(await reader.response()).toBe(
      `* LIST (\\HasNoChildren \\Subscribed) "/" ${name.replace(box, `${box}-neuf`)} ("OLDNAME" (${name}))`,
    );
    await done(owner, `SETACL ${box}-neuf ${town.address('mamadou.diallo')} l`);
    await done(owner, `COPY 1 ${box}-neuf`); // nothing is told of it: the reader may list it only
    await done(owner, `DELETEACL ${box}-neuf ${town.address('mamadou.diallo')}`);
    expect(await reader.response()).toContain('* LIST (\\NonExistent)');
    await done(owner, `DELETE ${box}-neuf`);
    expect(await reader.response(150)).toBe('silence');
  });

  it('of what may be listed but not read it says \\NoAccess and no count (§3.1)', async () => {
    const owner = await town.client(WHO);
    await put('un');
    await done(owner, `SETACL ${box} ${town.address('mamadou.diallo')} l`);
    const reader = await town.client('mamadou.diallo');
    const [line = ''] = await done(reader, `LIST "" "*${box}"`);
    expect(
      await done(
        reader,
        `NOTIFY SET STATUS (mailboxes ${line.replace(/^.* "\/" /, '')} (MessageNew MessageExpunge))`,
      ),
    ).toEqual([line.replace('\\HasNoChildren', '\\NoAccess')]);
    await done(owner, `DELETE ${box}`);
  });

  it('tells of annotations of the account that another program sets, not of its own', async () => {
    const [client, second] = [await town.client(WHO), await town.client(WHO)];
    await done(
      client,
      'NOTIFY SET (personal (ServerMetadataChange MailboxMetadataChange MailboxName))',
    );
    await done(client, `SETMETADATA "" (/private/comment "a")`);
    await done(client, `SETMETADATA ${box} (/private/comment "a")`);
    await done(client, `CREATE ${box}/Moi`);
    await done(second, `SETMETADATA "" (/private/comment "b" /private/vendor/x "c")`);
    expect(await client.response()).toBe('* METADATA "" /private/comment /private/vendor/x');
    await done(second, `SETMETADATA ${box} (/private/comment NIL)`);
    expect(await client.response()).toBe(`* METADATA ${box} /private/comment`);
    expect(await client.response(150)).toBe('silence');
  });

  it("refuses what it can't watch", async () => {
    const client = await town.client(WHO);
    expect(
      await run(
        client,
        'NOTIFY SET (personal (AnnotationChange MessageNew MessageExpunge FlagChange))',
      ),
    ).toEqual([
      expect.stringMatching(
        /^NO \[BADEVENT \(MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange MailboxMetadataChange ServerMetadataChange\)\]/,
      ),
    ]);
  });
});
