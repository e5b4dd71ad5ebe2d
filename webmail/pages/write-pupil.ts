import type { Reachable } from '../../core/core.ts';
import { framed } from '../frame.ts';
import { attributes, html, NOTHING, TEXT_BEGINS, type Html } from '../html.ts';
import { restBanner } from '../notices.ts';
import { coverClass, faceOf, icon } from '../parts.ts';
import type { Visit } from '../visit.ts';
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

/**
 * Children shown before « Voir les autres »: with the grown-ups they fill the column of a 768 px
 * screen.
 */
const FIRST = 12;

/**
 * A pupil writes: at the left the cards of exactly the people within reach, at the right the page,
 * one button that names them.
 */
export function pupilWriting(visit: Visit, shown: WritingPage): Html {
  const { texts, audience } = visit;
  const rests = mayWriteToNobody(shown);
  const main = html`
    <main id="main" class="body">
      <form
        class="desk${rests ? ' solo' : ''}"
        method="post"
        action="/write"
        enctype="multipart/form-data"
        autocomplete="off"
        data-write
        data-owner="${visit.viewer.address}"
      >
        ${hiddenFields(visit, shown)} ${rests ? unseenRecipients(shown) : picker(visit, shown)}
        <section class="stack" aria-labelledby="m">
          <div class="split">
            <h1 id="m">${texts.write.yourMessage}</h1>
            ${forWhom(visit, shown)}
          </div>
          ${restsLine(visit, shown)} ${complaintsOf(visit, rests ? { ...shown, gone: 0 } : shown)}
          ${letterSheet(visit, shown)}
          <div class="row">${fileFields(visit, shown)}</div>
          <div class="sendbar">
            ${unkeptBanner(visit)}
            <div class="split turned">${lastLine(visit, shown)}</div>
          </div>
        </section>
      </form>
    </main>
  `;
  return framed(visit, shown.near, {
    title: texts.write.title[audience],
    section: 'write',
    shelf: null,
    main,
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

function picker(visit: Visit, shown: WritingPage): Html {
  return html`
    <fieldset class="stack" id="picker">
      <legend class="h1">${visit.texts.write.toWhom}</legend>
      ${cards(visit, shown)}
    </fieldset>
  `;
}

/** The faces of those it goes to; a script keeps them true while cards are ticked. */
function forWhom(visit: Visit, { recipients }: WritingPage): Html {
  return html`
    <p class="row forwhom" data-for ${attributes({ hidden: recipients.length === 0 })}>
      <span class="soft">${visit.texts.write.forWhom}</span>
      ${' '}${recipients.map(
        (one) => html`
          <b class="row">
            ${faceOf(visit, one, 's')}
            <span>${one.name}</span>
          </b>
        `,
      )}
    </p>
  `;
}

/** Why nothing can be sent for now: one's own rest, or that of all pupils' mail. */
function restsLine(visit: Visit, shown: WritingPage): Html {
  if (visit.viewer.restsUntil !== null || !mayWriteToNobody(shown)) return restBanner(visit);
  return html`
    <p class="banner wait">
      ${icon(visit, 'moon')}
      <span class="grow">${visit.texts.write.nobodyNow}</span>
    </p>
  `;
}

function letterSheet({ texts, audience }: Visit, { writing }: WritingPage): Html {
  return html`
    <div class="sheet margin">
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
      <label class="vh" for="b">${texts.write.body[audience]}</label>
      <textarea class="ruled letter" id="b" name="text" rows="8">
${TEXT_BEGINS}${writing.text}</textarea>
    </div>
  `;
}

/**
 * Who can't send for now keeps what they write: no button that only leads to a no. The page turns
 * the line round, since Enter in a field presses the first button of a form (HTML, implicit
 * submission), which must not be the bin's.
 */
function lastLine(visit: Visit, shown: WritingPage): Html {
  const { texts } = visit;
  const rest = html`
    <div class="row">${throwButton(visit)}${keptLine(visit, shown)}</div>
  `;
  if (mayWriteToNobody(shown))
    return html`
      <button class="btn main big" name="act" value="save">
        ${icon(visit, 'file')}${texts.write.keepForLater}
      </button>
      ${rest}
    `;
  return html`
    <div class="row">${keepButton(visit)}${sendButton(visit, shown)}</div>
    ${rest}
  `;
}

function cards(visit: Visit, { reach, recipients }: WritingPage): Html {
  const { texts } = visit;
  const ticked = new Set(recipients.map((one) => one.address));
  const lists = reach.filter((one) => one.kind === 'list');
  const adults = reach.filter((one) => one.kind === 'adult' || one.kind === 'outside');
  const children = reach.filter((one) => one.kind === 'child');
  // Whoever is ticked stays in sight.
  const order = [
    ...children.filter((one) => ticked.has(one.address)),
    ...children.filter((one) => !ticked.has(one.address)),
  ];
  const tiles = (people: readonly Reachable[]) => html`
    <ul class="tiles people">
      ${people.map((one) => personCard(visit, one, ticked.has(one.address)))}
    </ul>
  `;
  const grownUps = html`
    <h2 class="vh">${texts.write.grownUps}</h2>
    ${tiles(adults)}
  `;
  const others = order.slice(FIRST);
  const behind = html`
    <details>
      <summary>${texts.write.showAll(others.length)}</summary>
      ${tiles(others)}
    </details>
  `;
  return html`
    <ul class="stack tight">
      ${lists.map((one) => listCard(visit, one, ticked.has(one.address)))}
    </ul>
    ${adults.length === 0 ? NOTHING : grownUps}
    <h2 class="vh">${texts.write.group.classmates}</h2>
    ${tiles(order.slice(0, FIRST))} ${others.length === 0 ? NOTHING : behind}
  `;
}

function listCard(visit: Visit, one: Reachable, ticked: boolean): Html {
  const { texts } = visit;
  const words =
    one.group === 'class-list'
      ? html`
          ${texts.write.wholeClass}
          <br />
          <small>${texts.write.pupils(one.name, one.count)}</small>
        `
      : html`
          ${one.name}
          <br />
          <small>${one.count}</small>
        `;
  return html`
    <li>
      ${recipientBox(one, { name: one.name, checked: ticked })}
      <label class="tile flat" for="to-${one.address}">
        <span class="spine ${coverClass(one.cover)} tall"></span>
        <span class="grow">${words}</span>
        ${icon(visit, 'check', 'ticked')}
      </label>
    </li>
  `;
}

function personCard(visit: Visit, one: Reachable, ticked: boolean): Html {
  const small =
    one.kind === 'child'
      ? NOTHING
      : html`
          <br />
          <small>${one.title}</small>
        `;
  return html`
    <li>
      ${recipientBox(one, { name: one.name, checked: ticked })}
      <label class="tile" for="to-${one.address}">
        ${faceOf(visit, one)}
        <span>${one.name}${small}</span>
        ${icon(visit, 'check', 'ticked')}
      </label>
    </li>
  `;
}
