import { keysOf } from '../../../core/ground/keys.ts';
import { withoutAnswerMarks } from '../../../core/letters/message/compose.ts';
import type { Reachable } from '../../../core/mail/writing/contract.ts';
import { explain } from '../../../core/rules/reasons.ts';
import { framed } from '../../frame/frame.ts';
import { draftsIn } from '../../frame/mailboxes.ts';
import { restBanner } from '../../frame/notices.ts';
import { calledOf, coverClass, faceOf, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, TEXT_BEGINS, type Html } from '../../html.ts';
import { cupboardPick, drawPick, filePick, tray, voicePick } from './attachments.ts';
import { recipientBox } from './chips.ts';
import { rereadLetter, secondQuestion } from './second-look.ts';
import {
  complaintsOf,
  enterButton,
  hiddenFields,
  keepButton,
  keptLine,
  sendButton,
  throwButton,
  unkeptBanner,
} from './writing-form.ts';
import type { WritingPage } from './writing-page.ts';

/**
 * A pupil writes: at the left the faces of exactly the people within reach, all of them under their
 * headings, at the right the letter, below what it answers; one button that names whom it goes to.
 */
export function pupilWriting(visit: Visit, shown: WritingPage): Html {
  const { texts, audience } = visit;
  const rests = mayWriteToNobody(shown);
  const title = texts.write.title[audience];
  const { second } = shown;
  const look = [
    'letter-desk',
    ...(shown.answered === null ? [] : ['answering']),
    ...(rests ? ['solo'] : []),
    ...(second === null ? [] : ['doubting']),
  ].join(' ');
  const main = html`
    <main id="main">
      <h1 class="vh" id="m">${title}</h1>
      <form
        class="${look}"
        method="post"
        action="/write"
        enctype="multipart/form-data"
        autocomplete="off"
        data-write
        data-owner="${visit.viewer.address}"
      >
        ${enterButton()} ${hiddenFields(visit, shown)}
        ${rests ? unseenRecipients(shown) : crowd(visit, shown)}
        <section class="letter-side" aria-label="${texts.write.myLetter}">
          ${restsLine(visit, shown)} ${complaintsOf(visit, rests ? { ...shown, gone: 0 } : shown)}
          ${toldLine(visit, shown)} ${letterSheet(visit, shown)} ${unkeptBanner(visit)}
          ${second === null ? tailBar(visit, shown) : secondQuestion(visit, shown, second)}
        </section>
      </form>
    </main>
  `;
  return framed(visit, shown.surroundings, {
    title,
    section: 'write',
    shelf: null,
    main,
    styles: second === null ? ['letter.css'] : ['letter.css', 'second-look.css'],
    scripts: ['write.js'],
  });
}

/** Nobody is within reach of who rests, or while the mail of all pupils is stopped. */
const mayWriteToNobody = ({ reach }: WritingPage): boolean => reach.length === 0;

/** Those a draft is for stay, unseen, until they can be asked about again. */
function unseenRecipients({ writing }: WritingPage): readonly Html[] {
  return writing.to.map(
    (to) => html`
      <input type="hidden" name="to" value="${to}" />
    `,
  );
}

/**
 * Why nothing can be sent for now: one's own rest, or that of all pupils' mail; or when it leaves,
 * where the school is closed.
 */
function restsLine(visit: Visit, shown: WritingPage): Html {
  const { restsUntil, writesAfter } = visit.viewer;
  const isTold = restsUntil !== null || writesAfter !== null;
  if (!isTold && !mayWriteToNobody(shown) && shown.opensAt !== null)
    return closedLine(visit, shown.opensAt);
  const toCharter = html`
    <button class="btn" name="act" value="charter">${visit.texts.charter.read}</button>
  `;
  // A draft of theirs that is open here says itself that it isn't lost.
  const drafts = shown.draft === null ? draftsIn(shown.surroundings.mailboxes) : 0;
  if (isTold || !mayWriteToNobody(shown)) return restBanner(visit, drafts, toCharter);
  return html`
    <p class="banner wait">
      ${icon(visit, 'moon')}
      <span class="grow">${visit.texts.write.nobodyNow}</span>
    </p>
  `;
}

