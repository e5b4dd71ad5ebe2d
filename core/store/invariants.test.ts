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
    update mailbox m set uid_next = s.uid_next, modseq = s.modseq, total = s.total, unseen = s.unseen, bytes = s.bytes
      from saved_mailbox s where s.school_id = m.school_id and s.id = m.id;
    insert into entry select * from saved_entry;
    delete from due; insert into due select * from saved_due;
    drop table saved_mailbox, saved_entry, saved_due;
    commit`);
}
