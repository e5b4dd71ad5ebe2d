import { hash, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, uidsOf } from '../../../tests/shared/town.ts';
import { BODY_GONE_DAYS } from '../../ground/backup-days.ts';
import type { SchoolId, Uid } from '../../ground/ids.ts';
import { PIECE_BYTES, piecesOf } from '../../ground/pieces.ts';
import { DAY_MS } from '../../ground/spans.ts';
import type { SectionWish } from '../../mail/mailboxes/contract/sections.ts';
import type { MessageRow } from '../../mail/reading/contract.ts';
import { bodyPiece, dropUnusedBodies, keepBody, wholeBody } from '../../store/bodies/bodies.ts';
import { s3Server } from '../../store/bodies/testing/s3-server.ts';
import { carryAccounts } from '../../store/schools/school-move.ts';
import type { AsideTx } from '../../store/store.ts';

const SIGNS = 'ACDEFHJKMNPQRTUVWXY3479A'.repeat(3).slice(0, 60);
const HOUR = 3_600_000;
const never = new AbortController().signal;
/** Nothing in it is twice, so that a range tells where it was cut. */
const PLAN = Buffer.from(Array.from({ length: 30_000 }, (_, line) => `${line}\n`).join(''));
const FILE = { name: 'plan.txt', bytes: PLAN };

const s3 = await s3Server();
const PREAU_DATA = mkdtempSync(join(tmpdir(), 'preau-bodies-'));
writeFileSync(join(PREAU_DATA, 'bodies.key'), `${SIGNS}\n`);
const town = await openTestTown({ env: { PREAU_BODIES: s3.address, PREAU_DATA } });
const { bodies } = town.core;
const karim = await town.viewer('karim.haddad');
const inbox = await town.mailbox(karim, 'inbox');
const morning = town.clock.now;
afterAll(async () => {
  await town.close();
  s3.close();
});

beforeEach(async () => {
  s3.mood = 'well';
  town.clock.now = morning;
  for (const use of ['inbox', 'archive'] as const)
    await town.core.mail.erase(
      karim,
      await town.mailbox(karim, use),
      uidsOf(await town.rows('karim.haddad', use)),
    );
  await town.admin.query('truncate gone_body');
  s3.objects.clear();
  s3.asked.length = 0;
});

/** Letters to Karim, large where they carry the plan; two hours pass. */
async function letters(...subjects: readonly string[]): Promise<void> {
  for (const subject of subjects)
    await town.send('claire.lefevre', ['karim.haddad'], {
      subject,
      file: subject.startsWith('Petit') ? null : FILE,
    });
  await town.admin.query('update message set received_at = $1', [town.clock.now]);
  town.clock.now = new Date(town.clock.now.getTime() + 2 * HOUR);
}

async function row(subject: string): Promise<MessageRow> {
  const found = (await town.rows('karim.haddad')).find((one) => one.subject === subject);
  if (found === undefined) throw new Error(`no ${subject}`);
  return found;
}

async function bytesOf(subject: string): Promise<Buffer | null> {
  return town.core.mail.original(karim, inbox, (await row(subject)).uid);
}

async function section(uid: Uid, wish: Partial<SectionWish>): Promise<Buffer | null> {
  const wishes = [{ part: '', what: 'all', fields: [], partial: null, ...wish } as SectionWish];
  const set = [{ from: uid, to: uid }];
  for await (const { contents } of town.core.mailboxes.sections(karim, inbox, {
    uids: set,
    wishes,
  })) {
    const [content] = contents;
    if (content?.kind !== 'bytes') return null;
    return Buffer.isBuffer(content.bytes) ? content.bytes : buffer(content.bytes);
  }
  return null;
}

const moved = (): Promise<unknown> => bodies.move(never);
const inDatabase = async (): Promise<number> => {
  const { rows } = await town.admin.query<{ n: number }>(
    'select count(*)::integer as n from message where raw is not null and size_bytes >= 65536',
  );
  return rows[0]?.n ?? -1;
};

