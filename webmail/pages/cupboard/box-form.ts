import type { ClassId, SchoolId } from '../../../core/ground/ids.ts';
import { dayAfter } from '../../../core/roster/days.ts';
import type { ClassCupboardRef } from '../../../core/school/cupboard/contract.ts';
import type {
  HandInBox,
  BoxFault,
  BoxChanged,
  BoxMade,
  BoxRef,
} from '../../../core/school/hand-in/contract.ts';
import { formOf, isRefused, type Filled } from '../../components/form.ts';
import { backLink, icon, token } from '../../frame/parts.ts';
import { alertBanner } from '../../frame/said.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { todayOn } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { boxPath, untilWords, type BoxPart } from './box-parts.ts';
import { cupboardPage } from './page.ts';
import { cupboardPath } from './parts.ts';

const BOX = formOf({
  name: { most: 120, isRequired: true },
  asks: { most: 1_000, isText: true },
  until: { isRequired: true, as: { type: 'date' } },
});
type BoxForm = Filled<'name' | 'asks' | 'until'>;

/** A week, as for most work. */
const USUAL_DAYS = 7;

/** A class by the names in its path. */
interface ClassNames {
  readonly school: SchoolId;
  readonly class: ClassId;
}

const refOf = ({ school, class: classId }: ClassNames): ClassCupboardRef => ({ school, classId });

/** GET /cupboards/:school/:class/box: a box to be made. */
export async function newBox(visit: Visit<BoxPart>, names: ClassNames): Promise<Answer> {
  const until = dayAfter(todayOn(visit.clock), USUAL_DAYS);
  return showNew(visit, refOf(names), { filled: BOX.blank({ until }), trouble: null });
}

async function showNew(
  given: Visit<BoxPart>,
  ref: ClassCupboardRef,
  { filled, trouble }: { readonly filled: BoxForm; readonly trouble: string | null },
): Promise<Answer> {
  const view = await given.core.cupboards.folder(given.viewer, ref, null);
  if (view?.stand !== 'teacher') return MISSING;
  const visit = atSchool(given, view);
  const words = visit.texts.boxes;
  return cupboardPage(visit, view, {
    title: words.newTitle,
    refused: trouble !== null || isRefused(filled),
    content: html`
      ${backLink(visit, cupboardPath(ref), visit.texts.cupboards.back)}
      ${trouble === null ? NOTHING : alertBanner(visit, 'wait', trouble)}
      <div class="change-item">
        <h2>${words.newTitle}</h2>
        ${boxForm(visit, { action: `${cupboardPath(ref)}/box`, filled, send: words.make })}
      </div>
    `,
  });
}

interface BoxFormParts {
  readonly action: string;
  readonly filled: BoxForm;
  readonly send: string;
  /** Of a box that is there: which words it had when the form was opened. */
  readonly edition?: string;
}

function boxForm(visit: Visit, { action, filled, send, edition }: BoxFormParts): Html {
  const words = visit.texts.boxes;
  const opened = html`
    <input type="hidden" name="edition" value="${edition ?? ''}" />
  `;
  const fields = BOX.shown(visit, filled);
  return html`
    <form class="sheet pad" method="post" action="${action}" novalidate>
      ${token(visit)} ${edition === undefined ? NOTHING : opened}
      ${fields.line('name', { label: words.name, hint: words.nameHint })}
      ${fields.text('asks', { label: words.asks, hint: words.asksHint, as: { rows: '4' } })}
      ${fields.line('until', { label: words.until, hint: words.untilHint })}
      <button class="btn main">${icon(visit, 'tray')}${send}</button>
    </form>
  `;
}

/** POST /cupboards/:school/:class/box: makes it. */
export async function makeBox(
  visit: Visit<BoxPart>,
  names: ClassNames,
  form: Form,
): Promise<Answer> {
  const ref = refOf(names);
  const { name, asks, until } = BOX.typedIn(form);
  const wish = { name, asks, untilDay: until };
  const became = await visit.core.handIns.make(visit.viewer, ref, wish);
  if (became.kind === 'missing') return MISSING;
  if (became.kind === 'made') return { kind: 'go', to: `${boxPath(became.ref)}?said=made` };
  const trouble = became.kind === 'too-many' ? visit.texts.boxes.troubles['too-many-boxes'] : null;
  return showNew(visit, ref, { filled: filledAgain(visit, form, became), trouble });
}

