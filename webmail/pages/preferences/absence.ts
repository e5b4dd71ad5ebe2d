import type { PresenceTrouble } from '../../../core/mail/presence/contract.ts';
import { dayAfter } from '../../../core/roster/days.ts';
import type { OwnAbsence } from '../../../core/store/people/contract.ts';
import { formOf, type ShownFields } from '../../components/form.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay, todayOn } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import type { Form } from '../../http/forms.ts';
import { saveRow, switchRow, troubleLine, type SheetOutcome } from './parts.ts';

/** As many days are offered to who has never been away. */
const DAYS_OFFERED = 7;
const DAY = { as: { type: 'date' } } as const;
const WORDS = { most: 2000, isText: true, as: { rows: 3 } } as const;
const ABSENCE_FORM = formOf({
  on: {},
  from: DAY,
  until: DAY,
  words: WORDS,
  outside: {},
  'outside-words': WORDS,
});
type AbsenceField = keyof ReturnType<typeof ABSENCE_FORM.typedIn>;

/** Which fields a trouble is about. */
const ABOUT: Readonly<Partial<Record<PresenceTrouble, readonly AbsenceField[]>>> = {
  'bad-days': ['from', 'until'],
  'ends-before-it-begins': ['from', 'until'],
  over: ['until'],
  'no-words': ['words'],
  'no-outside-words': ['outside-words'],
  'too-long': ['words', 'outside-words'],
};

/** « Absence »: whether, from when to when, and with what words. */
export function absenceSheet(
  visit: Visit,
  kept: OwnAbsence | null,
  said: SheetOutcome<OwnAbsence>,
): Html {
  const words = visit.texts.presence.absence;
  const shown = said.typed ?? kept ?? blank(visit);
  const about = (said.trouble && ABOUT[said.trouble]) ?? [];
  const fields = ABSENCE_FORM.shown(visit, {
    ...ABSENCE_FORM.blank({ ...shown, 'outside-words': shown.outsideWords }),
    wrongBy: Object.fromEntries(about.map((one) => [one, 'absence-trouble'])),
  });
  return html`
    <form
      class="sheet"
      id="absence"
      method="post"
      action="/settings/absence"
      aria-labelledby="absence-t"
      novalidate
    >
      ${token(visit)}
      <h2 id="absence-t">${icon(visit, 'sun')}${words.title}</h2>
      ${said.line} ${troubleLine(visit, 'absence', said.trouble)} ${standing(visit, kept)}
      ${switchRow({ name: 'on', on: shown.isOn, label: words.on, hint: words.onHint })}
      <div class="mini-form">
        ${fields.line('from', { label: words.from })}
        ${fields.line('until', { label: words.until })}
        ${fields.text('words', {
          label: words.words,
          box: 'wide-f',
          as: { placeholder: words.example },
        })}
      </div>
      ${visit.viewer.role === 'guardian' ? NOTHING : outsideFields(visit, shown, fields)}
      ${saveRow(visit)}
    </form>
  `;
}

/** What the world outside is told: not asked of a family, who writes to nobody there. */
function outsideFields(
  visit: Visit,
  { outside }: OwnAbsence,
  fields: ShownFields<AbsenceField>,
): Html {
  const words = visit.texts.presence.absence;
  return html`
    ${switchRow({ name: 'outside', on: outside !== 'nobody', label: words.outside, hint: words.outsideHint })}
    <div class="mini-form">
      ${fields.text('outside-words', {
        label: words.outsideWords,
        hint: words.outsideWordsHint,
        box: 'wide-f',
      })}
    </div>
  `;
}

function blank({ clock }: Visit): OwnAbsence {
  const from = todayOn(clock);
  const until = dayAfter(from, DAYS_OFFERED);
  return { isOn: false, from, until, words: '', outside: 'nobody', outsideWords: '' };
}

/** « En cours, jusqu’au … », where it runs or is to come. */
function standing(visit: Visit, kept: OwnAbsence | null): Html {
  const { texts, viewer, clock } = visit;
  const today = todayOn(clock);
  if (kept === null || !kept.isOn || kept.until < today) return NOTHING;
  const words = texts.presence.absence;
  const day = (of: string) => calendarDay(viewer.language, of);
  return html`
    <p class="standing">
      <span class="badge ${kept.from <= today ? 'ok' : 'wait'}">
        ${icon(visit, kept.from <= today ? 'check' : 'calendar')}
        ${kept.from <= today ? words.runs(day(kept.until)) : words.comes(day(kept.from))}
      </span>
    </p>
  `;
}

/** The absence that a form says; days that it leaves empty are today's. */
export function absenceIn({ clock }: Visit, form: Form): OwnAbsence {
  const today = todayOn(clock);
  const {
    on,
    from,
    until,
    words,
    outside,
    'outside-words': outsideWords,
  } = ABSENCE_FORM.typedIn(form);
  const told = outsideWords.trim() === '' ? 'same' : 'own';
  return {
    isOn: on === 'on',
    from: from || today,
    until: until || from || today,
    words,
    outside: outside === 'on' ? told : 'nobody',
    outsideWords,
  };
}
