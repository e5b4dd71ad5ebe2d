import { describe, expect, it } from 'vitest';
import type { MailboxId } from '../../ground/ids.ts';
import { bring } from '../mailboxes/testing/letters.ts';
import { must, openSentTown } from './testing/sent-town.ts';

const { town, claire, sends, rowOf, opens, ages } = await openSentTown();
const { sent, mail, moderation } = town.core;

async function journal(): Promise<unknown[]> {
  const { rows } = await town.admin.query<{ subject: unknown }>(
    `select subject from audit where act = 'recall' order by id`,
  );
  return rows.map(({ subject }) => subject);
}

async function modseqOf(mailbox: MailboxId): Promise<number> {
  const {
    rows: [row],
  } = await town.admin.query<{ modseq: string }>('select modseq from mailbox where id = $1', [
    mailbox,
  ]);
  return Number(row?.modseq);
}

describe('a letter recalled', () => {
  it('leaves every mailbox where nobody has read it, and says so where somebody has; who is told, and the journal', async () => {
    const subject = 'La sortie de jeudi';
    const before = (await journal()).length;
    const { mailbox, uid } = await sends(['ce1-a.tilleuls'], { subject });
    const [lina, noe] = [await town.viewer('lina.moreau'), await town.viewer('noe.garnier')];
    await opens(lina, subject);
    const unread = must(await rowOf('noe.garnier', subject));
    await mail.move(noe, unread.mailbox, { uids: [unread.uid], to: 'archive' }); // wherever they put it
    const [archive] = await town.rows('noe.garnier', 'archive');
    const modseq = await modseqOf(must(archive ?? null).mailbox);
    let heard = 0;
    const stop = town.core.events.subscribe(noe, () => (heard += 1));
    expect(await sent.fate(claire, mailbox, uid)).toMatchObject({
      recall: { kind: 'open', elsewhere: false },
    });
    expect(await sent.recall(claire, mailbox, uid)).toEqual({
      kind: 'recalled',
      copies: 23,
      read: 1,
    });
    await expect.poll(() => heard).toBeGreaterThan(0);
    stop();
    expect(await town.rows('noe.garnier', 'archive')).toEqual([]);
    expect(await modseqOf(must(archive ?? null).mailbox)).toBe(modseq + 1);
    expect(await rowOf('adele.vidal', subject)).toBeNull();
    expect(await rowOf('lina.moreau', subject)).toMatchObject({ state: 'recalled' });
    expect(await rowOf('claire.lefevre', subject, 'sent')).toMatchObject({ state: 'recalled' });
    expect(await sent.fate(claire, mailbox, uid)).toMatchObject({
      recall: { kind: 'recalled', copies: 23, read: 1 },
    });
    expect(await sent.recall(claire, mailbox, uid)).toEqual({ kind: 'too-late' });
    expect((await journal()).slice(before)).toEqual([{ copies: 23, read: 1 }]);
    expect(await town.faults()).toEqual([]);
  });

  it('is what a teacher sent themselves, within the hour: to others, and later, nothing moves', async () => {
    const subject = 'Le goûter';
    const row = await sends(['lina.moreau'], { subject });
    const got = must(await rowOf('lina.moreau', subject));
    const lina = await town.viewer('lina.moreau');
    expect(await sent.recall(lina, got.mailbox, got.uid)).toEqual({ kind: 'missing' });
    const karim = await town.viewer('karim.haddad');
    expect(await sent.recall(karim, row.mailbox, row.uid)).toEqual({ kind: 'missing' });
    expect(await sent.fate(karim, row.mailbox, row.uid)).toBeNull();
    await town.send('lina.moreau', ['noe.garnier'], { subject: 'Coucou', via: 'web' });
    const own = must(await rowOf('lina.moreau', 'Coucou', 'sent'));
    expect(await sent.recall(lina, own.mailbox, own.uid)).toEqual({ kind: 'missing' });
    await ages(subject, '61 minutes');
    expect(await sent.fate(claire, row.mailbox, row.uid)).toMatchObject({
      recall: { kind: 'closed' },
    });
    expect(await sent.recall(claire, row.mailbox, row.uid)).toEqual({ kind: 'too-late' });
    expect(await rowOf('lina.moreau', subject)).toMatchObject({ state: 'normal' });
    await ages(subject, '59 minutes');
    expect((await sent.recall(claire, row.mailbox, row.uid)).kind).toBe('recalled');
    expect(await rowOf('lina.moreau', subject)).toBeNull();
  });

  it('says that what went out of the school stays there', async () => {
    const subject = 'Aux deux écoles';
    const { mailbox, uid } = await sends(['karim.haddad', 'julie.robin', 'guide@musee.example'], {
      subject,
    });
    expect(await sent.fate(claire, mailbox, uid)).toMatchObject({
      recall: { kind: 'open', elsewhere: true },
    });
    const done = await sent.recall(claire, mailbox, uid);
    expect(done).toMatchObject({ kind: 'recalled' });
    expect(await rowOf('julie.robin', subject)).not.toBeNull();
  });

  it('is one of a mail program’s too: it goes by the Message-ID of the copy that the program keeps', async () => {
    const subject = 'D’un logiciel';
    await town.send('claire.lefevre', ['noe.garnier'], { subject });
    const {
      rows: [stored],
    } = await town.admin.query<{ raw: Buffer }>('select raw from message where subject = $1', [
      subject,
    ]);
    const outbox = await town.mailbox(claire, 'sent');
    await bring(town, claire, outbox, { raw: must(stored ?? null).raw, flags: ['\\seen'] });
    const row = must(await rowOf('claire.lefevre', subject, 'sent'));
    expect(await sent.recall(claire, row.mailbox, row.uid)).toMatchObject({
      kind: 'recalled',
      copies: 1,
    });
    expect(await rowOf('noe.garnier', subject)).toBeNull();
    expect(await rowOf('claire.lefevre', subject, 'sent')).toMatchObject({ state: 'recalled' });
    expect(await town.faults()).toEqual([]);
  });

  it('takes back what still waits for a word', async () => {
    const subject = 'Encore retenu';
    const { mailbox, uid } = await sends(['noe.garnier'], { subject });
    const {
      rows: [message],
    } = await town.admin.query<{ id: string }>('select id from message where subject = $1', [
      subject,
    ]);
    await town.admin.query(
      `insert into hold (school_id, message_id, named_address_id, recipient_address_id, rule)
       values (1, $1, $2, $2, 'link')`,
      [message?.id, (await town.viewer('karim.haddad')).addressId],
    );
    expect((await sent.recall(claire, mailbox, uid)).kind).toBe('recalled');
    const { rows } = await town.admin.query(
      'select state, decided_by from hold where message_id = $1',
      [message?.id],
    );
    expect(rows).toEqual([{ state: 'withdrawn', decided_by: String(claire.addressId) }]);
  });
});

