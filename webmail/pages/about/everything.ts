import { actsForTown, type ClassLabel } from '../../../core/rules/viewer.ts';
import { hasDay } from '../../components/own-day-offer.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { LEGAL_PATHS } from '../../frame/legal-foot.ts';
import { SHELF_ICONS, shelvesOf, type PageSurroundings } from '../../frame/mailbox-nav.ts';
import { LEVELS, ownFolders } from '../../frame/own-folders.ts';
import { coverClass, icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, page, type Answer } from '../../http/answer.ts';

/** A line of the page: where it leads, and what is to be seen there. */
interface Way {
  readonly path: string;
  readonly icon: string;
  readonly words: string;
  readonly seen?: string;
  /** How deep a folder lies. */
  readonly depth?: number;
}

/** A sheet of them. */
interface Sheet {
  readonly title: string;
  readonly cover?: number;
  readonly ways: readonly Way[];
  /** A line more, that is no way but an act. */
  readonly act?: Html;
}

/** GET /more: all that somebody has, by what it belongs to; « Plus » on a phone leads here. */
export async function everything(visit: Visit<FramePart>): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const surroundings = await surroundingsOf(visit);
  const { title } = visit.texts.everything;
  const sheets = [
    ...visit.viewer.classes.map((one) => ofClass(visit, one)),
    ...(visit.viewer.heads ? [ofSchool(visit, surroundings)] : []),
    ...(visit.viewer.role === 'agent' ? [ofTown(visit, surroundings)] : []),
    ofMessages(visit, surroundings),
    ofOneself(visit, surroundings),
  ];
  return page(
    framed(visit, surroundings, {
      title,
      section: 'none',
      shelf: null,
      styles: ['everything.css'],
      main: html`
        <main id="main" class="body">
          <div class="stack wide">
            <h1 id="t">${title}</h1>
            <div class="every">${sheets.map((one, at) => sheetView(visit, one, `e${at}`))}</div>
          </div>
        </main>
      `,
    }),
  );
}

/** Of a class that somebody of the staff is in, its pages are its teachers'. */
function ofClass({ texts, viewer }: Visit, { id, name, cover }: ClassLabel): Sheet {
  const at = `/classes/${id}`;
  const write: Way = { path: `${at}/write`, icon: 'write', words: texts.classes.write };
  const families: Way = {
    path: `${at}/families`,
    icon: 'reply-all',
    words: texts.classes.families,
  };
  const walls: Way = { path: '/walls', icon: 'wall', words: texts.walls.nav };
  if (viewer.role === 'staff') return { title: name, cover, ways: [write, families, walls] };
  return {
    title: name,
    cover,
    ways: [
      { path: at, icon: 'people', words: texts.teaching.tabs.class },
      write,
      families,
      { path: `${at}/week`, icon: 'week', words: texts.teaching.tabs.week },
      { path: `${at}/board`, icon: 'pin', words: texts.teaching.tabs.board },
      walls,
      { path: `${at}/cupboard`, icon: 'cupboard', words: texts.teaching.tabs.cupboard },
      { path: `${at}/links`, icon: 'swap', words: texts.teaching.tabs.links },
      { path: `${at}/settings`, icon: 'settings', words: texts.teaching.tabs.settings },
      { path: `${at}/phrases`, icon: 'text', words: texts.phrases.link },
      { path: `/codes/${id}`, icon: 'lock', words: texts.codes.page.link },
    ],
  };
}

function ofSchool({ texts }: Visit, { questions }: PageSurroundings): Sheet {
  return {
    title: texts.everything.school,
    ways: [
      { path: '/school', icon: 'class', words: texts.school.board.title },
      { path: '/people', icon: 'people', words: texts.people.link },
      { path: '/boards', icon: 'pin', words: texts.boards.nav },
      { path: '/week', icon: 'week', words: texts.weeks.nav },
      { path: '/walls', icon: 'wall', words: texts.walls.nav },
      { path: '/cupboards', icon: 'cupboard', words: texts.cupboards.nav },
      { path: '/codes', icon: 'lock', words: texts.codes.page.link },
      rosterWay(texts, counted(questions, texts.everything.count.questions)),
    ],
  };
}

