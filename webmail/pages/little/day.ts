import { clockAt } from '../../../core/ground/clock.ts';
import { hasClass, looksOf, type PlanItem } from '../../../core/roster/week/plan.ts';
import type { Notice, WithBoards } from '../../../core/school/boards/contract.ts';
import type { WeekDay, WeekView, WithWeeks } from '../../../core/school/week/contract.ts';
import { littlePage } from '../../components/little-page.ts';
import { shownName } from '../../components/typed-name.ts';
import { picture } from '../../frame/little-parts.ts';
import { faceOf } from '../../frame/parts.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { cork } from './board.ts';
import { dayPicture, pictureOf } from './day-pictures.ts';

/** Squares of the hopscotch: a child of four counts no more. */
const SQUARES = 8;
/** Things in the bag that are shown. */
const MOST_THINGS = 6;
/** Notices of today that are shown: a row of the board. */
const MOST_NOTICES = 3;

/**
 * GET /week of a little one: the day as a hopscotch whose squares are heard, my animal on the one
 * of now; below it what goes into the bag, then what the board says of today.
 */
export async function littleDay(visit: Visit<LittleDayPart>): Promise<Answer> {
  const views = await visit.core.weeks.own(visit.viewer, null);
  const view = views.find(({ stand, head }) => stand === 'child' && head !== null);
  const notices = view === undefined ? [] : await ofToday(visit, view);
  const here = view === undefined ? visit : atSchool(visit, view);
  const words = visit.texts.little.day;
  const today = view?.now ?? null;
  const isSchoolDay = today !== null && hasClass(today);
  return littlePage(here, {
    title: words.title,
    at: 'inside',
    says: isSchoolDay ? 'day' : 'dayOff',
    styles: notices.length === 0 ? ['week.css'] : ['week.css', 'board.css'],
    main: html`
      <main id="main" class="body">
        <h1 class="vh">${words.title}</h1>
        ${isSchoolDay ? hopscotch(here, today) : atHome(here)}
        ${view?.next == null ? NOTHING : bag(here, view.next)}
        ${notices.length === 0 ? NOTHING : cork(here, notices)}
      </main>
    `,
  });
}

type LittleDayPart = WithWeeks<'own'> & WithBoards<'notice'>;

/** Notices that are about today: most days there is none, and the boards aren’t asked. */
async function ofToday(
  { core, viewer }: Visit<LittleDayPart>,
  { school, now }: WeekView,
): Promise<readonly Notice[]> {
  const asked = (now?.notices ?? []).slice(0, MOST_NOTICES);
  const found = await Promise.all(
    asked.map(({ notice }) => core.boards.notice(viewer, { school, notice })),
  );
  return found.flatMap((state) => state?.notice ?? []);
}

const atHome = (visit: Visit): Html => html`
  <ol class="marelle four-m">
    <li class="now-d">
      ${hopper(visit)}
      ${square(visit, { picture: 'chez-moi', words: visit.texts.little.day.home, isTyped: false, state: 'now' })}
    </li>
  </ol>
`;

const hopper = ({ viewer, asset }: Visit): Html =>
  faceOf(
    { asset },
    { kind: 'child', face: viewer.face, cover: 8, name: viewer.givenName },
    'hopper',
  );

type State = 'over' | 'now' | 'next';

interface Square {
  readonly picture: string;
  readonly words: string;
  /** A teacher's own words, which a French voice says. */
  readonly isTyped: boolean;
  readonly state: State;
}

function square(visit: Visit, { picture: name, words, isTyped, state }: Square): Html {
  const { weeks } = visit.texts;
  const { language } = visit.viewer;
  const said = { over: weeks.over, now: weeks.nowHeard, next: '' }[state];
  const heard = isTyped && language !== 'fr' ? words : `${words}${said}`;
  return html`
    <span class="sq says-name" data-name="${heard}" lang="${isTyped ? 'fr' : language}">
      ${dayPicture(visit, name)}
      <span class="w">${words}</span>
      <span class="vh">${said}</span>
    </span>
  `;
}

