import type { Place } from '../core/core.ts';
import { attributes, html, markup, NOTHING, type Html } from './html.ts';
import { coverClass, faceOf, icon, namedIcon, token } from './parts.ts';
import { unseenIn, type Shelf } from './places.ts';
import type { Visit } from './visit.ts';

/** What stands around every page of somebody signed in. */
export interface Around {
  readonly places: readonly Place[];
  /** Messages that wait for a word of this teacher; 0 for everybody else. */
  readonly waiting: number;
  /** A pupil whose last day has been said: they may take their mail along. */
  readonly leaves: boolean;
}

export type Section = 'messages' | 'classes' | 'school' | 'roster' | 'held' | 'write' | 'none';

export interface Sheet {
  readonly title: string;
  readonly section: Section;
  readonly shelf: Shelf | null;
  readonly main: Html;
  /** Stylesheets besides those of every page. */
  readonly styles?: readonly string[];
  /** Scripts besides the one of every page. */
  readonly scripts?: readonly string[];
}

/**
 * Loads the counts beside the places; one question to the store, two for those who moderate and for
 * pupils.
 */
export async function around(visit: Visit): Promise<Around> {
  const moderates = visit.viewer.role === 'teacher' || visit.viewer.heads;
  const [places, waiting, leaveDay] = await Promise.all([
    visit.core.mail.places(visit.viewer),
    moderates ? visit.core.moderation.waitingCount(visit.viewer) : 0,
    visit.viewer.role === 'pupil' ? visit.core.people.ownLeaveDay(visit.viewer) : null,
  ]);
  return { places, waiting, leaves: leaveDay !== null };
}

const DOCTYPE = markup('<!doctype html>');

/** A whole document. No inline script or style: the policy forbids both. */
export function documentOf(page: {
  readonly lang: string;
  readonly title: string;
  readonly audience: 'pupil' | 'adult';
  readonly skip: string;
  readonly icon: string;
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
  readonly body: Html;
}): Html {
  return html`
    ${DOCTYPE}
    <html lang="${page.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title}</title>
        <link rel="icon" type="image/svg+xml" href="${page.icon}" />
        ${page.styles.map(
          (href) => html`
            <link rel="stylesheet" href="${href}" />
          `,
        )}
        ${page.scripts.map(
          (src) => html`
            <script src="${src}" defer></script>
          `,
        )}
      </head>
      <body class="${page.audience}">
        <a class="skip" href="#main">${page.skip}</a>
        ${page.body}
      </body>
    </html>
  `;
}

/** A page of somebody signed in: the board on top, then what the page says. */
export function framed(visit: Visit, { places, waiting }: Around, sheet: Sheet): Html {
  const child = visit.audience === 'child';
  return documentOf({
    lang: visit.viewer.language,
    title: visit.texts.titled(sheet.title),
    audience: child ? 'pupil' : 'adult',
    skip: visit.texts.skip,
    icon: visit.asset('drawings.svg'),
    styles: ['base.css', ...(child ? [] : ['adult.css']), ...(sheet.styles ?? [])].map(visit.asset),
    scripts: ['page.js', ...(sheet.scripts ?? [])].map(visit.asset),
    body: html`
      ${child ? pupilBoard(visit) : adultBoard(visit, sheet.section, waiting)} ${sheet.main}
      <p
        class="vh"
        role="status"
        id="said"
        data-arrived="${visit.texts.box.arrived}"
        data-unseen="${unseenIn(places)}"
      ></p>
    `,
  });
}

