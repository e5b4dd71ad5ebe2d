import type { Mailbox } from '../../../core/store/mail/contract.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { actFields, comesBack } from './deeds.ts';
import { folderChoices } from './into-menu.ts';
import { OWN_HOUR_BY_ENTER, laterChoices, ownHour } from './later-menu.ts';
import { putBackWord } from './message-tools.ts';
import {
  answerable,
  answersAll,
  backOf,
  type LoadedMessage,
  type OpenMessage,
} from './open-message.ts';

/** A tool of the strip above a letter: an icon and its word. */
interface Tool {
  readonly icon: string;
  readonly word: string;
  readonly extra?: string;
}

/** What an adult may do with what is open; each has its word beside it, or in « Plus ». */
export function adultTools(visit: Visit, mailboxes: readonly Mailbox[], open: LoadedMessage): Html {
  const { texts } = visit;
  const back = backOf(visit, open);
  return html`
    <div class="tools">
      <a class="tool back-to" href="${back.path}">
        ${inside(visit, { icon: 'back', word: back.title })}
      </a>
      ${answers(visit, open)} ${forwardForm(visit, open)}
      <span class="bar-v"></span>
      ${moves(visit, mailboxes, open)}
      <details class="drop end">
        <summary class="tool">${inside(visit, { icon: 'more', word: texts.message.more })}</summary>
        <div class="menu right">${menu(visit, open)}</div>
      </details>
    </div>
  `;
}

function inside(visit: Visit, tool: Tool): Html {
  return html`
    ${icon(visit, tool.icon)}
    <span class="w">${tool.word}</span>
  `;
}

function link(visit: Visit, href: string, tool: Tool & { readonly key: string }): Html {
  return html`
    <a class="tool${tool.extra ?? ''}" href="${href}" data-key="${tool.key}">
      ${inside(visit, tool)}
    </a>
  `;
}

function answers(visit: Visit, { message: shown, chosen, at }: OpenMessage): Html {
  const { texts } = visit;
  if (!answerable(visit, shown, chosen)) return NOTHING;
  return html`
    ${link(visit, `${at}/reply`, {
      icon: 'reply',
      word: texts.message.reply,
      key: 'r',
      extra: ' at-foot',
    })}
  `;
}

/** In the archive, among Indésirables and what waits: the long way back stands in the strip. */
const isAside = ({ chosen }: OpenMessage): boolean =>
  chosen.shelf === 'archive' || chosen.shelf === 'junk' || chosen.shelf === 'later';

/**
 * A draft with its words and files; nothing is sent by it. Where there is no room for it, « Plus »
 * has it.
 */
function forwardForm(visit: Visit, open: OpenMessage): Html {
  const { message: shown, at } = open;
  if (shown.isDraft || isAside(open)) return NOTHING;
  const word = visit.texts.message.forward;
  return html`
    <form class="only-wide" method="post" action="${at}/forward">
      ${token(visit)}
      <button class="tool" data-key="f">${inside(visit, { icon: 'forward', word })}</button>
    </form>
  `;
}

/** To the archive, the bin, back, or erased for good. */
function moves(visit: Visit, mailboxes: readonly Mailbox[], open: LoadedMessage): Html {
  const { texts } = visit;
  const { message: shown, chosen } = open;
  const to = (target: string, tool: Tool) => moveForm(visit, open, { to: target, tool });
  const back = {
    icon: 'undo',
    word: chosen.shelf === 'later' ? texts.putOff.now : putBackWord(visit, shown),
  };
  if (chosen.shelf === 'trash')
    return html`
      ${to('back', back)}
      ${to('erase', { icon: 'close', word: texts.message.eraseForGood, extra: ' no' })}
    `;
  return html`
    ${chosen.shelf === 'inbox' ? to('archive', { icon: 'archive', word: texts.message.archive }) : NOTHING}
    ${isAside(open) ? to('back', back) : NOTHING}
    ${shown.isDraft ? NOTHING : intoMenu(visit, mailboxes, open)} ${laterMenu(visit, open)}
    ${to('trash', { icon: 'trash', word: texts.message.throwAway.adult, extra: ' no' })}
  `;
}

/** « Plus tard »: when it comes back. */
function laterMenu(visit: Visit, { message: shown, chosen, filter, later }: LoadedMessage): Html {
  if (later === null || shown.isDraft || !comesBack(chosen)) return NOTHING;
  const word = visit.texts.putOff.menu;
  return html`
    <details class="drop" data-later>
      <summary class="tool">
        ${inside(visit, { icon: 'clock', word })} ${icon(visit, 'down', 'caret')}
      </summary>
      <form class="menu right" method="post" action="${chosen.path}/act" data-acts novalidate>
        ${OWN_HOUR_BY_ENTER} ${actFields(visit, shown, filter)} ${laterChoices(visit, later, {})}
        <hr />
        ${ownHour(visit, later)}
      </form>
    </details>
  `;
}

/** « Ranger »: into a folder of one's own. */
function intoMenu(
  visit: Visit,
  mailboxes: readonly Mailbox[],
  { message: shown, chosen, filter }: OpenMessage,
): Html {
  const word = visit.texts.acts.words.into;
  return html`
    <details class="drop">
      <summary class="tool">
        ${inside(visit, { icon: 'move', word })}${icon(visit, 'down', 'caret')}
      </summary>
      <form class="menu" method="post" action="${chosen.path}/act" data-acts>
        ${actFields(visit, shown, filter)}
        ${folderChoices(visit, mailboxes, { except: chosen.mailbox.id, form: null })}
      </form>
    </details>
  `;
}

function moveForm(
  visit: Visit,
  { message: shown, chosen, filter }: OpenMessage,
  { to, tool }: { readonly to: string; readonly tool: Tool },
): Html {
  return html`
    <form method="post" action="${chosen.path}/act" data-acts>
      ${actFields(visit, shown, filter)}
      <button class="tool${tool.extra ?? ''}" name="do" value="${to}">
        ${inside(visit, tool)}
      </button>
    </form>
  `;
}

function menu(visit: Visit, open: OpenMessage): Html {
  const { message: shown, chosen, filter, at } = open;
  const { texts } = visit;
  const all = html`
    <a href="${at}/reply-all" data-key="a">
      ${icon(visit, 'reply-all')}${texts.message.replyAll.adult}
    </a>
  `;
  const forward = html`
    <form class="${isAside(open) ? '' : 'only-narrow'}" method="post" action="${at}/forward">
      ${token(visit)}
      <button>${icon(visit, 'forward')}${texts.message.forward}</button>
    </form>
  `;
  const unread = html`
    <form method="post" action="${chosen.path}/act" data-acts>
      ${actFields(visit, shown, filter)}
      <button name="do" value="unseen">${icon(visit, 'unread')}${texts.message.unread}</button>
    </form>
  `;
  return html`
    ${answerable(visit, shown, chosen) && answersAll(visit, shown) ? all : NOTHING}
    ${shown.isDraft ? NOTHING : forward} ${chosen.shelf === 'sent' ? NOTHING : unread}
    <button type="button" data-print hidden>${icon(visit, 'print')}${texts.message.print}</button>
    <hr />
    <a href="${at}/original" download>${icon(visit, 'download')}${texts.message.original}</a>
    <a href="${at}/headers">${icon(visit, 'info')}${texts.message.headers}</a>
  `;
}
