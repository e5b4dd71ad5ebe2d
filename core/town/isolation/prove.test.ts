import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { Door } from '../../ground/doors.ts';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import { ACCOUNT } from '../../rules/account.ts';
import { decideWith } from '../../rules/decide.ts';
import type { Facts } from '../../rules/facts.ts';
import { ALLOWED, REFUSED, relationOf } from '../../rules/relation.ts';
import { rulesOf } from '../../rules/verdict.ts';
import { isProven, type IsolationProof } from './contract.ts';
import { lookOnce, proveIsolation, readRosters, reckon, type Reckoned } from './prove.ts';

let town: TestTown;
let rosters: ReadonlyMap<SchoolId, Roster>;
let reckoned: Reckoned;
let few: ReadonlySet<AddressId>;

beforeAll(async () => {
  town = await openTestTown();
  rosters = await readRosters(town.store);
  reckoned = await reckon(parts());
  const pupilsOf = (roster: Roster) =>
    [...roster.people.values()].filter(({ role }) => role === 'pupil').slice(0, 12);
  few = new Set([...rosters.values()].flatMap(pupilsOf).map(({ addressId }) => addressId));
});
afterAll(() => town.close());

/** A few children are enough to show a mistake that bears on all: every pupil is seconds. */
const isAsked = (pupil: AddressId): boolean => few.has(pupil);

const parts = () => ({
  store: town.store,
  databaseUrl: town.databaseUrl,
  adminUrl: town.adminUrl,
  clock: () => town.clock.now,
  rest: () => Promise.resolve(),
});

/** What two looks at one moment have in common, whatever the rules say. */
const askedNow = async () => ({
  rosters: await readRosters(town.store),
  reckoned: await reckon(parts()),
  isAsked,
});

describe('in a town as it is', () => {
  it('the rules and the reckoning say the same of every pupil', async () => {
    const proof = await proveIsolation(parts());
    expect(proof.differences).toEqual([]);
    expect(proof.faults).toEqual([]);
    expect(isProven(proof)).toBe(true);
    expect(proof.pupils).toBe(266);
    const untried = Object.entries(proof.doors).filter(([, { tries }]) => tries === 0);
    expect(untried.map(([door]) => door)).toEqual(['closed-account', 'mailbox-of-a-pupil']);
  });

  it('a group’s paper is read by its author, the head and those who may answer it', async () => {
    await town.admin.query(`
      insert into paper (school_id, author_address_id, author_name, about, recipient, version,
        made_at, gone_at)
      select school_id, address_id, 'x', 'x', 'x', 1, now(), now() from membership
        where school_id = 1 and role = 'teacher' order by class_id limit 1;
      insert into paper_child (school_id, paper_id, pupil_address_id, name)
      select distinct g.school_id, p.id, g.child_address_id, 'x'
        from guardianship g join paper p on p.school_id = g.school_id
        where not g.blocked`);
    const reckoned = await reckon(parts());
    const guardians = await town.admin.query(
      'select distinct guardian_address_id from guardianship where school_id = 1 and not blocked',
    );
    expect(reckoned.papers.map(({ readers }) => readers.length)).toEqual([
      guardians.rows.length + 2,
    ]);
    expect((await lookOnce(parts(), { reckoned, isAsked })).faults).toEqual([]);
    await town.admin.query('delete from paper_child; delete from paper');
  });
});

/**
 * Something that is wrong in the database, and which doors show it. The rules are asked on the
 * rosters of before, as a service goes on whose database somebody has changed behind its back.
 */
interface Wrong {
  readonly what: string;
  readonly make: string;
  readonly mend: string;
  readonly doors: readonly Door[];
  readonly fault: RegExp | null;
}

const A_PUPIL = `(
  select a.address_id from account a join membership m on m.address_id = a.address_id
  where a.role = 'pupil' order by a.id limit 1
)`;

