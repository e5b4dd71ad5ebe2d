import { dayAfter } from '../../../core/roster/days.ts';
import { formatButton } from '../../components/format-button.ts';
import { framed } from '../../frame/frame.ts';
import { calledOf, icon, namedIcon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay, mondayAfter, todayOn } from '../../frame/when.ts';
import { attributes, html, NOTHING, TEXT_BEGINS, type Html } from '../../html.ts';
import { cupboardPick, drawPick, filePick, tray, voicePick } from './attachments.ts';
import { besideLetter, listsOf, noteOf } from './beside-letter.ts';
import { reachesChildren } from './chips.ts';
import { eveningTick } from './evening.ts';
import { quickLine, toLine } from './people-field.ts';
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
 * An adult writes: one field for whom it goes to, with people who come when they are asked for, the
 * page, what goes with a list beside it, and a bar at the foot that never leaves.
 */
export function adultWriting(visit: Visit, shown: WritingPage): Html {
  const { surroundings } = shown;
  const title = titleOf(visit, shown);
  const { isBare, aside } = besideLetter(visit, shown);
  const main = html`
    <main id="main">
      <form
        class="desk-write"
        method="post"
        action="/write"
        enctype="multipart/form-data"
        autocomplete="off"
        novalidate
        data-write
        data-owner="${visit.viewer.address}"
      >
        ${enterButton()} ${hiddenFields(visit, shown)}
        <div class="roll">
          <div class="${isBare ? 'writing bare' : 'writing'}">
            <div class="stack">${complaintsOf(visit, shown)} ${leaf(visit, shown, title)}</div>
            ${aside}
          </div>
        </div>
        ${sendBar(visit, shown)}
      </form>
    </main>
  `;
  return framed(visit, surroundings, {
    title,
    section: 'write',
    shelf: null,
    main,
    styles: ['writing.css'],
    scripts: ['write.js'],
  });
}

function titleOf({ texts }: Visit, { recipients }: WritingPage): string {
  const [first] = recipients;
  return first === undefined || recipients.length > 1
    ? texts.write.title.adult
    : texts.write.titleTo(calledOf(first), first.listKind);
}

/** Where one goes on by keyboard: whom it is for, then the subject, then the words. */
function firstToFill({ recipients, writing }: WritingPage): 'to' | 'subject' | 'text' {
  if (recipients.length === 0) return 'to';
  return writing.subject === '' ? 'subject' : 'text';
}

/** To whom, the subject, the words and the files. */
function leaf(visit: Visit, shown: WritingPage, title: string): Html {
  const { texts, audience } = visit;
  const { writing } = shown;
  const beginsAt = firstToFill(shown);
  return html`
    <section class="leaf margin" aria-labelledby="t">
      <h1 class="vh" id="t">${title}</h1>
      ${toLine(visit, shown, { beginsHere: beginsAt === 'to' })} ${quickLine(visit, shown)}
      <div class="line">
        <label for="o">${texts.write.subject[audience]}</label>
        <input
          class="input subject"
          id="o"
          name="subject"
          value="${writing.subject}"
          maxlength="400"
          autocomplete="off"
          ${attributes({ autofocus: beginsAt === 'subject' })}
        />
      </div>
      ${noteLine(visit, shown)}
      <label class="vh" for="b">${texts.write.body[audience]}</label>
      <textarea
        class="ruled"
        id="b"
        name="text"
        rows="9"
        ${attributes({ autofocus: beginsAt === 'text' })}
      >
${TEXT_BEGINS}${writing.text}</textarea>
      ${tray(visit, shown)} ${cupboardPick(visit)} ${asPupil(visit, shown)}
    </section>
  `;
}

/**
 * How it will look to a child: the letter is kept first, and one comes back to it. A script shows
 * it while a child is among those it goes to.
 */
function asPupil(visit: Visit, { recipients, copies }: WritingPage): Html {
  if (visit.viewer.role === 'agent') return NOTHING;
  const toAdults = ![...recipients, ...copies].some(reachesChildren);
  return html`
    <p class="in" data-as-pupil ${attributes({ hidden: toAdults })}>
      <button class="btn quiet" name="act" value="seen">
        ${icon(visit, 'eye')}${visit.texts.little.seenBy.button}
      </button>
    </p>
  `;
}

/** Who will get the answers to a list, in one line; a script keeps it true. */
function noteLine(visit: Visit, shown: WritingPage): Html {
  const { texts } = visit;
  const lists = listsOf(shown);
  const { note } = texts.write;
  return html`
    <p
      class="note"
      data-note
      data-sender="${note.sender('%')}"
      data-everyone="${note.everyone('%')}"
      data-none="${note.none('%')}"
      data-own-sender="${note.own.sender}"
      data-own-none="${note.own.none}"
      ${attributes({ hidden: lists.length === 0 })}
    >
      ${icon(visit, 'lock')}
      <span>${noteOf(visit, shown)}</span>
    </p>
  `;
}

function sendBar(visit: Visit, shown: WritingPage): Html {
  return html`
    <div class="sendbar">
      ${unkeptBanner(visit)} ${eveningTick(visit, shown.evening)}
      <div class="bar">
        <span class="splitbtn">${sendButton(visit, shown)} ${laterMenu(visit, shown)}</span>
        ${filePick(visit)} ${shown.drawnOn === null ? NOTHING : drawPick(visit, shown.drawnOn)}
        ${voicePick(visit)} ${formatButton(visit, shown.writing.html ?? null, 'letter')}
        ${keptLine(visit, shown)} ${keepButton(visit)} ${throwButton(visit)}
      </div>
    </div>
  `;
}

/** When it leaves, where not now: kept by the server, and asked of the rules then. */
function laterMenu(visit: Visit, { writing }: WritingPage): Html {
  const { texts, viewer, clock } = visit;
  const words = texts.later;
  const today = todayOn(clock);
  const tomorrow = dayAfter(today, 1);
  const monday = mondayAfter(today);
  const at = (day: string, label: string, look: string) => html`
    <button name="act" value="later ${day}T${MORNING}">
      ${icon(visit, look)}${label}
      <small>${calendarDay(viewer.language, day)}</small>
    </button>
  `;
  return html`
    <details class="drop">
      <summary class="btn main">${namedIcon(visit, 'down', words.when)}</summary>
      <div class="menu up later">
        <button name="act" value="now">
          ${icon(visit, 'send')}${words.now}
          <small>${words.keys}</small>
        </button>
        ${at(tomorrow, words.tomorrow, 'sun')}
        ${tomorrow === monday ? NOTHING : at(monday, words.monday, 'calendar')}
        <hr />
        <p>${words.choose}</p>
        <div class="when-pick">
          <label for="wd">
            ${words.day}
            <input class="input" id="wd" type="date" name="day" value="${tomorrow}" />
          </label>
          <label for="wh">
            ${words.hour}
            <input class="input" id="wh" type="time" name="hour" value="${MORNING}" />
          </label>
          <button class="btn main" name="act" value="later">${words.ok}</button>
        </div>
        <hr />
        <div class="await">
          <label for="aw">${texts.putOff.awaited.label}</label>
          <input
            class="input"
            id="aw"
            type="date"
            name="await"
            value="${writing.awaitUntil ?? ''}"
            aria-describedby="awh"
          />
          <p class="hint" id="awh">${texts.putOff.awaited.hint}</p>
        </div>
        <hr />
        <a href="/write/later">${icon(visit, 'calendar')}${words.title}</a>
      </div>
    </details>
  `;
}

/** The hour at which a letter for another day leaves, where no other is chosen. */
const MORNING = '08:00';
