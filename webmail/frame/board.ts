import { actsForTown } from '../../core/rules/viewer.ts';
import { firstPageOf } from '../here.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';
import { SHELF_ICONS, type PageSurroundings } from './mailbox-nav.ts';
import { coverClass, faceOf, icon, token } from './parts.ts';
import type { Visit } from './visit.ts';

/** The parts of the pages that an adult's board leads to; `none` for what lies beside them. */
export type BoardSection =
  | 'home'
  | 'messages'
  | 'classes'
  | 'school'
  | 'roster'
  | 'held'
  | 'papers'
  | 'board'
  | 'cupboard'
  | 'week'
  | 'write'
  | 'setup'
  | 'restored'
  | 'none';

/** What the board says of what is going on. */
type BoardNews = Pick<
  PageSurroundings,
  'waiting' | 'reports' | 'questions' | 'standing' | 'settingUp' | 'townName' | 'toSign'
>;

export function pupilBoard(visit: Visit): Html {
  const { texts, viewer } = visit;
  const own = viewer.classes[0];
  return html`
    <header class="top">
      <a class="brand" href="/mail/inbox">${icon(visit, 'preau')}${texts.brand}</a>
      ${
        own === undefined
          ? NOTHING
          : html`
              <span class="label ${coverClass(own.cover)}" id="own-class">${own.name}</span>
            `
      }
      <div class="me">
        ${faceOf(visit, { kind: 'child', face: viewer.face, cover: 8, name: viewer.givenName })}
        <span><b>${viewer.givenName}</b></span>
        ${signOut(
          visit,
          html`
            ${icon(visit, 'exit')}${texts.frame.quit}
          `,
          'btn',
        )}
      </div>
    </header>
  `;
}

function signOut(visit: Visit, inside: Html, look: string): Html {
  return html`
    <form method="post" action="/signout">
      ${token(visit)}
      <button class="${look}">${inside}</button>
    </form>
  `;
}

/** Sections that stand in the bar at the foot of a phone; the others are under « Plus ». */
const IN_BAR = 4;

export function adultBoard(visit: Visit, here: BoardSection, news: BoardNews): Html {
  const { texts, viewer } = visit;
  const sections = sectionsOf(visit, news);
  const isInBar = sections.slice(0, IN_BAR).some(({ section }) => section === here);
  const isUnderPlus = !isInBar && here !== 'write';
  const more = html`
    <li class="plus">
      <details class="drop">
        <summary ${attributes({ 'aria-current': isUnderPlus ? 'true' : null })}>
          ${icon(visit, 'more')}${texts.frame.plus}
        </summary>
        <div class="menu right up">
          ${sections.slice(IN_BAR).map((one) => menuLink(visit, one))} ${shelvesMenu(visit)}
          ${ownMenu(visit)}
        </div>
      </details>
    </li>
  `;
  return html`
    <header class="top">
      <a class="brand" href="${viewer.role === 'agent' ? firstPageOf(viewer) : '/mail/inbox'}">
        ${icon(visit, 'preau')}${texts.brand}${' '}
        <small>${viewer.schoolName || news.townName}</small>
      </a>
      <nav class="goto" aria-label="${texts.frame.sections}">
        <ul>
          ${sections.map((one) => sectionLink(visit, one, here))} ${more}
        </ul>
      </nav>
      <div class="me">
        <details class="drop">
          <summary>
            ${ownName(visit)}
            <span class="vh">${texts.frame.ownMenu}</span>
            ${icon(visit, 'down')}
          </summary>
          <div class="menu right">${ownMenu(visit)}</div>
        </details>
      </div>
    </header>
  `;
}

/** What is wanted most of what a phone has no column for, and the page that leads everywhere. */
function shelvesMenu(visit: Visit): Html {
  const { shelf: shelves, everything } = visit.texts;
  return html`
    ${(['starred', 'sent', 'drafts', 'archive'] as const).map((shelf) =>
      menuLink(visit, {
        path: `/mail/${shelf}`,
        icon: SHELF_ICONS[shelf],
        words: shelves.adult[shelf],
      }),
    )}
    ${menuLink(visit, { path: '/more', icon: 'menu', words: everything.link })}
  `;
}

function menuLink(
  visit: Visit,
  { path, icon: name, words }: Pick<SectionLink, 'path' | 'icon' | 'words'>,
): Html {
  return html`
    <a href="${path}">${icon(visit, name)}${words}</a>
  `;
}

/** Who has no section for what waits, since little ever does: staff, families. */
const decidesOwn = ({ viewer }: Visit): boolean =>
  viewer.role === 'guardian' || (viewer.role === 'staff' && !viewer.heads);

/** Who works in a school reads its board and the town's, and has no section for them. */
const worksInSchool = ({ viewer }: Visit): boolean =>
  viewer.role === 'teacher' || viewer.role === 'staff' || viewer.heads;

/** What is one's own: devices, language, the way out. */
function ownMenu(visit: Visit): Html {
  const { texts, viewer } = visit;
  const other = viewer.language === 'fr' ? 'en' : 'fr';
  return html`
    ${menuLink(visit, { path: '/settings', icon: 'settings', words: texts.preferences.title })}
    ${viewer.role === 'guardian' ? menuLink(visit, { path: '/family', icon: 'people', words: texts.names.link }) : NOTHING}
    ${worksInSchool(visit) ? menuLink(visit, { path: '/boards', icon: 'pin', words: texts.boards.nav }) : NOTHING}
    ${viewer.role === 'guardian' ? menuLink(visit, { path: '/cupboards', icon: 'cupboard', words: texts.cupboards.nav }) : NOTHING}
    ${decidesOwn(visit) ? menuLink(visit, { path: '/held', icon: 'hold', words: texts.frame.held }) : NOTHING}
    ${menuLink(visit, { path: '/devices', icon: 'laptop', words: texts.devices.link })}
    ${menuLink(visit, { path: '/help', icon: 'help', words: texts.guide.link })}
    <form method="post" action="/language">
      ${token(visit)}
      <input type="hidden" name="here" value="${visit.here}" />
      <button name="language" value="${other}" lang="${other}">
        ${icon(visit, 'globe')}${texts.otherLanguage}
      </button>
    </form>
    ${signOut(
      visit,
      html`
        ${icon(visit, 'exit')}${texts.frame.signOut}
      `,
      '',
    )}
  `;
}

