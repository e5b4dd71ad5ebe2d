import type { Language } from '../../core/ground/ids.ts';
import type { WithModeration } from '../../core/mail/delivery/holding/contract.ts';
import type { WithMail } from '../../core/mail/reading/contract.ts';
import type { WithReports } from '../../core/mail/reports/contract.ts';
import type { WithWritings } from '../../core/mail/writing/contract.ts';
import { actsForTown } from '../../core/rules/viewer.ts';
import type { WithPendingImports } from '../../core/school/imports/pending/contract.ts';
import type { WithPapers } from '../../core/school/papers/contract.ts';
import type { WithPeople } from '../../core/school/people/contract.ts';
import type { WithReadiness } from '../../core/town/readiness/contract.ts';
import type { WithTown } from '../../core/town/town/contract.ts';
import type { WithStandingMail } from '../../core/town/town/standing-mail/contract.ts';
import { attributes, html, markup, NOTHING, type Html } from '../html.ts';
import { TEXTS } from '../texts/texts.ts';
import { manifestName } from './app-icons.ts';
import { awayStrip } from './away-strip.ts';
import { type BoardSection, pupilBoard, adultBoard } from './board.ts';
import { dressOf, type Dress } from './comfort.ts';
import { legalFoot } from './legal-foot.ts';
import { letterToast } from './letter-toast.ts';
import { type PageSurroundings, mailboxesNav } from './mailbox-nav.ts';
import { unseenIn, type Shelf } from './mailboxes.ts';
import { toastView, type Toast } from './toast.ts';
import type { Visit } from './visit.ts';
import type { Yard } from './yard.ts';

/** What the frame of a page asks of core: it is among the parts that every page names. */
export type FramePart = WithMail<'mailboxes'> &
  WithModeration<'waitingCount'> &
  WithPapers<'waitingCount'> &
  WithPendingImports<'countQuestions'> &
  WithPeople<'ownLeaveDay'> &
  WithReadiness<'isGreen'> &
  WithReports<'count'> &
  WithStandingMail<'count'> &
  WithTown<'settings'> &
  WithWritings<'among' | 'leaving'>;

interface Sheet {
  readonly title: string;
  readonly section: BoardSection;
  readonly shelf: Shelf | null;
  readonly main: Html;
  /** Stylesheets besides those of every page. */
  readonly styles?: readonly string[];
  /** What the skip link leads to, past the menus; the whole main part where nothing is said. */
  readonly skipTo?: string;
  /** What was done before this page, where the page knows it; else what became of a letter. */
  readonly toast?: Toast | null;
  /** An adult's list and message: the script of every page comes with that of the panes. */
  readonly isMail?: boolean;
  /** Scripts besides the one of every page. */
  readonly scripts?: readonly string[];
  /** Where the legal links stand below: help, settings. */
  readonly foot?: 'below';
}

/**
 * Loads the counts beside the mailboxes; one question to the store, two for those who moderate, for
 * pupils and for agents.
 */
export async function surroundingsOf(visit: Visit<FramePart>): Promise<PageSurroundings> {
  const moderates = visit.viewer.role === 'teacher' || visit.viewer.heads;
  const answers = visit.viewer.heads || visit.viewer.role === 'agent';
  const [mailboxes, waiting, reports, questions, leaveDay, standing, town, toSign, toast] =
    await Promise.all([
      visit.core.mail.mailboxes(visit.viewer),
      moderates ? visit.core.moderation.waitingCount(visit.viewer) : 0,
      mayHelp(visit) ? visit.core.reports.count(visit.viewer) : 0,
      answers ? visit.core.pendingImports.countQuestions(visit.viewer) : 0,
      visit.viewer.role === 'pupil' ? visit.core.people.ownLeaveDay(visit.viewer) : null,
      visit.viewer.role === 'agent' ? visit.core.standingMail.count(visit.viewer) : 0,
      actsForTown(visit.viewer) ? townOf(visit) : NO_TOWN,
      visit.viewer.role === 'guardian' ? visit.core.papers.waitingCount(visit.viewer) : 0,
      letterToast(visit),
    ]);
  const leaves = leaveDay !== null;
  return { mailboxes, waiting, reports, questions, leaves, standing, toSign, toast, ...town };
}

/** Teachers and heads look after what children report; the town may name any adult of its own. */
export const mayHelp = ({ viewer }: Visit): boolean =>
  viewer.role !== 'pupil' && viewer.role !== 'guardian';

const NO_TOWN: Pick<PageSurroundings, 'townName' | 'settingUp'> = {
  townName: '',
  settingUp: false,
};

/** It is set up until it is open and all that is looked at is in order. */
async function townOf({ core }: Visit<FramePart>): Promise<typeof NO_TOWN> {
  const [isGreen, settings] = await Promise.all([core.readiness.isGreen(), core.town.settings()]);
  const settingUp = !isGreen || (settings?.openedAt ?? null) === null;
  return { townName: settings?.name ?? '', settingUp };
}

const DOCTYPE = markup('<!doctype html>');

interface DocumentParts {
  readonly lang: Language;
  readonly title: string;
  readonly audience: 'pupil' | 'adult' | 'little';
  readonly skip: string;
  readonly skipTo?: string | undefined;
  readonly asset: Visit['asset'];
  /** Whether something new is in the inbox: the icon of the tab bears a bead then. */
  readonly hasNew?: boolean;
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
  /** The text of a script that comes with the page itself, at its end; its policy names it. */
  readonly ownScript?: string;
  readonly body: Html;
  /**
   * Where the legal links stand: below all of it, unless the page has a place for them; they are at
   * the doors, in help and in settings, not under every letter.
   */
  readonly foot?: 'below' | 'within' | 'none';
  /** What its reader has chosen that pages look like. */
  readonly dress?: Dress;
}

