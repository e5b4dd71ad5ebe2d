import type { Sought } from '../../core/letters/message/hits.ts';
import type { MessageRow } from '../../core/mail/reading/contract.ts';
import {
  calledOf,
  faceOf,
  familyWords,
  icon,
  namedIcon,
  namesOf,
  strangerBadge,
  toList,
} from '../frame/parts.ts';
import { conversationSubject, subjectOf } from '../frame/subject.ts';
import type { Visit } from '../frame/visit.ts';
import { listTime, shortDate } from '../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';
import { marked } from './marked.ts';

/** Where a row leads, and what is told of it. */
interface RowLink {
  readonly href: string;
  readonly current: boolean;
  /** To whom it went, instead of who wrote it. */
  readonly showTo: boolean;
  /** Of a notice's draft: the board that it is for, instead of people. */
  readonly board?: string | undefined;
  /** Of a search: what to mark, and the folder that it lies in. */
  readonly found?: { readonly sought: Sought; readonly lies: Html };
  /** Whether it has a box to tick it. */
  readonly canBePicked?: boolean;
  /** That it is ticked. */
  readonly isPicked?: boolean;
  /** What the row stands for: a whole conversation, or what was found of one. */
  readonly whole?: { readonly messages: number; readonly withOwn: boolean };
}

/** What a row is about: a letter, or the whole conversation that it stands for. */
const rowSubject = (visit: Visit, row: MessageRow, { whole }: RowLink): string =>
  whole !== undefined && whole.messages > 1
    ? conversationSubject(visit, row)
    : subjectOf(visit, row);

/** The name of a row in the forms of a list: its mailbox and its UID. */
export const keyOf = ({ mailbox, uid }: Pick<MessageRow, 'mailbox' | 'uid'>): string =>
  `${mailbox}-${uid}`;

/**
 * One row of a list of messages: who, subject, first words; the state in the margin, the time at
 * the right.
 */
export function messageRow(visit: Visit, row: MessageRow, link: RowLink): Html {
  const { audience } = visit;
  const isOwn = link.showTo || row.state === 'unanswered';
  const shown = isOwn ? (row.to[0] ?? row.from) : row.from;
  const fresh = !row.seen && !link.showTo;
  return html`
    <li
      ${attributes({ class: fresh ? 'new' : null, 'data-row': keyOf(row), 'data-star': row.flagged && audience === 'adult' })}
    >
      ${link.canBePicked === true ? pickBox(visit, row, { ...link, name: calledOf(shown) }) : NOTHING}
      <a
        class="msg"
        href="${link.href}"
        ${attributes({ 'aria-current': link.current ? 'true' : null })}
      >
        ${faceOf(visit, shown)}
        <span>
          ${fresh ? newMark(visit) : NOTHING}
          ${isOwn ? wentTo(visit, row, link) : whoWrote(visit, row, link)}
          <span class="${audience === 'adult' ? 'subj cut' : 'subj'}">
            ${markedIn(rowSubject(visit, row, link), link)}
          </span>
          <span class="prev cut">${markedIn(row.preview, link)}</span>
        </span>
        <span class="when">
          ${marks(visit, row, link)} ${timeOf(visit, row.at)} ${stateBadge(visit, row)}
        </span>
      </a>
    </li>
  `;
}

function markedIn(text: string, { found }: RowLink): Html | string {
  return found === undefined ? text : marked(text, found.sought);
}

function pickBox(
  visit: Visit,
  row: MessageRow,
  { name, isPicked = false }: Pick<RowLink, 'isPicked'> & { readonly name: string },
): Html {
  return html`
    <input
      class="pick"
      type="checkbox"
      form="pick"
      name="m"
      value="${keyOf(row)}"
      ${attributes({ checked: isPicked })}
      aria-label="${visit.texts.acts.pick(subjectOf(visit, row), name)}"
    />
  `;
}

/** A child reads « hier »; an adult’s list says the day above its rows. */
function timeOf({ audience, clock }: Visit, at: Date): string {
  return audience === 'child' ? shortDate(clock, audience, at) : listTime(clock, at);
}

function newMark({ texts, audience }: Visit): Html {
  return html`
    <span class="dot"></span>
    <span class="vh">${texts.box.newMark[audience]}</span>
  `;
}

