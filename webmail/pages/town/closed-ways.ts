import { BOARD_DOOR, MAILBOX_DOOR } from '../../../core/ground/doors.ts';
import type { IsolationWays } from '../../../core/town/isolation/contract.ts';
import { MAX_REASON } from '../../components/ask-why.ts';
import { lineField } from '../../components/field.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';

/** The ways that are closed, each with the form that asks for it to be opened again. */
export function closedSheet(visit: Visit, { closed, waiting }: IsolationWays): Html {
  const words = visit.texts.isolation.closed;
  if (closed.length === 0) return NOTHING;
  return html`
    <section class="sheet pad stack" aria-labelledby="closed">
      <div>
        <h2 id="closed">${words.title(closed.length)}</h2>
        <p class="soft">${words.about(closed.length)}${' '} ${words.waiting(waiting)}</p>
      </div>
      ${closed.map((way, index) => wayForm(visit, way, index))}
    </section>
  `;
}

function wayForm(visit: Visit, way: IsolationWays['closed'][number], index: number): Html {
  const { texts, clock } = visit;
  const words = texts.isolation.closed;
  const name = html`
    <h3>${texts.isolation.doors[way.door]}</h3>
    <p class="soft small">
      ${way.schoolName ?? words.allSchools}. ${words.since(longDate(clock, way.closedAt))}${' '}
      ${way.door === MAILBOX_DOOR || way.door === BOARD_DOOR ? words.only[way.door] : NOTHING}
    </p>
  `;
  if (way.asked !== null)
    return html`
      <div class="stack tight">
        ${name}
        <p>${words.asked(longDate(clock, way.asked.at), way.asked.reason)}</p>
      </div>
    `;
  return html`
    <form class="stack tight" method="post" action="/agents/isolation/open" novalidate>
      ${name} ${token(visit)}
      <input type="hidden" name="school" value="${way.school}" />
      <input type="hidden" name="door" value="${way.door}" />
      ${lineField(visit, {
        name: 'reason',
        id: `why-${index}`,
        label: words.why,
        hint: words.whyHint,
        as: { maxlength: MAX_REASON, required: true },
      })}
      <div class="row">
        <button class="btn">${icon(visit, 'undo')}${words.ask}</button>
      </div>
    </form>
  `;
}
