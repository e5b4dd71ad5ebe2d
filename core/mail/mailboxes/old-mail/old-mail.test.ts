import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../../tests/shared/town.ts';
import type { MailboxId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { mailboxAt, must, ready } from '../testing/letters.ts';
import type { BroughtMessage } from './contract.ts';

let town: TestTown;
let claire: Viewer;

beforeAll(async () => {
  town = await openTestTown();
  claire = await town.viewer('claire.lefevre');
});
afterAll(() => town.close());

const sourceOf = (name: string): Buffer => hash('sha256', name, 'buffer');
const hex = (name: string): string => sourceOf(name).toString('hex');

async function old(name: string, flags: readonly string[] = []): Promise<BroughtMessage> {
  return {
    ...(await ready(town, claire, { letter: { subject: name }, flags })),
    source: sourceOf(name),
  };
}

describe('mail of an older server', () => {
  it('that had no place to go is not known afterwards, and comes with the next run', async () => {
    const box = must(await town.core.mailboxes.create(claire, 'Disparu', null)).id;
    const lost = await old('perdu');
    must(await town.core.mailboxes.remove(claire, 'Disparu'));
    expect(await town.core.oldMail.bring(claire, box, [lost])).toEqual({ kind: 'nonexistent' });
    expect(await town.core.oldMail.known(claire, [lost.source])).toEqual(new Set());
    const inbox = await town.mailbox(claire, 'inbox');
    expect(must(await town.core.oldMail.bring(claire, inbox, [lost]))).toEqual({
      brought: 1,
      known: 0,
    });
    expect(await town.core.oldMail.known(claire, [lost.source])).toEqual(new Set([hex('perdu')]));
  });

  it('comes also where it has more keywords than a mailbox holds; those that have no place are left away', async () => {
    const { id } = must(await town.core.mailboxes.create(claire, 'Mots', null));
    const many = Array.from({ length: 40 }, (_, at) => `mot${at}`);
    const sent = [
      await old('quarante', ['\\Seen', ...many]),
      await old('long', ['\\Flagged', 'x'.repeat(65), 'a"b', 'bon']),
      ...(await Promise.all(
        Array.from({ length: 12 }, (_, n) =>
          old(
            `n ${n}`,
            Array.from({ length: 10 }, (__, at) => `k${n}-${at}`),
          ),
        ),
      )),
    ];
    expect(must(await town.core.oldMail.bring(claire, id, sent))).toEqual({
      brought: sent.length,
      known: 0,
    });
    const flags = await flagsOf(id);
    expect(flags).toHaveLength(sent.length);
    expect(flags[0]).toEqual(['\\Seen', ...many.slice(0, 30)].sort());
    expect(flags[1]).toEqual(['\\Flagged', 'bon']);
    expect((await mailboxAt(town, claire, 'Mots')).total).toBe(sent.length);
    expect(await town.faults()).toEqual([]);
  });
});

async function flagsOf(mailbox: MailboxId): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const batch of town.core.mailboxes.fetch(claire, mailbox, {
    uids: [{ from: 1, to: 4_294_967_295 }],
    columns: { flags: true },
  }))
    rows.push(
      ...batch.flags.map((one) =>
        one
          .split(' ')
          .filter((flag) => flag !== '')
          .sort(),
      ),
    );
  return rows;
}