interface SectionLink {
  readonly section: BoardSection;
  readonly path: string;
  readonly icon: string;
  readonly words: string | Html;
}

/** What an adult may go to: teachers to their classes and what they hold, heads to their school. */
function sectionsOf(
  visit: Visit,
  { waiting, reports, questions, standing, settingUp, toSign }: BoardNews,
): readonly SectionLink[] {
  const { texts, viewer } = visit;
  const own: SectionLink[] = actsForTown(viewer)
    ? [{ section: 'home', icon: 'preau', path: '/home', words: texts.home.title }]
    : [];
  const sections: SectionLink[] = [
    ...own,
    { section: 'messages', icon: 'inbox', path: '/mail/inbox', words: texts.frame.messages },
  ];
  if (viewer.role === 'teacher' || viewer.heads)
    sections.push(
      {
        section: 'classes',
        icon: 'class',
        path: '/classes',
        words: longOrShort(texts.frame.myClasses, texts.frame.classes),
      },
      { section: 'papers', icon: 'paper', path: '/papers', words: texts.papers.nav },
      heldSection(visit, waiting, reports),
    );
  else if (reports > 0) sections.push(reportsSection(visit, reports));
  if (viewer.role === 'guardian') sections.push(...familySections(visit, toSign));
  if (viewer.heads || viewer.role === 'agent')
    sections.push(
      {
        section: 'school',
        icon: 'people',
        path: '/school',
        words: viewer.heads ? texts.school.nav : texts.school.navTown,
      },
      rosterSection(visit, questions),
    );
  if (standing > 0)
    sections.push({
      section: 'restored',
      icon: 'undo',
      path: '/restored',
      words: counted(texts.restored.nav, standing, texts.restored.inMenu),
    });
  if (actsForTown(viewer))
    sections.push({ section: 'board', icon: 'pin', path: '/boards', words: texts.boards.nav });
  if (settingUp)
    sections.push({ section: 'setup', icon: 'settings', path: '/setup', words: texts.setup.nav });
  return sections;
}

/** A head's lists with the questions about them; an agent's with the schools that have some. */
const rosterSection = ({ texts, viewer }: Visit, questions: number): SectionLink => ({
  section: 'roster',
  icon: 'calendar',
  path: '/roster',
  words: counted(
    texts.roster.nav,
    questions,
    viewer.heads ? texts.questions.inMenu : texts.questions.inMenuTown,
  ),
});

/** Of who decides about no letter that waits, and looks after what children report. */
function reportsSection({ texts: { reports: words } }: Visit, reports: number): SectionLink {
  return {
    section: 'held',
    icon: 'report',
    path: '/reports',
    words: counted(longOrShort(words.nav, words.navShort), reports, words.inMenu),
  };
}

/** What waits for a word; a child who needs help comes before a letter. */
const heldSection = ({ texts }: Visit, waiting: number, reports: number): SectionLink => ({
  section: 'held',
  icon: 'hold',
  path: reports > 0 ? '/reports' : '/held',
  words: counted(texts.frame.held, waiting + reports, texts.frame.heldCount),
});

/** What a family signs, and what is pinned for it. */
const familySections = ({ texts }: Visit, toSign: number): readonly SectionLink[] => [
  {
    section: 'papers',
    icon: 'sign',
    path: '/papers',
    words: counted(texts.papers.navFamily, toSign, texts.papers.navCount),
  },
  { section: 'week', icon: 'week', path: '/week', words: texts.weeks.nav },
  { section: 'board', icon: 'pin', path: '/boards', words: texts.boards.nav },
];

function sectionLink(visit: Visit, one: SectionLink, here: BoardSection): Html {
  const { section, path, words } = one;
  const current = attributes({ 'aria-current': section === here ? 'page' : null });
  return html`
    <li>
      <a href="${path}" ${current}>${icon(visit, one.icon)}${words}</a>
    </li>
  `;
}

/** The words in the header of a desk; in the bar at the foot of a phone, the one word. */
const longOrShort = (words: string, short: string): Html => html`
  <span class="long">${words}</span>
  <span class="short">${short}</span>
`;

/** A section with the number of what waits there. */
function counted(words: string | Html, count: number, said: (count: number) => string): Html {
  const badge = html`
    <span class="badge count">
      ${count}
      <span class="vh">${said(count)}</span>
    </span>
  `;
  return html`
    ${words} ${count === 0 ? NOTHING : badge}
  `;
}

/** Who is signed in, and their classes or what they are. */
function ownName({ texts, viewer }: Visit): Html {
  const cover = viewer.classes[0]?.cover ?? 8;
  const classes = viewer.classes.map((one) => one.name).join(', ');
  return html`
    <span class="who ${coverClass(cover)} s" aria-hidden="true">${viewer.face}</span>
    <span>
      <b>${viewer.displayName}</b>
      <small>${viewer.classes.length === 0 ? texts.frame.role[viewer.role] : classes}</small>
    </span>
  `;
}