const WRONG: readonly Wrong[] = [
  {
    what: 'a guardian who was blocked and still comes through',
    make: `update guardianship set blocked = true where guardian_address_id = (
      select min(guardian_address_id) from guardianship where not blocked)`,
    mend: `update guardianship set blocked = false where guardian_address_id = (
      select min(guardian_address_id) from guardianship)`,
    doors: ['guardian-to-pupil', 'pupil-to-guardian', 'reader-of-board'],
    fault: /^address \d+ reads papers of class \d+ of school 1, and isn't to$/,
  },
  {
    what: 'a leaver who still comes through',
    make: `update account set state = 'archived' where address_id = ${A_PUPIL}`,
    mend: `update account set state = 'active' where address_id = ${A_PUPIL}`,
    doors: ['pupil-to-pupil-here', 'list-to-pupils'],
    fault: null,
  },
  {
    what: 'a link past its end that still runs',
    make: `update class_link set until_date = until_date - 400`,
    mend: `update class_link set until_date = until_date + 400`,
    doors: ['pupil-to-pupil-elsewhere'],
    fault: null,
  },
  {
    what: 'a policy that is switched off',
    make: 'alter table guardianship disable row level security',
    mend: 'alter table guardianship enable row level security',
    doors: [],
    fault: /table guardianship lacks ENABLE and FORCE ROW LEVEL SECURITY/,
  },
  {
    what: 'an account in two schools',
    make: `insert into account (school_id, address_id, role, given_name, family_name, display_name,
        face, quota_bytes)
      select 2, address_id, role, given_name, 'Deux-Fois', display_name, face, quota_bytes
      from account where school_id = 1 and role = 'pupil' order by id limit 1`,
    mend: `delete from account where family_name = 'Deux-Fois'`,
    doors: [],
    fault: /^address \d+ has accounts in schools 1, 2$/,
  },
  {
    what: 'a membership without a class',
    make: `alter table membership drop constraint membership_school_id_class_id_fkey;
      insert into membership (school_id, class_id, address_id, role, from_date)
      select 1, 999999, ${A_PUPIL}, 'pupil', '2026-09-01'`,
    mend: `delete from membership where class_id = 999999;
      alter table membership add constraint membership_school_id_class_id_fkey
        foreign key (school_id, class_id) references class (school_id, id)`,
    doors: [],
    fault: /^address \d+ is in class 999999 of school 1, which isn't there$/,
  },
  {
    what: 'an address that hides a post elsewhere',
    make: `create table kept as select id, present_in from address;
      update address set present_in = '{}' where cardinality(present_in) > 0`,
    mend: `update address a set present_in = k.present_in from kept k where k.id = a.id;
      drop table kept`,
    doors: [],
    fault: /^address \d+ has a place in school \d+, and doesn't say so$/,
  },
  {
    what: 'somebody who may read a pupil’s mailbox',
    make: `insert into mailbox_right (school_id, mailbox_id, account_id, rights)
      select b.school_id, b.id, (
        select min(id) from account where school_id = b.school_id and role = 'teacher'
      ), 'lr'
      from mailbox b join account a on a.school_id = b.school_id and a.id = b.account_id
      where a.role = 'pupil' order by b.id limit 1`,
    mend: 'delete from mailbox_right',
    doors: ['mailbox-of-a-pupil'],
    fault: null,
  },
  {
    what: 'a paper that a pupil signed',
    make: `insert into paper_answer (school_id, paper_id, version, pupil_address_id,
        signer_address_id, signer_name, says, note, at, way, by_address_id, slip_hash, hash)
      select 1, 1, 1, ${A_PUPIL}, ${A_PUPIL}, 'x', 'yes', '', now(), 'password', ${A_PUPIL}, '', ''`,
    mend: 'delete from paper_answer',
    doors: [],
    fault: /^paper 1 of school 1 was signed by address \d+, a pupil$/,
  },
  {
    what: 'a paper that a pupil asks for',
    make: `insert into paper (school_id, author_address_id, author_name, about, recipient, made_at,
        gone_at) select 1, ${A_PUPIL}, 'x', 'x', 'x', now(), now()`,
    mend: 'delete from paper',
    doors: [],
    fault: /^paper \d+ of school 1 was asked by address \d+, who asks nobody$/,
  },
  {
    what: 'a teacher who has left a class and still reads its papers',
    make: `update membership set until_date = '2026-09-02' where role = 'teacher'
      and class_id = (select min(class_id) from membership where school_id = 1)`,
    mend: `update membership set until_date = null where until_date = '2026-09-02'`,
    doors: ['reader-of-board'],
    fault: /^address \d+ reads papers of class \d+ of school 1, and isn't to$/,
  },
  {
    what: 'a group’s paper that its author reads, who teaches there no more',
    make: `insert into paper (school_id, author_address_id, author_name, about, recipient, version,
        made_at, gone_at)
      select 1, min(address_id), 'x', 'x', 'x', 1, now(), now() from membership
        where school_id = 1 and role = 'teacher';
      update membership set until_date = '2026-09-02' where role = 'teacher' and address_id =
        (select min(author_address_id) from paper)`,
    mend: `delete from paper;
      update membership set until_date = null where until_date = '2026-09-02'`,
    doors: ['reader-of-board'],
    fault: /^address \d+ reads paper \d+ of school 1, a group's, and isn't to$/,
  },
  {
    what: 'a group’s paper that a guardian reads without rights for the child',
    make: `insert into paper (school_id, author_address_id, author_name, about, recipient, version,
        made_at, gone_at)
      select 1, 1, 'x', 'x', 'x', 1, now(), now();
      insert into paper_child (school_id, paper_id, pupil_address_id, name)
      select 1, (select max(id) from paper), min(child_address_id), 'x' from guardianship
        where school_id = 1 and not blocked;
      update guardianship set blocked = true, silent = true
        where child_address_id = (select min(pupil_address_id) from paper_child)`,
    mend: `delete from paper_child; delete from paper;
      update guardianship set blocked = false, silent = false where silent`,
    doors: [],
    fault: /^address \d+ reads paper \d+ of school 1, a group's, and isn't to$/,
  },
  {
    what: 'a paper about somebody who is no pupil of the school',
    make: `insert into paper_child (school_id, paper_id, pupil_address_id, name)
      select 1, 1, min(address_id), 'x' from account where school_id = 2 and role = 'pupil'`,
    mend: 'delete from paper_child',
    doors: [],
    fault: /^paper 1 of school 1 is about address \d+, no pupil of it$/,
  },
  {
    what: 'a gift to a wall of somebody who is no pupil of the class',
    make: `insert into wall_item (school_id, class_id, school_year, author_address_id, given_name,
        kind, media_type, sha256, bytes, asked_at)
      select m.school_id, m.class_id, '2026-2027', m.address_id, 'x', 'voice', 'audio/mp4', 'x', '',
        now()
      from membership m where m.role = 'teacher' order by m.school_id, m.class_id limit 1`,
    mend: 'delete from wall_item',
    doors: [],
    fault: /^gift \d+ to the wall of class \d+ of school 1 is from address \d+, no pupil of it$/,
  },
  {
    what: 'a file in the cupboard of a class of somebody who never was in it',
    make: `insert into cupboard (school_id, place, class_id)
        select school_id, 'class', min(id) from class where school_id = 1 group by school_id;
      insert into cupboard_item (school_id, cupboard_id, kind, path, name, name_key, folded, sees,
          author_address_id, made_at, changed_at)
        select c.school_id, c.id, 'folder', '{}', 'x', 'x', 'x', 'pupils', a.address_id, now(), now()
        from cupboard c, account a where a.role = 'agent' limit 1`,
    mend: 'delete from cupboard',
    doors: [],
    fault: /^item \d+ of the cupboard of class \d+ of school 1 is from address \d+, not of it$/,
  },
  {
    what: 'a file in the cupboard of a school’s adults of somebody who never worked there',
    make: `insert into cupboard (school_id, place) values (1, 'team');
      insert into cupboard_item (school_id, cupboard_id, kind, path, name, name_key, folded, sees,
          author_address_id, made_at, changed_at)
        select c.school_id, c.id, 'folder', '{}', 'x', 'x', 'x', 'team', a.address_id, now(), now()
        from cupboard c, account a where a.role = 'pupil' limit 1`,
    mend: 'delete from cupboard',
    doors: [],
    fault: /^item \d+ of the team cupboard of school 1 is from address \d+, nobody of its team$/,
  },
  {
    what: 'a file in one person’s cupboard that another put there',
    make: `insert into cupboard (school_id, place, account_id)
        select 1, 'own', min(id) from account where school_id = 1;
      insert into cupboard_item (school_id, cupboard_id, kind, path, name, name_key, folded, sees,
          author_address_id, made_at, changed_at)
        select c.school_id, c.id, 'folder', '{}', 'x', 'x', 'x', 'author', max(a.address_id), now(),
          now()
        from cupboard c, account a where a.school_id = 1 group by c.school_id, c.id`,
    mend: 'delete from cupboard',
    doors: [],
    fault: /^item \d+ of the cupboard of account \d+ of school 1 is from address \d+, not theirs$/,
  },
  {
    what: 'a tick in the week of a class of somebody who is no pupil of it',
    make: `insert into class_week (school_id, class_id, school_year, morning_from, morning_to,
        afternoon_from, afternoon_to, changed_at)
      select school_id, class_id, '2026-2027', '08:30', '12:00', '13:30', '16:30', now()
      from membership where role = 'teacher' order by school_id, class_id limit 1;
      insert into week_need (school_id, class_id, school_year, day, kind, words)
      select school_id, class_id, school_year, '2026-11-25', 'bring', 'x' from class_week;
      insert into week_tick (school_id, class_id, pupil_address_id, day, week_need_id)
      select n.school_id, n.class_id, m.address_id, n.day, n.id
      from week_need n join membership m on m.school_id = n.school_id and m.class_id = n.class_id
      where m.role = 'teacher' limit 1`,
    mend: 'delete from week_tick; delete from week_need; delete from class_week',
    doors: [],
    fault: /^tick \d+ in the week of class \d+ of school 1 is from address \d+, no pupil of it$/,
  },
  {
    what: 'something in a hand-in box of somebody who is no pupil of its class',
    make: `insert into hand_in_box (school_id, class_id, name, asks, until_day, made_by, made_at)
        select school_id, min(id), 'x', '', current_date, 1, now() from class where school_id = 1
        group by school_id;
      insert into hand_in (school_id, box_id, pupil_address_id, handed_at)
        select b.school_id, b.id, a.address_id, now()
        from hand_in_box b, account a where a.role = 'agent' limit 1`,
    mend: 'delete from hand_in_box',
    doors: [],
    fault: /^what address \d+ handed into box \d+ of school 1 is of no pupil of its class$/,
  },
  {
    what: 'a child who has left a class and still reads its board',
    make: `update membership set until_date = '2026-09-02' where role = 'pupil'
      and address_id = ${A_PUPIL}`,
    mend: `update membership set until_date = null where until_date = '2026-09-02'`,
    doors: ['reader-of-board', 'pupil-to-pupil-here'],
    fault: null,
  },
  {
    what: 'a notice on the board of others than its words name',
    make: `insert into mailbox (school_id, name, uid_validity) values (1, 'board x', 1);
      insert into board (school_id, mailbox_id, class_id, readers)
        select 1, max(m.id), min(c.id), 'pupils'
        from mailbox m join class c on c.school_id = m.school_id where m.name = 'board x';
      insert into notice (school_id, class_id, author_address_id, author_name, edition, made_at,
          posted_at, until_at, gone_at)
        select 1, class_id, 1, 'x', 1, now(), now(), now(), now()
        from board where school_id = 1;
      insert into notice_words (school_id, notice_id, edition, letter, title, text, readers, made_at)
        select 1, id, 1, gen_random_uuid(), 'x', 'x', '{families}', now() from notice;
      insert into notice_place (school_id, notice_id, mailbox_id, uid)
        select 1, n.id, b.mailbox_id, 1 from notice n join board b on b.school_id = n.school_id`,
    mend: `delete from notice_place; delete from notice_words; delete from notice;
      delete from board; delete from mailbox where name = 'board x'`,
    doors: [],
    fault: /^notice \d+ of school 1 hangs on a board that isn't its own$/,
  },
];

