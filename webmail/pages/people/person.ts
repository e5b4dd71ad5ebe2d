import type { AccountId, SchoolId } from '../../../core/ground/ids.ts';
import { dayAfter } from '../../../core/roster/days.ts';
import type { PersonSheet, WithPeople } from '../../../core/school/people/contract.ts';
import { goneSentences, type BackupsPart } from '../../components/backups-gone.ts';
import { formOf } from '../../components/form.ts';
import type { FramePart } from '../../frame/frame.ts';
import { backLink, faceOf, icon, token } from '../../frame/parts.ts';
import { doneBanner, fieldTrouble } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { badge, peoplePage } from './people.ts';

/** How far ahead a departure may be written down, in days; core refuses what is further. */
const AHEAD = 400;

export const CORRECTION_FORM = formOf({
  local: {
    most: 64,
    isRequired: true,
    as: { autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' },
  },
});
export const DEPARTURE_FORM = formOf({ day: { isRequired: true, as: { type: 'date' } } });

type Trouble = keyof Visit['texts']['people']['trouble'];
type Said = keyof Visit['texts']['people']['said'];
/** What the page of a person asks of core. */
export type PersonPart = FramePart & BackupsPart & WithPeople;

export interface PersonPath {
  readonly school: SchoolId;
  readonly account: AccountId;
}

export const actOf = ({ school, account }: PersonPath): string => `/people/${school}/${account}`;

/** GET /people/:school/:account: one person, with all that their head decides about them. */
export async function personPage(
  visit: Visit<PersonPart>,
  whose: PersonPath,
  said: unknown,
): Promise<Answer> {
  const isSaid = (key: unknown): key is Said =>
    typeof key === 'string' && Object.hasOwn(visit.texts.people.said, key);
  return showPerson(visit, whose, { said: isSaid(said) ? said : null, why: null });
}

interface Typed {
  readonly local?: string;
  readonly day?: string;
}

/** What the page of somebody says besides. */
interface PersonNotice {
  readonly said: Said | null;
  readonly why: Trouble | null;
  /** What wasn't taken. */
  readonly typed?: Typed;
}

/** The same page; 422 with a sentence beside what could not be done, and what was typed. */
export async function showPerson(
  visit: Visit<PersonPart>,
  whose: PersonPath,
  { said, why, typed = {} }: PersonNotice,
): Promise<Answer> {
  const one = await visit.core.people.person(visit.viewer, whose.school, whose.account);
  if (one === null) return MISSING;
  const words = visit.texts.people;
  const content = html`
    ${backLink(visit, `/people/${whose.school}`, words.all)}
    <div class="row">
      ${faceOf(visit, one.face, 'l')}
      <div class="grow">
        <h1>${one.face.name}</h1>
        <p class="soft">
          ${[words.role[one.role], ...one.classes, one.schoolName].join(', ')}${badge(visit, one)}
        </p>
      </div>
    </div>
    ${said === null ? NOTHING : doneBanner(visit, words.said[said])}
    ${one.state === 'left' || one.state === 'suspended' ? NOTHING : access(visit, whose, one)}
    ${family(visit, whose, { one, why: among(why, ['ownChild']) })}
    ${address(visit, whose, { one, typed, why: among(why, ['shape', 'taken', 'used']) })}
    ${departure(visit, whose, { one, typed, why: among(why, ['day', 'self']) })}
    ${mail(visit, whose, one)}
  `;
  return peoplePage(visit, { title: one.face.name, content, refused: why !== null });
}

/** What went wrong, where it is one of these: each part of the page says its own. */
const among = (why: Trouble | null, some: readonly Trouble[]): Trouble | null =>
  some.find((one) => one === why) ?? null;

function access(visit: Visit, whose: PersonPath, one: PersonSheet): Html {
  const words = visit.texts.people;
  const forms =
    one.classPage === null
      ? html`
          <p class="soft">
            ${words.codeHint}
            ${one.way === 'password' && one.role !== 'pupil' ? ` ${words.tellHint}` : ''}
          </p>
          <form class="row" method="post" action="${actOf(whose)}/code">
            ${token(visit)}
            <button class="btn main" name="format" value="screen">
              ${icon(visit, 'eye')}${words.codeScreen}
            </button>
            <button class="btn" name="format" value="pdf">
              ${icon(visit, 'print')}${words.codePdf}
            </button>
          </form>
        `
      : html`
          <p class="soft">${words.pupilHint}</p>
          <p>
            <a class="btn" href="/codes/${one.classPage}">
              ${icon(visit, 'lock')}${words.classPage}
            </a>
          </p>
        `;
  return html`
    <section class="sheet pad stack" aria-labelledby="ac">
      <h2 id="ac">${words.access}</h2>
      <p>${words.way[one.way]}</p>
      ${forms}
    </section>
  `;
}

const trouble = (visit: Visit, why: Trouble | null): Html =>
  why === null ? NOTHING : fieldTrouble(visit, 'trouble', visit.texts.people.trouble[why]);

interface Part {
  readonly one: PersonSheet;
  readonly typed: Typed;
  readonly why: Trouble | null;
}

function address(visit: Visit, whose: PersonPath, { one, typed, why }: Part): Html {
  const words = visit.texts.people;
  const atSign = one.face.address.lastIndexOf('@');
  const fields = CORRECTION_FORM.shown(visit, {
    typed: { local: typed.local ?? one.face.address.slice(0, atSign) },
    wrongBy: { local: why === null ? null : 'trouble' },
  });
  const form = one.used
    ? html`
        <p class="soft">${words.usedHint}</p>
      `
    : html`
        <p class="soft">${words.addressHint}</p>
        ${trouble(visit, why)}
        <form class="row fields" method="post" action="${actOf(whose)}/address" novalidate>
          ${fields.line('local', {
            id: 'l',
            label: html`
              ${words.newAddress}${' '}
              <span class="soft">…${one.face.address.slice(atSign)}</span>
            `,
            box: 'grow',
          })}
          ${token(visit)}
          <button class="btn">${words.correct}</button>
        </form>
      `;
  return html`
    <section class="sheet pad stack" aria-labelledby="ad">
      <h2 id="ad">${words.address}</h2>
      <p><b>${one.face.address}</b></p>
      ${form}
    </section>
  `;
}

/** A child's guardians, and who of them is blocked. */
function family(
  visit: Visit,
  whose: PersonPath,
  { one, why }: { readonly one: PersonSheet; readonly why: Trouble | null },
): Html {
  const words = visit.texts.people;
  if (one.family.length === 0) return NOTHING;
  const rows = one.family.map((tie) => tieRow(visit, whose, tie));
  return html`
    <section class="sheet pad stack" aria-labelledby="fa">
      <h2 id="fa">${words.family}</h2>
      <p class="soft">${words.familyHint}</p>
      <p class="soft">${words.silenceHint}</p>
      ${trouble(visit, why)}
      <ul class="lines">
        ${rows}
      </ul>
    </section>
  `;
}

/** A guardian, with what a head may say of the tie to this child. */
function tieRow(
  visit: Visit,
  whose: PersonPath,
  { guardian, face, blocked, silent }: PersonSheet['family'][number],
): Html {
  const words = visit.texts.people;
  const badge = (tone: string, drawn: string, word: string): Html => html`
    ${' '}
    <span class="badge ${tone}">${icon(visit, drawn)}${word}</span>
  `;
  const form = (inside: Html): Html => html`
    <form method="post" action="${actOf(whose)}/family">
      ${token(visit)}
      <input type="hidden" name="guardian" value="${guardian}" />
      ${inside}
    </form>
  `;
  const name = html`
    <span class="vh">${' '}${face.name}</span>
  `;
  return html`
    <li class="line row">
      ${faceOf(visit, face)}
      <span class="grow">
        <b>${face.name}</b>
        ${blocked ? badge('stop', 'lock', words.blocked) : NOTHING}
        ${silent ? badge('wait', 'eye', words.silent) : NOTHING}
        <br />
        <span class="small soft">${face.address}</span>
      </span>
      ${form(html`
        <button class="btn quiet" name="silent" value="${silent ? '0' : '1'}">
          ${silent ? words.unsilence : words.silence}${name}
        </button>
      `)}
      ${form(html`
        <button class="btn${blocked ? '' : ' no'}" name="blocked" value="${blocked ? '0' : '1'}">
          ${icon(visit, blocked ? 'undo' : 'lock')}${blocked ? words.unblock : words.block}${name}
        </button>
      `)}
    </li>
  `;
}

function departure(visit: Visit<BackupsPart>, whose: PersonPath, { one, typed, why }: Part): Html {
  const words = visit.texts.people;
  const fields = DEPARTURE_FORM.shown(visit, {
    typed: { day: typed.day ?? one.today },
    wrongBy: { day: why === null ? null : 'trouble' },
  });
  const day = (text: string | null): string =>
    text === null ? '' : calendarDay(visit.viewer.language, text);
  const inside =
    one.leavesOn === null
      ? html`
          <p class="soft">${words.departureHint}</p>
          ${trouble(visit, why)}
          <form class="row fields" method="post" action="${actOf(whose)}/leave" novalidate>
            ${fields.line('day', {
              id: 'd',
              label: words.day,
              look: 'short',
              as: { min: one.today, max: dayAfter(one.today, AHEAD) },
            })}
            ${token(visit)}
            <button class="btn no">${icon(visit, 'exit')}${words.plan}</button>
          </form>
        `
      : html`
          <p>
            ${
              one.state === 'leaving'
                ? words.leavesOn(day(one.leavesOn))
                : leftWords(visit, one, { left: day(one.leavesOn), erased: day(one.erasedOn) })
            }
          </p>
          <form class="row" method="post" action="${actOf(whose)}/stay">
            ${token(visit)}
            <button class="btn">${icon(visit, 'undo')}${words.stays}</button>
            ${
              one.state === 'left'
                ? html`
                    <span class="soft small">${words.staysHint}</span>
                  `
                : NOTHING
            }
          </form>
        `;
  return html`
    <section class="sheet pad stack" aria-labelledby="de">
      <h2 id="de">${words.departure}</h2>
      ${inside}
    </section>
  `;
}

/** When they left, until when their mail is kept, and from when on no backup has it. */
function leftWords(
  visit: Visit<BackupsPart>,
  { erasedOn }: PersonSheet,
  { left, erased }: { readonly left: string; readonly erased: string },
): string {
  const words = visit.texts.people;
  const gone = erasedOn === null ? [] : goneSentences(visit, erasedOn, words);
  return [words.leftOn(left, erased), ...gone].join(' ');
}

function mail(visit: Visit, whose: PersonPath, one: PersonSheet): Html {
  const words = visit.texts.people;
  if (one.takingAlong === 'stays') return NOTHING;
  const why = one.takingAlong === 'agents' ? words.mailAdult : words.onceGone;
  const inside =
    one.takingAlong === 'now'
      ? html`
          <p class="soft">${words.mailHint}</p>
          <form method="post" action="${actOf(whose)}/mail">
            ${token(visit)}
            <button class="btn">${icon(visit, 'file')}${words.take}</button>
          </form>
        `
      : html`
          <p class="soft">${why}</p>
        `;
  return html`
    <section class="sheet pad stack" aria-labelledby="ma">
      <h2 id="ma">${words.mail}</h2>
      ${inside}
    </section>
  `;
}
