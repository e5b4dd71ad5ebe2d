import type { Uid } from '../../../core/ground/ids.ts';
import type { WithPresence } from '../../../core/mail/presence/contract.ts';
import type {
  MessageView,
  ConversationTurn,
  WithMail,
} from '../../../core/mail/reading/contract.ts';
import type { WithSent } from '../../../core/mail/sent/contract.ts';
import type { WithWritings } from '../../../core/mail/writing/contract.ts';
import type { WithBoards } from '../../../core/school/boards/contract.ts';
import type { Mailbox } from '../../../core/store/mail/contract.ts';
import { listenButton } from '../../components/listen-button.ts';
import { roadHere } from '../../components/road.ts';
import { surroundingsOf, framed, scriptTag, type FramePart } from '../../frame/frame.ts';
import { mailboxesNav, type PageSurroundings } from '../../frame/mailbox-nav.ts';
import { chosenMailbox, type ChosenMailbox } from '../../frame/mailboxes.ts';
import { hoursSentence } from '../../frame/own-hours.ts';
import { faceOf, icon } from '../../frame/parts.ts';
import { subjectOf } from '../../frame/subject.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { page, withMicrophone, MISSING, type Answer } from '../../http/answer.ts';
import { loadSearch } from '../search/load.ts';
import { morningOf } from '../writing/evening.ts';
import { quickText } from '../writing/keep.ts';
import { adultMessage, adultPane } from './adult-message.ts';
import { filterOf } from './list-filter.ts';
import { listedBy, rowsAround } from './mailbox.ts';
import { bodyOf, picturesOf, filesOf } from './message-body.ts';
import { notice, whyLine } from './message-notices.ts';
import { answersLine, claimedLine, whoLine } from './message-people.ts';
import { replies, starForm, throwForms, reportForm } from './message-tools.ts';
import { answerable, backOf, type LoadedMessage, type OpenMessage } from './open-message.ts';
import { fateView, sentSaidOf, wellRead } from './sent-fate.ts';
import { actToast, toldOf, type ActNotice, type ToldOf } from './told.ts';

/** What the address of a message says besides: how it is shown, and what was done before. */
interface Asked extends ToldOf {
  /** The search that found it, as it was typed. */
  readonly found: unknown;
  readonly pictures: unknown;
  readonly who: unknown;
  readonly unread: unknown;
}

type MessagePart = FramePart &
  WithMail &
  WithPresence<'nextHours' | 'shownHours'> &
  WithSent<'acknowledged' | 'fate'> &
  WithBoards<'drafts'> &
  WithWritings<'begun' | 'signature'>;

/** GET /mail/:mailbox/:uid: one message, beside its list where there is room; it is read now. */
export async function message(
  visit: Visit<MessagePart>,
  slug: string,
  { uid, ...asked }: Asked & { readonly uid: Uid },
): Promise<Answer> {
  const place = await placeOf(visit, slug);
  if (place === null) return MISSING;
  const { id } = place.chosen.mailbox;
  const [shown] = await Promise.all([
    visit.core.mail.read(visit.viewer, id, uid),
    visit.core.mail.markRead(visit.viewer, { mailbox: id, uid, by: listedBy(visit, slug) }),
  ]);
  if (shown === null) return MISSING;
  const found = { ...place, message: shown };
  const isAdult = visit.audience === 'adult';
  const filter = filterOf(visit, asked);
  const hasList = isAdult && typeof asked.found !== 'string';
  // Counted after the mark, so that the bead and the number agree.
  const [surroundings, open, told, rows, turns] = await Promise.all([
    surroundingsOf(visit),
    load(visit, found, asked),
    toldOf(visit, asked),
    hasList ? rowsAround(visit, slug, { filter, open: uid }) : null,
    isAdult ? turnsOf(visit, found) : [],
  ]);
  if (!isAdult) return page(pupilMessage(visit, surroundings, { ...open, told }));
  const list = rows && { ...rows, chosen: place.chosen, open: uid };
  const sentSaid = sentSaidOf(asked.said);
  return withMicrophone(
    page(adultMessage(visit, surroundings, { ...open, list, turns, told, sentSaid })),
  );
}

