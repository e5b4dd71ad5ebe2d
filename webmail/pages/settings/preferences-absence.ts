import type { OwnAbsence } from '../../../core/store/people/contract.ts';
import { lineField, textField, type FormField } from '../../components/field.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay, dayAfter, todayOn } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { field, type Form } from '../../http/forms.ts';
import { saveRow, switchRow, troubleLine, type SheetOutcome } from './preferences-parts.ts';

/** As many days are offered to who has never been away. */
const DAYS_OFFERED = 7;
const MAX_WORDS = 2000;

/** « Absence »: whether, from when to when, and with what words. */
export function absenceSheet(
  visit: Visit,
  kept: OwnAbsence | null,
  said: SheetOutcome<OwnAbsence>,
): Html {
  const words = visit.texts.presence.absence;
  const shown = said.typed ?? kept ?? blank(visit);
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
        ${dayField(visit, 'from', words.from, shown.from)}
        ${dayField(visit, 'until', words.until, shown.until)}
        ${wordsField(visit, { name: 'words', label: words.words, value: shown.words, hint: '' })}
      </div>
      ${visit.viewer.role === 'guardian' ? NOTHING : outsideFields(visit, shown)} ${saveRow(visit)}
    </form>
  `;
}

/** What the world outside is told: not asked of a family, who writes to nobody there. */
function outsideFields(visit: Visit, { outside, outsideWords }: OwnAbsence): Html {
  const words = visit.texts.presence.absence;
  return html`
    ${switchRow({ name: 'outside', on: outside !== 'nobody', label: words.outside, hint: words.outsideHint })}
    <div class="mini-form">
      ${wordsField(visit, {
        name: 'outside-words',
        label: words.outsideWords,
        value: outsideWords,
        hint: words.outsideWordsHint,
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

function dayField(visit: Visit, name: 'from' | 'until', label: string, value: string): Html {
  return lineField(visit, { name, label, value, as: { type: 'date' } });
}

function wordsField(
  visit: Visit,
  field: Pick<FormField, 'name' | 'label' | 'value' | 'hint'>,
): Html {
  const placeholder = field.name === 'words' ? visit.texts.presence.absence.example : null;
  return textField(visit, {
    ...field,
    box: 'wide-f',
    as: { rows: 3, maxlength: MAX_WORDS, placeholder },
  });
}

/** The absence that a form says; days that it leaves empty are today's. */
export function absenceIn({ clock }: Visit, form: Form): OwnAbsence {
  const today = todayOn(clock);
  const outsideWords = field(form, 'outside-words');
  const told = outsideWords.trim() === '' ? 'same' : 'own';
  return {
    isOn: field(form, 'on') === 'on',
    from: field(form, 'from') || today,
    until: field(form, 'until') || field(form, 'from') || today,
    words: field(form, 'words'),
    outside: field(form, 'outside') === 'on' ? told : 'nobody',
    outsideWords,
  };
}
