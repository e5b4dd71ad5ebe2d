import { afterAll, beforeEach } from 'vitest';
import { openTestTown } from '../../../../tests/shared/town.ts';
import type { HoldId, SchoolId } from '../../../ground/ids.ts';
import type { Outcome, Refusal } from '../../../rules/outcome.ts';
import type { LetGo } from '../holding/contract.ts';

const MORNING = new Date('2026-11-24T09:00:00Z');

interface Waiting {
  readonly school: SchoolId;
  readonly id: HoldId;
  readonly subject: string;
  readonly to: readonly string[];
}

/** « held first-contact », « denied not-in-your-class », « 3 sent, 1 left ». */
export function said(outcome: Outcome | LetGo | null): string {
  if (outcome === null) return 'nothing';
  if (!('kind' in outcome)) return saidLetGo(outcome);
  if (outcome.kind === 'denied')
    return `denied ${outcome.refusals.map(({ rule }) => rule).join(', ')}`;
  return outcome.kind === 'held'
    ? `held ${[...new Set(outcome.held.map(({ rule }) => rule))].join(', ')}`
    : outcome.kind;
}

function saidLetGo({ sent, left, waiting, refused }: LetGo): string {
  const rules = (all: readonly Refusal[]): string =>
    [...new Set(all.map(({ rule }) => rule))].join(', ');
  return [
    ...(sent > 0 ? [`${sent} sent`] : []),
    ...(left > 0 ? [`${left} left`] : []),
    ...(waiting.length > 0 ? [`held ${rules(waiting)}`] : []),
    ...(refused.length > 0 ? [`denied ${rules(refused)}`] : []),
  ].join(', ');
}

/**
 * A town and what waits in it. Each test begins on the same morning, with nobody having written to
 * anybody, and the classes moderated as the town was made: CM1-CM2 of Pasteur for
 * first contacts, the link of CE1 A with another school. Put away after the tests of the file.
 */
export async function openHoldTown() {
  const town = await openTestTown();
  beforeEach(async () => {
    town.clock.now = MORNING;
    await town.admin.query('delete from contact');
    for (const school of [1, 2, 3])
      await inSchool(
        school,
        `
          update class
          set moderation = case
            when school_id = 2 and name = 'CM1-CM2' then 'first-contact'
            else 'open'
          end
          where school_id = ${school}
        `,
      );
  });
  afterAll(() => town.close());
  return { town, waitingFor, only, release, arrived, inSchool, setModeration, lastDayOf };

  /** What one teacher has waiting, the newest last. */
  async function waitingFor(local: string): Promise<Waiting[]> {
    const held = await town.core.moderation.waiting(await town.viewer(local));
    return held.map(({ school, id, subject, to }) => ({
      school,
      id,
      subject,
      to: to.map(({ address }) => address),
    }));
  }

  async function only(local: string): Promise<Waiting> {
    const [one, ...more] = await waitingFor(local);
    if (!one || more.length > 0)
      throw new Error(`${more.length + (one ? 1 : 0)} wait for ${local}`);
    return one;
  }

  /** Lets go the one letter that waits for a teacher. */
  async function release(local: string): Promise<LetGo | null> {
    const { school, id } = await only(local);
    return town.letGo(await town.viewer(local), school, id);
  }

  /** In how many inboxes a letter lies. */
  async function arrived(subject: string): Promise<number> {
    const { rows } = await town.admin.query<{ count: number }>(
      `
        select count(*)::integer as count
        from entry e
          join message m on m.school_id = e.school_id and m.id = e.message_id
          join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id
        where m.subject = $1 and b.use = 'inbox'
      `,
      [subject],
    );
    return rows[0]?.count ?? 0;
  }

  /** A change by the application's own role, as a roster page will make it. */
  async function inSchool(school: number, statement: string): Promise<void> {
    await town.admin.query(`begin; set local preau.school = '${school}'; ${statement}; commit`);
  }

  function setModeration(name: string, school: number, moderation: string): Promise<void> {
    return inSchool(
      school,
      `
        update class
        set moderation = '${moderation}'
        where school_id = ${school} and name = '${name}'
      `,
    );
  }

  /** Ends a pupil's memberships in Pasteur with this day; null opens them again. */
  function lastDayOf(local: string, day: string | null): Promise<void> {
    return inSchool(
      2,
      `
        update membership m
        set until_date = ${day === null ? 'null' : `'${day}'`}
        from address a
        where a.id = m.address_id and a.local = '${local}'
      `,
    );
  }
}