describe('what is moved', () => {
  it('is large and an hour old, put and read back, and shows nothing there', async () => {
    await letters('Grand', 'Petit');
    const raw = await bytesOf('Grand');
    town.clock.now = new Date(morning.getTime() + HOUR - 1);
    expect(await bodies.move(never)).toEqual({ moved: 0, bytes: 0, failed: 0 });
    town.clock.now = new Date(morning.getTime() + 2 * HOUR);
    expect(await bodies.move(never)).toEqual({ moved: 1, bytes: raw?.length, failed: 0 });
    expect(await inDatabase()).toBe(0);
    const [[name = '', object = Buffer.alloc(0)] = []] = s3.objects;
    expect(name).toMatch(/^1\/\d{4}-\d\d\/[0-9a-f-]{36}$/);
    expect(object.includes(PLAN.toString('base64').slice(0, 60))).toBe(false);
    expect(s3.asked).toEqual([`PUT /seau/${name}`, `GET /seau/${name}`]);
    expect(await bytesOf('Grand')).toEqual(raw);
    expect(await bodies.state()).toMatchObject({ bodies: 1, gone: 0, answers: true });
    expect(await bodies.move(never)).toMatchObject({ moved: 0 });
    expect(await town.faults()).toEqual([]);
    expect(await town.repair()).toBe(0);
  });

  it('is no letter that is held, none on its way outside, and no draft', async () => {
    await letters('Grand', 'Autre');
    const { admin } = town;
    const other = await row('Autre');
    await admin.query(
      `insert into outbox (school_id, account_id, message_id, sender, recipient)
       select 1, $1, id, 'a@b.example', 'c@d.example'
       from message
       where subject = 'Grand' and raw is not null and size_bytes > 65536`,
      [karim.account],
    );
    await admin.query('update entry set draft = true where uid = $1 and mailbox_id = $2', [
      other.uid,
      inbox,
    ]);
    expect(await bodies.move(never)).toMatchObject({ moved: 0 });
    await admin.query('update outbox set finished_at = now()');
    await admin.query('update entry set draft = false');
    expect(await bodies.move(never)).toMatchObject({ moved: 2 });
    await admin.query('delete from outbox');
  });

  it('stays where it is while the store is away, which is asked no further', () => stays('away'));
  it.each(['full', 'lying'] as const)('so it does while the store is %s', SOAKED, stays);

  async function stays(mood: typeof s3.mood): Promise<void> {
    const puts = 3;
    await letters('Un', 'Deux', 'Trois', 'Quatre');
    s3.mood = mood;
    expect(await bodies.move(never)).toEqual({ moved: 0, bytes: 0, failed: puts });
    expect(await inDatabase()).toBe(4);
    s3.mood = 'well';
    expect(await bytesOf('Quatre')).not.toBeNull();
    // What was begun is deleted on its day; a new try takes a new name.
    expect(await bodies.state()).toMatchObject({ bodies: 0, gone: puts });
    expect(await bodies.move(never)).toMatchObject({ moved: 4, failed: 0 });
    town.clock.now = new Date(town.clock.now.getTime() + (BODY_GONE_DAYS + 1) * DAY_MS);
    expect(await bodies.tidy(never)).toBe(puts);
    expect(s3.objects.size).toBe(4);
    expect(await bodies.state()).toMatchObject({ bodies: 4, gone: 0 });
  }
});

