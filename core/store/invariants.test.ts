import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
  await town.send('claire.lefevre', ['ce1-a.tilleuls', 'nadege.colas', 'someone@outside.example'], {
    via: 'web',
  });
  await town.send('eliott.marchal', ['kenza.rahmani'], { via: 'web' });
});
afterAll(() => town.close());

it('finds nothing wrong with what was delivered', async () => {
  expect(await town.faults()).toEqual([]);
});

it.each<{ when: string; make: string; fault: RegExp; mended: boolean }>([
  {
    when: 'a UID is not below the next one',
    make: `update mailbox set uid_next = 1 where school_id = 1 and use = 'inbox' and total > 0`,
    fault: /next UID 1/,
    mended: true,
  },
  {
    when: 'a count is not that of the rows',
    make: 'update mailbox set total = total + 1 where school_id = 2 and total > 0',
    fault: /school 2: mailbox/,
    mended: true,
  },
  {
    when: 'unseen is not that of the rows',
    make: 'update entry set seen = true where school_id = 1 and not seen',
    fault: /unseen/,
    mended: true,
  },
  {
    when: 'an entry is newer than its mailbox',
    make: 'update entry set modseq = 99 where school_id = 1',
    fault: /MODSEQ/,
    mended: true,
  },
  {
    when: 'a message is twice in a mailbox',
    make: `
      insert into entry (school_id, mailbox_id, uid, message_id, modseq, size_bytes)
      select school_id, mailbox_id, uid + 7, message_id, modseq, size_bytes
      from entry
      where school_id = 1
    `,
    fault: /is 2 times in/,
    mended: false,
  },
  {
    when: 'a size is not that of the bytes',
    make: 'update entry set size_bytes = size_bytes + 1 where school_id = 1',
    fault: /its message has/,
    mended: true,
  },
  {
    when: 'a message is there for nobody',
    make: `
      insert into
        message (school_id, sender_role, origin, subject, preview, envelope, structure,
          attachments, search, automatic, size_bytes, sha256, raw)
      values (3, 'system', 'system', '', '', '{}', '{}', '[]', '', false, 0, '', '')
    `,
    fault: /school 3: message \d+ is there for nobody/,
    mended: false,
  },
  {
    when: 'mail to outside is not due',
    make: `delete from due where kind = 'outbox'`,
    fault: /outbox \d+ is not on the list/,
    mended: true,
  },
  {
    when: 'a piece of a file is missing',
    make: `insert into stored_body (school_id, sha256, size_bytes, kept_at)
      values (2, 'abcdefabcdef00', 5, now())`,
    fault: /school 2: file abcdefabcdef: 0 bytes lie there, of 5/,
    mended: false,
  },
  {
    when: 'a file of a cupboard says another size than its bytes have, and lies beside its folder',
    make: `insert into stored_body values (2, 'ab', 1, now());
      insert into stored_body_piece values (2, 'ab', 0, 'a');
      insert into cupboard (school_id, place) values (2, 'team'), (2, 'school');
      insert into cupboard_item (school_id, cupboard_id, kind, path, name, name_key, folded, sees,
          made_at, changed_at)
        select 2, id, 'folder', '{}', 'f', 'f', 'f', 'team', now(), now() from cupboard
        where school_id = 2 and place = 'team';
      insert into cupboard_item (school_id, cupboard_id, kind, parent_id, path, name, name_key,
          folded, sees, made_at, changed_at, sha256, media_type, size_bytes)
        select 2, c.id, 'file', f.id, array[f.id], 'a', 'a', 'a', 'team', now(), now(), 'ab',
          'text/plain', 2
        from cupboard c, cupboard_item f
        where c.school_id = 2 and c.place = 'school' and f.kind = 'folder'`,
    fault: /says 2 bytes of a file of 1[^]*lies in another cupboard/,
    mended: false,
  },
])('notices when $when, and mends what the rows can say', async ({ make, fault, mended }) => {
  for (const table of ['mailbox', 'entry', 'due'])
    await town.admin.query(`create temporary table saved_${table} as select * from ${table}`);
  await town.admin.query(make);
  const faults = await town.faults();
  const changed = await town.repair();
  const left = await town.faults();
  await restore();
  expect(faults.join('\n')).toMatch(fault);
  expect(left.join('\n')).toMatch(mended ? /^$/ : fault);
  if (mended) expect(changed).toBeGreaterThan(0);
  expect(await town.faults()).toEqual([]);
});

async function restore(): Promise<void> {
  await town.admin.query(`
    begin;
    delete from entry; delete from message where origin = 'system';
    delete from cupboard; delete from stored_body;
    update mailbox m set uid_next = s.uid_next, modseq = s.modseq, total = s.total, unseen = s.unseen, bytes = s.bytes
      from saved_mailbox s where s.school_id = m.school_id and s.id = m.id;
    insert into entry select * from saved_entry;
    delete from due; insert into due select * from saved_due;
    drop table saved_mailbox, saved_entry, saved_due;
    commit`);
}
