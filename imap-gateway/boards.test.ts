/** Boards in the folders of mail programs: decision 93, RFC 4314 §5.2, RFC 7162 §3.1.2.2. */
import { randomUUID } from 'node:crypto';
import { ImapFlow, type FetchMessageObject } from 'imapflow';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BoardRef, NoticeRef, NoticeWish } from '../core/school/boards/contract.ts';
import { SOAKED, sliced } from '../tests/shared/slice.ts';
import { done } from './testing/commands-town.ts';
import type { ImapClient } from './testing/imap-client.ts';
import { openImapTown, type ImapTown } from './testing/test-town.ts';

const HEAD = 'mamadou.diallo';
const CE1_A = 'Partagés/Panneau/CE1 A';
/** The same in modified UTF-7 (RFC 3501 §5.1.3). */
const CE1_A_WIRE = '"Partag&AOk-s/Panneau/CE1 A"';
const ROW = /^\* \d+ FETCH /;

let town: ImapTown;
let ce1: BoardRef;
let hung: NoticeRef[] = [];
const flows: ImapFlow[] = [];

beforeAll(async () => {
  // Nobody looks by the clock meanwhile: what is told is told by events.
  town = await openImapTown({ limits: { lookMs: 600_000 } });
  const head = await town.viewer(HEAD);
  await town.core.schoolSettings.save(head, head.school, { pupilPrograms: true });
  const lines = await town.core.boards.list(await town.viewer('claire.lefevre'));
  ce1 = lines.find(({ name }) => name === 'CE1 A')?.ref as BoardRef;
});
afterEach(async () => {
  for (const flow of flows.splice(0)) await flow.logout();
  town.hangUp();
  const claire = await town.viewer('claire.lefevre');
  for (const ref of hung.splice(0)) await town.core.boards.takeDown(claire, ref);
});
afterAll(() => town.close());

const wish = (some: Partial<NoticeWish> = {}): NoticeWish => ({
  letter: randomUUID() as NoticeWish['letter'],
  title: 'On cherche des bouchons',
  text: 'Chaque enfant apporte dix bouchons de couleur.',
  readers: ['pupils', 'families'],
  untilDay: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10),
  day: '',
  add: [],
  draft: null,
  keep: [],
  edition: 0,
  ...some,
});

/** Hangs something up before the class; off again after the test. */
async function post(some: Partial<NoticeWish> = {}): Promise<NoticeRef> {
  const claire = await town.viewer('claire.lefevre');
  const posted = await town.core.boards.post(claire, ce1, wish(some));
  if (posted.kind !== 'posted') throw new Error(JSON.stringify(posted));
  hung.push(posted.ref);
  return posted.ref;
}

async function program(local: string): Promise<ImapFlow> {
  const flow = new ImapFlow({
    host: '127.0.0.1',
    port: town.imap.ports.imaps,
    secure: true,
    tls: { rejectUnauthorized: false },
    auth: { user: town.address(local), pass: town.password },
    logger: false,
  });
  await flow.connect();
  flows.push(flow);
  return flow;
}

async function opened(local: string, path = CE1_A): Promise<ImapFlow> {
  const flow = await program(local);
  await flow.mailboxOpen(path);
  return flow;
}

/** A client that says what a test says, with the board of CE1 A selected. */
async function selected(local: string, ...before: string[]): Promise<ImapClient> {
  const client = await town.client(local);
  for (const command of before) await done(client, command);
  await done(client, `SELECT ${CE1_A_WIRE}`);
  return client;
}

/** Which boards of this name a program lists. */
const boardsOf = async (flow: ImapFlow, name = CE1_A): Promise<string[]> =>
  (await flow.list())
    .map(({ path }) => path)
    .filter((path) => path.startsWith(name))
    .toSorted();

const subjectsIn = async (flow: ImapFlow): Promise<(string | undefined)[]> =>
  (await flow.fetchAll('1:*', { envelope: true })).map(({ envelope }) => envelope?.subject);

const last = (lines: readonly string[]): string => lines.at(-1) ?? '';

