/**
 * Commands on a selected mailbox, over a real socket and a real store, often from two sessions at
 * once.
 */
import { constants, createDeflateRaw, createInflateRaw } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { done, letter, openCommandsTown, run, WHO } from './testing/commands-town.ts';
import type { ImapClient } from './testing/imap-client.ts';

const { town, box, put, opened } = await openCommandsTown();

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
    await town.put(WHO, box.path, NESTED);
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
    await town.put(WHO, box.path, NESTED);
    const client = await opened();
    expect(await run(client, 'FETCH 1 (UID BINARY.PEEK[4] BODY.PEEK[4])')).toEqual([
      '* 1 FETCH (UID 1 BODY[4] {2}\r\n??)',
      expect.stringMatching(/^NO \[UNKNOWN-CTE\]/),
    ]);
    for (const alone of ['BINARY.PEEK[4]', 'BINARY.SIZE[4]', '(BINARY.PEEK[4] BINARY.SIZE[4])'])
      expect(await run(client, `FETCH 1 ${alone}`), alone).toEqual([
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
    await done(client, `EXAMINE ${box.path}`);
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

describe('a letter that its writer recalls', () => {
  it('leaves an open mailbox as by an EXPUNGE of its owner, unless it was read', async () => {
    const reader = await town.client('karim.haddad');
    const [count] = /\d+ EXISTS/.exec((await done(reader, 'SELECT INBOX')).join('\n')) ?? ['0'];
    const before = Number.parseInt(count, 10);
    const writer = await town.viewer(WHO);
    for (const subject of ['lue', 'reprise']) {
      const text = `Message-ID: <${subject}@x.example>\nSubject: ${subject}\n\nBonjour.\n`;
      expect(await town.send(WHO, 'karim.haddad', text)).toMatchObject({ kind: 'accepted' });
      await town.put(WHO, 'Envoyés', `From: ${town.address(WHO)}\n${text}`); // as programs do
    }
    expect(await done(reader, 'NOOP')).toContain(`* ${before + 2} EXISTS`);
    await done(reader, `STORE ${before + 1} +FLAGS (\\Seen)`);
    const sentMailbox = (await town.core.mail.mailboxes(writer)).find(({ use }) => use === 'sent');
    if (!sentMailbox) throw new Error('no Sent');
    for (const { mailbox, uid } of await town.core.mail.list(writer, sentMailbox.id, {
      before: null,
      limit: 2,
    }))
      expect((await town.core.sent.recall(writer, mailbox, uid)).kind).toBe('recalled');
    expect(await done(reader, 'NOOP')).toEqual([`* ${before + 2} EXPUNGE`]);
    expect(await done(reader, `FETCH ${before + 1} (FLAGS)`)).toEqual([
      expect.stringContaining('\\Seen'),
    ]);
  });
});

describe('COPY, MOVE, EXPUNGE, CLOSE', () => {
  it('gives the new UIDs, and tells of what has gone', async () => {
    await put('un', 'deux', 'trois');
    await town.core.mailboxes.create(await town.viewer(WHO), `${box.path}/Sous`, null);
    const client = await opened();
    expect((await run(client, `COPY 1:2 ${box.path}/Sous`)).at(-1)).toMatch(
      /^OK \[COPYUID \d+ 1:2 1:2\]/,
    );
    expect(await run(client, 'COPY 1 Nulle-Part')).toEqual([
      expect.stringMatching(/^NO \[TRYCREATE\]/),
    ]);
    expect(await run(client, `UID MOVE 2 ${box.path}/Sous`)).toEqual([
      expect.stringMatching(/^\* OK \[COPYUID \d+ 2 3\]/),
      '* 2 EXPUNGE',
      'OK MOVE done',
    ]);
    await done(client, 'STORE 1:2 +FLAGS.SILENT (\\Deleted)');
    expect(await done(client, 'UID EXPUNGE 3')).toEqual(['* 2 EXPUNGE']);
    expect(await done(client, 'CLOSE')).toEqual([]);
    expect(await done(client, `SELECT ${box.path}`)).toContain('* 0 EXISTS');
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
    await town.core.mail.mark(viewer, inbox?.id as never, {
      uids: [row?.uid as never],
      marks: { seen: true },
    });
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
    await town.core.mailboxes.remove(await town.viewer(WHO), box.path);
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
  await town.put(WHO, box.path, letter('long', 'toujours pareil\n'.repeat(20_000)));
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