/** A whole document. No inline script or style: the policy forbids both. */
export function documentOf(page: DocumentParts): Html {
  const hasFoot = (page.foot ?? 'below') === 'below';
  return html`
    ${DOCTYPE}
    <html lang="${page.lang}" ${page.dress?.marks ?? NOTHING}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title}</title>
        <link
          rel="icon"
          type="image/svg+xml"
          href="${page.asset(page.hasNew === true ? 'tab-new.svg' : 'tab.svg')}"
        />
        <link rel="manifest" href="${page.asset(manifestName(page.lang))}" />
        <link rel="apple-touch-icon" href="${page.asset('touch-icon.png')}" />
        ${page.dress?.fonts ?? NOTHING}
        ${[...page.styles, ...(page.dress?.styles ?? [])].map(
          (href) => html`
            <link rel="stylesheet" href="${href}" />
          `,
        )}
        ${page.scripts.map(scriptTag)}
      </head>
      <body class="${page.audience}${hasFoot ? ' footed' : ''}">
        <a class="skip" href="#${page.skipTo ?? 'main'}">${page.skip}</a>
        ${page.body} ${hasFoot ? legalFoot(page.lang) : NOTHING}
        ${page.ownScript === undefined ? NOTHING : markup(`<script>${page.ownScript}</script>`)}
      </body>
    </html>
  `;
}

interface DoorDocument extends Pick<DocumentParts, 'title' | 'ownScript' | 'foot' | 'body'> {
  readonly audience?: 'pupil' | 'adult';
  /** Besides that of every page. */
  readonly styles?: readonly string[];
  readonly scripts?: readonly string[];
}

/** A page of whoever isn't signed in: its title, sheets and scripts by their names. */
export function doorDocument({ language, asset }: Yard, page: DoorDocument): Html {
  const { title, audience = 'adult', styles = [], scripts = [], ...rest } = page;
  const texts = TEXTS[language];
  return documentOf({
    lang: language,
    title: texts.titled(title),
    audience,
    skip: texts.skip,
    asset,
    styles: ['base.css', ...styles].map(asset),
    scripts: scripts.map(asset),
    ...rest,
  });
}

/** A script of a page, which runs once the page is there. */
export function scriptTag(src: string): Html {
  return html`
    <script src="${src}" defer></script>
  `;
}

/** A page of somebody signed in: the board on top, then what the page says. */
export function framed(visit: Visit, surroundings: PageSurroundings, sheet: Sheet): Html {
  const child = visit.audience === 'child';
  const unseen = unseenIn(surroundings.mailboxes);
  const title = visit.texts.titled(sheet.title);
  return documentOf({
    lang: visit.viewer.language,
    dress: dressOf(visit),
    title: unseen === 0 ? title : `(${unseen}) ${title}`,
    audience: child ? 'pupil' : 'adult',
    skip: visit.texts.skip,
    skipTo: sheet.skipTo,
    asset: visit.asset,
    hasNew: unseen > 0,
    foot: sheet.foot ?? 'none',
    styles: ['base.css', ...(child ? [] : ['adult.css']), ...(sheet.styles ?? [])].map(visit.asset),
    scripts: [sheet.isMail === true ? 'mail.js' : 'page.js', ...(sheet.scripts ?? [])].map(
      visit.asset,
    ),
    body: html`
      ${child ? pupilBoard(visit) : adultBoard(visit, sheet.section, surroundings)}
      ${child ? NOTHING : awayStrip(visit)} ${sheet.main}
      ${toastView(visit, sheet.toast ?? surroundings.toast)}
      <p
        class="vh"
        role="status"
        id="said"
        data-arrived="${visit.texts.box.arrived}"
        data-unseen="${unseen}"
        ${attributes({ 'data-next': forWriting(visit, sheet) })}
        ${unsentOf(visit)}
      ></p>
    `,
  });
}

/** What writing needs and this page hasn't: it is fetched while somebody reads. */
function forWriting({ audience, asset }: Visit, { styles = [], scripts = [] }: Sheet): string {
  const sheet = audience === 'child' ? 'letter.css' : 'writing.css';
  return [sheet, 'write.js']
    .filter((name) => !styles.includes(name) && !scripts.includes(name))
    .map(asset)
    .join(' ');
}

/** Whose unsent text the storage of this browser may hold, and what is said once a draft has it. */
function unsentOf({ ownComputer, viewer, texts }: Visit): Html {
  return attributes({
    'data-unsent': ownComputer ? viewer.address : null,
    'data-brought': ownComputer ? texts.write.brought : null,
    'data-see-brought': ownComputer ? texts.write.seeBrought : null,
  });
}

/** The frame of most pages, around what they say. */
export function framedSheet(
  visit: Visit,
  surroundings: PageSurroundings,
  { content, ...sheet }: Omit<Sheet, 'main' | 'shelf'> & { readonly content: Html },
): Html {
  const main = sheetMain(visit, surroundings, { shelf: null, content });
  return framed(visit, surroundings, { ...sheet, shelf: null, main });
}

/** A pupil's sheet beside the mailboxes, an adult's on the ground. */
export function sheetMain(
  visit: Visit,
  surroundings: PageSurroundings,
  inside: { readonly shelf: Shelf | null; readonly content: Html },
): Html {
  if (visit.audience === 'child') {
    return html`
      <main id="main" class="body yard">
        ${mailboxesNav(visit, surroundings, inside.shelf)}
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
