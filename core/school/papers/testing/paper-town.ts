import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach } from 'vitest';
import { openTestTown } from '../../../../tests/shared/town.ts';
import type { LetterId, Upload } from '../../../mail/writing/contract.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { Asked, PaperRef } from '../contract.ts';
import type { PaperWish } from '../wish.ts';

/** An outing two days from the town's morning. */
export const OUTING: PaperWish = {
  text: 'J’autorise {prénom} à participer à la sortie au musée.',
  place: 'musée des Tisserands',
  price: 'gratuite',
  day: '2026-11-26',
  lastDay: '',
  from: '08:30',
  to: '16:30',
  question: 'yes-no',
  options: [],
  needed: 'one',
  untilDay: '2026-11-25',
  untilTime: '18:00',
  reminds: true,
  asksNumber: true,
};

interface Letter {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly add: readonly Upload[];
}

/** A town in which Claire Lefèvre asks the families of CE1 A; put away after the file's tests. */
export async function openPaperTown() {
  const town = await openTestTown();
  const claire = await town.viewer('claire.lefevre');
  const { papers, writings } = town.core;
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
  return { town, claire, papers, draft, ask, asked, child, slips, tie };

  /** Marks what joins a guardian to their children, or all guardians. */
  async function tie(mark: 'silent' | 'blocked', is: boolean, local: string | null = null) {
    await town.admin.query(
      `update guardianship set ${mark} = $1 where $2::text is null or guardian_address_id =
        (select id from address where local = $2)`,
      [is, local],
    );
    await town.admin.query('update school set roster_version = roster_version + 1');
  }
  /** A letter that is written, to the families of the class where nothing else is said. */
  async function draft(by: Viewer, letter: Partial<Letter> = {}) {
    const {
      to = ['familles.ce1-a.tilleuls'],
      subject = 'Sortie au musée',
      text = 'Bonjour, nous allons au musée.',
      add = [],
    } = letter;
    const hand = {
      letter: randomUUID() as LetterId,
      window: randomUUID(),
      turn: 0,
      previous: null,
    };
    const kept = await writings.keep(
      by,
      { to: to.map(town.address), cc: [], subject, text, answers: 'sender', answerTo: null },
      { hand, add, drop: [] },
    );
    if (kept.kind === 'sent') throw new Error('sent before');
    return { draft: kept.ref, letter: kept.letter };
  }
  async function ask(wish: Partial<PaperWish> = {}, letter: Partial<Letter> = {}): Promise<Asked> {
    const written = await draft(claire, letter);
    return papers.ask(claire, { ...written, wish: { ...OUTING, ...wish } });
  }
  /** One that is asked. */
  async function asked(
    wish: Partial<PaperWish> = {},
    letter: Partial<Letter> = {},
  ): Promise<PaperRef> {
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
