import type { ConversationTurn, MessageRow } from '../../../core/mail/reading/contract.ts';
import type { Mailbox } from '../../../core/store/mail/contract.ts';
import { marked } from '../../components/marked.ts';
import { framed } from '../../frame/frame.ts';
import { mailboxesNav, type PageSurroundings } from '../../frame/mailbox-nav.ts';
import { pathOf } from '../../frame/mailboxes.ts';
import { calledOf, faceOf, icon, namedIcon } from '../../frame/parts.ts';
import { conversationSubject, subjectOf } from '../../frame/subject.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { foundList } from '../search/search.ts';
import { adultList, type ShownList } from './adult-list.ts';
import { adultTools } from './adult-tools.ts';
import { actFields } from './deeds.ts';
import { junkBanner } from './junk.ts';
import { bodyOf, filesOf, picturesOf, textParted } from './message-body.ts';
import { notice, whyLine } from './message-notices.ts';
import { answersLine, doubts, firstLine, outsideMark, whoseAndToWhom } from './message-people.ts';
import { answerable, type LoadedMessage, type OpenMessage } from './open-message.ts';
import { quickReply } from './quick-reply.ts';
import { fateView, sentTrouble, wellRead, type SentSaid } from './sent-fate.ts';
import { actToast, type ActNotice } from './told.ts';

/** A message as an adult reads it: among the others of its conversation. */
interface InConversation extends LoadedMessage {
  readonly turns: readonly ConversationTurn[];
  /** Why an act on it came to nothing. */
  readonly sentSaid: SentSaid | null;
}

interface BesideList extends InConversation {
  /** Null where what was found stands beside it. */
  readonly list: ShownList | null;
  readonly told: ActNotice;
}

/** The whole page: folders, list and message, which scroll by themselves. */
export function adultMessage(visit: Visit, surroundings: PageSurroundings, open: BesideList): Html {
  const { message: shown, chosen } = open;
  const main = html`
    <main id="main" class="mail three reading">
      ${mailboxesNav(visit, surroundings, open.searched === null ? chosen.shelf : null)}
      ${beside(visit, surroundings, open)} ${adultPane(visit, surroundings.mailboxes, open)}
    </main>
  `;
  return framed(visit, surroundings, {
    title: subjectOf(visit, shown),
    section: 'messages',
    shelf: chosen.shelf,
    main,
    skipTo: 'read',
    toast: actToast(visit, surroundings, open),
    isMail: true,
    scripts: answerable(visit, shown, chosen) ? ['write.js'] : [],
  });
}

/** The message alone, with what can be done with it. */
export function adultPane(visit: Visit, mailboxes: readonly Mailbox[], open: InConversation): Html {
  return html`
    <article class="pane" aria-labelledby="st">
      ${adultTools(visit, mailboxes, open)}
      <div class="roll" id="read" tabindex="0" role="region" aria-labelledby="st">
        <div class="paper margin">
          ${headline(visit, open)} ${junkBanner(visit, open)} ${notice(visit, open)}
          ${hourOf(visit, open)} ${sentTrouble(visit, open.sentSaid)} ${fateView(visit, open)}
          <ol class="convo">
            ${conversation(visit, mailboxes, open)}
          </ol>
          ${wellReadForm(visit, open)} ${why(visit, open)}
        </div>
      </div>
      ${quickReply(visit, open)}
    </article>
  `;
}

/** When it comes back, where it waits for that; when it did, where it has. */
function hourOf(
  { texts: { putOff }, clock, ...visit }: Visit,
  { chosen, returnsAt, at: here, message: { firstAt, at, state } }: LoadedMessage,
): Html {
  const words = (): string | null => {
    if (chosen.shelf === 'later')
      return `${returnsAt ? putOff.returns(longDate(clock, returnsAt)) : putOff.noHour}.`;
    if (state === 'unanswered') return putOff.awaited.unanswered(longDate(clock, at));
    return firstAt === null ? null : `${putOff.cameBack(longDate(clock, at))}.`;
  };
  const said = words();
  if (said === null) return NOTHING;
  return html`
    <p class="banner">
      ${icon(visit, 'clock')}
      <span class="grow">${said}</span>
      ${
        state === 'unanswered'
          ? html`
              <a class="btn main" href="${here}/reply">
                ${icon(visit, 'reply')}${putOff.awaited.again}
              </a>
            `
          : NOTHING
      }
    </p>
  `;
}

/** Its folder around it, or what was found. */
function beside(visit: Visit, surroundings: PageSurroundings, open: BesideList): Html {
  const { searched, list, message: shown } = open;
  if (searched !== null) return foundList(visit, surroundings, { searched, open: shown });
  return list === null
    ? NOTHING
    : adultList(visit, surroundings.mailboxes, { shown: list, notes: NOTHING });
}

