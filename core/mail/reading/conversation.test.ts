import { Readable } from 'node:stream';
import pg from 'pg';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, rawLetter } from '../../../tests/shared/town.ts';
import type { ListedBy } from './contract.ts';
import { newestOf } from './testing/newest.ts';
import { wordsQuery } from './testing/words-query.ts';

const town = await openTestTown();
beforeEach(() => town.admin.query('delete from sending'));
afterAll(() => town.close());

const newest = (local: string, subject: string) => newestOf(town, local, subject);

/** Answers from the pages, as a person does. */
async function answer(
  local: string,
  subject: string,
  text: string,
  whom: 'writer' | 'everyone' = 'writer',
): Promise<void> {
  const viewer = await town.viewer(local);
  const { mailbox, uid } = await newest(local, subject);
  const start = await town.core.writings.answer(viewer, { mailbox, uid }, whom);
  if (!start) throw new Error('no answer');
  const { ref } = await town.core.writings.save(
    viewer,
    { ...start.writing, text },
    { previous: null, add: [], drop: [] },
  );
  expect(await town.core.writings.send(viewer, ref)).toMatchObject({ kind: 'accepted' });
}

/** Who wrote what, of the conversation of somebody's newest message. */
async function turns(local: string, subject: string): Promise<string[]> {
  const { mailbox, uid } = await newest(local, subject);
  const found = await town.core.mail.conversation(await town.viewer(local), mailbox, uid);
  return found.map(({ from, text }) => `${from.name}: ${(text ?? '').split('\n')[0]}`);
}

describe('a conversation', () => {
  it('is found once, by its newest letter that fits, with how many of it do, where rows stand for conversations', async () => {
    const [claire, karim] = ['claire.lefevre', 'karim.haddad'];
    await town.send(claire, [karim], {
      subject: 'Le stand',
      text: 'Des lutins ?',
      via: 'web',
    });
    await answer(karim, 'Le stand', 'Oui, trois lutins.');
    await answer(claire, 'Le stand', 'Merci.');
    await town.send(claire, [karim], { subject: 'Autre chose', text: 'Un lutin seul.' });
    const viewer = await town.viewer(karim);
    const found = async (by: ListedBy) => {
      const { rows } = await town.core.mail.search(viewer, { ...wordsQuery('lutins'), by });
      return rows.map(({ subject, preview, hits }) => `${subject}: ${preview} ${hits}`);
    };
    expect(await found('message')).toEqual([
      'Autre chose: Un lutin seul. 1',
      'Re: Le stand: Oui, trois lutins. 1',
      'Le stand: Des lutins ? 1',
    ]);
    expect(await found('conversation')).toEqual([
      'Autre chose: Un lutin seul. 1',
      'Re: Le stand: Oui, trois lutins. 2',
    ]);
  });

  it('is what one answers and what answers it, one’s own among it, oldest first, each once', async () => {
    await town.send('claire.lefevre', ['karim.haddad'], {
      subject: 'Le carnaval',
      text: 'Qui apporte les masques ?',
      via: 'web',
    });
    await answer('karim.haddad', 'Le carnaval', 'Moi, vendredi.');
    await answer('claire.lefevre', 'Le carnaval', 'Merci.');
    await town.send('claire.lefevre', ['karim.haddad'], {
      subject: 'Le carnaval',
      text: 'Une autre année.',
    });
    await town.core.mail.erase(
      await town.viewer('karim.haddad'),
      (await newest('karim.haddad', 'Le carnaval')).mailbox,
      [(await newest('karim.haddad', 'Le carnaval')).uid],
    );
    expect(await turns('karim.haddad', 'Le carnaval')).toEqual([
      'Claire Lefèvre: Qui apporte les masques ?',
      'Karim Haddad: Moi, vendredi.',
    ]);
    expect(await turns('claire.lefevre', 'Le carnaval')).toEqual([
      'Claire Lefèvre: Qui apporte les masques ?',
      'Claire Lefèvre: Merci.',
    ]);
  });
  it('holds nothing that is not the viewer’s own, nor what they threw away', async () => {
    await town.send('mamadou.diallo', ['claire.lefevre', 'karim.haddad'], {
      subject: 'Le conseil',
      text: 'Vos points ?',
      via: 'web',
    });
    await answer('claire.lefevre', 'Le conseil', 'Entre nous : pas moi.');
    expect(await turns('karim.haddad', 'Le conseil')).toEqual([]);
    expect(await turns('mamadou.diallo', 'Le conseil')).toEqual(['Mamadou Diallo: Vos points ?']);
    const head = await town.viewer('mamadou.diallo');
    const row = await newest('mamadou.diallo', 'Le conseil');
    for (const other of ['karim.haddad', 'lina.moreau', 'julie.robin'])
      expect(
        await town.core.mail.conversation(await town.viewer(other), row.mailbox, row.uid),
      ).toEqual([]);
    const sent = await town.mailbox(head, 'sent');
    await town.core.mail.move(head, sent, {
      uids: (await town.rows('mamadou.diallo', 'sent')).map(({ uid }) => uid),
      to: 'trash',
    });
    expect(await turns('mamadou.diallo', 'Le conseil')).toEqual([]);
  });
  it('of a hundred is cut, and a header with thousands of ids costs little', SOAKED, async () => {
    const to = [town.address('karim.haddad')];
    const receive = (trace: string, letter: Parameters<typeof rawLetter>[2]) =>
      town.core.delivery.accept(
        {
          sender: { kind: 'outside', address: 'liste@example.org' },
          recipients: to,
          via: 'mx',
          peer: null,
          session: 'test',
          trace,
        },
        Readable.from([rawLetter('liste@example.org', to, letter)]),
      );
    for (let each = 0; each < 45; each += 1)
      await receive(`Message-ID: <n${each}@example.org>\r\nIn-Reply-To: <n0@example.org>\r\n`, {
        subject: 'La longue',
        text: `Tour ${each}`,
      });
    expect(await turns('karim.haddad', 'La longue')).toHaveLength(40);
    const many = Array.from({ length: 3_000 }, (_unused, each) => `<x${each}@example.org>`).join(
      '\r\n ',
    );
    await receive(`References: ${many}\r\n`, { subject: 'Forgé' });
    expect(await turns('karim.haddad', 'Forgé')).toEqual([]);
  });
  it('is found by its indexes, under the policies of the database', async () => {
    await town.send('claire.lefevre', ['karim.haddad']);
    await town.admin.query(`
      insert into
        message (school_id, sender_role, origin, header_id, in_reply_to, subject, preview,
          envelope, structure, attachments, search, automatic, size_bytes, sha256, raw)
      select 1, sender_role, origin, '<g' || g || '>', '<p' || g || '>', subject, preview,
        envelope, structure, attachments, search, automatic, size_bytes, sha256, raw
      from (select * from message where school_id = 1 limit 1) m, generate_series(1, 3000) g;
      analyze message
    `);
    const app = new pg.Client({ connectionString: town.databaseUrl });
    await app.connect();
    await app.query(`select set_config('preau.school', '1', false)`);
    const plan = (
      await app.query<{ 'QUERY PLAN': string }>(
        `explain select id from message m where m.school_id = 1 and case when m.refs[1] is not null then m.refs[1] when m.in_reply_to is not null then m.in_reply_to else m.header_id end = 'a'`,
      )
    ).rows
      .map((row) => row['QUERY PLAN'])
      .join('\n');
    await app.end();
    expect(plan).toContain('message_conversation');
  });
});