describe('what was made wrong on purpose is found', () => {
  let admin: pg.Client;
  beforeEach(() => {
    admin = town.admin;
  });

  const { some, rest } = sliced(18, WRONG);
  it.each(some)('$what', isFound);
  it.each(rest)('$what', SOAKED, isFound);

  async function isFound({ make, mend, doors, fault }: Wrong): Promise<void> {
    // Triggers would tell the service: whoever does this is past them.
    await admin.query(`set session_replication_role = replica; ${make}`);
    try {
      const proof = await lookOnce(parts(), { rosters });
      expect(isProven(proof)).toBe(false);
      expect(doorsPassed(proof)).toEqual(expect.arrayContaining([...doors]));
      if (fault !== null) expect(proof.faults).toContainEqual(expect.stringMatching(fault));
    } finally {
      await admin.query(`${mend}; set session_replication_role = origin`);
    }
  }
});

const doorsPassed = ({ doors }: Pick<IsolationProof, 'doors'>): readonly string[] =>
  Object.entries(doors)
    .filter(([, { passes }]) => passes > 0)
    .map(([door]) => door);

/** The rules with one row of the table changed: the row, and what becomes of it. */
type Mutation = readonly [what: string, row: string, change: Partial<(typeof ALLOWED)[number]>];

const always = (): boolean => true;
const MUTATIONS: readonly Mutation[] = [
  ['any pupil is a classmate', 'a pupil: classmates, their teachers and aides', { when: always }],
  ['parents are heads', 'a pupil: the head of their school', { to: ['head', 'guardian'] }],
  ['any staff is reachable', 'a pupil: staff whom the head marked', { when: always }],
  ['all teachers are open', 'a pupil: every teacher', { when: always }],
  ['every class is linked', 'a pupil: a pupil of a linked class', { when: always }],
  ['any guardian is theirs', 'a pupil: their own guardians', { when: always }],
  ['any child is theirs', 'a guardian: their own child', { when: always }],
  ['any adult writes to any pupil', 'an adult of a school: its pupils', { when: always }],
  [
    'a pupil uses the lists of adults',
    'an adult of a school: its lists',
    { from: ['pupil', 'teacher', 'head', 'staff'] },
  ],
  [
    'a stranger writes to pupils',
    'outside: the adults of a school',
    { to: ['pupil', 'teacher', 'head', 'staff'] },
  ],
  ['pupils write outside', 'an adult of a school: outside', { from: ['pupil', 'teacher'] }],
  ['any correspondent is approved', 'outside: the class that approved', { when: always }],
];