describe('a board in a mail program', () => {
  it('is there for who reads it today, by the name of its class', async () => {
    await post({ readers: ['pupils'], title: 'Pour les élèves' });
    await post({ readers: ['families'], title: 'Pour les familles' });
    const seen: Record<string, readonly string[]> = {};
    for (const who of ['lina.moreau', 'samira.benali', 'claire.lefevre', 'hugues.armand'])
      seen[who] = await boardsOf(await program(who));
    expect(seen).toEqual({
      'lina.moreau': [CE1_A],
      'samira.benali': [CE1_A],
      'claire.lefevre': [CE1_A, `${CE1_A} familles`],
      'hugues.armand': [],
    });
    expect(await subjectsIn(await opened('lina.moreau'))).toEqual(['Pour les élèves']);
    expect(await subjectsIn(await opened('samira.benali'))).toEqual(['Pour les familles']);
    expect(await subjectsIn(await opened('claire.lefevre', `${CE1_A} familles`))).toEqual([
      'Pour les familles',
    ]);
  });

  it('of the school has its name, and a mailbox for each circle that one belongs to', async () => {
    const head = await town.viewer(HEAD);
    const ref = { school: head.school, classId: null };
    const readers = ['pupils', 'families', 'team'] as const;
    const posted = await town.core.boards.post(head, ref, wish({ readers }));
    if (posted.kind !== 'posted') throw new Error(posted.kind);
    const { name } = (await town.core.boards.list(head)).find(
      ({ ref: { classId } }) => classId === null,
    ) as { readonly name: string };
    const path = `Partagés/Panneau/${name}`;
    const of = async (who: string) => boardsOf(await program(who), path);
    expect(await of('karim.haddad')).toEqual([path, `${path} familles`, `${path} équipe`]);
    expect([await of('lina.moreau'), await of('samira.benali')]).toEqual([[path], [path]]);
    await town.core.boards.takeDown(head, posted.ref);
  });

  it('is nowhere for another class and another school, by any command', async () => {
    await post();
    for (const who of ['karim.haddad', 'hugues.armand']) {
      const client = await town.client(who);
      for (const say of [
        `SELECT ${CE1_A_WIRE}`,
        `STATUS ${CE1_A_WIRE} (MESSAGES)`,
        `MYRIGHTS ${CE1_A_WIRE}`,
        `DELETE ${CE1_A_WIRE}`,
      ])
        expect(last(await client.run(say)), `${who}: ${say}`).toMatch(/^NO \[NONEXISTENT\]/);
    }
  });

  it('is closed to a child who leaves the class while it is open', async () => {
    await post();
    const client = await selected('lina.moreau');
    const head = await town.viewer(HEAD);
    const lina = await town.viewer('lina.moreau');
    const pupils = [{ pupil: lina.addressId, from: ce1.classId }];
    const spread = { pupils, way: 'take-out', to: null } as const;
    expect((await town.core.classes.spread(head, head.school, spread)).kind).toBe('done');
    expect((await client.run('UID FETCH 1:* (FLAGS)')).join('\n')).not.toMatch(ROW);
    expect(await boardsOf(await program('lina.moreau'))).toEqual([]);
    expect((await town.core.classes.undoLast(head, head.school)).kind).toBe('done');
    expect(await boardsOf(await program('lina.moreau'))).toEqual([CE1_A]);
  });
});

describe('\\Seen on a board', () => {
  it('is each reader’s own, and the same as on the pages', async () => {
    await post({ title: 'Un', readers: ['pupils'] });
    await post({ title: 'Deux', readers: ['pupils'] });
    const [lina, claire] = [await opened('lina.moreau'), await opened('claire.lefevre')];
    await lina.fetchOne('1', { source: true });
    expect(await lina.search({ seen: true })).toEqual([]); // this program peeks
    expect(await lina.messageFlagsAdd('1', ['\\Seen'])).toBe(true);
    expect(await lina.search({ seen: false })).toEqual([2]);
    const { flags } = (await lina.fetchOne('1', { flags: true })) as FetchMessageObject;
    expect([...(flags ?? [])]).toEqual(['\\Seen']);
    // Who wrote them has seen them.
    expect(await claire.search({ seen: false })).toEqual([]);
    const other = await program('adele.vidal');
    const status = await other.status(CE1_A, { messages: true, unseen: true });
    expect(status).toMatchObject({ messages: 2, unseen: 2 });
    const viewer = await town.viewer('lina.moreau');
    expect((await town.core.boards.news(viewer)).unseen).toBe(1);
    await lina.messageFlagsRemove('1', ['\\Seen']);
    expect((await town.core.boards.news(viewer)).unseen).toBe(2);
  });

  it('is set by reading, told with it, and not by EXAMINE', async () => {
    await post({ readers: ['pupils'] });
    const lina = await town.client('lina.moreau');
    await done(lina, `EXAMINE ${CE1_A_WIRE}`);
    await done(lina, 'FETCH 1 BODY[TEXT]');
    expect(last(await lina.run('STORE 1 +FLAGS (\\Seen)'))).toMatch(/^NO/);
    expect(await done(lina, 'SEARCH UNSEEN')).toEqual(['* SEARCH 1']);
    await done(lina, `SELECT ${CE1_A_WIRE}`);
    expect((await done(lina, 'FETCH 1 BODY[TEXT]')).join('')).toMatch(/FLAGS \(\\Seen\)\)$/);
    expect(await done(lina, 'SEARCH OR SEEN SUBJECT absent')).toEqual(['* SEARCH 1']);
    expect(await done(lina, 'SEARCH NOT SEEN')).toEqual(['* SEARCH']);
  });

  it('is told rightly to each who opens it after another', async () => {
    await post({ readers: ['pupils'] });
    await post({ readers: ['pupils'] });
    const lina = await selected('lina.moreau');
    await done(lina, 'STORE 1 +FLAGS.SILENT (\\Seen)');
    const unseen = async (local: string) =>
      (await done(await town.client(local), `SELECT ${CE1_A_WIRE}`)).filter((line) =>
        line.includes('[UNSEEN'),
      );
    expect(await unseen('adele.vidal')).toEqual([expect.stringContaining('[UNSEEN 1]')]);
    expect(await unseen('lina.moreau')).toEqual([expect.stringContaining('[UNSEEN 2]')]);
  });
});

