import { attributes, html, NOTHING, type Html } from './html.ts';
import { coverClass, faceOf, icon, namedIcon, token } from './parts.ts';
import type { Visit } from './visit.ts';

/** The parts of the pages that an adult's board leads to; `none` for what lies beside them. */
export type Section =
  | 'messages'
  | 'classes'
  | 'school'
  | 'roster'
  | 'held'
  | 'write'
  | 'setup'
  | 'restored'
  | 'none';

/** What the board says of what is going on. */
interface Near {
  /** Messages that wait for a decision. */
  readonly waiting: number;
  /** Questions about the lists of a head's school, of an agent schools with some. */
  readonly questions: number;
  /** Mail to outside that waits for an agent's word since a restore. */
  readonly standing: number;
  /** Whether an agent has something left to do before the town is in service. */
  readonly settingUp: boolean;
  /** An agent’s, who is at home in no school; else empty. */
  readonly townName: string;
}

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

export function adultBoard(visit: Visit, here: Section, near: Near): Html {
  const { texts, viewer } = visit;
  return html`
    <header class="top">
      <a class="brand" href="/mail/inbox">
        ${icon(visit, 'preau')}${texts.brand}${' '}
        <small>${viewer.schoolName || near.townName}</small>
      </a>
      <nav aria-label="${texts.frame.sections}">
        <ul>
          ${sectionsOf(visit, near).map((one) => sectionLink(one, here))}
        </ul>
      </nav>
      <div class="me">
        ${ownName(visit)}
        <a class="btn only" href="/devices">${namedIcon(visit, 'phone', texts.devices.link)}</a>
        ${languageSwitch(visit)}
        ${signOut(visit, namedIcon(visit, 'exit', texts.frame.signOut), 'btn only')}
      </div>
    </header>
  `;
}

interface SectionLink {
  readonly section: Section;
  readonly path: string;
  readonly words: string | Html;
}

/** What an adult may go to: teachers to their classes and what they hold, heads to their school. */
function sectionsOf(
  visit: Visit,
  { waiting, questions, standing, settingUp }: Near,
): readonly SectionLink[] {
  const { texts, viewer } = visit;
  const sections: SectionLink[] = [
    { section: 'messages', path: '/mail/inbox', words: texts.frame.messages },
  ];
  if (viewer.role === 'teacher' || viewer.heads)
    sections.push(
      { section: 'classes', path: '/classes', words: texts.frame.myClasses },
      {
        section: 'held',
        path: '/held',
        words: counted(texts.frame.held, waiting, texts.frame.heldCount),
      },
    );
  if (viewer.heads || viewer.role === 'agent')
    sections.push(
      {
        section: 'school',
        path: '/school',
        words: viewer.heads ? texts.school.nav : texts.school.navTown,
      },
      {
        section: 'roster',
        path: '/roster',
        words: counted(texts.roster.nav, questions, texts.questions.inMenu),
      },
    );
  if (standing > 0)
    sections.push({
      section: 'restored',
      path: '/restored',
      words: counted(texts.restored.nav, standing, texts.restored.inMenu),
    });
  if (settingUp) sections.push({ section: 'setup', path: '/setup', words: texts.setup.nav });
  return sections;
}

function sectionLink({ section, path, words }: SectionLink, here: Section): Html {
  return html`
    <li>
      <a href="${path}" ${attributes({ 'aria-current': section === here ? 'page' : null })}>
        ${words}
      </a>
    </li>
  `;
}

/** A section with the number of what waits there. */
function counted(words: string, count: number, said: string): Html {
  const badge = html`
    <span class="badge count">
      ${count}
      <span class="vh">${said}</span>
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

function languageSwitch(visit: Visit): Html {
  const other = visit.viewer.language === 'fr' ? 'en' : 'fr';
  return html`
    <form method="post" action="/language">
      ${token(visit)}
      <input type="hidden" name="here" value="${visit.here}" />
      <button class="btn mini" name="language" value="${other}" lang="${other}">
        ${other.toUpperCase()}
        <span class="vh">${' '}${visit.texts.otherLanguage}</span>
      </button>
    </form>
  `;
}
