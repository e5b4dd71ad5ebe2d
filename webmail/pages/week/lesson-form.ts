import { LESSON_KINDS, LESSON_WEEKS, type Lesson } from '../../../core/roster/week/plan.ts';
import type { WeekTrouble } from '../../../core/roster/week/troubles.ts';
import type { WeekDesk } from '../../../core/school/week/contract.ts';
import { tabPath } from '../../components/class-paths.ts';
import { formOf, type Filled } from '../../components/form.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { aboveForm, type Refused, lessonName } from './parts.ts';

const TIME = { most: 8, as: { type: 'time', step: 300, size: 6 } } as const;

/** A lesson; `lesson` and `edition` name the one that is changed, as it was seen. */
export const LESSON = formOf({
  kind: {},
  title: { most: 60, isCut: true },
  weekday: {},
  from: TIME,
  to: TIME,
  weeks: {},
  teacher: {},
  place: { most: 60, isCut: true },
  bring: { most: 120, isCut: true },
  lesson: {},
  edition: {},
});
export type LessonName = keyof ReturnType<typeof LESSON.blank>['typed'];

/** The field below which a sentence stands. */
export const LESSON_FIELDS: Readonly<Partial<Record<WeekTrouble, LessonName>>> = {
  'no-hours': 'from',
  'no-length': 'to',
  'out-of-hours': 'from',
  overlap: 'from',
  'no-class-then': 'weekday',
  'no-title': 'title',
};

/** A lesson that is there, in its form. */
export const lessonFilled = (one: Lesson): Filled<LessonName> =>
  LESSON.blank({
    kind: one.kind,
    title: one.title,
    weekday: String(one.weekday),
    from: one.from,
    to: one.to,
    weeks: one.weeks,
    place: one.place,
    bring: one.bring,
    teacher: one.teacher === null ? '' : String(one.teacher),
    lesson: String(one.id),
    edition: String(one.edition),
  });

/** The panel beside the week: a lesson to change, or a new one. */
export function lessonForm(
  visit: Visit,
  desk: WeekDesk,
  { filled, above }: Refused<LessonName>,
): Html {
  const { lesson: words, weekdays } = visit.texts.weeks;
  const { view } = desk;
  const { typed } = filled;
  const open = view.lessons.find(({ id }) => String(id) === typed.lesson);
  const title =
    open === undefined
      ? words.fresh
      : words.of(lessonName(visit, open), weekdays[open.weekday - 1] ?? '');
  const remove = html`
    <button class="btn quiet no" name="act" value="remove">
      ${icon(visit, 'trash')}${words.remove}
    </button>
  `;
  return html`
    <aside class="sheet edit-p" id="form" aria-labelledby="ft">
      <form method="post" action="${tabPath(view.classId, 'week')}/lesson" novalidate>
        ${token(visit)}
        <input type="hidden" name="lesson" value="${typed.lesson}" />
        <input type="hidden" name="edition" value="${typed.edition}" />
        <h2 id="ft">${title}</h2>
        ${aboveForm(visit, above)} ${lessonFields(visit, desk, filled)}
        <p class="row">
          <button class="btn main" name="act" value="save">
            ${icon(visit, 'check')}${words.save}
          </button>
          ${typed.lesson === '' ? NOTHING : remove}
        </p>
      </form>
    </aside>
  `;
}

function lessonFields(
  visit: Visit,
  { view, colleagues }: WeekDesk,
  filled: Filled<LessonName>,
): Html {
  const { lesson: words, kinds, weekdays } = visit.texts.weeks;
  const form = LESSON.shown(visit, filled);
  const days = [1, 2, 3, 4, 5].map((day) => [String(day), weekdays[day - 1] ?? ''] as const);
  const weeks =
    view.head?.weekA == null
      ? html`
          <input type="hidden" name="weeks" value="every" />
        `
      : form.choice(
          'weeks',
          { label: words.weeks },
          LESSON_WEEKS.map((one) => [one, words[one]] as const),
        );
  return html`
    ${form.choice(
      'kind',
      { label: words.kind },
      LESSON_KINDS.map((kind) => [kind, kinds[kind]] as const),
    )}
    ${form.line('title', { label: words.title })}
    ${form.choice('weekday', { label: words.weekday }, days)}
    <div class="two-t">
      ${form.line('from', { label: words.from })} ${form.line('to', { label: words.to })}
    </div>
    ${weeks} ${form.line('bring', { label: words.bring, hint: words.bringHint })}
    ${form.choice('teacher', { label: words.teacher }, [
      ['', words.own] as const,
      ...colleagues.map(({ addressId, name }) => [String(addressId), name] as const),
    ])}
    ${form.line('place', { label: words.place })}
  `;
}
