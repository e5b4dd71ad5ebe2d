import { keysOf } from '../../../core/ground/keys.ts';
import type { PresenceTrouble } from '../../../core/mail/presence/contract.ts';
import { icon } from '../../frame/parts.ts';
import { doneBanner, fieldTrouble } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';

/** What a sheet says of the form that was just sent: that it is saved, or what is wrong with it. */
export interface SheetOutcome<Typed> {
  readonly line: Html;
  readonly trouble: PresenceTrouble | null;
  /** What was typed, where it was not saved. */
  readonly typed: Typed | null;
}

export const told = (line: Html): SheetOutcome<never> => ({ line, trouble: null, typed: null });

/** By what was done, the sheet that says so. */
const SHEETS = {
  portrait: 'portrait',
  signature: 'signature',
  absence: 'absence',
  ended: 'absence',
  hours: 'hours',
  evening: 'hours',
  notices: 'notices',
  reading: 'reading',
  closed: 'devices',
  alone: 'devices',
  stopped: 'devices',
} as const;
type Done = keyof typeof SHEETS;
export type PreferenceSheet = (typeof SHEETS)[Done];

/** Where one is once something was done: at the sheet that says so. */
export const savedAt = (done: Done): string => `/settings?said=${done}#${SHEETS[done]}`;

/** « Votre signature est enregistrée. », in the sheet that it is about; nothing in the others. */
export function savedLine(visit: Visit, sheet: PreferenceSheet, said: unknown): Html {
  const { presence, preferences } = visit.texts;
  const sentences: Readonly<Record<Done, string>> = {
    portrait: presence.portrait.saved,
    signature: presence.signature.saved,
    absence: presence.absence.saved,
    ended: presence.absence.ended,
    hours: presence.hours.saved,
    evening: preferences.saved,
    notices: preferences.saved,
    reading: preferences.saved,
    closed: preferences.devices.closed,
    alone: preferences.devices.alone,
    stopped: preferences.devices.stopped,
  };
  const done = keysOf(SHEETS).find((one) => one === said);
  if (done === undefined || SHEETS[done] !== sheet) return NOTHING;
  return doneBanner(visit, sentences[done]);
}

/** What is wrong, above the fields of a sheet. */
export function troubleLine(visit: Visit, sheet: string, trouble: PresenceTrouble | null): Html {
  if (trouble === null) return NOTHING;
  return fieldTrouble(visit, `${sheet}-trouble`, visit.texts.presence.troubles[trouble]);
}

interface SwitchRow {
  readonly name: string;
  /** What a form says where it is on, where several have one name. */
  readonly value?: string;
  readonly on: boolean;
  readonly label: string;
  readonly hint: string;
}

/** One thing that is on or off. */
export function switchRow(one: SwitchRow): Html {
  const hint = html`
    <br />
    <span class="small soft">${one.hint}</span>
  `;
  return html`
    <label class="switch">
      <span>${one.label} ${one.hint === '' ? NOTHING : hint}</span>
      <input
        type="checkbox"
        role="switch"
        name="${one.name}"
        value="${one.value ?? 'on'}"
        ${attributes({ checked: one.on })}
      />
    </label>
  `;
}

/** The one filled button of a sheet, and what stands beside it. */
export function saveRow(visit: Visit, beside: Html = NOTHING): Html {
  return html`
    <div class="row">
      <button class="btn main">${icon(visit, 'check')}${visit.texts.preferences.save}</button>
      ${beside}
    </div>
  `;
}
