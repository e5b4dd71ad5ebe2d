import type { LaterTimes, MessageRow } from '../../../core/mail/reading/contract.ts';
import type { Mailbox } from '../../../core/store/mail/contract.ts';
import { tick } from '../../components/field.ts';
import { keyOf } from '../../components/message-row.ts';
import type { ChosenMailbox, Shelf } from '../../frame/mailboxes.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { folderChoices } from './into-menu.ts';
import { laterChoices } from './later-menu.ts';
import { inQuery, type Filter } from './list-filter.ts';

/** Something to do with messages: what the form says (`do`), an icon and a word. */
interface DeedButton {
  readonly value: string;
  readonly icon: string;
  readonly word: string;
  readonly isGrave: boolean;
  /** Behind « Plus »: what is wanted now and then. */
  readonly isRare: boolean;
}

/** What a row offers under the hand, where its list has it. */
const ON_ROWS: ReadonlySet<string> = new Set([
  'archive',
  'back',
  'unseen',
  'flagged',
  'unflagged',
  'trash',
  'erase',
]);

/** What can be done with the messages of a list, in the order in which it stands there. */
function deedsOn({ texts }: Visit, shelf: Shelf | null): readonly DeedButton[] {
  const words = texts.acts.words;
  const deed = (value: string, name: string, word: string): DeedButton => ({
    value,
    icon: name,
    word,
    isGrave: value === 'trash' || value === 'erase',
    isRare: false,
  });
  const rare = (one: DeedButton): DeedButton => ({ ...one, isRare: true });
  const back = deed('back', 'undo', words.back);
  const star = deed('flagged', 'star', words.keep);
  const trash = deed('trash', 'trash', words.trash);
  const read = deed('seen', 'check', words.read);
  const unread = deed('unseen', 'unread', words.unread);
  const junk = deed('junk', 'warning', words.junk);
  const seldom = [unread, star, junk].map(rare);
  switch (shelf) {
    case 'inbox':
    case null:
      return [deed('archive', 'archive', words.archive), read, trash, ...seldom];
    case 'archive':
      return [back, read, trash, ...seldom];
    case 'starred':
      return [deed('unflagged', 'star', words.unkeep), trash];
    case 'sent':
      return [star, trash];
    case 'drafts':
      return [trash];
    case 'later':
      return [
        deed('back', 'undo', texts.putOff.now),
        deed('archive', 'archive', words.archive),
        trash,
      ];
    case 'junk':
      return [back, trash];
    case 'trash':
      return [back, deed('erase', 'close', words.erase)];
  }
}

/**
 * The bar for what is ticked. Without a script it stands at the foot of the list; a script has it
 * take the place of the search while something is chosen.
 */
export function chosenBar(
  visit: Visit,
  mailboxes: readonly Mailbox[],
  { chosen, later }: { readonly chosen: ChosenMailbox; readonly later: LaterTimes | null },
): Html {
  const { texts } = visit;
  const unit =
    visit.habits.byConversation && chosen.shelf !== 'drafts' ? 'conversation' : 'message';
  const total = mailboxes.find((one) => one.id === chosen.mailbox.id)?.total ?? 0;
  const deeds = deedsOn(visit, chosen.shelf);
  const all = tick({
    type: 'checkbox',
    name: 'all',
    value: '1',
    words: texts.acts.all(total),
    form: 'pick',
  });
  return html`
    <div class="chosen">
      <div class="split">
        <p class="grow">
          <b data-chosen data-one="${texts.acts.one[unit]}" data-many="${texts.acts.many[unit]}">
            ${texts.acts.choose}
          </b>
        </p>
        <p class="row" data-picks hidden>
          <button class="btn mini" type="button" data-pick="page">${texts.acts.page}</button>
          <button
            class="btn mini only"
            type="button"
            data-pick="none"
            aria-label="${texts.acts.none}"
          >
            ${icon(visit, 'close')}
          </button>
        </p>
      </div>
      <div class="deeds" role="group" aria-label="${texts.acts.bar}">
        ${deeds.filter(({ isRare }) => !isRare).map((one) => barButton(visit, one))}
        ${intoMenu(visit, mailboxes, chosen)} ${laterMenu(visit, chosen, later)}
        ${rareMenu(visit, deeds, chosen.shelf === 'starred' ? NOTHING : all)}
      </div>
    </div>
  `;
}