describe('a letter that lies elsewhere', () => {
  it('is read as before: opened, downloaded, in ranges, in its conversation', async () => {
    await letters('Grand');
    const raw = (await bytesOf('Grand')) ?? Buffer.alloc(0);
    const { uid } = await row('Grand');
    const { mail } = town.core;
    const before = await mail.read(karim, inbox, uid);
    await moved();
    expect(await bytesOf('Grand')).toEqual(raw);
    expect(await mail.read(karim, inbox, uid)).toEqual(before);
    const [file] = before?.attachments ?? [];
    const download = await mail.download(karim, { mailbox: inbox, uid, part: file?.path ?? '' });
    expect(download?.bytes).toEqual(PLAN);
    expect(await section(uid, {})).toEqual(raw);
    for (const [offset, count] of [
      [0, 10],
      [65_530, 12],
      [131_000, 70_000],
      [raw.length - 5, 100],
    ] as const)
      expect(await section(uid, { partial: { offset, count } })).toEqual(
        raw.subarray(offset, offset + count),
      );
  });

  it('asks the store for no more than the frames of a range', async () => {
    await letters('Grand');
    await moved();
    s3.asked.length = 0;
    const { uid } = await row('Grand');
    expect((await section(uid, { partial: { offset: 70_000, count: 9 } }))?.length).toBe(9);
    expect(s3.asked).toHaveLength(1);
    // Lists, heads and previews ask it for nothing.
    s3.mood = 'away';
    expect((await section(uid, { what: 'header' }))?.toString()).toContain('Subject: Grand');
    expect(s3.asked).toHaveLength(1);
  });

  it('can’t be opened while the store is away, and all the rest can', () => isShut('away'));
  it('can’t be opened while the store is lying, and all the rest can', SOAKED, () =>
    isShut('lying'),
  );

  async function isShut(mood: typeof s3.mood): Promise<void> {
    await letters('Petit un', 'Grand', 'Petit deux');
    await moved();
    s3.mood = mood;
    const { uid } = await row('Grand');
    await expect(bytesOf('Grand')).rejects.toMatchObject({ code: 'body-away', transient: true });
    await expect(section(uid, {})).rejects.toMatchObject({ code: 'body-away' });
    expect(await bytesOf('Petit un')).not.toBeNull();
    expect((await town.send('claire.lefevre', ['karim.haddad'])).kind).toBe('accepted');
    // Of all that is asked for a mail program gets what is there, and then hears of the rest.
    const got: number[] = [];
    const all = [{ from: 1, to: 2 ** 31 }];
    const wishes = [{ part: '', what: 'all', fields: [], partial: null }] as SectionWish[];
    const reading = async (): Promise<void> => {
      for await (const one of town.core.mailboxes.sections(karim, inbox, { uids: all, wishes }))
        got.push(one.uid);
    };
    await expect(reading()).rejects.toMatchObject({ code: 'body-away' });
    expect(got).toHaveLength(3);
    s3.mood = 'well';
    expect(await bytesOf('Grand')).not.toBeNull();
  }

  it('comes back whole, and its object waits for its day', async () => {
    await letters('Un', 'Deux');
    const raw = await bytesOf('Deux');
    await moved();
    s3.mood = 'lying';
    expect(await bodies.bringBack(never)).toEqual({ moved: 0, bytes: 0, failed: 2 });
    s3.mood = 'well';
    expect(await bodies.bringBack(never)).toMatchObject({ moved: 2, failed: 0 });
    expect(await inDatabase()).toBe(2);
    expect(await bytesOf('Deux')).toEqual(raw);
    expect(await bodies.state()).toMatchObject({ bodies: 0, gone: 2 });
  });

  it('goes along to another school, where the same object is its own', SOAKED, async () => {
    await letters('Grand');
    const raw = await bytesOf('Grand');
    await moved();
    const to = 2 as SchoolId;
    const carry = (from: SchoolId, there: SchoolId): Promise<void> =>
      town.store.town((tx) => carryAccounts(tx, { from, to: there, addresses: [karim.addressId] }));
    await carry(karim.school, to);
    const there = await town.viewer('karim.haddad');
    expect(there.school).toBe(to);
    const [letter] = await town.rows('karim.haddad');
    expect(await town.core.mail.original(there, inbox, letter?.uid ?? (0 as Uid))).toEqual(raw);
    town.clock.now = new Date(town.clock.now.getTime() + (BODY_GONE_DAYS + 30) * DAY_MS);
    await town.admin.query("update gone_body set at = '2020-01-01'");
    expect(await bodies.tidy(never)).toBe(0);
    expect(await bodies.state()).toMatchObject({ bodies: 1, gone: 0 });
    expect(await town.faults()).toEqual([]);
    await carry(to, karim.school);
    town.clock.now = morning;
    expect(await bytesOf('Grand')).toEqual(raw);
  });
});

