import type { SchoolId } from '../../../core/ground/ids.ts';
import type { RosterQuestion } from '../../../core/roster/preview.ts';
import type { ShownDraft, ShownPreview } from '../../../core/school/imports/pending/contract.ts';
import { lineField } from '../../components/field.ts';
import { table } from '../../components/table.ts';
import { icon, token, commas } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeCalendarDay } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { reasonField } from './roster-parts.ts';

/** The form of a preview: its fields stand all over the page, its buttons at the foot. */
export const FORM = 'decide';

export type PreviewDraft = Extract<ShownDraft, { kind: 'preview' }>;
type Stop = ShownPreview['stops'][number];
type ManyLeave = Extract<Stop, { kind: 'many-leave' }>;

/** After these nothing of a file can be applied, whatever somebody answers. */
const isFinal = ({ kind }: Stop): boolean => kind === 'other-school' || kind === 'nobody';

/** What keeps an import from being applied, on top of its preview. */
export function stopBanners(visit: Visit, { preview, choices, school }: PreviewDraft): Html {
  // Whoever is told that it is another school's file isn't asked to type the number of those who
  // leave.
  const final = preview.stops.filter(isFinal);
  const shown = final.length > 0 ? final : preview.stops;
  const asks = (kind: Stop['kind']): boolean => preview.stops.some((stop) => stop.kind === kind);
  const typed = (name: string, number: number | null) =>
    number === null
      ? NOTHING
      : html`
          <input type="hidden" name="${name}" form="${FORM}" value="${number}" />
        `;
  return html`
    ${shown.map((stop) => stopBanner(visit, stop, { school: school.id, choices }))}
    ${asks('many-leave') ? NOTHING : typed('retyped', choices.retyped)}
    ${asks('many-arrive') ? NOTHING : typed('arrivals', choices.arrivals)}
  `;
}

function stopBanner(
  visit: Visit,
  stop: Stop,
  { school, choices }: { readonly school: SchoolId; readonly choices: PreviewDraft['choices'] },
): Html {
  const words = visit.texts.roster.preview;
  switch (stop.kind) {
    case 'other-school':
      return finalBanner(visit, words.otherSchool, school);
    case 'nobody':
      return finalBanner(visit, words.nobody, school);
    case 'many-leave':
      return banner(visit, 'stop', manyLeave(visit, stop, choices.retyped));
    case 'many-arrive':
      return banner(visit, 'stop', manyArrive(visit, stop, choices.arrivals));
    case 'undecided':
      return banner(visit, 'stop', words.tooManyQuestions(stop.count));
  }
}

function finalBanner(visit: Visit, sentence: string, school: SchoolId): Html {
  const text = html`
    ${sentence}${' '}
    <a href="/roster/${school}">${visit.texts.roster.preview.chooseOther}</a>
  `;
  return banner(visit, 'stop', text);
}

/** More than a fifth would leave: how many is typed again before it is done. */
function manyLeave(visit: Visit, stop: ManyLeave, typed: number | null): Html {
  const words = visit.texts.roster.preview;
  return askNumber(visit, {
    name: 'retyped',
    title: words.manyTitle(stop.leaving - stop.parted, stop.of, stop.parted),
    text: stop.parted === 0 ? words.manyText : words.manyTies(stop.leaving),
    wrong: typed === null ? null : words.manyWrong,
  });
}

/** More arrive than a school like this one has: how many is typed. */
function manyArrive(
  visit: Visit,
  stop: Extract<Stop, { kind: 'many-arrive' }>,
  typed: number | null,
): Html {
  const words = visit.texts.roster.preview;
  return askNumber(visit, {
    name: 'arrivals',
    title: words.manyArriveTitle(stop.arriving, stop.of),
    text: words.manyArriveText,
    wrong: typed === null ? null : words.manyArriveWrong,
  });
}

interface NumberQuestion {
  readonly name: 'retyped' | 'arrivals';
  readonly title: string;
  readonly text: string;
  readonly wrong: string | null;
}

/** A number that must be typed; `wrong` where another one was. */
function askNumber(visit: Visit, { name, title, text, wrong }: NumberQuestion): Html {
  return html`
    <div class="stack tight" id="many-${name}">
      <h2>${title}</h2>
      <p>${text}</p>
      ${lineField(visit, {
        name,
        id: `n-${name}`,
        label: visit.texts.roster.preview.manyLabel,
        wrong,
        look: 'typed',
        as: {
          form: FORM,
          inputmode: 'numeric',
          autocomplete: 'off',
          autofocus: wrong !== null,
        },
      })}
    </div>
  `;
}

