/** A mail program that many use, as its users would: nothing here speaks IMAP but it. */
import { ImapFlow, type FetchMessageObject } from 'imapflow';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openImapTown, type ImapTown } from './testing/test-town.ts';

const WHO = 'claire.lefevre';
let town: ImapTown;
beforeAll(async () => {
  town = await openImapTown();
});
afterAll(() => town.close());

async function connected(
  more: Partial<ConstructorParameters<typeof ImapFlow>[0]> = {},
): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: town.imap.ports.imaps,
    secure: true,
    tls: { rejectUnauthorized: false },
    auth: { user: town.address(WHO), pass: town.password },
    logger: false,
    ...more,
  });
  await client.connect();
  return client;
}

/** A client with a new folder of three starred letters open. */
async function withThree(folder: string, act: (client: ImapFlow) => Promise<void>): Promise<void> {
  const client = await connected();
  await client.mailboxCreate(folder);
  for (const subject of ['un', 'deux', 'trois'])
    await client.append(
      folder,
      `From: "Claire" <claire@x.example>\r\nSubject: =?utf-8?q?=C3=89cluse?= ${subject}\r\nDate: Tue, 24 Nov 2026 08:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nÀ l’écluse, ${subject}.\r\n`,
      ['\\Flagged'],
    );
  const lock = await client.getMailboxLock(folder);
  try {
    await act(client);
  } finally {
    lock.release();
  }
  await client.logout();
}

it('lists folders and reads what is in them', () =>
  withThree('Sorties/Écluse', async (client) => {
    expect((await client.list()).map(({ path, specialUse }) => [path, specialUse])).toEqual(
      expect.arrayContaining([
        ['INBOX', '\\Inbox'],
        ['Envoyés', '\\Sent'],
        ['Corbeille', '\\Trash'],
        ['Sorties/Écluse', undefined],
      ]),
    );
    const all: FetchMessageObject[] = await client.fetchAll('1:*', {
      uid: true,
      flags: true,
      envelope: true,
      bodyStructure: true,
      size: true,
      internalDate: true,
      threadId: true,
    });
    expect(
      all.map(({ uid, envelope, flags, bodyStructure, emailId }) => [
        uid,
        envelope?.subject,
        [...(flags ?? [])],
        bodyStructure?.type,
        typeof emailId,
      ]),
    ).toEqual(
      ['un', 'deux', 'trois'].map((subject, i) => [
        i + 1,
        `Écluse ${subject}`,
        ['\\Flagged'],
        'text/plain',
        'string',
      ]),
    );
    const { content } = await client.download('2', undefined, { uid: true });
    const text: Buffer[] = [];
    for await (const piece of content ?? []) text.push(piece as Buffer);
    expect(Buffer.concat(text).toString('utf8')).toContain('À l’écluse, deux.');
  }));

it('flags, copies, moves and erases', () =>
  withThree('Sorties/Pont', async (client) => {
    expect(await client.messageFlagsAdd('1:2', ['\\Seen', '$Forwarded'], { uid: true })).toBe(true);
    expect(
      ((await client.fetchOne('2', { flags: true }, { uid: true })) as FetchMessageObject).flags,
    ).toEqual(new Set(['\\Seen', '\\Flagged', '$Forwarded']));
    expect(await client.search({ seen: false }, { uid: true })).toEqual([3]);
    expect(await client.messageCopy('1', 'Archives', { uid: true })).toMatchObject({
      destination: 'Archives',
      uidMap: new Map([[1, 1]]),
    });
    expect(await client.messageMove('2', 'Archives', { uid: true })).toMatchObject({
      uidMap: new Map([[2, 2]]),
    });
    expect(await client.messageDelete('3', { uid: true })).toBe(true);
    expect((await client.fetchAll('1:*', { uid: true })).map(({ uid }) => uid)).toEqual([1]);
    expect(
      await client.status('Archives', { messages: true, unseen: true, uidNext: true }),
    ).toMatchObject({ messages: 2, uidNext: 3 });
  }));

it('waits in IDLE and hears of mail and of flags', async () => {
  const client = await connected({ qresync: true });
  const lock = await client.getMailboxLock('INBOX');
  lock.release();
  const heard: string[] = [];
  client.on('exists', ({ count, prevCount }) => heard.push(`exists +${count - prevCount}`));
  client.on('flags', ({ flags }) => heard.push(`flags ${[...(flags ?? [])].join(' ')}`));
  client.on('expunge', ({ vanished }) => heard.push(`expunge ${vanished}`));
  const idling = client.idle();
  await town.send('mamadou.diallo', WHO, 'Subject: un\n\nBonjour.\n');
  await expect.poll(() => heard).toEqual(['exists +1']);
  const me = await town.viewer(WHO);
  const inbox = await town.core.mailboxes.find(me, 'INBOX');
  const uids = [{ from: 1, to: inbox?.uidNext ?? 1 }];
  await town.core.mailboxes.store(me, inbox?.id as never, {
    uids,
    change: 'add',
    flags: ['\\Flagged'],
    unchangedSince: null,
  });
  await expect.poll(() => heard.at(-1)).toBe('flags \\Flagged');
  await town.core.mailboxes.store(me, inbox?.id as never, {
    uids,
    change: 'add',
    flags: ['\\Deleted'],
    unchangedSince: null,
  });
  await town.core.mailboxes.expunge(me, inbox?.id as never, null);
  await expect.poll(() => heard.at(-1)).toBe('expunge true');
  await client.noop();
  await idling;
  await client.logout();
});
