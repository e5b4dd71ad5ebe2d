import { afterAll, afterEach } from 'vitest';
import { openTestTown, type TownLetter } from '../../../../tests/shared/town.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { MessageRow } from '../../reading/contract.ts';

/** A town, one of its teachers, and what she has sent. Put away after the tests of the file. */
export async function openSentTown() {
  const town = await openTestTown();
  const claire = await town.viewer('claire.lefevre');
  afterEach(async () => {
    await town.admin.query('delete from sending');
  });
  afterAll(() => town.close());
  return { town, claire, sends, rowOf, opens, ages };

  /** She sends a letter from the pages; her own copy of it. */
  async function sends(to: readonly string[], letter: Partial<TownLetter>): Promise<MessageRow> {
    const outcome = await town.send('claire.lefevre', to, { via: 'web', ...letter });
    if (outcome.kind !== 'accepted' && outcome.kind !== 'held') throw new Error(outcome.kind);
    return must(await rowOf('claire.lefevre', letter.subject ?? '', 'sent'));
  }
  async function rowOf(
    local: string,
    subject: string,
    use: 'inbox' | 'sent' = 'inbox',
  ): Promise<MessageRow | null> {
    return (await town.rows(local, use)).find((row) => row.subject === subject) ?? null;
  }
  /** Somebody opens a letter, as the pages do. */
  async function opens(who: Viewer, subject: string): Promise<MessageRow> {
    const row = must(await rowOf(who.address, subject));
    await town.core.mail.mark(who, row.mailbox, { uids: [row.uid], marks: { seen: true } });
    return row;
  }
  /** Makes a letter as old as this. */
  async function ages(subject: string, interval: string): Promise<void> {
    await town.admin.query(
      'update message set received_at = now() - $2::interval where subject = $1',
      [subject, interval],
    );
  }
}

export function must<T>(value: T | null): T {
  if (value === null) throw new Error('not there');
  return value;
}