describe('what happens on a board', () => {
  it('is a new UID for other words, and the old one gone', async () => {
    const ref = await post({ readers: ['pupils'] });
    const lina = await opened('lina.moreau');
    await lina.messageFlagsAdd('1', ['\\Seen']);
    const [before] = await lina.fetchAll('1:*', { uid: true });
    const claire = await town.viewer('claire.lefevre');
    const edited = wish({ edition: 1, title: 'On cherche vingt bouchons', readers: ['pupils'] });
    expect((await town.core.boards.edit(claire, ref, edited)).kind).toBe('posted');
    await lina.noop();
    const now = await lina.fetchAll('1:*', { uid: true, envelope: true, flags: true });
    expect(now.map(({ envelope, flags }) => [envelope?.subject, flags?.size])).toEqual([
      ['On cherche vingt bouchons', 0],
    ]);
    expect(now[0]?.uid).toBeGreaterThan(before?.uid ?? Infinity);
  });

  it('is told with the next command, and in IDLE', async () => {
    const [first, second] = [
      await post({ readers: ['pupils'] }),
      await post({ readers: ['pupils'] }),
    ];
    const claire = await town.viewer('claire.lefevre');
    const client = await selected('lina.moreau');
    await town.core.boards.takeDown(claire, first);
    expect(await done(client, 'UID SEARCH ALL')).toContain('* 1 EXPUNGE');
    const idle = await opened('lina.moreau');
    const heard: string[] = [];
    idle.on('expunge', ({ seq }) => heard.push(`expunge ${seq}`));
    const idling = idle.idle();
    await town.core.boards.takeDown(claire, second);
    await expect.poll(() => heard, { timeout: 20_000 }).toEqual(['expunge 1']);
    await idle.noop();
    await idling;
  });
});

describe('NOTIFY (RFC 5465) on a board', () => {
  it('tells of a new notice without a MODSEQ, and nothing of itself once it is left', async () => {
    await post({ readers: ['pupils'] });
    const client = await selected('lina.moreau', 'ENABLE CONDSTORE');
    const events = '(MessageNew (UID FLAGS) MessageExpunge FlagChange)';
    const subtree = '(subtree "Partag&AOk-s" (MessageNew MessageExpunge FlagChange))';
    await done(client, `NOTIFY SET (selected ${events}) ${subtree}`);
    const idling = async (): Promise<void> => {
      client.send('i IDLE\r\n');
      expect(await client.response()).toBe('+ idling');
    };
    await idling();
    await post({ readers: ['pupils'] });
    expect(await client.response()).toBe('* 2 EXISTS');
    expect(await client.response()).toMatch(/^\* 2 FETCH \(UID \d+ FLAGS \(\)\)$/);
    client.send('DONE\r\n');
    expect(await client.response()).toMatch(/^i OK/);
    await done(client, 'UNSELECT');
    await idling();
    expect(await client.response(1_000)).toBe('silence');
    await post({ readers: ['pupils'] });
    expect(await client.response()).toMatch(
      /^\* STATUS "Partag&AOk-s\/Panneau\/CE1 A" \(MESSAGES 3 .* HIGHESTMODSEQ 0\)$/,
    );
  });
});

