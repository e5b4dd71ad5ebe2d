import type { Reachable } from '../../core/core.ts';
import { framed } from '../frame.ts';
import { attributes, html, NOTHING, TEXT_BEGINS, type Html } from '../html.ts';
import { calledOf, faceOf, icon, label } from '../parts.ts';
import type { Recipient } from '../recipients.ts';
import type { Visit } from '../visit.ts';
import { longDate } from '../when.ts';
import {
  complaintsOf,
  fileFields,
  hiddenFields,
  keepButton,
  keptLine,
  recipientBox,
  sendButton,
  throwButton,
  unkeptBanner,
} from '../writing-form.ts';
import type { WritingPage } from '../writing-page.ts';

const GROUPS = [
  'class-list',
  'lists',
  'team',
  'teachers',
  'pupils',
  'classmates',
  'families',
  'linked',
  'other-schools',
  'town',
] as const satisfies readonly Reachable['group'][];

/** So many groups of the drawer stand open. */
const GROUPS_OPEN = 2;

/**
 * An adult writes: chips for the chosen, a drawer with every list and person within reach, the
 * hidden list's settings beside it.
 */
export function adultWriting(visit: Visit, shown: WritingPage): Html {
  const { texts, audience } = visit;
  const { near, recipients } = shown;
  const list = recipients.find((one) => one.kind === 'list');
  const toOneList = list !== undefined && recipients.length === 1;
  const title = toOneList ? texts.write.classTitle : texts.write.title[audience];
  const main = html`
    <main id="main" class="body">
      <form
        class="desk rev${list === undefined ? ' alone' : ''}"
        method="post"
        action="/write"
        enctype="multipart/form-data"
        autocomplete="off"
        data-write
        data-owner="${visit.viewer.address}"
      >
        ${hiddenFields(visit, shown)}
        <section class="stack" aria-labelledby="t">
          <h1 id="t">${title}</h1>
          ${complaintsOf(visit, shown)} ${letterSheet(visit, shown)} ${sendBar(visit, shown)}
        </section>
        <aside class="stack" data-hidden-list ${attributes({ hidden: list === undefined })}>
          ${hiddenList(visit, shown, list)}${lastLetter(visit, shown)}
        </aside>
      </form>
    </main>
  `;
  return framed(visit, near, {
    title,
    section: list === undefined ? 'write' : 'classes',
    shelf: null,
    main,
    scripts: ['write.js'],
  });
}

/** To whom, the subject, the words and the files. */
function letterSheet(visit: Visit, shown: WritingPage): Html {
  const { texts, audience } = visit;
  const { writing } = shown;
  return html`
    <div class="sheet margin form-sheet">
      ${toLine(visit, shown)} ${drawer(visit, shown)}
      <div class="line">
        <label for="o">${texts.write.subject[audience]}</label>
        <input
          class="input"
          id="o"
          name="subject"
          value="${writing.subject}"
          maxlength="400"
          autocomplete="off"
        />
      </div>
      <label class="vh" for="b">${texts.write.body[audience]}</label>
      <textarea class="ruled plain" id="b" name="text" rows="12">
${TEXT_BEGINS}${writing.text}</textarea>
      <div class="line">
        <span class="lab">${texts.write.files}</span>
        <div class="row grow">${fileFields(visit, shown)}</div>
      </div>
    </div>
  `;
}

/** Those chosen, and the field in which others are looked for. */
function toLine(visit: Visit, { recipients, search }: WritingPage): Html {
  const { texts, viewer } = visit;
  const found =
    search === null
      ? NOTHING
      : html`
          <input type="hidden" name="found" value="${search.text}" />
        `;
  const isFamily = viewer.role === 'guardian';
  return html`
    <div class="line">
      <span class="lab" id="tolab">${texts.write.to}</span>
      <div class="grow">
        <ul class="row chips" aria-labelledby="tolab" data-chips>
          ${recipients.map(
            (one) => html`
              <li>${chip(visit, one)}</li>
            `,
          )}
        </ul>
        <div class="finder">
          <label class="vh" for="f">${texts.write.find}</label>
          <input
            class="input"
            id="f"
            name="find"
            value="${search?.text ?? ''}"
            placeholder="${isFamily ? texts.write.findHintFamily : texts.write.findHint}"
            autocomplete="off"
            maxlength="120"
            data-find
          />
          <button class="btn" name="act" value="find">
            ${icon(visit, 'search')}${texts.write.search}
          </button>
        </div>
      </div>
      ${found}
    </div>
  `;
}

function sendBar(visit: Visit, shown: WritingPage): Html {
  return html`
    <div class="sendbar">
      ${unkeptBanner(visit)}
      <div class="split">
        <div class="row">
          ${sendButton(visit, shown)}${keepButton(visit)}${keptLine(visit, shown)}
        </div>
        ${throwButton(visit)}
      </div>
    </div>
  `;
}

/** Somebody chosen: a ticked box that looks like a sticker; unticking it takes them away. */
function chip(visit: Visit, one: Recipient | Reachable): Html {
  const words =
    one.kind === 'list'
      ? label(visit.texts.write.listCount(one.name, one.count), one.cover)
      : html`
          <span>${calledOf(one)}</span>
        `;
  return html`
    ${recipientBox(one, { name: calledOf(one), checked: true })}
    <label class="chip" for="to-${one.address}">${words}${icon(visit, 'close')}</label>
  `;
}

