import { isKeyOf } from '../../../core/ground/keys.ts';
import type { ApartPair, ReportLine, WithReports } from '../../../core/mail/reports/contract.ts';
import { actsForTown } from '../../../core/rules/viewer.ts';
import type { ReportNumbers } from '../../../core/store/town/contract.ts';
import { formOf, isRefused, type Filled } from '../../components/form.ts';
import { heldTabs } from '../../components/held-tabs.ts';
import { surroundingsOf, framed, mayHelp, type FramePart } from '../../frame/frame.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import { calledOf, faceOf, label, token } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import { nothingHere } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { formPage, MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { schoolIdOf } from '../../ids.ts';
import { stateOf } from './report-parts.ts';

type Asked = FramePart & WithReports<'list' | 'apart' | 'numbers' | 'contact'>;

interface Shown {
  readonly open: readonly ReportLine[];
  readonly closed: readonly ReportLine[];
  readonly apart: readonly ApartPair[];
  readonly numbers: readonly ReportNumbers[];
  /** Null: none is named, or it isn't theirs to name one. */
  readonly contact: string | null;
  readonly form: ContactForm;
  readonly said: unknown;
}

const CONTACT_FORM = formOf({ address: { as: { type: 'email', autocomplete: 'off' } } });
type ContactForm = Filled<'address'>;

/** GET /reports: children who need this adult, who is kept apart, numbers, what is over. */
export async function reports(
  visit: Visit<Asked>,
  said: unknown,
  typed: ContactForm | null = null,
): Promise<Answer> {
  if (!mayHelp(visit)) return MISSING;
  const { core, viewer } = visit;
  const [surroundings, open, closed, apart, numbers, contact] = await Promise.all([
    surroundingsOf(visit),
    core.reports.list(viewer, 'open'),
    core.reports.list(viewer, 'closed'),
    core.reports.apart(viewer),
    core.reports.numbers(viewer),
    actsForTown(viewer) ? core.reports.contact() : null,
  ]);
  const form = typed ?? CONTACT_FORM.blank({ address: contact ?? '' });
  const shown = { open, closed, apart, numbers, contact, form, said };
  return formPage(reportsView(visit, surroundings, shown), { refused: isRefused(form) });
}

function reportsView(visit: Visit, surroundings: PageSurroundings, shown: Shown): Html {
  const { texts, viewer } = visit;
  const words = texts.reports;
  const isOfTown = actsForTown(viewer);
  const agent = isOfTown ? words.agent : words.agentOfCommunes;
  const moderates = viewer.role === 'teacher' || viewer.heads;
  const main = html`
    <main id="main" class="body narrow">
      <div class="stack wide">
        <div>
          <h1>
            ${shown.open.length > 0 || moderates ? words.title(shown.open.length) : agent.title}
          </h1>
          <p class="soft">${viewer.role === 'agent' ? agent.lead : words.lead}</p>
        </div>
        ${moderates ? heldTabs(visit, { ...surroundings, here: 'reports' }) : NOTHING}
        ${reportSaid(visit, shown.said)}
        ${isOfTown && shown.contact === null ? banner(visit, 'wait', words.noContact) : NOTHING}
        ${shown.open.length > 0 || moderates ? openList(visit, shown.open) : NOTHING}
        ${apartList(visit, shown.apart)} ${numbersSheet(visit, shown.numbers)}
        ${closedList(visit, shown.closed)} ${isOfTown ? contactForm(visit, shown.form) : NOTHING}
      </div>
    </main>
  `;
  return framed(visit, surroundings, {
    title: words.nav,
    section: 'held',
    shelf: null,
    main,
    styles: ['held.css', 'reports.css'],
  });
}

/** What became of the act before; nothing for a word that isn't ours. */
export function reportSaid(visit: Visit, said: unknown): Html {
  const words = visit.texts.reports.said;
  if (!isKeyOf(words, said)) return NOTHING;
  const isGood = said === 'done' || said === 'lifted' || said === 'named';
  return banner(visit, isGood ? 'ok' : 'wait', words[said]);
}

function openList(visit: Visit, open: readonly ReportLine[]): Html {
  if (open.length === 0) return nothingHere('sunrise', visit.texts.reports.none);
  return html`
    <ol class="stack plain">
      ${open.map((one) => reportRow(visit, one))}
    </ol>
  `;
}

function reportRow(visit: Visit, one: ReportLine): Html {
  const { clock, texts } = visit;
  const words = texts.reports;
  const closed = one.closedAt === null ? null : words.state.closed(longDate(clock, one.closedAt));
  return html`
    <li class="sheet margin">
      <div class="in">
        <div class="who-side">${faceOf(visit, one.child)}</div>
        <div class="split">
          <h2 class="h3">${calledOf(one.child)}</h2>
          ${stateOf(visit, one, closed)}
        </div>
        <div class="split">
          <p class="soft small">
            ${classLabel(one)}${words.from}${' '}${calledOf(one.writer)},${' '}
            ${words.when(longDate(clock, one.at))}
          </p>
          <a
            class="btn${one.closedAt === null ? ' main' : ''}"
            href="/reports/${one.school}/${one.id}"
          >
            ${words.open}
          </a>
        </div>
      </div>
    </li>
  `;
}