/** A rule about accounts, and what makes it bear on somebody. */
const FORGOTTEN = [
  {
    rule: 'account-suspended',
    make: `update account set state = 'suspended' where address_id = ${A_PUPIL}`,
    mend: `update account set state = 'active' where address_id = ${A_PUPIL}`,
  },
  {
    rule: 'pupil-mail-stopped',
    make: 'update school set pupil_mail_stopped = true where id = 1',
    mend: 'update school set pupil_mail_stopped = false where id = 1',
  },
  {
    rule: 'pupil-mail-stopped',
    make: `update commune set pupil_mail_stopped = true, pupil_mail_stopped_until = '2099-01-01'
      where id = (select commune_id from school where id = 1)`,
    mend: 'update commune set pupil_mail_stopped = false, pupil_mail_stopped_until = null',
  },
  {
    rule: 'charter-first',
    make: 'update account set charter_at = null where school_id = 1',
    mend: "update account set charter_at = '2026-09-01' where school_id = 1 and role = 'pupil'",
  },
  {
    rule: 'family-first',
    make: 'update school set family_first = true where id = 1',
    mend: 'update school set family_first = false where id = 1',
  },
  {
    rule: 'sending-paused',
    make: "update account set paused_until = '2099-01-01' where school_id = 1 and role = 'pupil'",
    mend: 'update account set paused_until = null',
  },
  {
    rule: 'kept-apart',
    make: `insert into kept_apart
      select 1, min(m.address_id), max(m.address_id), min(m.address_id), now()
      from (select * from membership order by address_id) m
      where m.role = 'pupil' and m.until_date is null and m.class_id = (
        select min(class_id) from membership
        where school_id = 1 and role = 'pupil' and until_date is null
      )`,
    mend: 'delete from kept_apart',
  },
] as const;

