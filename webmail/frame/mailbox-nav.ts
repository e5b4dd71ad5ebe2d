import type { Mailbox } from '../../core/store/mail/contract.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';
import type { Shelf } from './mailboxes.ts';
import { ownFolders } from './own-folders.ts';
import { coverClass, icon, namedIcon } from './parts.ts';
import type { Toast } from './toast.ts';
import type { Visit } from './visit.ts';

/** What stands around every page of somebody signed in. */
export interface PageSurroundings {
  readonly mailboxes: readonly Mailbox[];
  /** Messages that wait for a word of this teacher; 0 for everybody else. */
  readonly waiting: number;
  /** Letters that children have reported, for those who look after them; 0 for everybody else. */
  readonly reports: number;
  /** Questions about a head's lists, of an agent schools with some; 0 for everybody else. */
  readonly questions: number;
  /** Mail to outside that waits for an agent's word since a restore; 0 for everybody else. */
  readonly standing: number;
  /** Whether an agent has something left to do before the town is in service. */
  readonly settingUp: boolean;
  /** An agent’s, who is at home in no school; else empty. */
  readonly townName: string;
  /** Papers that wait for a guardian's answer; 0 for everybody else. */
  readonly toSign: number;
  /** A pupil whose last day has been said: they may take their mail along. */
  readonly leaves: boolean;
  /** What became of a letter that was just handed in. */
  readonly toast: Toast | null;
}

/** The drawing of each folder. */
export const SHELF_ICONS: Readonly<Record<Shelf, string>> = {
  inbox: 'inbox',
  sent: 'send',
  drafts: 'file',
  starred: 'star',
  trash: 'trash',
  archive: 'archive',
  junk: 'warning',
  later: 'clock',
};

/** A child's mailboxes, and those that stand in the bar at the foot of a phone. */
const CHILDS: readonly Shelf[] = ['inbox', 'sent', 'starred', 'trash'];
const IN_BAR: ReadonlySet<Shelf> = new Set(['inbox', 'sent']);

/**
 * The mailboxes that somebody is shown, in their order: junk where there is some, what comes back
 * later where an adult has ever put something off.
 */
export function shelvesOf({ viewer }: Visit, mailboxes: readonly Mailbox[]): readonly Shelf[] {
  const filled = (shelf: Shelf) => (mailboxes.find((one) => one.use === shelf)?.total ?? 0) > 0;
  if (viewer.role === 'pupil')
    return [
      ...CHILDS.slice(0, 2),
      ...(filled('drafts') ? (['drafts'] as const) : []),
      ...CHILDS.slice(2),
      ...(filled('junk') ? (['junk'] as const) : []),
    ];
  return [
    'inbox',
    ...(mailboxes.some(({ use }) => use === 'later') ? (['later'] as const) : []),
    'starred',
    'sent',
    'drafts',
    'archive',
    'trash',
    ...(filled('junk') ? (['junk'] as const) : []),
  ];
}

/** The mailboxes at the left; of a child's, a bar at the foot of a phone. */
export function mailboxesNav(
  visit: Visit,
  surroundings: PageSurroundings,
  current: Shelf | null,
): Html {
  const { texts } = visit;
  const { mailboxes } = surroundings;
  const child = visit.audience === 'child';
  const shelves = shelvesOf(visit, mailboxes).map((shelf) =>
    shelfLink(visit, mailboxes, { shelf, current: shelf === current }),
  );
  const own = mailboxes.filter((one) => one.use === null);
  return html`
    <nav
      class="places"
      id="places"
      aria-label="${child ? texts.frame.myMessages : texts.frame.folders}"
    >
      <a class="btn main full${child ? ' big' : ''}" href="/write">
        ${icon(visit, 'write')}${texts.frame.write}
      </a>
      ${shelves} ${child ? NOTHING : laterLink(visit)}
      ${
        child
          ? html`
              ${own.map((one) => ownLink(visit, one, one.name.split('/')))}
              ${childAsides(visit, surroundings, current)}
            `
          : adultAsides(visit, surroundings)
      }
    </nav>
  `;
}