/** Which field a fault is of. */
const FIELDS: Readonly<Record<BoxFault, 'name' | 'asks' | 'until'>> = {
  'no-name': 'name',
  'long-name': 'name',
  'long-words': 'asks',
  'not-a-day': 'until',
  'past-day': 'until',
  'too-far': 'until',
};

function filledAgain(visit: Visit, form: Form, became: BoxMade | BoxChanged): BoxForm {
  const faults = became.kind === 'faulty' ? became.faults : [];
  const words = visit.texts.boxes.faults;
  const wrong = Object.fromEntries(faults.map((fault) => [FIELDS[fault], words[fault]]));
  return { typed: BOX.typedIn(form), wrong };
}

/** GET /boxes/:school/:box/change: other words, another day, closed or open. */
export function changeBox(visit: Visit<BoxPart>, ref: BoxRef): Promise<Answer> {
  return showChange(visit, ref, null);
}

/** A form of other words that comes back: for which words, and whether those are others by now. */
interface ChangeAgain {
  readonly filled: BoxForm;
  /** Null: the words of now, which are told. */
  readonly edition: string | null;
}

async function showChange(
  given: Visit<BoxPart>,
  ref: BoxRef,
  again: ChangeAgain | null,
): Promise<Answer> {
  const box = await given.core.handIns.box(given.viewer, ref, null);
  if (box === null || box.own !== null) return MISSING;
  const visit = atSchool(given, box);
  const words = visit.texts.boxes;
  const { name, asks, untilDay } = box;
  const shown = again?.filled ?? BOX.blank({ name, asks, until: untilDay });
  const now = [name, asks, untilWords(visit, box)].filter((one) => one !== '').join('. ');
  const trouble = again?.edition === null ? words.changedMeanwhile(now) : null;
  const view = {
    cupboard: box.cupboard,
    name: box.className,
    children: [],
    way: [],
    stand: 'teacher',
  } as const;
  return cupboardPage(visit, view, {
    title: words.changeTitle,
    refused: trouble !== null || isRefused(shown),
    content: html`
      ${backLink(visit, boxPath(ref), words.back)}
      ${trouble === null ? NOTHING : alertBanner(visit, 'wait', trouble)}
      <div class="change-item">
        <h2>${words.changeTitle}</h2>
        ${boxForm(visit, {
          action: `${boxPath(ref)}/change`,
          filled: shown,
          send: words.save,
          edition: again?.edition ?? box.edition,
        })}
        ${closing(visit, box)}
      </div>
    `,
  });
}

const closing = (visit: Visit, { ref, isClosed }: HandInBox): Html => html`
  <form class="sheet pad" method="post" action="${boxPath(ref)}/close">
    ${token(visit)}
    <button class="btn" name="closed" value="${isClosed ? '0' : '1'}">
      ${icon(visit, isClosed ? 'undo' : 'close')}
      ${isClosed ? visit.texts.boxes.reopen : visit.texts.boxes.close}
    </button>
  </form>
`;

/** POST /boxes/:school/:box/change: saves them. */
export async function saveBox(visit: Visit<BoxPart>, ref: BoxRef, form: Form): Promise<Answer> {
  const { name, asks, until } = BOX.typedIn(form);
  const edition = field(form, 'edition');
  const wish = { name, asks, untilDay: until, edition };
  const became = await visit.core.handIns.change(visit.viewer, ref, wish);
  if (became.kind === 'missing') return MISSING;
  if (became.kind === 'made') return { kind: 'go', to: `${boxPath(ref)}?said=changed` };
  const filled = filledAgain(visit, form, became);
  return showChange(visit, ref, { filled, edition: became.kind === 'changed' ? null : edition });
}
