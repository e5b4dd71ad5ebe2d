import { DAY_MS } from '../../../core/ground/spans.ts';
import type {
  LaterTimes,
  MessageRow,
  OwnDay,
  WithMail,
} from '../../../core/mail/reading/contract.ts';
import type { WithSent } from '../../../core/mail/sent/contract.ts';
import type { PaperLine, WithPapers } from '../../../core/school/papers/contract.ts';
import { keyOf } from '../../components/message-row.ts';
import { hasDay } from '../../components/own-day-offer.ts';
import { surroundingsOf, framedSheet, type FramePart } from '../../frame/frame.ts';
import { pathOf } from '../../frame/mailboxes.ts';
import { calledOf, faceOf, icon, token } from '../../frame/parts.ts';
import { nothingHere } from '../../frame/scenes.ts';
import { subjectOf } from '../../frame/subject.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { page, MISSING, type Answer } from '../../http/answer.ts';
import { OF_DAY } from './acts.ts';
import { laterChoices } from './later-menu.ts';
import { done } from './own-day-acts.ts';
import { toastOf, toldOf, type ToldOf } from './told.ts';

type DayPart = FramePart & WithMail & WithPapers<'list'> & WithSent<'remind'>;

/** Papers of which a day speaks: those that end within so many days. */
const PAPER_DAYS = 3;

/** GET /own-day: what is left of a teacher's day, thing by thing, each with its own act. */
export async function ownDay(visit: Visit<DayPart>, before: ToldOf): Promise<Answer> {
  if (!hasDay(visit)) return MISSING;
  const { core, viewer, texts } = visit;
  const [surroundings, letters, papers, times, told] = await Promise.all([
    surroundingsOf(visit),
    core.mail.ownDay(viewer),
    core.papers.list(viewer, null),
    core.mail.laterTimes(viewer),
    toldOf(visit, before),
  ]);
  const words = texts.ownDay;
  const at = (row: Pick<MessageRow, 'mailbox' | 'uid'>) =>
    `${pathOf(surroundings.mailboxes, row.mailbox)}/${row.uid}`;
  const sections = [
    section(
      words.toAnswer,
      letters.toAnswer.map((row) => answerItem(visit, row, at(row))),
      tickedActs(visit, times),
    ),
    section(words.held, surroundings.waiting === 0 ? [] : [heldItem(visit)]),
    section(
      words.papers,
      papers.open.filter(endsSoon(visit, letters.reminded)).map((one) => paperItem(visit, one)),
    ),
    section(
      words.unread,
      letters.unread.map((one) => unreadItem(visit, one, at(one))),
    ),
  ].filter((one) => one !== NOTHING);
  const content = html`
    <div class="stack" ${attributes({ 'data-keys': visit.habits.shortcuts })}>
      <h1 id="t">${words.title}</h1>
      ${done(visit, before.said)}
      ${sections.length === 0 ? nothingHere('sunrise', words.nothing) : sections}
      <p class="soft small">
        ${words.foot}${' '}
        <a href="/settings#reading">${texts.preferences.title}</a>
      </p>
    </div>
  `;
  const toast =
    toastOf(visit, surroundings, { told, back: OF_DAY, only: '' }) ?? surroundings.toast;
  return page(
    framedSheet(
      visit,
      { ...surroundings, toast },
      {
        title: words.title,
        section: 'messages',
        content,
        styles: ['day.css'],
        scripts: ['day.js'],
      },
    ),
  );
}

/** A paper of one's own that ends soon, of which no family has been reminded today. */
const endsSoon =
  ({ clock }: Visit, reminded: OwnDay['reminded']) =>
  ({ ref, isOwn, tally, until }: PaperLine): boolean =>
    isOwn &&
    tally.waiting > 0 &&
    until.getTime() - clock.now.getTime() < PAPER_DAYS * DAY_MS &&
    !reminded.has(ref.paper);

function section(title: string, items: readonly Html[], below: Html = NOTHING): Html {
  if (items.length === 0) return NOTHING;
  return html`
    <section class="stack tight">
      <h2>${title}</h2>
      <ul class="sheet lines">
        ${items}
      </ul>
      ${below}
    </section>
  `;
}