/** What leaves at an hour: beside the drafts. */
const laterLink = (visit: Visit): Html => html`
  <a class="aside" href="/write/later">
    ${icon(visit, 'calendar')}
    <span class="cut">${visit.texts.later.title}</span>
  </a>
`;

/** Help, a phone where the school lets children have one, and one's own mail before one leaves. */
function childAsides(visit: Visit, surroundings: PageSurroundings, current: Shelf | null): Html {
  const { texts, viewer } = visit;
  const phone = html`
    <a class="aside" href="/devices">${icon(visit, 'phone')}${texts.devices.child.link}</a>
  `;
  const ownMail = html`
    <a class="aside" href="/my-mail">${icon(visit, 'file')}${texts.people.own.forPupil}</a>
  `;
  const board = html`
    <a class="aside" href="/week">${icon(visit, 'week')}${texts.weeks.nav}</a>
    <a class="aside" href="/boards">${icon(visit, 'pin')}${texts.boards.nav}</a>
  `;
  const cupboard = html`
    <a class="aside" href="/cupboards">${icon(visit, 'cupboard')}${texts.cupboards.nav}</a>
  `;
  const others = html`
    <a class="aside" href="/comfort">${icon(visit, 'text')}${texts.comfort.title}</a>
    <a class="aside" href="/help">${icon(visit, 'info')}${texts.guide.forPupil}</a>
    ${viewer.mailPrograms ? phone : NOTHING} ${surroundings.leaves ? ownMail : NOTHING}
  `;
  return html`
    ${board} ${cupboard}
    <h2>${texts.frame.trouble}</h2>
    <a class="help" href="/write/help">
      ${icon(visit, 'help')}
      <span class="long">${texts.frame.askHelp}</span>
      <span class="short">${texts.frame.help}</span>
    </a>
    ${others}
    ${plusOfChild(visit, surroundings, {
      current,
      others: html`
        ${board} ${cupboard} ${others}
      `,
    })}
  `;
}

/** On a phone: the places that have no room in the bar. */
function plusOfChild(
  visit: Visit,
  { mailboxes }: PageSurroundings,
  { current, others }: { readonly current: Shelf | null; readonly others: Html },
): Html {
  const shelves = shelvesOf(visit, mailboxes).filter((shelf) => !IN_BAR.has(shelf));
  const isHere = current !== null && shelves.includes(current);
  const own = mailboxes.filter((one) => one.use === null);
  return html`
    <details class="drop plus">
      <summary ${attributes({ 'aria-current': isHere ? 'true' : null })}>
        ${icon(visit, 'more')}${visit.texts.frame.plus}
      </summary>
      <div class="menu">
        ${shelves.map((shelf) => shelfLink(visit, mailboxes, { shelf, current: shelf === current }))}
        ${own.map((one) => ownLink(visit, one, one.name.split('/')))} ${others}
      </div>
    </details>
  `;
}

/** One's own folders, and where they are made. */
function ownFolderLinks(visit: Visit, mailboxes: readonly Mailbox[]): Html {
  const { folders } = visit.texts;
  return html`
    <div class="headplus">
      <h2>${folders.title}</h2>
      <a class="btn mini only quiet" href="/folders">${namedIcon(visit, 'plus', folders.make)}</a>
    </div>
    ${ownFolders(mailboxes).map(({ mailbox }) => ownLink(visit, mailbox, mailbox.name.split('/')))}
  `;
}