function closedLine(visit: Visit, opensAt: Date): Html {
  const { audience, clock } = visit;
  const words = { until: opensAt.toISOString() };
  const why = explain('school-closed', words, { ...clock, audience });
  return html`
    <p class="banner wait">
      ${icon(visit, 'moon')}
      <span class="grow">${why.sentence}</span>
    </p>
  `;
}

/** What is answered stays in view while the answer is written. */
function toldLine(visit: Visit, { answered }: WritingPage): Html {
  if (answered === null) return NOTHING;
  const { texts, clock } = visit;
  const name = calledOf(answered.from);
  const told = texts.write.told(longDate(clock, answered.at));
  const subject = withoutAnswerMarks(answered.subject);
  const what = subject === '' ? told : `${told}${texts.colon}${subject}`;
  return html`
    <div class="told">
      ${faceOf(visit, answered.from)}
      <blockquote class="bubble" tabindex="0" aria-label="${texts.write.messageOf(name)}">
        <p>
          <b>${name}</b>
          ${' '}
          <span class="soft">${what}</span>
        </p>
        <p class="words">${answered.text}</p>
      </blockquote>
    </div>
  `;
}

function letterSheet(visit: Visit, shown: WritingPage): Html {
  const { texts, audience } = visit;
  const { writing, answered, second } = shown;
  if (second !== null)
    return html`
      <div class="sheet margin">${forWhom(visit, shown)} ${rereadLetter(shown, second)}</div>
    `;
  // An answer has the title of what it answers: a child is asked for none.
  const titleField =
    answered === null
      ? html`
          <div class="in titleline">
            <label class="soft" for="s">${texts.write.subject[audience]}</label>
            <input
              class="input"
              id="s"
              name="subject"
              value="${writing.subject}"
              maxlength="200"
              autocomplete="off"
            />
          </div>
        `
      : html`
          <input type="hidden" name="subject" value="${writing.subject}" />
        `;
  return html`
    <div class="sheet margin">
      ${forWhom(visit, shown)} ${titleField}
      <label class="vh" for="b">${texts.write.body[audience]}</label>
      <textarea
        class="ruled letter"
        id="b"
        name="text"
        rows="5"
        placeholder="${texts.write.answerHere}"
        ${attributes({ autofocus: answered !== null })}
      >
${TEXT_BEGINS}${writing.text}</textarea>
      ${tray(visit, shown)} ${cupboardPick(visit)}
    </div>
  `;
}

/** The faces of those it goes to, each with a cross; a script keeps them true. */
function forWhom(visit: Visit, shown: WritingPage): Html {
  const { texts } = visit;
  return html`
    <div class="for">
      <span class="lead">${texts.write.to}</span>
      <span class="grow" data-for data-remove="${texts.write.remove('')}">
        ${shown.recipients.map(
          (one) => html`
            <label class="one" for="to-${one.address}">
              ${faceOf(visit, one)}
              <span>${one.name}</span>
              <span class="x">${icon(visit, 'close')}</span>
            </label>
          `,
        )}
      </span>
      <template data-cross>${icon(visit, 'close')}</template>
      ${shown.second === null ? keptLine(visit, shown) : NOTHING}
    </div>
  `;
}

/**
 * Who can't send for now keeps what they write: no button that only leads to a no. Throwing away
 * stands apart from sending.
 */
function tailBar(visit: Visit, shown: WritingPage): Html {
  const { texts } = visit;
  const send = mayWriteToNobody(shown)
    ? html`
        <button class="btn main big" name="act" value="save">
          ${icon(visit, 'file')}${texts.write.keepForLater}
        </button>
      `
    : sendButton(visit, shown);
  return html`
    <div class="tail-bar">
      ${filePick(visit)} ${throwButton(visit)} ${drawPick(visit, shown.drawnOn)} ${voicePick(visit)}
      <span class="end">${keepButton(visit)}${send}</span>
    </div>
  `;
}

