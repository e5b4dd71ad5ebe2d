import type { Reachable } from '../../core/core.ts';
import { framed } from '../frame.ts';
import { attributes, html, NOTHING, TEXT_BEGINS, type Html, escaped } from '../html.ts';
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

/**
 * An adult writes: chips for the chosen, a drawer with every list and person within reach, the
 * hidden list's settings beside it.
 */
export function adultWriting(visit: Visit, desk: WritingPage): Html {
  const { texts, audience, viewer } = visit;
  const { near, writing, recipients } = desk;
  const list = recipients.find((one) => one.kind === 'list');
  const title =
    list !== undefined && recipients.length === 1
      ? texts.write.classTitle
      : texts.write.title[audience];
  const main = html`
    <main id="main" class="body">
      <form
        class="desk rev${list === undefined ? ' alone' : ''}"
        method="post"
        action="/write"
        enctype="multipart/form-data"
        autocomplete="off"
        data-write
        data-owner="${viewer.address}"
      >
        ${hiddenFields(visit, desk)}
        <section class="stack" aria-labelledby="t">
          <h1 id="t">${title}</h1>
          ${complaintsOf(visit, desk)}
          <div class="sheet margin form-sheet">
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
                    value="${desk.search?.text ?? ''}"
                    placeholder="${viewer.role === 'guardian' ? texts.write.findHintFamily : texts.write.findHint}"
                    autocomplete="off"
                    maxlength="120"
                    data-find
                  />
                  <button class="btn" name="act" value="find">
                    ${icon(visit, 'search')}${texts.write.search}
                  </button>
                </div>
              </div>
              ${
                desk.search === null
                  ? NOTHING
                  : html`
                      <input type="hidden" name="found" value="${desk.search.text}" />
                    `
              }
            </div>
            ${drawer(visit, desk)}
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
              <div class="row grow">${fileFields(visit, desk)}</div>
            </div>
          </div>
          <div class="sendbar">
            ${unkeptBanner(visit)}
            <div class="split">
              <div class="row">
                ${sendButton(visit, desk)}${keepButton(visit)}${keptLine(visit, desk)}
              </div>
              ${throwButton(visit)}
            </div>
          </div>
        </section>
        <aside class="stack" data-hidden-list${attributes({ hidden: list === undefined })}>
          ${hiddenList(visit, desk, list)}${lastLetter(visit, desk)}
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

function box(one: Recipient | Reachable, checked: boolean): Html {
  return html`
    <input
      class="vh"
      type="checkbox"
      name="to"
      value="${one.address}"
      id="to-${one.address}"
      data-name="${calledOf(one)}"
      data-count="${one.count}"
      data-kind="${one.kind}"
      ${attributes({ checked })}
    />
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
    ${box(one, true)}
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
      ${box(one, false)}
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
        ({ group, members }, at) => html`
          <details class="group" ${attributes({ open: at < 2 })}>
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
  const radio = (value: typeof writing.answers, words: Html) => html`
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
  return html`
    <fieldset class="sheet pad-s stack tight">
      <legend class="h3">${texts.write.hidden}</legend>
      <p class="soft small">${texts.write.hiddenHint(list?.name ?? '…')}</p>
      <p class="lab">${texts.write.whoAnswers}</p>
      ${radio(
        'sender',
        html`
          ${texts.write.toMe}
          <br />
          <span class="small soft">${texts.write.advised}</span>
        `,
      )}
      ${radio('everyone', escaped(texts.write.toEveryone))}
      ${radio('none', escaped(texts.write.toNobody))}
    </fieldset>
  `;
}

/** Who has not opened the last letter to this class, and a way to write to just these. */
function lastLetter(visit: Visit, { letter }: WritingPage): Html {
  if (letter === null) return NOTHING;
  const words = visit.texts.write.last;
  const { subject, at, pupils, unread } = letter.last;
  const others =
    unread.length === 0
      ? NOTHING
      : html`
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
          ${
            unread.length === pupils
              ? NOTHING
              : html`
                  <p>
                    <a class="btn mini" href="/classes/${letter.class}/remind">
                      ${icon(visit, 'send')}${words.remind(unread.length)}
                    </a>
                  </p>
                `
          }
        `;
  return html`
    <section class="sheet pad-s stack tight" aria-labelledby="last">
      <h2 class="h3" id="last">${words.title}</h2>
      <p class="small">${words.what(subject, longDate(visit.viewer.language, at, visit.now))}</p>
      <p>${words.read(pupils - unread.length, pupils)}</p>
      ${others}
    </section>
  `;
}