function option(visit: Visit, one: Reachable): Html {
  const words =
    one.kind === 'list'
      ? label(visit.texts.write.listCount(one.name, one.count), one.cover)
      : html`
          <span>
            ${one.name}${' '}
            <span class="soft small">
              ${[one.title, ...one.classes].filter((word) => word !== '').join(', ')}
            </span>
          </span>
        `;
  return html`
    <li data-search="${one.name} ${one.title} ${one.classes.join(' ')}">
      ${recipientBox(one, { name: calledOf(one), checked: false })}
      <label class="chip" for="to-${one.address}">
        ${words}${icon(visit, 'plus')}${icon(visit, 'close')}
      </label>
    </li>
  `;
}

/** Every list and person within reach, by group; those chosen already stand above and not here. */
function drawer(visit: Visit, { reach, recipients, search }: WritingPage): Html {
  const { texts } = visit;
  const chosen = new Set(recipients.map((one) => one.address));
  const free = reach.filter((one) => !chosen.has(one.address));
  const found = search === null ? NOTHING : foundIn(visit, search, chosen);
  const inFound = new Set(search?.found.map((one) => one.address) ?? []);
  const groups = GROUPS.map((group) => ({
    group,
    members: free.filter((one) => one.group === group && !inFound.has(one.address)),
  })).filter(({ members }) => members.length > 0);
  const small = recipients.length === 0 && search === null;
  return html`
    ${found}
    <details class="drawer" data-drawer${attributes({ open: small })}>
      <summary>${texts.write.choose}</summary>
      ${groups.map(
        ({ group, members }, index) => html`
          <details class="group" ${attributes({ open: index < GROUPS_OPEN })}>
            <summary>
              ${texts.write.group[group]}${' '}
              <span class="soft">${members.length}</span>
            </summary>
            <ul class="row chips">
              ${members.map((one) => option(visit, one))}
            </ul>
          </details>
        `,
      )}
    </details>
  `;
}

function foundIn(
  visit: Visit,
  search: NonNullable<WritingPage['search']>,
  chosen: ReadonlySet<string>,
): Html {
  const { texts } = visit;
  const free = search.found.filter((one) => !chosen.has(one.address));
  return html`
    <div class="line found" role="status">
      <span class="lab">${texts.write.found}</span>
      <div class="grow">
        ${
          free.length === 0
            ? html`
                <p class="soft small">${texts.write.foundNothing(search.text)}</p>
              `
            : html`
                <ul class="row chips">
                  ${free.map((one) => option(visit, one))}
                </ul>
              `
        }
      </div>
    </div>
  `;
}

function hiddenList(visit: Visit, { writing }: WritingPage, list: Recipient | undefined): Html {
  const { texts } = visit;
  const radio = (value: typeof writing.answers, words: string | Html) => html`
    <label class="tick">
      <input
        type="radio"
        name="answers"
        value="${value}"
        ${attributes({ checked: writing.answers === value })}
      />
      <span>${words}</span>
    </label>
  `;
  const advised = html`
    ${texts.write.toMe}
    <br />
    <span class="small soft">${texts.write.advised}</span>
  `;
  return html`
    <fieldset class="sheet pad-s stack tight">
      <legend class="h3">${texts.write.hidden}</legend>
      <p class="soft small">${texts.write.hiddenHint(list?.name ?? '…')}</p>
      <p class="lab">${texts.write.whoAnswers}</p>
      ${radio('sender', advised)} ${radio('everyone', texts.write.toEveryone)}
      ${radio('none', texts.write.toNobody)}
    </fieldset>
  `;
}

/** Who has not opened the last letter to this class, and a way to write to just these. */
function lastLetter(visit: Visit, { letter }: WritingPage): Html {
  if (letter === null) return NOTHING;
  const words = visit.texts.write.last;
  const { subject, at, pupils, unread } = letter.last;
  return html`
    <section class="sheet pad-s stack tight" aria-labelledby="last">
      <h2 class="h3" id="last">${words.title}</h2>
      <p class="small">${words.what(subject, longDate(visit.viewer.language, at, visit.now))}</p>
      <p>${words.read(pupils - unread.length, pupils)}</p>
      ${unread.length === 0 ? NOTHING : notRead(visit, letter)}
    </section>
  `;
}

function notRead(visit: Visit, { class: own, last }: NonNullable<WritingPage['letter']>): Html {
  const words = visit.texts.write.last;
  const { pupils, unread } = last;
  const remind = html`
    <p>
      <a class="btn mini" href="/classes/${own}/remind">
        ${icon(visit, 'send')}${words.remind(unread.length)}
      </a>
    </p>
  `;
  return html`
    <details class="stack tight">
      <summary>${words.others(unread.length)}</summary>
      <ul class="stack tight">
        ${unread.map(
          (one) => html`
            <li class="row">
              ${faceOf(visit, one, 's')}
              <span>${calledOf(one)}</span>
            </li>
          `,
        )}
      </ul>
    </details>
    ${unread.length === pupils ? NOTHING : remind}
  `;
}
