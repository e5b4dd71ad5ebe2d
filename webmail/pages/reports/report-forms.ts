import type { OpenReport } from '../../../core/mail/reports/contract.ts';
import { dayAfter } from '../../../core/roster/days.ts';
import { backOn } from '../../components/back-on.ts';
import { tick } from '../../components/field.ts';
import { formOf, type Filled } from '../../components/form.ts';
import { NO_DEFAULT } from '../../components/no-default.ts';
import { calledOf, icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { todayOn } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { typedFields } from '../../http/failures.ts';

/** A word to a child. */
const MAX_WORD = 500;
/** « Until Friday »: three days ahead is proposed, and changed by who knows better. */
const PROPOSED_DAYS = 3;
/** As `pauseSending` takes at most. */
const MAX_REST_DAYS = 100;
const GIVEN_BACK = 'given-back';

/**
 * What is filled in for one act or another. It is one form: a word for the child isn't lost where
 * something else is done first.
 */
const ACT_FIELDS = {
  back: { most: 20, isCut: true, isRequired: true, as: { type: 'date' } },
  word: { most: MAX_WORD, isText: true },
  letter: {},
} as const;
export const ACT_FORM = formOf(ACT_FIELDS);
type ActField = keyof typeof ACT_FIELDS;
export type FilledActs = Filled<ActField>;

/** As nobody has touched it. */
export const blankActs = (visit: Visit): FilledActs =>
  ACT_FORM.blank({ back: dayAfter(todayOn(visit.clock), PROPOSED_DAYS) });

/** What can be done, the first things first; of what is closed two children are let together. */
export function actForms(visit: Visit, open: OpenReport, filled: FilledActs): Html {
  if (open.closedAt !== null)
    return html`
      ${unsent(visit, filled.typed.word)}
      ${open.may.apart === 'lift' ? liftSheet(visit, open) : NOTHING}
    `;
  const words = visit.texts.reports.one;
  return html`
    <form class="stack wide" method="post" action="/reports/${open.school}/${open.id}" novalidate>
      <section class="sheet pad stack" aria-labelledby="acts">
        <h2 class="h3" id="acts">${words.acts}</h2>
        <div class="helpings">
          ${token(visit)} ${NO_DEFAULT}
          ${open.takenBy === null ? act(visit, 'taken', 'person') : NOTHING}
          ${act(visit, 'talked', 'people')} ${act(visit, 'family', 'phone')}
        </div>
        ${restAct(visit, open, filled)} ${apartAct(visit, open)}
      </section>
      ${closeSheet(visit, filled)}
    </form>
  `;
}

function act(visit: Visit, kind: 'taken' | 'talked' | 'family', name: string): Html {
  const words = visit.texts.reports.one;
  const said = { taken: words.take, talked: words.talked, family: words.family }[kind];
  return html`
    <button class="btn${kind === 'taken' ? ' main' : ''}" name="do" value="${kind}">
      ${icon(visit, name)}${said}
    </button>
  `;
}

function restAct(visit: Visit, open: OpenReport, filled: FilledActs): Html {
  const { clock, texts } = visit;
  const words = texts.reports.one;
  const name = calledOf(open.writer);
  if (open.restsUntil !== null)
    return html`
      <p class="tone wait small">
        ${icon(visit, 'moon')}${' '} ${words.resting(name, backOn(visit, open.restsUntil))}
      </p>
    `;
  if (open.may.rest === null) return NOTHING;
  const today = todayOn(clock);
  const fields = ACT_FORM.shown(visit, filled);
  return html`
    <details class="unfold" ${attributes({ open: filled.wrong?.back !== undefined })}>
      <summary class="btn">${icon(visit, 'moon')}${words.rest}</summary>
      <div class="stack tight">
        <p class="soft small">${words.restHint(name)}</p>
        ${fields.line('back', {
          label: words.restUntil,
          as: { min: dayAfter(today, 1), max: dayAfter(today, MAX_REST_DAYS) },
        })}
        <div>
          <button class="btn" name="do" value="rest">${words.rest}</button>
        </div>
      </div>
    </details>
  `;
}

function apartAct(visit: Visit, open: OpenReport): Html {
  const words = visit.texts.reports.one;
  if (open.may.apart === null) return NOTHING;
  if (open.may.apart === 'lift') return lift(visit);
  return html`
    <details class="unfold">
      <summary class="btn">${icon(visit, 'lock')}${words.apart}</summary>
      <div class="stack tight">
        <p class="soft small">${words.apartHint(calledOf(open.child), calledOf(open.writer))}</p>
        <div>
          <button class="btn" name="do" value="apart">${words.apart}</button>
        </div>
      </div>
    </details>
  `;
}

function lift(visit: Visit): Html {
  const words = visit.texts.reports;
  return html`
    <div class="stack tight">
      <p class="tone wait small">${icon(visit, 'lock')}${' '}${words.apartTitle}</p>
      <div>
        <button class="btn" name="do" value="together">${words.lift}</button>
      </div>
    </div>
  `;
}

function liftSheet(visit: Visit, open: OpenReport): Html {
  return html`
    <form class="sheet pad" method="post" action="/reports/${open.school}/${open.id}">
      ${token(visit)} ${lift(visit)}
    </form>
  `;
}

function closeSheet(visit: Visit, filled: FilledActs): Html {
  const words = visit.texts.reports.one;
  const fields = ACT_FORM.shown(visit, filled);
  return html`
    <section class="sheet pad stack" aria-labelledby="close">
      <h2 class="h3" id="close">${words.close}</h2>
      <p class="soft small">${words.closeLead}</p>
      ${fields.text('word', { label: words.word, hint: words.wordHint, as: { rows: 3 } })}
      ${tick({
        type: 'checkbox',
        name: 'letter',
        value: GIVEN_BACK,
        isOn: filled.typed.letter === GIVEN_BACK,
        words: words.giveBack,
      })}
      <div>
        <button class="btn" name="do" value="closed">
          ${icon(visit, 'check')}${words.closeButton}
        </button>
      </div>
    </section>
  `;
}

/** A word that came after somebody else had closed it, to be copied. */
function unsent({ viewer, audience }: Visit, word: string): Html {
  if (word === '') return NOTHING;
  const typed = { title: '', text: word };
  return html`
    <section class="sheet pad">
      ${typedFields({ language: viewer.language, audience }, typed)}
    </section>
  `;
}
