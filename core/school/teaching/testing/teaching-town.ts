import { afterAll, afterEach } from 'vitest';
import { openTestTown } from '../../../../tests/shared/town.ts';
import type { AddressId, ClassId } from '../../../ground/ids.ts';
import type { Outcome } from '../../../rules/outcome.ts';
import type { Ruling } from '../contract.ts';

export const MISSING: Ruling = { kind: 'missing' };
export const DONE: Ruling = { kind: 'done' };
export const refused = (why: string): unknown => ({ kind: 'refused', why });

/** What a decision comes to, in a word. */
export const said = (outcome: Outcome): string => {
  if (outcome.kind === 'denied') return outcome.refusals.map(({ rule }) => rule).join();
  return outcome.kind === 'held'
    ? `held ${outcome.held.map(({ rule }) => rule).join()}`
    : outcome.kind;
};

/**
 * A town, one of its teachers, and what becomes of who writes to whom. After each test the clock
 * stands where it stood and nobody has sent anything; put away after the tests of the file.
 */
export async function openTeachingTown() {
  const town = await openTestTown();
  const claire = await town.viewer('claire.lefevre');
  const start = town.clock.now;
  afterEach(async () => {
    town.clock.now = start;
    await town.admin.query('delete from sending');
  });
  afterAll(() => town.close());
  return { town, claire, start, classOf, accountOf, writes, audited, subjects };

  /** The class of an address, by the owner's eyes. */
  async function classOf(local: string): Promise<{ id: ClassId; list: AddressId }> {
    const {
      rows: [row],
    } = await town.admin.query<{ id: string; list: string }>(
      'select target_id as id, id as list from address where local = $1',
      [local],
    );
    if (!row) throw new Error(`no class ${local}`);
    return { id: Number(row.id) as ClassId, list: Number(row.list) as AddressId };
  }
  async function accountOf(local: string) {
    return (await town.viewer(local)).account;
  }
  async function writes(from: string, to: string): Promise<string> {
    return said(await town.send(from, [to]));
  }
  async function audited(school: number): Promise<string[]> {
    return (
      await town.admin.query<{ act: string; local: string; subject: object }>(
        'select act, local, subject from audit join address on address.id = actor_address_id where audit.school_id = $1 order by audit.id',
        [school],
      )
    ).rows.map(
      ({ act, local, subject }) => `${local} ${act} ${Object.keys(subject).sort().join()}`,
    );
  }
  async function subjects(local: string): Promise<string[]> {
    return (await town.rows(local)).map(({ subject }) => subject);
  }
}