/** Those whom the file names and whom nobody but a person can recognise. */
export function questions(visit: Visit, draft: PreviewDraft): Html {
  const words = visit.texts.roster.preview;
  if (draft.preview.questions.length === 0) return NOTHING;
  const rows = draft.preview.questions.map((question, index) =>
    questionRow(visit, question, {
      index,
      chosen: draft.choices.decisions[question.key] ?? question.preset ?? '',
    }),
  );
  const heads = [words.inFile, words.answer];
  return html`
    <section class="stack tight" aria-labelledby="hom">
      <h2 id="hom">${words.who}</h2>
      <p>${words.whoHint}</p>
      ${table(visit, { caption: words.who, heads, rows, all: true })}
    </section>
  `;
}

function questionRow(
  visit: Visit,
  { key, about, options }: RosterQuestion,
  { index, chosen }: { readonly index: number; readonly chosen: string },
): Html {
  const words = visit.texts.roster.preview;
  const choice = (value: string, word: string) => html`
    <label class="row choice">
      <input
        type="radio"
        form="${FORM}"
        name="q:${key}"
        value="${value}"
        ${attributes({ checked: value === chosen })}
      />
      <span>${word}</span>
    </label>
  `;
  const line = about.at === null ? '' : words.line(about.at.line);
  return html`
    <tr>
      <th scope="row">
        ${about.name}
        <br />
        <span class="soft small">${commas(about.className ?? '', line)}</span>
        ${
          chosen === ''
            ? html`
                <br />
                <span class="badge wait">${words.open}</span>
              `
            : NOTHING
        }
      </th>
      <td>
        <fieldset>
          <legend class="vh" id="q${index}">${about.name}</legend>
          ${options.map((one) => choice(one.address, optionText(visit, one)))}
          ${choice('new', words.somebodyNew)} ${choice('skip', words.leaveOut)}
        </fieldset>
      </td>
    </tr>
  `;
}

/** Who somebody of a file may be, as one of the answers says it. */
function optionText({ texts }: Visit, one: RosterQuestion['options'][number]): string {
  const words = texts.roster.preview;
  if (one.sameAs !== null) return words.sameAs(one.sameAs.line);
  if (one.here) return words.known(one.name, commas(one.className ?? '', one.address));
  return one.name === '' ? words.elsewhere : `${words.elsewhereNamed(one.name)} (${one.address})`;
}

/** How many changes this import makes to people who neither arrive nor leave. */
export function changedOf(preview: ShownPreview): number {
  return (
    preview.movesClass.length +
    preview.changesSchool.length +
    preview.joins.length +
    preview.renamed.length +
    preview.levels.length +
    preview.civilities.length +
    preview.photos.length +
    preview.parted.length
  );
}

/** The foot of a preview: apply or give up, or only give up where nothing can be applied. */
export function decideBar(visit: Visit, draft: PreviewDraft, wrong: string | null): Html {
  const words = visit.texts.roster.preview;
  const { preview, rehearsal } = draft;
  if (preview.nothingToDo && !rehearsal)
    return discardBar(visit, draft, { said: words.nothing, button: words.done });
  if (preview.stops.some(isFinal))
    return discardBar(visit, draft, { said: words.unchangedYet, button: words.discard });
  return applyBar(visit, draft, wrong);
}

const form = (visit: Visit, { school, id, version }: PreviewDraft): Html => html`
  <form id="${FORM}" method="post" action="/roster/${school.id}/draft/${id}" novalidate>
    ${token(visit)}
    <input type="hidden" name="shown" value="${version}" />
  </form>
`;

const discardButton = (word: string): Html => html`
  <button class="btn" form="${FORM}" name="act" value="discard" formnovalidate>${word}</button>
`;

function discardBar(
  visit: Visit,
  draft: PreviewDraft,
  { said, button }: { readonly said: string; readonly button: string },
): Html {
  return html`
    <div class="bar">
      ${form(visit, draft)}
      <p class="grow">${said}</p>
      ${discardButton(button)}
    </div>
  `;
}

function applyBar(visit: Visit, draft: PreviewDraft, wrong: string | null): Html {
  const { texts, viewer } = visit;
  const words = texts.roster.preview;
  const { preview, rehearsal } = draft;
  const count =
    preview.arrives.length +
    preview.leaves.length +
    changedOf(preview) +
    preview.classesMade.length +
    preview.classesEnded.length;
  const foot = rehearsal
    ? words.fromDay(wholeCalendarDay(viewer.language, preview.day))
    : words.undoable;
  const save = html`
    <button class="btn" form="${FORM}" name="act" value="decide" formnovalidate>
      ${words.save}
    </button>
  `;
  return html`
    <div class="bar">
      ${form(visit, draft)}
      <p class="grow">
        <b>${words.foot(preview.leaves.length)}</b>
        ${' '}
        <span class="soft">${foot}</span>
      </p>
      ${reasonField(visit, {
        label: words.reason,
        form: FORM,
        wrong,
      })}${discardButton(words.discard)}
      ${preview.questions.length === 0 ? NOTHING : save}
      <button class="btn main" form="${FORM}" name="act" value="apply">
        ${icon(visit, 'check')}${rehearsal ? words.rehearse : words.apply(count)}
      </button>
    </div>
  `;
}
