import type { ClassId } from '../../../core/ground/ids.ts';
import type { Day } from '../../../core/roster/days.ts';
import { NEED_KINDS, SPECIAL_KINDS, type Special } from '../../../core/roster/week/plan.ts';
import type { WeekTrouble } from '../../../core/roster/week/troubles.ts';
import type { WeekDay, WeekView } from '../../../core/school/week/contract.ts';
import { tabPath } from '../../components/class-paths.ts';
import { formOf, type Filled } from '../../components/form.ts';
import { backLink, icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { dayOf, numberOf } from '../../ids.ts';
import { weekTab, type ClassWeekPart } from './class-week.ts';
import { aboveForm, type Refused, NEED_ICONS } from './parts.ts';

const DATE = { most: 10, as: { type: 'date' } } as const;
const TIME = { most: 8, as: { type: 'time', step: 300, size: 6 } } as const;

/** Something special on a date; `special` and `edition` name the one that is changed. */
export const SPECIAL = formOf({
  kind: {},
  title: { most: 80, isCut: true },
  from: DATE,
  until: DATE,
  fromTime: TIME,
  toTime: TIME,
  place: { most: 60, isCut: true },
  special: {},
  edition: {},
});
type SpecialName = keyof ReturnType<typeof SPECIAL.blank>['typed'];

export const SPECIAL_FIELDS: Readonly<Partial<Record<WeekTrouble, SpecialName>>> = {
  'no-title': 'title',
  'not-a-day': 'from',
  'ends-before-it-begins': 'until',
  'over-summer': 'until',
  'too-many-days': 'until',
  'no-hours': 'fromTime',
  'one-hour': 'toTime',
  'no-length': 'toTime',
};

const specialFilled = (one: Special): Filled<SpecialName> =>
  SPECIAL.blank({
    kind: one.kind,
    title: one.title,
    from: one.from,
    place: one.place,
    until: one.until === one.from ? '' : one.until,
    fromTime: one.hours?.from ?? '',
    toTime: one.hours?.to ?? '',
    special: String(one.id),
    edition: String(one.edition),
  });

/** `id` names one that is there; else what a new one begins with, as an invitation says it. */
interface SpecialQuery extends Readonly<Partial<Record<SpecialName, unknown>>> {
  readonly id: unknown;
  readonly day: unknown;
}

/** GET /classes/:class/week/special: something special on a date, new or as it is. */
export function special(
  visit: Visit<ClassWeekPart>,
  id: ClassId,
  query: SpecialQuery,
): Promise<Answer> {
  const day = dayOf(query.day);
  return weekTab(visit, { id, day, said: null, refused: false }, (here, { view }) => {
    const one = view.specials.find((known) => known.id === numberOf(query.id));
    const { title, until, fromTime, toTime, place } = query;
    const filled = SPECIAL.blank({
      kind: 'outing',
      from: day ?? view.today,
      title: words(title),
      place: words(place),
      until: words(until),
      fromTime: words(fromTime),
      toTime: words(toTime),
    });
    return specialForm(here, view, {
      filled: one === undefined ? filled : specialFilled(one),
      above: null,
    });
  });
}

/** What an address says, cut to what a field takes. */
const words = (text: unknown): string => (typeof text === 'string' ? text.slice(0, 80) : '');

/** The page of something special once more, with what its form gave back. */
export function specialAgain(
  visit: Visit<ClassWeekPart>,
  id: ClassId,
  back: Refused<SpecialName>,
): Promise<Answer> {
  const asked = { id, day: dayOf(back.filled.typed.from), said: null, refused: true };
  return weekTab(visit, asked, (here, { view }) => specialForm(here, view, back));
}

function specialForm(visit: Visit, view: WeekView, { filled, above }: Refused<SpecialName>): Html {
  const { specialForm: words, specials } = visit.texts.weeks;
  const form = SPECIAL.shown(visit, filled);
  const { typed } = filled;
  const isFresh = typed.special === '';
  const at = tabPath(view.classId, 'week');
  const remove = html`
    <button class="btn quiet no" name="act" value="remove">
      ${icon(visit, 'trash')}${words.remove}
    </button>
  `;
  return html`
    ${backLink(visit, `${at}?day=${typed.from}`, visit.texts.weeks.nav)}
    <section class="sheet pad narrow-f" aria-labelledby="sp">
      <h2 id="sp">${isFresh ? words.title : words.change}</h2>
      ${aboveForm(visit, above)}
      <form method="post" action="${at}/special" novalidate>
        ${token(visit)}
        <input type="hidden" name="special" value="${typed.special}" />
        <input type="hidden" name="edition" value="${typed.edition}" />
        ${form.choice(
          'kind',
          { label: words.kind },
          SPECIAL_KINDS.map((kind) => [kind, specials[kind]] as const),
        )}
        ${form.line('title', { label: words.name, hint: words.nameHint })}
        <div class="two-t">
          ${form.line('from', { label: words.from })} ${form.line('until', { label: words.until })}
        </div>
        <div class="two-t">
          ${form.line('fromTime', { label: words.fromTime })}
          ${form.line('toTime', { label: words.toTime })}
        </div>
        ${form.line('place', { label: words.place })}
        <p class="hint">${words.hint}</p>
        <p class="row">
          <button class="btn main" name="act" value="save">
            ${icon(visit, 'check')}${words.save}
          </button>
          ${isFresh ? NOTHING : remove}
        </p>
      </form>
    </section>
  `;
}

/** Something that is needed on a day. */
export const NEED = formOf({ kind: {}, words: { most: 120, isCut: true }, day: DATE });
type NeedName = keyof ReturnType<typeof NEED.blank>['typed'];

export const NEED_FIELDS: Readonly<Partial<Record<WeekTrouble, NeedName>>> = {
  'no-words': 'words',
  'not-a-day': 'day',
  'over-summer': 'day',
  'no-class-then': 'day',
};

/** GET /classes/:class/week/need: what is needed on a day, and one thing more. */
export function need(
  visit: Visit<ClassWeekPart>,
  id: ClassId,
  query: { readonly day: unknown; readonly said: unknown },
): Promise<Answer> {
  return showNeed(visit, id, { day: dayOf(query.day), said: query.said, back: null });
}

interface NeedPage {
  readonly day: Day | null;
  readonly said: unknown;
  readonly back: Refused<NeedName> | null;
}

/** The page of what is needed on a day, with what its form gave back. */
export function showNeed(
  visit: Visit<ClassWeekPart>,
  id: ClassId,
  asked: NeedPage,
): Promise<Answer> {
  const { day, said, back } = asked;
  return weekTab(visit, { id, day, said, refused: back !== null }, (here, { view }) => {
    const shown = view.days.find((one) => one.day === day) ?? view.next ?? view.days[0];
    const filled = NEED.blank({ kind: 'bring', day: shown?.day ?? view.today });
    return needForm(here, view, { shown, form: back ?? { filled, above: null } });
  });
}

function needForm(
  visit: Visit,
  view: WeekView,
  {
    shown,
    form: { filled, above },
  }: {
    readonly shown: WeekDay | undefined;
    readonly form: Refused<NeedName>;
  },
): Html {
  const { need: words, needs: kinds } = visit.texts.weeks;
  const form = NEED.shown(visit, filled);
  const at = tabPath(view.classId, 'week');
  const name = shown === undefined ? '' : calendarDay(visit.viewer.language, shown.day);
  return html`
    ${backLink(visit, `${at}?day=${shown?.day ?? view.today}`, visit.texts.weeks.nav)}
    <section class="sheet pad narrow-f" aria-labelledby="nd">
      <h2 id="nd">${words.title(name)}</h2>
      ${shown === undefined ? NOTHING : noted(visit, at, shown)} ${aboveForm(visit, above)}
      <form method="post" action="${at}/need" novalidate>
        ${token(visit)}
        ${form.choice(
          'kind',
          { label: words.kind },
          NEED_KINDS.map((kind) => [kind, kinds[kind]] as const),
        )}
        ${form.line('words', { label: words.words, hint: words.wordsHint })}
        ${form.line('day', { label: visit.texts.weeks.lesson.weekday })}
        <p class="row">
          <button class="btn main" name="act" value="save">
            ${icon(visit, 'plus')}${words.save}
          </button>
        </p>
      </form>
    </section>
  `;
}

/** What is noted for a day already, each with the way to take it off. */
function noted(visit: Visit, at: string, { day, needs }: WeekDay): Html {
  const { weeks: words } = visit.texts;
  if (needs.length === 0)
    return html`
      <p class="soft">${words.need.nothing}</p>
    `;
  return html`
    <ul class="needs-e" aria-label="${words.need.there}">
      ${needs.map(
        ({ thing, kind, words: what }) => html`
          <li>
            ${icon(visit, NEED_ICONS[kind])}
            <span class="grow">${words.needs[kind]}${visit.texts.colon}${what}</span>
            ${
              thing.of === 'lesson'
                ? NOTHING
                : html`
                    <form method="post" action="${at}/need" novalidate>
                      ${token(visit)}
                      <input type="hidden" name="day" value="${day}" />
                      <input type="hidden" name="need" value="${thing.id}" />
                      <button class="btn mini quiet no" name="act" value="remove">
                        ${icon(visit, 'close')}${words.take}
                        <span class="vh">${words.taken(what)}</span>
                      </button>
                    </form>
                  `
            }
          </li>
        `,
      )}
    </ul>
  `;
}