/**
 * GET /mail/:mailbox/:uid/pane: the message alone, for a script that puts it beside the list that
 * is there. It may be asked for before anybody has opened it, and changes nothing.
 */
export async function messagePane(
  given: Visit<MessagePart>,
  slug: string,
  { uid, ...asked }: Asked & { readonly uid: Uid },
): Promise<Answer> {
  // What is written there leads back to the page of the message.
  const visit = { ...given, here: given.here.replace(/\/pane(?=\?|$)/, '') };
  const found = await find(visit, slug, uid);
  if (found === null) return MISSING;
  const isChild = visit.audience === 'child';
  const [open, turns] = await Promise.all([
    load(visit, found, asked),
    isChild ? [] : turnsOf(visit, found),
  ]);
  const pane = isChild
    ? pupilPane(visit, open)
    : adultPane(visit, found.mailboxes, { ...open, turns, sentSaid: null });
  const answers = !isChild && answerable(visit, open.message, open.chosen);
  return page(html`
    <title>${visit.texts.titled(subjectOf(visit, open.message))}</title>
    ${answers ? scriptTag(visit.asset('write.js')) : NOTHING} ${pane}
  `);
}

/** POST /mail/:mailbox/:uid/seen: a script has shown it. */
export async function seen(visit: Visit<WithMail>, slug: string, uid: Uid): Promise<Answer> {
  const place = await placeOf(visit, slug);
  if (place === null) return MISSING;
  const { id } = place.chosen.mailbox;
  await visit.core.mail.markRead(visit.viewer, { mailbox: id, uid, by: listedBy(visit, slug) });
  return { kind: 'told', words: {} };
}

/** Where messages lie. */
interface Place {
  readonly mailboxes: readonly Mailbox[];
  readonly chosen: ChosenMailbox;
}

/** A message, and where it lies. */
interface Found extends Place {
  readonly message: MessageView;
}

/** Null: the address means no mailbox of theirs. */
async function placeOf(visit: Visit<WithMail>, slug: string): Promise<Place | null> {
  const mailboxes = await visit.core.mail.mailboxes(visit.viewer);
  const chosen = chosenMailbox(visit, mailboxes, slug);
  return chosen && { mailboxes, chosen };
}

/** Null: there is none, or it isn't theirs. */
async function find(visit: Visit<WithMail>, slug: string, uid: Uid): Promise<Found | null> {
  const place = await placeOf(visit, slug);
  const message = place && (await visit.core.mail.read(visit.viewer, place.chosen.mailbox.id, uid));
  return place && message && { ...place, message };
}

/** All that is shown of it to its reader. */
async function load(
  visit: Visit<MessagePart>,
  { mailboxes, chosen, message: shown }: Found,
  { found, pictures, who, unread }: Asked,
): Promise<LoadedMessage> {
  const { core, viewer } = visit;
  const isSent = chosen.shelf === 'sent';
  const waits = chosen.shelf === 'later';
  const [searched, answers, evening, begun, fate, wellReadSaid, later, returns] = await Promise.all(
    [
      typeof found === 'string' ? loadSearch(visit, mailboxes, found) : null,
      answersWhen(visit, shown),
      shown.writer === 'families' || shown.writer === 'pupils' ? morningOf(visit) : null,
      visit.audience === 'adult' && answerable(visit, shown, chosen) ? begunIn(visit, shown) : null,
      isSent ? core.sent.fate(viewer, chosen.mailbox.id, shown.uid) : null,
      isSent || shown.from.kind !== 'adult'
        ? null
        : core.sent.acknowledged(viewer, chosen.mailbox.id, shown.uid),
      visit.audience === 'adult' ? core.mail.laterTimes(viewer) : null,
      waits ? core.mail.returns(viewer, chosen.mailbox.id, [shown.uid]) : null,
    ],
  );
  return {
    message: shown,
    chosen,
    filter: filterOf(visit, { who, unread }),
    at: `${chosen.path}/${shown.uid}`,
    pictures: pictures === '1' && visit.audience === 'adult' ? 'shown' : 'left-out',
    searched,
    answers,
    evening,
    begun,
    fate,
    wellRead: wellReadSaid,
    later,
    returnsAt: returns?.get(shown.uid),
  };
}

