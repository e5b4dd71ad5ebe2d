import type { Reachable } from '../../../core/mail/writing/contract.ts';
import { calledOf, coverClass, faceOf, icon } from '../../frame/parts.ts';
import type { Recipient } from '../../frame/recipients.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { chip, chipLook, chipName, recipientBox, type Into } from './chips.ts';
import { familiesButton } from './chosen-families.ts';
import { inGroups, marked, type Suggestions } from './suggestions.ts';
import type { WritingPage } from './writing-page.ts';

/** Chips that are shown one by one; more are one line that unfolds. */
const MOST_SHOWN = 8;
/** Lists offered in one touch. */
const MOST_QUICK = 6;
/** People of a group on the page of everybody, for browsers without script. */
const MOST_OF_ALL = 1000;
/** The id of the field in which people are looked for; its label's too. */
const FIELD = { to: 'f', cc: 'fc' } as const;

/**
 * The line « À » with its chips and its field; people come when they are asked for. Where the
 * letter begins here one may type at once.
 */
export function toLine(
  visit: Visit,
  shown: WritingPage,
  { beginsHere }: { readonly beginsHere: boolean },
): Html {
  const { texts } = visit;
  const { recipients, copies, search, isReminder } = shown;
  const filled = (into: Into) => ({ text: search?.into === into ? search.text : '' });
  return html`
    <div class="line tofield" data-people="to">
      <label for="${FIELD.to}">${texts.write.to}</label>
      ${field(visit, 'to', { ...filled('to'), chosen: recipients, isReminder, beginsHere })}
    </div>
    <details class="ccbox" ${attributes({ open: copies.length > 0 || search?.into === 'cc' })}>
      <summary>${texts.write.cc}</summary>
      <div class="line tofield" data-people="cc">
        <label for="${FIELD.cc}">${texts.write.cc}</label>
        ${field(visit, 'cc', { ...filled('cc'), chosen: copies })}
      </div>
    </details>
    ${search === null ? NOTHING : foundLine(visit, search)}
  `;
}

interface Filled {
  readonly chosen: readonly Recipient[];
  readonly text: string;
  readonly isReminder?: boolean;
  readonly beginsHere?: boolean;
}

function field(visit: Visit, into: Into, filled: Filled): Html {
  const { texts } = visit;
  const { keys } = texts.write;
  const { chosen, text, beginsHere = false } = filled;
  const isFolded = chosen.length > MOST_SHOWN;
  return html`
    <div class="to">
      ${isFolded ? foldedChips(visit, into, filled) : NOTHING}
      <ul class="toks-in" data-chips>
        ${isFolded ? NOTHING : chosen.map((one) => chip(visit, one, into))}
      </ul>
      <input
        class="type"
        id="${FIELD[into]}"
        name="${into === 'to' ? 'find' : 'find-cc'}"
        value="${text}"
        autocomplete="off"
        spellcheck="false"
        maxlength="4000"
        data-find
        ${attributes({ autofocus: beginsHere })}
      />
      <button class="btn mini" name="act" value="find">${texts.write.search}</button>
    </div>
    <div class="sug" data-sug hidden>
      <div id="sug-${into}" role="listbox" aria-label="${texts.write.suggestions}"></div>
      <p class="how" aria-hidden="true">
        <span>
          <kbd>↑</kbd>
          <kbd>↓</kbd>
          ${keys.choose}
        </span>
        <span>
          <kbd>${keys.enter}</kbd>
          ${keys.add}
        </span>
        <span>
          <kbd>${keys.escape}</kbd>
          ${keys.close}
        </span>
      </p>
    </div>
  `;
}

/** Many people in one line, « 24 élèves »; a script keeps the number true. */
function foldedChips(visit: Visit, into: Into, { chosen, isReminder = false }: Filled): Html {
  const words = foldWords(visit, chosen, { isReminder });
  return html`
    <details class="chosen-many">
      <summary data-one="${words(1)}" data-many="${words(1234)}">${words(chosen.length)}</summary>
      <ul class="toks-in">
        ${chosen.map((one) => chip(visit, one, into))}
      </ul>
    </details>
  `;
}

function foldWords(
  { texts }: Visit,
  chosen: readonly Recipient[],
  { isReminder }: { readonly isReminder: boolean },
): (count: number) => string {
  const { chosenMany } = texts.write;
  if (chosen.some(({ kind }) => kind !== 'child')) return chosenMany.recipients;
  return isReminder ? chosenMany.unread : chosenMany.pupils;
}