/** What is done at once with all letters that are ticked: the hours at which they may come back. */
const tickedActs = (visit: Visit, times: LaterTimes): Html => html`
  <form class="row day-acts" id="ticked" method="post" action="/own-day">
    ${token(visit)}
    <input type="hidden" name="ticked" value="1" />
    <span class="small soft">${visit.texts.ownDay.ticked}</span>
    ${laterChoices(visit, times, { form: 'ticked', class: 'btn mini' })}
    <button class="btn mini" name="do" value="archive">
      ${icon(visit, 'archive')}${visit.texts.ownDay.filed}
    </button>
  </form>
`;

interface DayItem {
  readonly to: string;
  readonly pick?: Html;
  readonly face: Html;
  readonly title: string;
  readonly about: string;
  readonly acts: Html;
}

/** One thing: what it is, where it is read, and what is done with it. */
function item(visit: Visit, { to, pick = NOTHING, face, title, about, acts }: DayItem): Html {
  return html`
    <li class="line thing" data-item>
      ${pick} ${face}
      <span class="grow">
        <a href="${to}" data-open><b>${title}</b></a>
        <br />
        <span class="soft small">${about}</span>
      </span>
      <form class="row" method="post" action="/own-day">${token(visit)}${acts}</form>
    </li>
  `;
}

interface DayAct {
  readonly value: string;
  readonly look: string;
  readonly word: string;
  readonly key: 'e' | 'b';
}

const act = (visit: Visit, { value, look, word, key }: DayAct): Html => html`
  <button class="btn mini" name="do" value="${value}" data-key="${key}">
    ${icon(visit, look)}${word}
  </button>
`;

function answerItem(visit: Visit, row: MessageRow, at: string): Html {
  const { texts, clock } = visit;
  const words = texts.ownDay;
  const isOwn = row.state === 'unanswered';
  const who = isOwn ? texts.box.state.adult.unanswered : calledOf(row.from);
  return item(visit, {
    to: at,
    pick: html`
      <input
        class="pick"
        type="checkbox"
        form="ticked"
        name="m"
        value="${keyOf(row)}"
        aria-label="${texts.acts.pick(subjectOf(visit, row), calledOf(row.from))}"
      />
    `,
    face: faceOf(visit, isOwn ? (row.to[0] ?? row.from) : row.from, 's'),
    title: subjectOf(visit, row),
    about: `${who}, ${longDate(clock, row.firstAt ?? row.at)}`,
    acts: html`
      <a class="btn mini" href="${at}/reply" data-key="r">
        ${icon(visit, 'reply')}${isOwn ? texts.putOff.awaited.again : texts.message.reply}
      </a>
      ${act(visit, { value: `later ${keyOf(row)}`, look: 'clock', word: words.tomorrow, key: 'b' })}
      ${act(visit, { value: `archive ${keyOf(row)}`, look: 'archive', word: words.filed, key: 'e' })}
    `,
  });
}

/** Letters that wait for one's word: they are read where they are decided. */
const heldItem = (visit: Visit): Html =>
  item(visit, {
    to: '/held',
    face: icon(visit, 'hold'),
    title: visit.texts.ownDay.heldThere,
    about: '',
    acts: html`
      <a class="btn mini" href="/held" data-key="e">
        ${icon(visit, 'eye')}${visit.texts.ownDay.look}
      </a>
    `,
  });

function paperItem(visit: Visit, { ref, subject, until }: PaperLine): Html {
  const { texts, clock } = visit;
  const to = `/papers/${ref.school}/${ref.paper}`;
  return item(visit, {
    to,
    face: icon(visit, 'paper'),
    title: subject,
    about: texts.ownDay.until(longDate(clock, until)),
    acts: act(visit, {
      value: `paper ${ref.school}-${ref.paper}`,
      look: 'send',
      word: texts.ownDay.remind,
      key: 'e',
    }),
  });
}

function unreadItem(visit: Visit, one: OwnDay['unread'][number], at: string): Html {
  const { texts, clock } = visit;
  return item(visit, {
    to: at,
    face: icon(visit, 'send'),
    title: one.subject === '' ? texts.box.noSubject : one.subject,
    about: texts.ownDay.sent(longDate(clock, one.at)),
    acts: act(visit, {
      value: `remind ${keyOf(one)}`,
      look: 'send',
      word: texts.ownDay.remind,
      key: 'e',
    }),
  });
}