describe('who has read a letter to several', () => {
  it('is told by name of one’s own pupils; of others as a count of those who said « Bien lu », and of nobody else', async () => {
    const subject = 'Les photos de classe';
    const { mailbox, uid } = await sends(['ce1-a.tilleuls', 'samira.benali', 'karim.haddad'], {
      subject,
    });
    const read = async () => (await sent.fate(claire, mailbox, uid))?.read;
    expect(await read()).toMatchObject({ pupils: 24, others: 2, said: 0 });
    expect((await read())?.unread).toHaveLength(24);
    await opens(await town.viewer('lina.moreau'), subject);
    const [samira, karim] = [await town.viewer('samira.benali'), await town.viewer('karim.haddad')];
    await opens(karim, subject); // opened, and nothing said: no receipt
    expect((await read())?.unread.map(({ name }) => name)).not.toContain('Lina Moreau');
    expect(await read()).toMatchObject({ pupils: 24, others: 2, said: 0 });
    const got = await opens(samira, subject);
    expect(await sent.acknowledged(samira, got.mailbox, got.uid)).toBe(false);
    for (let twice = 0; twice < 2; twice += 1)
      expect(await sent.acknowledge(samira, got.mailbox, got.uid)).toBe(true);
    expect(await sent.acknowledged(samira, got.mailbox, got.uid)).toBe(true);
    expect(await read()).toMatchObject({ others: 2, said: 1 });
    expect(await sent.acknowledge(karim, got.mailbox, got.uid)).toBe(false); // not theirs
    expect(await sent.acknowledge(claire, mailbox, uid)).toBe(false); // one's own
    const own = must(await rowOf('noe.garnier', subject));
    expect(await sent.fate(await town.viewer('noe.garnier'), own.mailbox, own.uid)).toBeNull();
  });

  it('tells nothing of one reader alone', async () => {
    const subject = 'Entre nous';
    const { mailbox, uid } = await sends(['karim.haddad'], { subject });
    const karim = await town.viewer('karim.haddad');
    const got = await opens(karim, subject);
    expect((await sent.fate(claire, mailbox, uid))?.read).toBeNull();
    expect(await sent.acknowledged(karim, got.mailbox, got.uid)).toBeNull();
    expect(await sent.acknowledge(karim, got.mailbox, got.uid)).toBe(false);
    expect(await sent.remind(claire, mailbox, uid)).toEqual({ kind: 'missing' });
  });

  it('lets its writer remind the others, once in a day, by a notice that names no reader', async () => {
    const subject = 'Le carnet à signer';
    const { mailbox, uid } = await sends(['lina.moreau', 'noe.garnier', 'karim.haddad'], {
      subject,
    });
    await opens(await town.viewer('lina.moreau'), subject);
    const state = async () => (await sent.fate(claire, mailbox, uid))?.read?.reminder;
    expect(await state()).toEqual({ kind: 'open', readers: 2 });
    expect(await sent.remind(await town.viewer('karim.haddad'), mailbox, uid)).toEqual({
      kind: 'missing',
    });
    expect(await sent.remind(claire, mailbox, uid)).toEqual({ kind: 'reminded', readers: 2 });
    const notice = `À lire\u00a0: ${subject}`;
    expect(await rowOf('lina.moreau', notice)).toBeNull();
    const [child, adult] = [
      must(await rowOf('noe.garnier', notice)),
      must(await rowOf('karim.haddad', notice)),
    ];
    expect([child.from.kind, child.to, child.preview]).toEqual([
      'system',
      [],
      expect.stringContaining('Madame Lefèvre t’a écrit'),
    ]);
    expect(adult.preview).toContain('Claire Lefèvre vous a écrit');
    expect(await state()).toMatchObject({ kind: 'sent' });
    expect(await sent.remind(claire, mailbox, uid)).toEqual({ kind: 'too-soon' });
    await town.admin.query(
      `update message set reminded_at = now() - interval '21 hours' where subject = $1`,
      [subject],
    );
    expect(await state()).toEqual({ kind: 'open', readers: 2 });
    expect(await town.faults()).toEqual([]);
  });
});

