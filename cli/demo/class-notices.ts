import { randomUUID } from 'node:crypto';
import { dayAt } from '../../core/ground/clock.ts';
import { Fault } from '../../core/ground/fault.ts';
import { DAY_MS } from '../../core/ground/spans.ts';
import type { LetterId } from '../../core/mail/writing/contract.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import type { NoticeWish, WithBoards } from '../../core/school/boards/contract.ts';

interface Hanging {
  readonly core: WithBoards;
  readonly timeZone: string;
  readonly now: Date;
  readonly viewerOf: (local: string) => Promise<Viewer>;
}

/** What hangs on the board of CE1 A, the oldest first, and so many days. */
const NOTICES: readonly (Pick<NoticeWish, 'title' | 'text' | 'readers'> & {
  readonly days: number;
})[] = [
  {
    title: 'Les mots de la semaine',
    text: 'hiver, manteau, neige, glisser, froid, bonnet, écharpe, flocon',
    readers: ['pupils'],
    days: 5,
  },
  {
    title: 'On cherche des bouchons',
    text: 'Pour la fresque, chaque enfant apporte dix bouchons de couleur, bien lavés.',
    readers: ['pupils', 'families'],
    days: 12,
  },
];

/** A teacher hangs two notices up, and a child has read one. */
export async function hangNotices({ core, timeZone, now, viewerOf }: Hanging): Promise<void> {
  const claire = await viewerOf('claire.lefevre');
  const [board] = (await core.boards.list(claire)).filter(({ ref }) => ref.classId !== null);
  if (board === undefined) throw wrong('no board');
  for (const { days, ...words } of NOTICES) {
    const posted = await core.boards.post(claire, board.ref, {
      ...words,
      letter: randomUUID() as LetterId,
      untilDay: dayAt(new Date(now.getTime() + days * DAY_MS), timeZone),
      add: [],
      keep: [],
    });
    if (posted.kind !== 'posted') throw wrong(JSON.stringify(posted));
    if (words.readers.includes('families'))
      await core.boards.see(await viewerOf('lina.moreau'), [posted.ref]);
  }
}

const wrong = (what: string): Fault =>
  new Fault('row-missing', `demo notices: ${what}`, { transient: false });