/** The classes that one writes to, one's own folders, and what waits for a decision. */
function adultAsides(visit: Visit, { mailboxes, waiting, reports }: PageSurroundings): Html {
  const { texts, viewer } = visit;
  const classes = html`
    <h2>${texts.frame.myClasses}</h2>
    ${viewer.classes.map(
      (one) => html`
        <a class="aside" href="/classes/${one.id}/write">
          <span class="spine ${coverClass(one.cover)}"></span>
          <span class="cut">${one.name}</span>
        </a>
      `,
    )}
  `;
  const toDecide = html`
    <h2>${texts.frame.toDecide}</h2>
    ${countLink(visit, { path: '/held', look: 'hold', words: texts.frame.held, count: waiting })}
    ${countLink(visit, { path: '/reports', look: 'report', words: texts.reports.nav, count: reports })}
  `;
  const family = html`
    <h2>${texts.frame.myFamily}</h2>
    <a class="aside" href="/family">
      ${icon(visit, 'people')}
      <span>${texts.names.link}</span>
    </a>
  `;
  return html`
    ${viewer.classes.length > 0 ? classes : NOTHING} ${ownFolderLinks(visit, mailboxes)}
    ${waiting + reports > 0 ? toDecide : NOTHING} ${viewer.role === 'guardian' ? family : NOTHING}
  `;
}

interface CountedLink {
  readonly path: string;
  readonly look: string;
  readonly words: string;
  readonly count: number;
}

/** What waits for a decision, with how much of it; nothing where nothing does. */
function countLink(visit: Visit, one: CountedLink): Html {
  if (one.count === 0) return NOTHING;
  return html`
    <a class="aside" href="${one.path}">
      ${icon(visit, one.look)}
      <span class="cut">${one.words}</span>
      <span class="badge wait end">${one.count}</span>
    </a>
  `;
}

/**
 * A folder of one's own: its last level, further in the deeper it lies; what hears or points at it
 * is told the whole way.
 */
function ownLink(visit: Visit, { id, unseen }: Mailbox, levels: readonly string[]): Html {
  const above = levels.slice(0, -1);
  const depth = Math.min(above.length, DEEPEST);
  return html`
    <a
      href="/mail/${id}"
      ${attributes({ class: depth === 0 ? 'aside' : `aside in${depth}`, title: depth === 0 ? null : levels.join('/') })}
    >
      ${icon(visit, 'folder')}
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
      ${
        unseen === 0
          ? NOTHING
          : html`
              <span class="soft end small">
                ${unseen}
                <span class="vh">${visit.texts.shelf.unread}</span>
              </span>
            `
      }
    </a>
  `;
}

/** Deeper ones stand no further in: names must be readable. */
const DEEPEST = 4;

function shelfLink(
  visit: Visit,
  mailboxes: readonly Mailbox[],
  { shelf, current }: { readonly shelf: Shelf; readonly current: boolean },
): Html {
  const { texts, audience } = visit;
  const mailbox = mailboxes.find((one) => one.use === shelf);
  const aside = attributes({
    class: audience === 'child' && !IN_BAR.has(shelf) ? 'aside' : null,
  });
  return html`
    <a href="/mail/${shelf}" ${aside}${attributes({ 'aria-current': current ? 'page' : null })}>
      ${icon(visit, SHELF_ICONS[shelf])}
      <span class="cut">${texts.shelf[audience][shelf]}</span>
      ${countBeside(visit, shelf, mailbox)}
    </a>
  `;
}

/** What is new in the inbox, how many drafts there are; nothing beside the other mailboxes. */
function countBeside({ texts, audience }: Visit, shelf: Shelf, mailbox: Mailbox | undefined): Html {
  if (shelf === 'inbox' && mailbox !== undefined && mailbox.unseen > 0) {
    const word = audience === 'child' ? texts.shelf.fresh(mailbox.unseen) : texts.shelf.unread;
    return html`
      <span class="badge count">
        ${mailbox.unseen}
        <span class="vh">${word}</span>
      </span>
    `;
  }
  if (shelf === 'drafts' && mailbox !== undefined && mailbox.total > 0)
    return html`
      <span class="soft end small">${mailbox.total}</span>
    `;
  return NOTHING;
}
