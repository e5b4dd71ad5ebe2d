import type pg from 'pg';
import { markOf } from '../ground/secret.ts';
import { asOwner } from './migrate.ts';

/**
 * What another secret no longer opens or recognises, and what stands for it, in one transaction:
 *
 * - Second factors and their recovery codes, with the password of whoever has one: nobody's account
 *   is to be opened by less than before. They get a code on paper, as whoever loses a phone.
 * - Passwords of devices, codes on paper that nobody has used, codes of pictures, the link of the
 *   first agent: none fits any more, and each is made anew.
 * - Keys that sign what leaves: letters go unsigned until the records of new ones are published.
 * - What lies sealed: rosters that wait to be applied, and the questions of those that were. The
 *   next file asks again.
 * - By what a line of a roster is known again (national number, birth date, mail address). Names
 *   and classes stay, and the next file teaches the rest.
 * - Counters of tries that failed and places known by sign-ins, which are named by it.
 */
const STEPS: readonly string[] = [
  `
    update account
    set password_hash = null
    from second_factor f
    where f.school_id = account.school_id and f.account_id = account.id
  `,
  `
    delete from session s
    using second_factor f
    where f.school_id = s.school_id and f.account_id = s.account_id
  `,
  `delete from recovery_code`,
  `delete from second_factor`,
  `delete from app_password`,
  `delete from activation_code where used_at is null`,
  `delete from picture_code`,
  `delete from setup_link`,
  `delete from signing_key`,
  `delete from roster_draft where content is not null`,
  `delete from roster_remainder`,
  `update roster_question set state = 'replaced' where state = 'open'`,
  `delete from due where kind = 'roster-questions'`,
  `delete from identity`,
  `delete from throttle`,
  `delete from known_place`,
];

interface Lost {
  readonly secondFactors: number;
  readonly appPasswords: number;
  readonly codes: number;
  readonly pictures: number;
  readonly questions: number;
}

/** How much of each an installation has that another secret would end, asked as the owner. */
export async function hangingOnSecret(adminUrl: string): Promise<Lost> {
  return asOwner(adminUrl, count);
}

/** Makes the database that of another secret, as the owner; gives what has ended. */
export async function takeNewSecret(adminUrl: string, secret: Buffer): Promise<Lost> {
  return asOwner(adminUrl, async (admin) => {
    await admin.query('begin');
    const lost = await count(admin);
    for (const step of STEPS) await admin.query(step);
    await admin.query(
      'insert into secret_mark (mark) values ($1) on conflict (of_town) do update set mark = $1',
      [markOf(secret)],
    );
    await admin.query(`
      insert into agent_act (agent_address_id, act, school_id, reason)
      select null, 'new-secret', id, ''
      from school
      where id = 0
    `);
    await admin.query('commit');
    return lost;
  });
}

async function count(admin: pg.Client): Promise<Lost> {
  const { rows } = await admin.query<Lost>(`
    select
      (select count(*)::integer from second_factor) as "secondFactors",
      (select count(*)::integer from app_password) as "appPasswords",
      (select count(*)::integer from activation_code where used_at is null) as codes,
      (select count(*)::integer from picture_code) as pictures,
      (select count(*)::integer from roster_question where state = 'open') as questions
  `);
  const [row] = rows;
  if (row === undefined) throw new Error('a count gives a row');
  return row;
}