/** How many messages a row stands for, or how many of them were found; nothing for one. */
function countOf({ texts }: Visit, { whole, found }: RowLink): Html {
  if (whole === undefined || whole.messages < 2) return NOTHING;
  return html`
    <span class="n">
      ${whole.messages}
      <span class="vh">${found === undefined ? texts.box.messages : texts.search.hits}</span>
    </span>
  `;
}

const wentTo = (visit: Visit, row: MessageRow, link: RowLink): Html =>
  nameLine(link.board ?? toLine(visit, row), [
    link.found === undefined ? NOTHING : countOf(visit, link),
  ]);

function whoWrote(visit: Visit, row: MessageRow, link: RowLink): Html {
  const whose = [
    link.whole?.withOwn === true ? visit.texts.box.withYou : '',
    familyWords(visit, row),
  ]
    .filter((words) => words !== '')
    .join(', ');
  const beside = html`
    ${' '}
    <span class="whose">${whose}</span>
  `;
  const name = html`
    ${fromLine(visit, row)}${whose === '' ? NOTHING : beside}
  `;
  return nameLine(name, [countOf(visit, link), strangerBadge(visit, row)]);
}

/** A name, and what stands beside it; alone it needs no line around it. */
function nameLine(name: Html | string, beside: readonly Html[]): Html {
  return beside.every((one) => one === NOTHING)
    ? html`
        <b class="from cut">${name}</b>
      `
    : html`
        <span class="from">
          <b class="cut">${name}</b>
          ${beside}
        </span>
      `;
}

function fromLine(visit: Visit, row: MessageRow): string {
  const name = calledOf(row.from);
  const list = row.to.find((face) => face.kind === 'list');
  return visit.audience === 'child' && list !== undefined
    ? `${name}, ${toList(visit, list)}`
    : name;
}

function toLine({ texts }: Visit, row: MessageRow): string {
  return row.to.length === 0 ? texts.box.nobody : texts.box.toWhom(namesOf({ texts }, row.to));
}

function marks(visit: Visit, row: MessageRow, { found }: RowLink): Html {
  const lies = found?.lies ?? NOTHING;
  const { texts, audience } = visit;
  if (audience === 'child') {
    const star = row.flagged
      ? html`
          <span class="bit">
            ${icon(visit, 'star')}
            <span class="vh">${texts.box.kept}</span>
          </span>
        `
      : NOTHING;
    return html`
      ${lies} ${star}
      ${
        row.files === 0
          ? NOTHING
          : html`
              <span class="bit">${icon(visit, 'file')}${texts.box.files(row.files)}</span>
            `
      }
    `;
  }
  const bits = [
    row.firstAt === null || row.state === 'unanswered'
      ? NOTHING
      : namedIcon(visit, 'clock', texts.putOff.mark),
    row.answered ? namedIcon(visit, 'reply', texts.box.answered) : NOTHING,
    row.flagged ? namedIcon(visit, 'star', texts.box.starred) : NOTHING,
    row.files > 0 ? namedIcon(visit, 'attach', texts.box.attachment) : NOTHING,
    row.state === 'brought'
      ? namedIcon(visit, 'class', texts.box.state[visit.audience].brought)
      : NOTHING,
  ];
  return bits.every((bit) => bit === NOTHING) && lies === NOTHING
    ? NOTHING
    : html`
        <span class="bits">${bits}${lies}</span>
      `;
}

const STATE_ICONS = {
  withdrawn: 'undo',
  recalled: 'undo',
  'given-back': 'undo',
  waiting: 'hold',
  travelling: 'bus',
  'waiting-for-scanner': 'hold',
  leaving: 'calendar',
  unanswered: 'bell',
  added: 'plus',
} as const;

function stateBadge(visit: Visit, row: MessageRow): Html {
  // of the whole old mail: a small mark at the row's end says it
  if (row.state === 'normal' || row.state === 'brought') return NOTHING;
  const tone = row.state === 'given-back' ? 'stop' : 'wait';
  return html`
    <span class="badge ${tone} state-badge">
      ${icon(visit, STATE_ICONS[row.state])}${visit.texts.box.state[visit.audience][row.state]}
    </span>
  `;
}