describe('a board refuses', () => {
  const { some, rest } = sliced(3, [
    'STORE 1 +FLAGS (\\Deleted)',
    'STORE 1 +FLAGS (Important)',
    'STORE 1 FLAGS (\\Flagged)',
    'EXPUNGE',
    'MOVE 1 Corbeille',
    `COPY 1 ${CE1_A_WIRE}`,
    `CREATE "Partag&AOk-s/Panneau/CE1 A/Autre"`,
    `CREATE "Partag&AOk-s/Panneau/Autre"`,
    `DELETE ${CE1_A_WIRE}`,
    `RENAME ${CE1_A_WIRE} Mien`,
    `SETACL ${CE1_A_WIRE} karim.haddad@ecoles.preau.test lr`,
    `GETACL ${CE1_A_WIRE}`,
    `UNSUBSCRIBE ${CE1_A_WIRE}`,
    `SETMETADATA ${CE1_A_WIRE} (/private/comment "a")`,
    `APPEND ${CE1_A_WIRE} {22+}\r\nSubject: Un\r\n\r\nTexte\r\n`,
  ]);
  it.each(some)('%s', isRefused);
  it.each(rest)('and so %s', SOAKED, isRefused);

  async function isRefused(say: string): Promise<void> {
    await post({ readers: ['pupils'] });
    for (const who of ['lina.moreau', 'claire.lefevre'])
      expect(last(await (await selected(who)).run(say)), who).toMatch(/^NO \[(NOPERM|CANNOT)\]/);
    expect(await done(await selected('lina.moreau'), 'FETCH 1 (FLAGS)')).toEqual([
      '* 1 FETCH (FLAGS ())',
    ]);
  }

  it('what counts by MODSEQ, and says so', async () => {
    await post({ readers: ['pupils'] });
    const client = await town.client('lina.moreau');
    await done(client, 'ENABLE QRESYNC');
    const lines = await client.run(`SELECT ${CE1_A_WIRE} (QRESYNC (1 1))`);
    expect(lines.join('\n')).toContain('* OK [NOMODSEQ]');
    expect(lines.join('\n')).toContain('[PERMANENTFLAGS (\\Seen)]');
    expect(lines.join('\n')).not.toMatch(/HIGHESTMODSEQ|VANISHED/);
    expect(last(lines)).toMatch(/^OK \[READ-ONLY\]/);
    for (const say of [
      'FETCH 1 (FLAGS) (CHANGEDSINCE 1)',
      'FETCH 1 (MODSEQ)',
      'SEARCH MODSEQ 1',
      'STORE 1 (UNCHANGEDSINCE 1) +FLAGS (\\Seen)',
    ])
      expect(last(await client.run(say)), say).toMatch(/^BAD/);
    expect(await done(client, 'STORE 1 +FLAGS (\\Seen)')).toEqual([
      expect.stringMatching(/^\* 1 FETCH \(UID \d+ FLAGS \(\\Seen\)\)$/),
    ]);
    expect(await done(client, `STATUS ${CE1_A_WIRE} (UNSEEN HIGHESTMODSEQ)`)).toEqual([
      `* STATUS ${CE1_A_WIRE} (UNSEEN 0 HIGHESTMODSEQ 0)`,
    ]);
    expect(await done(client, `GETQUOTAROOT ${CE1_A_WIRE}`)).toEqual([`* QUOTAROOT ${CE1_A_WIRE}`]);
  });
});

it('of another school is read, marked and kept by who belongs to both', async () => {
  const nadege = await town.viewer('nadege.colas');
  const line = (await town.core.boards.list(nadege)).find(
    ({ ref, name }) => ref.school !== nadege.school && name === 'CE2',
  );
  if (line === undefined) throw new Error('no board elsewhere');
  const ref = await town.core.boards.post(nadege, line.ref, wish({ readers: ['pupils'] }));
  if (ref.kind !== 'posted') throw new Error(JSON.stringify(ref));
  const flow = await opened('nadege.colas', 'Partagés/Panneau/CE2');
  const source = await flow.fetchOne('1', { source: true, flags: true });
  expect(source && source.source?.toString()).toContain('dix bouchons');
  expect(source && source.source?.toString()).toMatch(/^To: .*:;\r$/m);
  expect(source && source.source?.toString()).toMatch(/^Expires: \w+, .* \+0000\r$/m);
  const copied = await flow.messageCopy('1', 'Archives');
  expect(copied && copied.uidMap?.size).toBe(1);
  const heard: string[] = [];
  flow.on('expunge', ({ seq }) => heard.push(`expunge ${seq}`));
  const idling = flow.idle();
  await town.core.boards.takeDown(nadege, ref.ref);
  await expect.poll(() => heard, { timeout: 20_000 }).toEqual(['expunge 1']);
  await flow.noop();
  await idling;
  await flow.mailboxOpen('Archives');
  const kept = await flow.fetchOne('*', { source: true, flags: true });
  expect(kept && kept.source?.toString()).toContain('dix bouchons');
  expect(kept && kept.flags?.has('\\Seen')).toBe(true);
});

it('lets who reads a notice keep it among their own letters', async () => {
  const ref = await post({ readers: ['pupils'] });
  const client = await selected('lina.moreau');
  await done(client, 'STORE 1 +FLAGS (\\Seen)');
  expect(last(await client.run('COPY 1 Archives'))).toMatch(/^OK \[COPYUID /);
  await town.core.boards.takeDown(await town.viewer('claire.lefevre'), ref);
  await done(client, 'SELECT Archives');
  expect((await done(client, 'FETCH * (FLAGS BODY.PEEK[TEXT])')).join('')).toMatch(
    /FLAGS \(\\Seen\).*dix bouchons/s,
  );
});
