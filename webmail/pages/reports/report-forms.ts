import type { OpenReport } from '../../../core/mail/reports/contract.ts';
import { dayAfter } from '../../../core/roster/days.ts';
import { lineField, textField, tick } from '../../components/field.ts';
import { calledOf, icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate, todayOn } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';

/** A word to a child. */
const MAX_WORD = 500;
/** « Until Friday »: three days ahead is proposed, and changed by who knows better. */
const PROPOSED_DAYS = 3;

/** What can be done, the first things first; of what is closed two children are let together. */
export function actForms(visit: Visit, open: OpenReport): Html {
  const words = visit.texts.reports.one;
  if (open.closedAt !== null) return open.may.apart === 'lift' ? liftSheet(visit, open) : NOTHING;
  return html`
    <section class="sheet pad stack" aria-labelledby="acts">
      <h2 class="h3" id="acts">${words.acts}</h2>
      <form class="helpings" method="post" action="/reports/${open.school}/${open.id}">
        ${token(visit)} ${open.takenBy === null ? act(visit, 'taken', 'person') : NOTHING}
        ${act(visit, 'talked', 'people')} ${act(visit, 'family', 'phone')}
      </form>
      ${restForm(visit, open)} ${apartForm(visit, open)}
    </section>
    ${closeForm(visit, open)}
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

function restForm(visit: Visit, open: OpenReport): Html {
  const { clock, texts } = visit;
  const words = texts.reports.one;
  const name = calledOf(open.writer);
  if (open.restsUntil !== null)
    return html`
      <p class="tone wait small">
        ${icon(visit, 'moon')}${' '} ${words.resting(name, longDate(clock, open.restsUntil))}
      </p>
    `;
  if (open.may.rest === null) return NOTHING;
  const today = todayOn(clock);
  return html`
    <details class="unfold">
      <summary class="btn">${icon(visit, 'moon')}${words.rest}</summary>
      <form
        class="stack tight"
        method="post"
        action="/reports/${open.school}/${open.id}"
        novalidate
      >
        <p class="soft small">${words.restHint(name)}</p>
        ${lineField(visit, {
          name: 'back',
          label: words.restUntil,
          value: dayAfter(today, PROPOSED_DAYS),
          as: { type: 'date', required: true, min: dayAfter(today, 1), max: dayAfter(today, 100) },
        })}
        <div>
          ${token(visit)}
          <button class="btn" name="do" value="rest">${words.rest}</button>
        </div>
      </form>
    </details>
  `;
}

function apartForm(visit: Visit, open: OpenReport): Html {
  const words = visit.texts.reports.one;
  if (open.may.apart === null) return NOTHING;
  if (open.may.apart === 'lift') return lift(visit, open);
  return html`
    <details class="unfold">
      <summary class="btn">${icon(visit, 'lock')}${words.apart}</summary>
      <form class="stack tight" method="post" action="/reports/${open.school}/${open.id}">
        <p class="soft small">${words.apartHint(calledOf(open.child), calledOf(open.writer))}</p>
        <div>
          ${token(visit)}
          <button class="btn" name="do" value="apart">${words.apart}</button>
        </div>
      </form>
    </details>
  `;
}

function lift(visit: Visit, open: OpenReport): Html {
  const words = visit.texts.reports;
  return html`
    <form class="stack tight" method="post" action="/reports/${open.school}/${open.id}">
      <p class="tone wait small">${icon(visit, 'lock')}${' '}${words.apartTitle}</p>
      <div>
        ${token(visit)}
        <button class="btn" name="do" value="together">${words.lift}</button>
      </div>
    </form>
  `;
}

function liftSheet(visit: Visit, open: OpenReport): Html {
  return html`
    <section class="sheet pad">${lift(visit, open)}</section>
  `;
}

function closeForm(visit: Visit, open: OpenReport): Html {
  const words = visit.texts.reports.one;
  return html`
    <form class="sheet pad stack" method="post" action="/reports/${open.school}/${open.id}">
      <h2 class="h3">${words.close}</h2>
      <p class="soft small">${words.closeLead}</p>
      ${textField(visit, {
        name: 'word',
        label: words.word,
        hint: words.wordHint,
        as: { rows: 3, maxlength: MAX_WORD },
      })}
      ${tick({ type: 'checkbox', name: 'letter', value: 'given-back', words: words.giveBack })}
      <div>
        ${token(visit)}
        <button class="btn" name="do" value="closed">
          ${icon(visit, 'check')}${words.closeButton}
        </button>
      </div>
    </form>
  `;
}