describe('a letter that waits for a word', () => {
  it('is its writer’s to take back; whoever was to decide finds it gone', async () => {
    const subject = 'Le volcan';
    const ids = await town.admin.query<{ id: string }>(
      `update class set moderation = 'all'
       where id = (select target_id from address where local = 'ce1-a.tilleuls')
       returning id`,
    );
    await town.admin.query('update school set roster_version = roster_version + 1 where id = 1');
    try {
      await town.send('lina.moreau', ['noe.garnier', 'adele.vidal'], { subject, via: 'web' });
      const lina = await town.viewer('lina.moreau');
      const { mailbox, uid } = must(await rowOf('lina.moreau', subject, 'sent'));
      const held = async () => (await sent.fate(lina, mailbox, uid))?.held;
      expect((await held())?.to.map(({ address }) => address).sort()).toEqual([
        town.address('adele.vidal'),
        town.address('noe.garnier'),
      ]);
      expect((await held())?.since.getTime()).toBeGreaterThan(Date.now() - 60_000);
      const [waiting] = await moderation.waiting(claire);
      expect(await sent.withdraw(claire, mailbox, uid)).toBeNull();
      let heard = 0;
      const stop = town.core.events.subscribe(claire, () => (heard += 1));
      expect(await sent.withdraw(lina, mailbox, uid)).toBe(2);
      await expect.poll(() => heard).toBe(1); // her open page counts again
      stop();
      expect(await sent.withdraw(lina, mailbox, uid)).toBe(0);
      expect(await held()).toBeNull();
      expect(await rowOf('lina.moreau', subject, 'sent')).toMatchObject({ state: 'withdrawn' });
      expect(await moderation.waiting(claire)).toEqual([]);
      expect(await town.letGo(claire, claire.school, must(waiting ?? null).id)).toBeNull();
      expect(await rowOf('noe.garnier', subject)).toBeNull();
      expect(await sent.fate(lina, mailbox, uid)).toMatchObject({ readFirst: [] });
      expect(await sent.readLately(lina)).toEqual([]);
      await town.send('lina.moreau', ['noe.garnier'], { subject: 'Lu avant', via: 'web' });
      const read = must(await rowOf('lina.moreau', 'Lu avant', 'sent'));
      const [next] = await moderation.waiting(claire);
      await town.letGo(claire, claire.school, must(next ?? null).id);
      expect(await sent.fate(lina, read.mailbox, read.uid)).toMatchObject({
        readFirst: [{ name: 'Madame Lefèvre' }],
      });
      expect(await sent.readLately(lina)).toMatchObject([{ name: 'Madame Lefèvre' }]);
      expect(await sent.readLately(claire)).toEqual([]);
      expect(await town.faults()).toEqual([]);
    } finally {
      await town.admin.query(`update class set moderation = 'open' where id = $1`, [
        ids.rows[0]?.id,
      ]);
      await town.admin.query('update school set roster_version = roster_version + 1 where id = 1');
    }
  });
});