describe('a cupboard’s file', () => {
  const bytes = randomBytes(2_500_000);
  const sha256 = hash('sha256', bytes);
  const read = <T>(fn: (tx: AsideTx) => Promise<T>): Promise<T> =>
    town.store.readAside(karim.school, fn);
  const pieces = async (): Promise<number | null> =>
    (await town.admin.query('select from stored_body_piece')).rowCount;
  beforeEach(async () => {
    await town.store.write(karim.school, (tx) =>
      keepBody(tx, { sha256, pieces: piecesOf(bytes) }, morning),
    );
    town.clock.now = new Date(morning.getTime() + 2 * HOUR);
  });
  afterEach(() => town.admin.query('delete from stored_body'));

  it('is moved an hour after it was brought, and read whole and piece by piece', async () => {
    expect(await bodies.move(never)).toMatchObject({ moved: 1, bytes: bytes.length });
    expect(await pieces()).toBe(0);
    expect(await town.faults()).toEqual([]);
    expect((await read((tx) => wholeBody(tx, sha256))).equals(bytes)).toBe(true);
    for (const place of [0, 1, 2, 3]) {
      const piece = await read((tx) => bodyPiece(tx, sha256, place));
      const there = bytes.subarray(place * PIECE_BYTES, (place + 1) * PIECE_BYTES);
      expect(piece && Buffer.concat(piece).equals(there)).toBe(place < 3 ? true : null);
    }
    s3.mood = 'lying';
    const reading = read((tx) => bodyPiece(tx, sha256, 0));
    await expect(reading).rejects.toMatchObject({ code: 'body-away' });
    // Brought once more, it is known already and stays where it is.
    await town.store.write(karim.school, (tx) =>
      keepBody(tx, { sha256, pieces: piecesOf(bytes) }, town.clock.now),
    );
    expect(await pieces()).toBe(0);
  });

  it('is nothing where its bytes aren’t those of its hash', async () => {
    const other = hash('sha256', 'other');
    await expect(
      town.store.write(karim.school, (tx) =>
        keepBody(tx, { sha256: other, pieces: piecesOf(bytes) }, morning),
      ),
    ).rejects.toMatchObject({ code: 'row-missing' });
    expect(await pieces()).toBe(3);
  });

  it('comes back, and leaves an object to delete where nobody uses it any more', async () => {
    await moved();
    expect(await bodies.bringBack(never)).toMatchObject({ moved: 1, failed: 0 });
    expect(await pieces()).toBe(3);
    expect((await read((tx) => wholeBody(tx, sha256))).equals(bytes)).toBe(true);
    await moved();
    const tomorrow = new Date(morning.getTime() + DAY_MS);
    await town.store.write(karim.school, (tx) => dropUnusedBodies(tx, tomorrow));
    expect(await bodies.state()).toMatchObject({ bodies: 0, gone: 2 });
  });
});

describe('what is erased', () => {
  it('loses its key at once, and its object after 45 days', async () => {
    await letters('Grand');
    await moved();
    const { uid } = await row('Grand');
    await town.core.mail.erase(karim, inbox, [uid]);
    expect((await town.admin.query('select from away_body')).rowCount).toBe(0);
    // A Date knows no microseconds, the database does.
    await town.admin.query(
      "update gone_body set at = $1::timestamptz + interval '7 microseconds'",
      [morning],
    );
    town.clock.now = new Date(morning.getTime() + BODY_GONE_DAYS * DAY_MS);
    expect(await bodies.tidy(never)).toBe(0);
    expect(s3.objects.size).toBe(1);
    town.clock.now = new Date(town.clock.now.getTime() + 1);
    expect(await bodies.tidy(never)).toBe(1);
    expect(s3.objects.size).toBe(0);
    expect(await bodies.state()).toMatchObject({ bodies: 0, gone: 0 });
  });

  it('is found where no row names it, and where a row names what isn’t there,', async () => {
    await letters('Un', 'Deux', 'Trois');
    await moved();
    expect(await bodies.look(never)).toEqual({ bodies: 3, lost: [], strays: 0 });
    const [first = '', second = ''] = s3.objects.keys();
    s3.objects.delete(first);
    s3.objects.set(second, Buffer.alloc(3));
    s3.objects.set('1/2020-01/autre', Buffer.alloc(3));
    const found = await bodies.look(never);
    expect(found).toMatchObject({ bodies: 3, strays: 1 });
    expect([...found.lost].sort()).toEqual([first, second].sort());
    expect(await bodies.look(never)).toMatchObject({ strays: 0 });
    expect(await bodies.state()).toMatchObject({ gone: 1 });
  });
});