function pupilBoard(visit: Visit): Html {
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

function adultBoard(visit: Visit, section: Section, waiting: number): Html {
  const { texts, viewer } = visit;
  const teaches = viewer.role === 'teacher' || viewer.heads;
  const own = viewer.classes[0];
  const link = (here: Section, href: string, inside: Html) => html`
    <li>
      <a href="${href}" ${attributes({ 'aria-current': here === section ? 'page' : null })}>
        ${inside}
      </a>
    </li>
  `;
  return html`
    <header class="top">
      <a class="brand" href="/mail/inbox">
        ${icon(visit, 'preau')}${texts.brand}${' '}
        <small>${viewer.schoolName}</small>
      </a>
      <nav aria-label="${texts.frame.sections}">
        <ul>
          ${link(
            'messages',
            '/mail/inbox',
            html`
              ${texts.frame.messages}
            `,
          )}
          ${
            teaches
              ? html`
                  ${link(
                    'classes',
                    '/classes',
                    html`
                      ${texts.frame.myClasses}
                    `,
                  )}
                  ${link(
                    'held',
                    '/held',
                    html`
                      ${texts.frame.held}
                      ${
                        waiting === 0
                          ? NOTHING
                          : html`
                              <span class="badge count">
                                ${waiting}
                                <span class="vh">${texts.frame.heldCount}</span>
                              </span>
                            `
                      }
                    `,
                  )}
                `
              : NOTHING
          }
          ${schoolLink(visit, link)}
          ${
            viewer.heads || viewer.role === 'agent'
              ? link(
                  'roster',
                  '/roster',
                  html`
                    ${texts.roster.nav}
                  `,
                )
              : NOTHING
          }
        </ul>
      </nav>
      <div class="me">
        <span class="who ${coverClass(own?.cover ?? 8)} s" aria-hidden="true">${viewer.face}</span>
        <span>
          <b>${viewer.displayName}</b>
          <small>
            ${own === undefined ? texts.frame.role[viewer.role] : viewer.classes.map((one) => one.name).join(', ')}
          </small>
        </span>
        <a class="btn only" href="/devices">${namedIcon(visit, 'phone', texts.devices.link)}</a>
        ${languageSwitch(visit)}
        ${signOut(visit, namedIcon(visit, 'exit', texts.frame.signOut), 'btn only')}
      </div>
    </header>
  `;
}

/** A head's school, an agent's schools. */
function schoolLink(
  { texts, viewer }: Visit,
  link: (here: Section, href: string, inside: Html) => Html,
): Html {
  if (!viewer.heads && viewer.role !== 'agent') return NOTHING;
  return link(
    'school',
    '/school',
    html`
      ${viewer.heads ? texts.school.nav : texts.school.navTown}
    `,
  );
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

const ICONS: Readonly<Record<Shelf, string>> = {
  inbox: 'inbox',
  sent: 'send',
  drafts: 'file',
  starred: 'star',
  trash: 'trash',
  archive: 'class',
  junk: 'warning',
};
/**
 * A child's places, and those that stand in the strip at the foot of a phone; there the others come
 * by a swipe, and help before them.
 */
const CHILDS: readonly Shelf[] = ['inbox', 'sent', 'starred', 'trash'];
const STRIP: Readonly<Record<Visit['audience'], readonly Shelf[]>> = {
  child: ['inbox', 'sent', 'trash'],
  adult: CHILDS,
};

function shelvesOf({ viewer }: Visit, places: readonly Place[]): readonly Shelf[] {
  const filled = (shelf: Shelf) => (places.find((one) => one.use === shelf)?.total ?? 0) > 0;
  if (viewer.role === 'pupil')
    return [
      ...CHILDS.slice(0, 2),
      ...(filled('drafts') ? (['drafts'] as const) : []),
      ...CHILDS.slice(2),
      ...(filled('junk') ? (['junk'] as const) : []),
    ];
  return [
    'inbox',
    'starred',
    'sent',
    'drafts',
    'archive',
    'trash',
    ...(filled('junk') ? (['junk'] as const) : []),
  ];
}

/** The places at the left; a strip at the foot of a phone. */
export function placesNav(
  visit: Visit,
  { places, waiting, leaves }: Around,
  current: Shelf | null,
): Html {
  const { texts, audience, viewer } = visit;
  const child = audience === 'child';
  const shelves = shelvesOf(visit, places).map((shelf) =>
    placeLink(visit, places, { shelf, current: shelf === current }),
  );
  const own = places.filter((one) => one.use === null);
  return html`
    <nav
      class="places"
      id="places"
      aria-label="${child ? texts.frame.myMessages : texts.frame.folders}"
    >
      <a class="btn main full${child ? ' big' : ''}" href="/write">
        ${icon(visit, 'write')}${texts.frame.write}
      </a>
      ${shelves} ${own.map((one) => ownLink(visit, one.id, one.name.split('/')))}
      ${
        child
          ? html`
              <h2>${texts.frame.trouble}</h2>
              <a class="help" href="/write/help">
                ${icon(visit, 'help')}
                <span class="long">${texts.frame.askHelp}</span>
                <span class="short">${texts.frame.help}</span>
              </a>
              ${
                viewer.mailPrograms
                  ? html`
                      <a class="aside" href="/devices">
                        ${icon(visit, 'phone')}${texts.devices.forPupil}
                      </a>
                    `
                  : NOTHING
              }
              ${
                leaves
                  ? html`
                      <a class="aside" href="/my-mail">
                        ${icon(visit, 'file')}${texts.people.own.forPupil}
                      </a>
                    `
                  : NOTHING
              }
            `
          : NOTHING
      }
      ${
        !child && viewer.classes.length > 0
          ? html`
              <h2>${texts.frame.myClasses}</h2>
              ${viewer.classes.map(
                (one) => html`
                  <a class="aside" href="/classes/${one.id}/write">
                    <span class="spine ${coverClass(one.cover)}"></span>
                    <span class="cut">${one.name}</span>
                  </a>
                `,
              )}
            `
          : NOTHING
      }
      ${
        !child && waiting > 0
          ? html`
              <h2>${texts.frame.toDecide}</h2>
              <a class="aside" href="/held">
                ${icon(visit, 'hold')}
                <span class="cut">${texts.frame.held}</span>
                <span class="badge wait end">${waiting}</span>
              </a>
            `
          : NOTHING
      }
    </nav>
  `;
}

/**
 * A folder of one's own: its last level, further in the deeper it lies; what hears or points at it
 * is told the whole way.
 */
function ownLink(visit: Visit, id: number, levels: readonly string[]): Html {
  const above = levels.slice(0, -1);
  const depth = Math.min(above.length, DEEPEST);
  return html`
    <a
      href="/mail/${id}"
      ${depth === 0 ? NOTHING : attributes({ class: `in${depth}`, title: levels.join('/') })}
    >
      ${icon(visit, 'file')}
      <span class="cut">
        ${
          above.length === 0
            ? NOTHING
            : html`
                <span class="vh">${above.join(', ')},${' '}</span>
              `
        }
        ${levels.at(-1)}
      </span>
    </a>
  `;
}
/** Deeper ones stand no further in: names must be readable. */
const DEEPEST = 4;

function placeLink(
  visit: Visit,
  places: readonly Place[],
  { shelf, current }: { readonly shelf: Shelf; readonly current: boolean },
): Html {
  const { texts, audience } = visit;
  const place = places.find((one) => one.use === shelf);
  const word = audience === 'child' ? texts.place.fresh(place?.unseen ?? 0) : texts.place.unread;
  const count =
    shelf === 'inbox' && place !== undefined && place.unseen > 0
      ? html`
          <span class="badge count">
            ${place.unseen}
            <span class="vh">${word}</span>
          </span>
        `
      : shelf === 'drafts' && place !== undefined && place.total > 0
        ? html`
            <span class="soft end small">${place.total}</span>
          `
        : NOTHING;
  const aside = attributes({ class: !STRIP[audience].includes(shelf) ? 'aside' : null });
  return html`
    <a href="/mail/${shelf}" ${aside}${attributes({ 'aria-current': current ? 'page' : null })}>
      ${icon(visit, ICONS[shelf])}
      <span class="cut">${texts.place[audience][shelf]}</span>
      ${count}
    </a>
  `;
}

/** The frame of most pages: a pupil's sheet beside the places, an adult's on the ground. */
export function sheetMain(
  visit: Visit,
  near: Around,
  inside: { readonly shelf: Shelf | null; readonly content: Html },
): Html {
  if (visit.audience === 'child') {
    return html`
      <main id="main" class="body yard">
        ${placesNav(visit, near, inside.shelf)}
        <section class="stack" aria-labelledby="t">${inside.content}</section>
      </main>
    `;
  }
  return html`
    <main id="main" class="body narrow">
      <section class="stack wide" aria-labelledby="t">${inside.content}</section>
    </main>
  `;
}