function hopscotch(visit: Visit, today: WeekDay): Html {
  const squares = squaresOf(visit, today);
  const looks = { over: 'did-d', now: 'now-d', next: '' } as const;
  return html`
    <ol class="marelle">
      ${squares.map(
        (one) => html`
          <li ${attributes({ class: looks[one.state] || null })}>
            ${one.state === 'now' ? hopper(visit) : NOTHING} ${square(visit, one)}
          </li>
        `,
      )}
    </ol>
  `;
}

/** The day in at most eight pictures: what comes twice on end is one, and breaks go first. */
function squaresOf(visit: Visit, { items, halves }: WeekDay): readonly Square[] {
  const { texts, clock } = visit;
  const now = clockAt(visit.now, clock.timeZone).time;
  const [morning, afternoon] = halves;
  const shown = items.map((item) => ({ ...shownAs(visit, item), hours: item.hours }));
  if (morning !== undefined && afternoon !== undefined)
    shown.push({
      picture: 'cantine',
      words: texts.little.day.canteen,
      isTyped: false,
      hours: { from: morning.to, to: afternoon.from },
    });
  const inOrder = shown.toSorted((one, other) =>
    (one.hours?.from ?? '') < (other.hours?.from ?? '') ? -1 : 1,
  );
  let kept = inOrder.filter((one, at) => one.picture !== inOrder[at - 1]?.picture);
  for (const drop of ['recre', 'accueil'])
    if (kept.length >= SQUARES) kept = kept.filter((one) => one.picture !== drop);
  kept = kept.slice(0, SQUARES - 1);
  const home = { picture: 'chez-moi', words: texts.little.day.home, isTyped: false };
  const end = halves.at(-1)?.to ?? '';
  // What lies between two squares belongs to the one before it; before the first it waits there.
  const begun = kept.filter(({ hours }) => (hours?.from ?? '') <= now).length - 1;
  const at = now >= end ? kept.length : Math.max(0, begun);
  return [...kept, home].map(({ picture: name, words, isTyped }, place) => {
    const state = place === at ? 'now' : 'next';
    return { picture: name, words, isTyped, state: place < at ? 'over' : state };
  });
}

/** What stands for something on a day. */
function shownAs(visit: Visit, item: PlanItem): Omit<Square, 'state'> {
  if (item.kind === 'special') {
    const { kind, title } = item.special;
    const name = { outing: 'car', pool: 'gym', photo: 'photo', party: 'gateau', visit: 'jour' };
    return {
      picture: kind === 'no-class' ? 'chez-moi' : name[kind],
      ...shownName(visit, title, ({ weeks }) => weeks.specials[kind]),
    };
  }
  const { kind, title } = item.lesson;
  return {
    picture: looksOf(kind).picture,
    ...shownName(visit, title, ({ little }) => little.day.kinds[kind]),
  };
}

/** What goes into the bag for the next day of class; an ear says each thing. */
function bag(visit: Visit, { needs }: WeekDay): Html {
  const words = visit.texts.little.day;
  const things = needs.filter(({ kind }) => kind === 'bring').slice(0, MOST_THINGS);
  if (things.length === 0) return NOTHING;
  const all = things.map(({ words: what }) => what).join(', ');
  return html`
    <section class="sheet bag-l" aria-labelledby="bg">
      <div class="side-b">
        ${dayPicture(visit, 'sac')}
        <h2 class="vh" id="bg">${words.bag}</h2>
        <span class="ear says-name" data-name="${words.bag} : ${all}" lang="fr">
          ${picture(visit, 'ecoute')}
          <span class="vh">${words.hearBag}</span>
        </span>
      </div>
      <ul>
        ${things.map(
          ({ words: what }, at) => html`
            <li>
              <span class="say c${(at % 7) + 1} says-name" data-name="${what}" lang="fr">
                ${dayPicture(visit, pictureOf(what) ?? 'sac')}
                <span class="w">${what}</span>
              </span>
            </li>
          `,
        )}
      </ul>
    </section>
  `;
}