/** Headings of the picker; whoever stands under none of them is among « Les autres ». */
const HEADINGS = {
  class: ['class-list', 'classmates'],
  teachers: ['teachers'],
  family: ['families'],
  linked: ['linked'],
  others: ['lists', 'pupils', 'team', 'other-schools', 'town', 'outside'],
} as const satisfies Readonly<
  Record<keyof Visit['texts']['write']['crowd'], readonly Reachable['group'][]>
>;

/** Everybody within reach, in a panel that keeps its own place. */
function crowd(visit: Visit, shown: WritingPage): Html {
  const { texts } = visit;
  const ticked = new Set(shown.recipients.map((one) => one.address));
  const headings = keysOf(HEADINGS);
  return html`
    <div class="crowd" role="group" aria-labelledby="aqui" id="picker">
      <a class="skip midway" href="#${shown.answered === null ? 's' : 'b'}">
        ${texts.write.skip.child}
      </a>
      <div class="ask">
        <h2 id="aqui">${texts.write.toWhom}</h2>
        <label class="find" data-faces hidden>
          <span class="vh">${texts.write.findFirstName}</span>
          ${icon(visit, 'search')}
          <input
            class="input"
            type="search"
            placeholder="${texts.write.findFirstName}"
            autocomplete="off"
          />
        </label>
      </div>
      <div class="roll" tabindex="0" role="group" aria-label="${texts.write.people}">
        ${headings.map((heading) => {
          const groups: readonly Reachable['group'][] = HEADINGS[heading];
          const people = shown.reach.filter(({ group }) => groups.includes(group));
          return people.length === 0
            ? NOTHING
            : part(visit, { heading, people, ticked, hours: shown.hours });
        })}
      </div>
    </div>
  `;
}

interface Part {
  readonly heading: keyof typeof HEADINGS;
  readonly people: readonly Reachable[];
  readonly ticked: ReadonlySet<string>;
  readonly hours: WritingPage['hours'];
}

function part(visit: Visit, { heading, people, ticked, hours }: Part): Html {
  const theirs = hours.filter(({ address }) => people.some((one) => one.address === address));
  const lists = people.filter(({ kind }) => kind === 'list');
  const faces = people.filter(({ kind }) => kind !== 'list');
  return html`
    <h3>${visit.texts.write.crowd[heading]}</h3>
    ${lists.map((one) => listCard(visit, one, { checked: ticked.has(one.address) }))}
    ${
      faces.length === 0
        ? NOTHING
        : html`
            <ul class="kids">
              ${faces.map((one) => personCard(visit, one, { checked: ticked.has(one.address) }))}
            </ul>
          `
    }
    ${theirs.map(
      ({ name, sentence }) => html`
        <p class="soft small">${name} ${withSmallLetter(sentence)}.</p>
      `,
    )}
  `;
}

/** After a name the sentence goes on: « Madame Lefèvre répond… ». */
const withSmallLetter = (sentence: string): string =>
  sentence.charAt(0).toLowerCase() + sentence.slice(1);

function listCard(visit: Visit, one: Reachable, { checked }: { readonly checked: boolean }): Html {
  const { texts } = visit;
  const isOwn = one.group === 'class-list';
  const name = isOwn ? texts.write.wholeClass : one.name;
  const small = texts.write.pupils(isOwn ? one.name : '', one.count);
  return html`
    <p class="whole">
      ${recipientBox(one, { name, checked })}
      <label class="kid across" for="to-${one.address}">
        <span class="spine ${coverClass(one.cover)} tall"></span>
        <span>
          ${name}
          <small>${small}</small>
        </span>
        ${icon(visit, 'check', 'ticked')}
      </label>
    </p>
  `;
}

function personCard(
  visit: Visit,
  one: Reachable,
  { checked }: { readonly checked: boolean },
): Html {
  return html`
    <li>
      ${recipientBox(one, { name: one.name, checked })}
      <label class="kid" for="to-${one.address}">
        ${faceOf(visit, one)}
        <span>${one.name}</span>
        ${icon(visit, 'check', 'ticked')}
      </label>
    </li>
  `;
}