const rosterWay = (texts: Visit['texts'], seen: string): Way => ({
  path: '/roster',
  icon: 'calendar',
  words: texts.roster.nav,
  seen,
});

function ofTown({ texts, viewer }: Visit, { questions, standing }: PageSurroundings): Sheet {
  const { list } = texts.townSchools;
  const schools = rosterWay(texts, counted(questions, texts.everything.count.schools));
  if (!actsForTown(viewer))
    return {
      title: texts.everything.town,
      ways: [
        { path: '/school', icon: 'school', words: texts.school.schools.titleTown },
        schools,
        { path: '/agents/trail', icon: 'eye', words: texts.journals.title },
        { path: '/town/stop', icon: 'hold', words: texts.home.stop },
      ],
    };
  return {
    title: texts.everything.town,
    ways: [
      { path: '/home', icon: 'preau', words: texts.home.title },
      { path: '/school', icon: 'school', words: texts.school.schools.titleTown },
      { path: '/schools/new', icon: 'plus', words: list.one },
      { path: '/schools/file', icon: 'file', words: list.file },
      schools,
      { path: '/roster/moves', icon: 'move', words: texts.everything.moves },
      {
        path: '/restored',
        icon: 'undo',
        words: texts.restored.nav,
        seen: counted(standing, texts.everything.count.standing),
      },
      { path: '/setup', icon: 'settings', words: texts.setup.nav },
      { path: '/agents', icon: 'people', words: texts.agents.title },
      { path: '/agents/isolation', icon: 'check', words: texts.isolation.link },
      { path: '/agents/senders', icon: 'globe', words: texts.senders.link },
      { path: '/agents/quotas', icon: 'inbox', words: texts.quotas.title },
      { path: '/agents/trail', icon: 'eye', words: texts.journals.title },
      { path: '/agents/nights', icon: 'moon', words: texts.nights.link },
      { path: '/school/0/sites', icon: 'warning', words: texts.sites.link },
      { path: '/town/stop', icon: 'hold', words: texts.home.stop },
    ],
  };
}

function ofMessages(visit: Visit, surroundings: PageSurroundings): Sheet {
  const { texts } = visit;
  const shelves = shelvesOf(visit, surroundings.mailboxes).map((shelf): Way => {
    const mailbox = surroundings.mailboxes.find(({ use }) => use === shelf);
    const seen =
      shelf === 'drafts'
        ? counted(mailbox?.total ?? 0, texts.everything.count.drafts)
        : counted(mailbox?.unseen ?? 0, texts.everything.count.unread);
    return {
      path: `/mail/${shelf}`,
      icon: SHELF_ICONS[shelf],
      words: texts.shelf.adult[shelf],
      seen: shelf === 'inbox' || shelf === 'drafts' ? seen : '',
    };
  });
  const own = ownFolders(surroundings.mailboxes).map(({ mailbox, name, depth }): Way => ({
    path: `/mail/${mailbox.id}`,
    icon: 'folder',
    words: name,
    seen: counted(mailbox.unseen, texts.everything.count.unread),
    depth,
  }));
  const groups: Way = { path: '/groups', icon: 'people', words: texts.groups.title };
  const templates: Way = { path: '/templates', icon: 'text', words: texts.templates.title };
  return {
    title: texts.everything.messages,
    ways: [
      { path: '/write', icon: 'write', words: texts.frame.write },
      { path: '/search', icon: 'search', words: texts.search.title },
      ...shelves,
      { path: '/write/later', icon: 'clock', words: texts.later.title },
      ...(hasDay(visit) ? [{ path: '/own-day', icon: 'sun', words: texts.ownDay.title }] : []),
      ...own,
      { path: '/folders', icon: 'plus', words: texts.folders.edit },
      ...(visit.viewer.role === 'guardian' ? [] : [groups, templates]),
    ],
  };
}

