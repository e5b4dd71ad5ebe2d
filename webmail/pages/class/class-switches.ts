import type { ClassId } from '../../../core/ground/ids.ts';
import {
  CLASS_SWITCHES,
  switchValueOf,
  SWITCH_NAMES,
  type ClassSwitch,
} from '../../../core/roster/class-switches.ts';
import type { OwnClassDetails, WithTeaching } from '../../../core/school/teaching/contract.ts';
import { tabPath } from '../../components/class-paths.ts';
import { tick } from '../../components/field.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import type { SwitchWords } from '../../texts/teaching-fr.ts';
import { whoIsOnNone } from './class-photos.ts';
import type { SettingLine } from './setting-line.ts';

/** What some switches are drawn as; any other as a setting. */
const DRAWINGS: Readonly<Partial<Record<ClassSwitch, string>>> = {
  teachersCalled: 'person',
  secondLook: 'eye',
  photosOpen: 'picture',
};

/** What teachers decide for all of their class, a line each; its head sees how it is. */
export function switchLines(visit: Visit, details: OwnClassDetails): readonly SettingLine[] {
  return SWITCH_NAMES.map((name) => {
    const words: SwitchWords = visit.texts.teaching.switches[name];
    return {
      id: name,
      drawing: DRAWINGS[name] ?? 'settings',
      title: words.title,
      now: words.now[String(details.switches[name])] ?? '',
      inside: details.teaches ? switchForm(visit, details, name) : null,
    };
  });
}

function switchForm(visit: Visit, details: OwnClassDetails, name: ClassSwitch): Html {
  const words: SwitchWords = visit.texts.teaching.switches[name];
  const choices = CLASS_SWITCHES[name].map((value) =>
    tick({
      type: 'radio',
      name,
      value: String(value),
      isOn: details.switches[name] === value,
      words: words.choices[String(value)] ?? '',
    }),
  );
  const hint = html`
    <p class="soft small" id="${name}-hint">${words.hint}</p>
  `;
  return html`
    <form
      class="stack tight"
      method="post"
      action="/classes/${details.id}/switches"
      aria-labelledby="${name}"
    >
      <p class="soft small" id="${name}-lead">${words.lead}</p>
      ${name === 'photosOpen' ? whoIsOnNone(visit, details) : NOTHING}
      <div
        class="stack tight"
        role="radiogroup"
        aria-labelledby="${name}"
        aria-describedby="${name}-lead${words.hint === undefined ? '' : ` ${name}-hint`}"
      >
        ${choices}
      </div>
      ${words.hint === undefined ? NOTHING : hint}
      <div class="row">
        ${token(visit)}
        <button class="btn">${icon(visit, 'check')}${visit.texts.teaching.save}</button>
      </div>
    </form>
  `;
}

/** What is said of a switch that was set, as it is now. */
export function switchSaid({ texts }: Visit, details: OwnClassDetails, name: ClassSwitch): string {
  const { said }: SwitchWords = texts.teaching.switches[name];
  return typeof said === 'string' ? said : (said[String(details.switches[name])] ?? '');
}

/** POST /classes/:class/switches. */
export async function setSwitch(
  visit: Visit<WithTeaching<'setSwitch'>>,
  id: ClassId,
  form: Form,
): Promise<Answer> {
  const [setting] = SWITCH_NAMES.flatMap((name) => switchValueOf(name, field(form, name)) ?? []);
  if (setting === undefined) return MISSING;
  const ruling = await visit.core.teaching.setSwitch(visit.viewer, { class: id, ...setting });
  return ruling.kind === 'done'
    ? { kind: 'go', to: `${tabPath(id, 'settings')}?said=${setting.name}` }
    : MISSING;
}