describe('a mistake in the rules is found by the proof alone', () => {
  const mutations = sliced(9, MUTATIONS);
  it.each(mutations.some)('%s', showsMutation);
  it.each(mutations.rest)('%s', SOAKED, showsMutation);

  async function showsMutation(...[, row, change]: Mutation): Promise<void> {
    const changed = ALLOWED.filter(({ says }) => says.startsWith(row));
    expect(changed).not.toEqual([]);
    const rows = ALLOWED.map((one) => (changed.includes(one) ? { ...one, ...change } : one));
    const rules = [relationOf(rows, REFUSED), ...rulesOf(ACCOUNT)];
    const decide = (facts: Facts) => decideWith(rules, facts);
    const proof = await lookOnce(parts(), { rosters, reckoned, decide, isAsked });
    expect(doorsPassed(proof)).not.toEqual([]);
  }

  it('an agent of some communes writes to the whole town', SOAKED, async () => {
    await town.admin.query(`update account set communes = array[(
        select max(commune_id) from school where commune_id <> (
          select commune_id from school where id = 1)
      )] where id = (select min(id) from account where role = 'agent')`);
    try {
      const rows = ALLOWED.map((one) =>
        one.says.startsWith('an agent:') ? { ...one, when: always } : one,
      );
      const rules = [relationOf(rows, REFUSED), ...rulesOf(ACCOUNT)];
      const decide = (facts: Facts) => decideWith(rules, facts);
      const asked = await askedNow();
      expect(isProven(await lookOnce(parts(), asked))).toBe(true);
      const proof = await lookOnce(parts(), { ...asked, decide });
      expect(doorsPassed(proof)).toEqual(['agent-to-pupil', 'list-to-pupils']);
    } finally {
      await town.admin.query('update account set communes = null');
    }
  });

  const forgotten = sliced(9, FORGOTTEN);
  it.each(forgotten.some)('$rule is forgotten', showsForgotten);
  it.each(forgotten.rest)('$rule is forgotten', SOAKED, showsForgotten);

  async function showsForgotten({ rule, make, mend }: (typeof FORGOTTEN)[number]): Promise<void> {
    await town.admin.query(make);
    try {
      const kept = ACCOUNT.filter((one) => one.rule !== rule);
      const rules = [relationOf(ALLOWED, REFUSED), ...rulesOf(kept)];
      const decide = (facts: Facts) => decideWith(rules, facts);
      const asked = await askedNow();
      expect(isProven(await lookOnce(parts(), asked))).toBe(true);
      expect(doorsPassed(await lookOnce(parts(), { ...asked, decide }))).not.toEqual([]);
    } finally {
      await town.admin.query(mend);
    }
  }
});
