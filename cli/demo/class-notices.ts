import { dayAt } from '../../core/ground/clock.ts';
import { Fault } from '../../core/ground/fault.ts';
import { newLetterId } from '../../core/ground/ids.ts';
import { DAY_MS } from '../../core/ground/spans.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import type { NoticeWish, WithBoards } from '../../core/school/boards/contract.ts';
import { schoolDays } from './class-weeks.ts';

interface Hanging {
  readonly core: WithBoards;
  readonly timeZone: string;
  readonly now: Date;
  readonly viewerOf: (local: string) => Promise<Viewer>;
}

/** A notice, and who has seen it. */
type DemoNotice = Pick<NoticeWish, 'title' | 'text' | 'readers'> & {
  readonly by: string;
  readonly days: number;
  /** About which of the weekdays that come; null: about none. */
  readonly about: number | null;
  readonly seenBy: readonly string[];
};

/** What hangs on the boards of CE1 A and of those who don't read yet, the oldest first. */
const NOTICES: readonly DemoNotice[] = [
  {
    by: 'claire.lefevre',
    title: 'Les mots de la semaine',
    text: 'hiver, manteau, neige, glisser, froid, bonnet, écharpe, flocon',
    readers: ['pupils'],
    days: 5,
    about: null,
    seenBy: [],
  },
  {
    by: 'claire.lefevre',
    title: 'On cherche des bouchons',
    text: 'Pour la fresque, chaque enfant apporte dix bouchons de couleur, bien lavés.',
    readers: ['pupils', 'families'],
    days: 12,
    about: 2,
    seenBy: ['lina.moreau'],
  },
  {
    by: 'sylvie.caradec',
    title: 'Lila a 5 ans',
    text: 'Vendredi, on fête l’anniversaire de Lila. Il y aura un gâteau.',
    readers: ['pupils', 'families'],
    days: 4,
    about: null,
    seenBy: ['tom.moreau'],
  },
  {
    by: 'sylvie.caradec',
    title: 'Au jardin',
    text: 'Demain, on va au jardin. Mets tes bottes.',
    readers: ['pupils', 'families'],
    days: 2,
    about: null,
    seenBy: [],
  },
];

/** Teachers hang notices up, and some children have seen one. */
export async function hangNotices({ core, timeZone, now, viewerOf }: Hanging): Promise<void> {
  for (const { by, days, about, seenBy, ...words } of NOTICES) {
    const teacher = await viewerOf(by);
    const boards = await core.boards.list(teacher);
    const board = boards.find(({ ref }) => ref.classId === teacher.classes[0]?.id);
    if (board === undefined) throw wrong(`no board of ${by}`);
    const posted = await core.boards.post(teacher, board.ref, {
      ...words,
      letter: newLetterId(),
      untilDay: dayAt(new Date(now.getTime() + days * DAY_MS), timeZone),
      day: about === null ? '' : (schoolDays({ now, timeZone })[about] ?? ''),
      add: [],
      draft: null,
      keep: [],
      edition: 0,
    });
    if (posted.kind !== 'posted') throw wrong(JSON.stringify(posted));
    for (const local of seenBy) await core.boards.see(await viewerOf(local), [posted.ref]);
  }
}

const wrong = (what: string): Fault =>
  new Fault('row-missing', `demo notices: ${what}`, { transient: false });