function ofOneself(visit: Visit, surroundings: PageSurroundings): Sheet {
  const { texts, viewer } = visit;
  const { count } = texts.everything;
  const { waiting, reports } = surroundings;
  const classes: Way = { path: '/classes', icon: 'class', words: texts.frame.myClasses };
  const papers: Way = { path: '/papers', icon: 'paper', words: texts.papers.nav };
  const toSign: Way = {
    path: '/papers',
    icon: 'sign',
    words: texts.papers.navFamily,
    seen: counted(surroundings.toSign, texts.papers.navCount),
  };
  const boards: Way = { path: '/boards', icon: 'pin', words: texts.boards.nav };
  const walls: Way = { path: '/walls', icon: 'wall', words: texts.walls.nav };
  const week: Way = { path: '/week', icon: 'week', words: texts.weeks.nav };
  const cupboards: Way = { path: '/cupboards', icon: 'cupboard', words: texts.cupboards.nav };
  const agenda: Way = { path: '/agenda', icon: 'calendar', words: texts.weeks.feed.title };
  const copies: Way = { path: '/copies', icon: 'copy', words: texts.copies.link };
  const family: Way = { path: '/family', icon: 'people', words: texts.names.link };
  const reported: Way = {
    path: '/reports',
    icon: 'report',
    words: texts.reports.nav,
    seen: counted(reports, count.reports),
  };
  return {
    title: texts.everything.me,
    act: signOutLine(visit),
    ways: [
      ...(viewer.role === 'guardian' ? [toSign, family] : []),
      ...(viewer.role === 'teacher' || viewer.heads ? [classes, papers] : []),
      // A head's stand with those of the school.
      ...(viewer.role === 'agent' || viewer.heads ? [] : [boards, week, cupboards]),
      ...(viewer.role === 'guardian' ? [walls] : []),
      {
        path: '/held',
        icon: 'hold',
        words: texts.frame.held,
        seen: counted(waiting, count.held),
      },
      ...(viewer.role === 'guardian' ? [] : [reported]),
      ...(viewer.role === 'agent' ? [] : [agenda]),
      { path: '/settings', icon: 'settings', words: texts.preferences.title },
      { path: '/devices', icon: 'laptop', words: texts.devices.link },
      { path: '/password', icon: 'lock', words: texts.password.link },
      { path: '/protect', icon: 'phone', words: texts.protect.link },
      ...(viewer.role === 'agent' ? [] : [copies]),
      { path: '/my-mail', icon: 'file', words: texts.people.own.link },
      { path: '/keys', icon: 'keys', words: texts.keys.title },
      { path: '/help', icon: 'help', words: texts.guide.link },
      { path: LEGAL_PATHS.notice, icon: 'info', words: texts.legal.notice.title },
      { path: LEGAL_PATHS.privacy, icon: 'person', words: texts.legal.privacy.title },
      { path: LEGAL_PATHS.accessibility, icon: 'eye', words: texts.legal.accessibility.title },
    ],
  };
}

/** How much is there, in words; nothing where nothing is. */
const counted = (count: number, words: (count: number) => string): string =>
  count === 0 ? '' : words(count);

function sheetView(visit: Visit, { title, cover, ways, act = NOTHING }: Sheet, id: string): Html {
  const spine = html`
    <span class="spine ${coverClass(cover ?? 8)}" aria-hidden="true"></span>
  `;
  return html`
    <section class="sheet" aria-labelledby="${id}">
      <h2 id="${id}">${cover === undefined ? NOTHING : spine}${title}</h2>
      <ul>
        ${ways.map((one) => wayView(visit, one))} ${act}
      </ul>
    </section>
  `;
}

function wayView(visit: Visit, { path, icon: drawing, words, seen = '', depth = 0 }: Way): Html {
  const beside = html`
    <span class="soft small end">${seen}</span>
  `;
  return html`
    <li>
      <a
        href="${path}"
        ${attributes({ class: depth === 0 ? null : `in${Math.min(depth, LEVELS - 1)}` })}
      >
        ${icon(visit, drawing)}
        <span>${words}</span>
        ${seen === '' ? NOTHING : beside}
      </a>
    </li>
  `;
}

const signOutLine = (visit: Visit): Html => html`
  <li>
    <form method="post" action="/signout">
      ${token(visit)}
      <button>${icon(visit, 'exit')}${visit.texts.frame.signOut}</button>
    </form>
  </li>
`;