/** « Vite »: what this person writes to most, each in one touch. */
export function quickLine(visit: Visit, shown: WritingPage): Html {
  const { texts } = visit;
  const { quick, recipients } = shown;
  const chosen = new Set(recipients.map(({ address }) => address));
  const offered = quick.slice(0, MOST_QUICK);
  if (offered.length === 0) return NOTHING;
  return html`
    <a class="skip midway" href="#o">${texts.write.skip.adult}</a>
    <div class="line">
      <span class="lab" id="ql">${texts.write.quick}</span>
      <div class="quick-to" role="group" aria-labelledby="ql">
        ${offered.map((one) => quickButton(visit, one, { isChosen: chosen.has(one.address) }))}
        ${familiesButton(visit, shown)}
        <button class="all" name="act" value="all">${texts.write.everybody}</button>
      </div>
    </div>
  `;
}

function quickButton(
  visit: Visit,
  one: Reachable,
  { isChosen }: { readonly isChosen: boolean },
): Html {
  const count =
    one.kind === 'list'
      ? html`
          <small>${one.count}</small>
        `
      : NOTHING;
  return html`
    <button
      name="act"
      value="toggle ${one.address}"
      data-quick="${one.address}"
      aria-pressed="${String(isChosen)}"
    >
      ${quickMark(visit, one)}${calledOf(one)}${count}
      <template>${chip(visit, one, 'to')}</template>
    </button>
  `;
}

function quickMark(visit: Visit, one: Reachable): Html {
  if (one.kind !== 'list') return faceOf(visit, one, 's');
  if (one.listKind === 'class')
    return html`
      <span class="spine ${coverClass(one.cover)}"></span>
    `;
  return icon(visit, one.listKind === 'team' ? 'school' : 'people');
}

/**
 * What the field of recipients shows below it while somebody types: people and lists by group, each
 * with the chip that it becomes.
 */
export function optionsFor(
  visit: Visit,
  people: readonly Reachable[],
  { text, into }: { readonly text: string; readonly into: Into },
): Html {
  const own = visit.viewer.classes.map(({ name }) => name);
  const groups = inGroups(people, { text, own });
  let at = 0;
  const option = (one: Reachable): Html => {
    at += 1;
    return html`
      <div class="opt" role="option" id="opt-${into}-${at}" aria-selected="false">
        ${faceOf(visit, one)}
        <span>
          ${marked(chipName(visit, one), text)} ${' '}
          <span class="soft">${besideName(one)}</span>
        </span>
        <template>${chip(visit, one, into)}</template>
      </div>
    `;
  };
  return html`
    ${groups.map(
      ({ group, people: members }) => html`
        <div role="group" aria-labelledby="grp-${into}-${group}">
          <p class="grp" id="grp-${into}-${group}">${visit.texts.write.suggested[group]}</p>
          ${members.map(option)}
        </div>
      `,
    )}
  `;
}

/** A person by their role and class, a stranger by their address; a list's name says all. */
function besideName(one: Reachable): string {
  if (one.kind === 'list') return '';
  if (one.group === 'outside') return one.name === '' ? '' : one.address;
  return [one.title, ...one.classes].filter((word) => word !== '').join(', ');
}

/** For browsers without script: those found, or everybody, as boxes to tick. */
function foundLine(visit: Visit, search: NonNullable<WritingPage['search']>): Html {
  const { texts, viewer } = visit;
  const own = viewer.classes.map(({ name }) => name);
  const groups = inGroups(search.found, { text: search.text, own, most: MOST_OF_ALL });
  const nothing = html`
    <p class="soft small">${texts.write.foundNothing(search.text)}</p>
  `;
  return html`
    <input
      type="hidden"
      name="${search.into === 'to' ? 'found' : 'found-cc'}"
      value="${search.text}"
    />
    <div class="line found" role="status">
      <span class="lab">${search.text === '' ? texts.write.everybody : texts.write.found}</span>
      <div class="grow">
        ${groups.length === 0 ? nothing : groups.map((one) => foundGroup(visit, one, search.into))}
      </div>
    </div>
  `;
}

function foundGroup(visit: Visit, { group, people }: Suggestions, into: Into): Html {
  return html`
    <h2 class="grp">${visit.texts.write.suggested[group]}</h2>
    <ul class="toks-in">
      ${people.map(
        (one) => html`
          <li>
            ${recipientBox(one, { name: calledOf(one), checked: false, into })}
            <label class="${chipLook(one)}" for="${into}-${one.address}">
              ${one.kind === 'list' ? NOTHING : faceOf(visit, one)}
              <span class="cut">${chipName(visit, one)}</span>
              ${' '}
              <span class="soft small">${besideName(one)}</span>
              ${icon(visit, 'plus', 'p')}${icon(visit, 'check', 'x')}
            </label>
          </li>
        `,
      )}
    </ul>
  `;
}