function barButton(visit: Visit, deed: DeedButton): Html {
  const { value, icon: name, word, isGrave, isRare } = deed;
  const look = isRare ? null : `deed${isGrave ? ' no' : ''}`;
  return html`
    <button
      form="pick"
      name="do"
      value="${value}"
      ${attributes({ class: look, 'data-on-row': ON_ROWS.has(value) })}
    >
      ${icon(visit, name)}${word}
    </button>
  `;
}

/** « Plus »: what there is no room for, and that all of the folder is meant. */
function rareMenu(visit: Visit, deeds: readonly DeedButton[], all: Html): Html {
  const rare = deeds.filter(({ isRare }) => isRare);
  if (rare.length === 0 && all === NOTHING) return NOTHING;
  return html`
    <details class="drop">
      <summary class="deed">${icon(visit, 'more')}${visit.texts.message.more}</summary>
      <div class="menu right">${rare.map((one) => barButton(visit, one))} ${all}</div>
    </details>
  `;
}

/** « Ranger »: the folders of one's own, where there are some. */
function intoMenu(
  visit: Visit,
  mailboxes: readonly Mailbox[],
  { mailbox, shelf }: ChosenMailbox,
): Html {
  if (shelf === 'drafts' || shelf === 'starred') return NOTHING;
  return html`
    <details class="drop" data-into>
      <summary class="deed">${icon(visit, 'move')}${visit.texts.acts.words.into}</summary>
      <div class="menu right">
        ${folderChoices(visit, mailboxes, { except: mailbox.id, form: 'pick' })}
      </div>
    </details>
  `;
}

/** Folders out of which nothing is put off: what one wrote, and what is thrown away. */
const NOT_LATER: ReadonlySet<Shelf | null> = new Set(['sent', 'drafts', 'junk', 'trash'] as const);

/** Whether messages of a list may come back at an hour. */
export const comesBack = ({ shelf }: Pick<ChosenMailbox, 'shelf'>): boolean =>
  !NOT_LATER.has(shelf);

/** « Plus tard »: when it comes back. */
function laterMenu(visit: Visit, chosen: ChosenMailbox, times: LaterTimes | null): Html {
  if (times === null || !comesBack(chosen)) return NOTHING;
  return html`
    <details class="drop" data-later>
      <summary class="deed">${icon(visit, 'clock')}${visit.texts.putOff.menu}</summary>
      <div class="menu right">${laterChoices(visit, times, { form: 'pick' })}</div>
    </details>
  `;
}

/** Says which part of the list is shown, so that the way back leads there. */
export function onlyField(filter: Filter): Html {
  const only = inQuery(filter);
  return only === ''
    ? NOTHING
    : html`
        <input type="hidden" name="only" value="${only}" />
      `;
}

/** What a form that does something with the open message says of it. */
export function actFields(
  visit: Visit,
  shown: Pick<MessageRow, 'mailbox' | 'uid'>,
  filter: Filter,
): Html {
  return html`
    ${token(visit)}${onlyField(filter)}
    <input type="hidden" name="m" value="${keyOf(shown)}" />
    <input type="hidden" name="open" value="${shown.uid}" />
  `;
}

/**
 * The form that the ticked boxes belong to. Without script Enter presses its first button: that is
 * to make the folder whose name is typed, and not to archive.
 */
export function pickForm(visit: Visit, { path }: ChosenMailbox, filter: Filter): Html {
  return html`
    <form id="pick" method="post" action="${path}/act" data-fingers="${visit.asset('swipe.js')}">
      ${token(visit)}${onlyField(filter)}
      <noscript>
        <button class="vh" name="do" value="into-new" tabindex="-1" aria-hidden="true"></button>
      </noscript>
    </form>
  `;
}