/** The subject, how many messages belong to it, and the star. */
function headline(visit: Visit, open: InConversation): Html {
  const { texts } = visit;
  const { message: shown, turns, chosen, filter } = open;
  const count = html`
    <p class="soft">${texts.message.conversation(turns.length + 1)}</p>
  `;
  const word = shown.flagged ? texts.message.unkeep : texts.message.keep;
  return html`
    <header class="in">
      <div class="headline">
        <h1 id="st">${markedTitle(visit, open)}</h1>
        <form method="post" action="${chosen.path}/act" data-acts>
          ${actFields(visit, shown, filter)}
          <button
            class="btn only quiet star"
            name="do"
            value="${shown.flagged ? 'unflagged' : 'flagged'}"
            aria-pressed="${shown.flagged ? 'true' : 'false'}"
          >
            ${namedIcon(visit, 'star', word)}
          </button>
        </form>
      </div>
      ${turns.length === 0 ? NOTHING : count}
    </header>
  `;
}

function markedTitle(
  visit: Visit,
  { message: shown, searched, turns }: InConversation,
): Html | string {
  const title = turns.length === 0 ? subjectOf(visit, shown) : conversationSubject(visit, shown);
  return searched === null ? title : marked(title, searched.found.sought);
}

/** When it came, and not when it came back. */
const cameAt = ({ at, firstAt }: Pick<MessageRow, 'at' | 'firstAt'>): Date => firstAt ?? at;

/** The open message, between those before and after it. */
function conversation(visit: Visit, mailboxes: readonly Mailbox[], open: InConversation): Html {
  const { message: shown, turns } = open;
  const fold = (turn: ConversationTurn) => foldedTurn(visit, mailboxes, turn);
  return html`
    ${turns.filter((turn) => cameAt(turn) <= cameAt(shown)).map(fold)} ${openLetter(visit, open)}
    ${turns.filter((turn) => cameAt(turn) > cameAt(shown)).map(fold)}
  `;
}

function openLetter(visit: Visit, open: OpenMessage): Html {
  const { message: shown } = open;
  return html`
    <li class="in open letter-head">
      ${faceOf(visit, shown.from)}
      <div class="split">
        <p>
          <b>${calledOf(shown.from)}</b>
          ${' '}${shown.firstTime ? NOTHING : outsideMark(visit, shown)}${' '}
          <span class="soft">${whoseAndToWhom(visit, shown)}</span>
        </p>
        <p class="soft small nb">${longDate(visit.clock, cameAt(shown))}</p>
      </div>
      ${answersLine(visit, open)} ${firstLine(visit, shown)} ${doubts(visit, shown)}
      <div class="read body-text">${bodyOf(visit, open)}</div>
      ${picturesOf(visit, open)} ${filesOf(visit, open)}
    </li>
  `;
}

/**
 * A message before or after the open one, folded to who, when and its first words; what is unread
 * is there to be read.
 */
function foldedTurn(visit: Visit, mailboxes: readonly Mailbox[], turn: ConversationTurn): Html {
  const { texts, viewer, clock } = visit;
  const name = turn.from.address === viewer.address ? texts.message.you : calledOf(turn.from);
  const tooLong = html`
    <p class="soft">${texts.message.tooLong}</p>
  `;
  return html`
    <li class="in">
      ${faceOf(visit, turn.from, 's')}
      <details ${attributes({ open: !turn.seen })}>
        <summary>
          <b>${name}</b>
          ${outsideMark(visit, turn)}
          <span class="cut soft">${turn.preview}</span>
          <span class="soft small nb">${longDate(clock, cameAt(turn))}</span>
        </summary>
        <div class="read body-text">
          ${turn.text === null ? tooLong : textParted(visit, turn.text)}
        </div>
        <p class="small">
          <a class="openit" href="${pathOf(mailboxes, turn.mailbox)}/${turn.uid}">
            ${icon(visit, 'arrow')}${texts.message.openIt}
          </a>
        </p>
      </details>
    </li>
  `;
}

function wellReadForm(visit: Visit, { at, wellRead: said }: InConversation): Html {
  if (said === null) return NOTHING;
  return html`
    <div class="in rimmed why">${wellRead(visit, at, said)}</div>
  `;
}

function why(visit: Visit, { message: shown }: OpenMessage): Html {
  const line = whyLine(visit, shown);
  if (line === NOTHING) return NOTHING;
  return html`
    <div class="in rimmed why">${line}</div>
  `;
}
