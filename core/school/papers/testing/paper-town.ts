import { afterAll, beforeEach } from 'vitest';
import { openTestTown } from '../../../../tests/shared/town.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { Asked, PaperLine, PaperWish } from '../contract.ts';
import type { PaperRef } from '../contract/slips.ts';
import { askPaper, paperDraft } from './asked-paper.ts';

type PaperLetter = Parameters<typeof askPaper>[2];

/** A town in which Claire Lefèvre asks the families of CE1 A; put away after the file's tests. */
export async function openPaperTown(options: Parameters<typeof openTestTown>[0] = {}) {
  const town = await openTestTown(options);
  const claire = await town.viewer('claire.lefevre');
  const { papers } = town.core;
  const start = town.clock.now;
  beforeEach(async () => {
    town.clock.now = start;
    await town.admin.query('delete from paper');
    await town.admin.query(`delete from due where kind = 'paper'`);
    await town.admin.query('delete from sending');
    await tie('silent', false);
    await tie('blocked', false);
    await tie('blocked', true, 'marc.jourdain');
  });
  afterAll(() => town.close());
  return { town, claire, papers, draft, ask, asked, child, slips, listed, tie, member };

  /** Marks what joins a guardian to their children, or all guardians. */
  async function tie(mark: 'silent' | 'blocked', is: boolean, local: string | null = null) {
    await town.admin.query(
      `update guardianship set ${mark} = $1 where $2::text is null or guardian_address_id =
        (select id from address where local = $2)`,
      [is, local],
    );
    await town.admin.query('update school set roster_version = roster_version + 1');
  }
  /** All papers of one page of somebody's list. */
  async function listed(who: Viewer): Promise<readonly PaperLine[]> {
    const { open, past } = await papers.list(who, null);
    return [...open, ...past];
  }
  /** Has a child be in a class of the first school on these days. */
  async function member(
    local: string,
    schoolClass: string,
    { from = '2026-09-01', until = null }: { from?: string; until?: string | null },
  ): Promise<void> {
    await town.admin.query(
      `insert into membership (school_id, class_id, address_id, role, from_date, until_date)
       select c.school_id, c.id, a.id, 'pupil', $3, $4
       from class c, address a
       where c.school_id = 1 and c.name = $2 and a.local = $1
       on conflict (school_id, class_id, address_id, role, from_date)
       do update set until_date = excluded.until_date`,
      [local, schoolClass, from, until],
    );
    await town.admin.query('update school set roster_version = roster_version + 1');
  }
  /** A letter that is written, to the families of the class where nothing else is said. */
  function draft(by: Viewer, letter: PaperLetter = {}) {
    return paperDraft(town.core, by, addressed(letter));
  }
  function ask(wish: Partial<PaperWish> = {}, letter: PaperLetter = {}): Promise<Asked> {
    return askPaper(town.core, claire, addressed(letter), wish);
  }
  function addressed({ to = ['familles.ce1-a.tilleuls'], ...letter }: PaperLetter): PaperLetter {
    return { ...letter, to: to.map(town.address) };
  }
  /** One that is asked. */
  async function asked(wish: Partial<PaperWish> = {}, letter: PaperLetter = {}): Promise<PaperRef> {
    const outcome = await ask(wish, letter);
    if (outcome.kind !== 'asked') throw new Error(JSON.stringify(outcome));
    return outcome.ref;
  }
  /** A child of a paper, as its teacher sees them. */
  async function child(ref: PaperRef, name: string) {
    const found = (await papers.state(claire, ref))?.children.find((one) => one.name === name);
    if (!found) throw new Error(`no ${name}`);
    return found;
  }
  /** What somebody sees of a paper for their child. */
  async function slips(local: string, ref: PaperRef) {
    const who = await town.viewer(local);
    const own = (await papers.slips(who)).filter((one) => one.ref.paper === ref.paper);
    return Promise.all(own.map((one) => papers.slip(who, one.ref)));
  }
}