/** The class of the child who reported; nothing where they have none. */
export function classLabel({ className, child }: ReportLine): Html {
  if (className === '') return NOTHING;
  return html`
    ${label(className, child.cover)}${' '}
  `;
}

function closedList(visit: Visit, closed: readonly ReportLine[]): Html {
  if (closed.length === 0) return NOTHING;
  return html`
    <details class="closed">
      <summary>
        ${visit.texts.reports.counted(visit.texts.reports.closedTitle, closed.length)}
      </summary>
      <ol class="stack plain">
        ${closed.map((one) => reportRow(visit, one))}
      </ol>
    </details>
  `;
}

function apartList(visit: Visit, pairs: readonly ApartPair[]): Html {
  if (pairs.length === 0) return NOTHING;
  const { clock, texts } = visit;
  const words = texts.reports;
  return html`
    <section class="sheet pad stack" aria-labelledby="apart">
      <h2 class="h3" id="apart">${words.apartTitle}</h2>
      <p class="soft small">${words.apartLead}</p>
      <ul class="plain pairs">
        ${pairs.map(
          (pair) => html`
            <li class="split">
              <span class="row">
                ${faceOf(visit, pair.one, 's')}
                <span>${calledOf(pair.one)}</span>
                <span>${words.and}</span>
                ${faceOf(visit, pair.other, 's')}
                <span>${calledOf(pair.other)}</span>
                <span class="soft small">${words.apartBy(pair.by, longDate(clock, pair.at))}</span>
              </span>
              <form method="post" action="/reports/together">
                ${token(visit)}
                <input type="hidden" name="school" value="${pair.school}" />
                <input type="hidden" name="one" value="${pair.one.address}" />
                <input type="hidden" name="other" value="${pair.other.address}" />
                <button class="btn">${words.lift}</button>
              </form>
            </li>
          `,
        )}
      </ul>
    </section>
  `;
}

/** A head's own school in a sentence; every school of the town in a table, for agents. */
function numbersSheet(visit: Visit, numbers: readonly ReportNumbers[]): Html {
  const { viewer, texts } = visit;
  const words = texts.reports;
  if (numbers.length === 0 && viewer.role !== 'agent') return NOTHING;
  const lines = numbers.map(({ name, open, closed, medianHours }) => {
    const took = medianHours === null ? '' : `, ${words.median(medianHours)}`;
    return html`
      <li class="split">
        <b>${name}</b>
        <span>${words.numbers(open, closed)}${took}</span>
      </li>
    `;
  });
  return html`
    <section class="sheet pad stack" aria-labelledby="numbers">
      <h2 class="h3" id="numbers">${words.numbersTitle}</h2>
      ${
        viewer.role === 'agent'
          ? NOTHING
          : html`
              <p class="soft small">${words.numbersWithout}</p>
            `
      }
      ${
        lines.length === 0
          ? html`
              <p class="soft">${words.noNumbers}</p>
            `
          : html`
              <ul class="plain pairs">
                ${lines}
              </ul>
            `
      }
    </section>
  `;
}

function contactForm(visit: Visit, form: ContactForm): Html {
  const words = visit.texts.reports.contact;
  return html`
    <form class="sheet pad stack" id="who" method="post" action="/reports/contact" novalidate>
      <h2 class="h3">${words.title}</h2>
      <p class="soft small">${words.lead}</p>
      ${CONTACT_FORM.shown(visit, form).line('address', {
        id: 'contact',
        label: words.address,
        hint: words.hint,
      })}
      <div>
        ${token(visit)}
        <button class="btn main">${words.save}</button>
      </div>
    </form>
  `;
}

/** POST /reports/contact: whom reports about an adult go to. */
export async function nameContact(
  visit: Visit<Asked & WithReports<'nameContact'>>,
  form: Form,
): Promise<Answer> {
  const typed = CONTACT_FORM.typedIn(form);
  const done = await visit.core.reports.nameContact(visit.viewer, typed.address);
  if (done === 'missing') return MISSING;
  if (done === 'done') return { kind: 'go', to: '/reports?said=named' };
  return reports(visit, null, { typed, wrong: { address: visit.texts.reports.said[done] } });
}

/** POST /reports/together: two children may write to each other again. */
export async function letTogether(
  visit: Visit<WithReports<'letTogether'>>,
  form: Form,
): Promise<Answer> {
  const school = schoolIdOf(field(form, 'school'));
  if (school === null) return MISSING;
  const pair = { school, one: field(form, 'one'), other: field(form, 'other') };
  const done = await visit.core.reports.letTogether(visit.viewer, pair);
  return done ? { kind: 'go', to: '/reports?said=lifted' } : MISSING;
}