/** The answer that is begun; of a few lines under it, their words. */
async function begunIn(
  visit: Visit<WithWritings<'begun' | 'signature'>>,
  { mailbox, uid, from }: MessageView,
): Promise<LoadedMessage['begun']> {
  const draft = await visit.core.writings.begun(visit.viewer, { mailbox, uid });
  return draft && { draft, quick: await quickText(visit, draft, from.address) };
}

/** The others of its conversation. */
const turnsOf = (
  { core, viewer }: Visit<WithMail>,
  { chosen, message: { uid } }: Found,
): Promise<readonly ConversationTurn[]> => core.mail.conversation(viewer, chosen.mailbox.id, uid);

/** The hours of a grown-up who wrote, for a family or a pupil. */
async function answersWhen(
  visit: Visit<WithPresence<'shownHours'>>,
  { from }: MessageView,
): Promise<string | null> {
  if (from.kind !== 'adult') return null;
  const shown = await visit.core.presence.shownHours(visit.viewer, [from.address]);
  const hours = shown.get(from.address);
  return hours === undefined ? null : hoursSentence(visit, hours);
}

/** The whole page of a child's message. */
function pupilMessage(
  visit: Visit,
  surroundings: PageSurroundings,
  open: LoadedMessage & { readonly told: ActNotice },
): Html {
  const { message: shown, chosen } = open;
  return framed(visit, surroundings, {
    title: subjectOf(visit, shown),
    section: 'messages',
    shelf: chosen.shelf,
    main: html`
      <main id="main" class="body yard">
        ${mailboxesNav(visit, surroundings, chosen.shelf)} ${pupilPane(visit, open)}
      </main>
    `,
    skipTo: 'letter',
    toast: actToast(visit, surroundings, open),
  });
}

/** What stands beside a child's mailboxes. */
function pupilPane(visit: Visit, open: LoadedMessage): Html {
  const { texts } = visit;
  const { message: shown } = open;
  const back = backOf(visit, open);
  return html`
    <section class="stack" aria-labelledby="t">
      <div class="split">
        <a class="btn quiet" href="${back.path}">
          ${icon(visit, 'back')}${back.path === '/mail/inbox' ? texts.message.back : back.title}
        </a>
        <div class="row">
          ${listenButton(visit, '#letter', 'fr')} ${starForm(visit, open)}${throwForms(visit, open)}
        </div>
      </div>
      ${notice(visit, open)} ${fateView(visit, open)} ${roadHere(visit, shown)}
      ${pupilLetter(visit, open)} ${wellRead(visit, open.at, open.wellRead)}
      <div class="split">${whyLine(visit, shown)}${reportForm(visit, open)}</div>
    </section>
  `;
}

/** A letter as a pupil reads it. */
export function pupilLetter(visit: Visit, open: OpenMessage): Html {
  const { message: shown } = open;
  const beside = picturesOf(visit, open);
  return html`
    <article class="sheet margin" id="letter">
      <header class="in rim">
        ${faceOf(visit, shown.from)}
        <h1 id="t">${subjectOf(visit, shown)}</h1>
        <p class="soft">${whoLine(visit, shown)}</p>
        ${answersLine(visit, open)} ${claimedLine(visit, shown)}
      </header>
      <div class="in letter read${beside === NOTHING ? '' : ' plate'}">
        <div>${bodyOf(visit, open)}</div>
        ${beside}
      </div>
      ${filesOf(visit, open)} ${replies(visit, open)}
    </article>
  `;
}
