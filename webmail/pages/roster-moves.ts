import type { MovesDecided, ShownMove } from '../../core/core.ts';
import { MISSING, type Answer } from '../answer.ts';
import { field, fieldsOf, type Form } from '../forms.ts';
import type { FramePart } from '../frame.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { icon, token } from '../parts.ts';
import { banner, reasonField, rosterPage, table } from '../roster-parts.ts';
import type { Visit } from '../visit.ts';
import { longDate } from '../when.ts';

const FORM = 'decide';

/** GET /roster/moves: children whom heads ask for, and the word of the town. */
export async function rosterMoves(
  visit: Visit<FramePart | 'pendingImports'>,
  after: { readonly decided: MovesDecided | null; readonly missing: 'reason' | 'child' | null },
): Promise<Answer> {
  const { core, viewer, texts } = visit;
  if (viewer.role !== 'agent') return MISSING;
  const words = texts.roster.moves;
  const all = await core.pendingImports.moves(viewer);
  const [waiting, refused] = [
    all.filter((one) => one.refused === null),
    all.filter((one) => one.refused !== null),
  ];
  const heads = [words.child, words.today, words.wanted, words.askedBy];
  const content = html`
    <div>
      <h1>${words.title(waiting.length)}</h1>
      <p class="soft">${words.lead}</p>
    </div>
    ${after.missing === null ? NOTHING : banner(visit, 'stop', words.missing[after.missing])}
    ${after.decided === null ? NOTHING : said(visit, after.decided)}
    ${
      all.length === 0
        ? NOTHING
        : html`
            <form id="${FORM}" method="post" action="/roster/moves">${token(visit)}</form>
          `
    }
    ${
      waiting.length === 0
        ? NOTHING
        : html`
            ${table(visit, { caption: words.waiting, heads, rows: waiting.map((one) => row(visit, one)), all: true })}
          `
    }
    ${
      refused.length === 0
        ? NOTHING
        : html`
            <section class="stack tight" aria-labelledby="no">
              <h2 id="no">${words.refused}</h2>
              ${table(visit, { caption: words.refused, heads, rows: refused.map((one) => row(visit, one)) })}
            </section>
          `
    }
    <p><a class="btn" href="/roster">${icon(visit, 'back')}${texts.roster.back}</a></p>
  `;
  return rosterPage(visit, {
    title: words.title(waiting.length),
    status: after.missing === null ? 200 : 422,
    content,
    width: 'full',
    ...(all.length === 0 ? {} : { bar: bar(visit) }),
  });
}

function said(visit: Visit, { moved, unclear, refused }: MovesDecided): Html {
  const words = visit.texts.roster.moves;
  return html`
    ${moved > 0 ? banner(visit, 'ok', words.moved(moved)) : NOTHING}
    ${refused > 0 ? banner(visit, 'ok', words.saidNo(refused)) : NOTHING}
    ${unclear > 0 ? banner(visit, 'wait', words.unclear(unclear)) : NOTHING}
  `;
}

function row(visit: Visit, one: ShownMove): Html {
  const { texts, viewer, now } = visit;
  const words = texts.roster.moves;
  const place = (school: string, className: string | null) => html`
    ${school}
    <br />
    <span class="soft small">${className ?? words.noClass}</span>
  `;
  const name = html`
    <b>${one.name}</b>
    ${
      one.written === one.name
        ? NOTHING
        : html`
            ${' '}
            <span class="soft small">${words.written(one.written)}</span>
          `
    }
    <br />
    <span class="soft small">${one.address}</span>
  `;
  const pick = html`
    <label class="row choice">
      <input type="checkbox" form="${FORM}" name="move" value="${one.id}" />
      <span>${name}</span>
    </label>
  `;
  const no =
    one.refused === null
      ? NOTHING
      : html`
          <br />
          <span class="badge stop">${words.no}</span>
          ${' '}
          <span class="small">${one.refused.reason}</span>
        `;
  return html`
    <tr>
      <th scope="row">${pick}</th>
      <td>
        ${place(one.from.school, one.from.className)}
        ${
          one.from.left
            ? html`
                ${' '}
                <span class="badge">${words.left}</span>
              `
            : NOTHING
        }
      </td>
      <td>${place(one.to.school, one.to.className)}</td>
      <td>
        ${one.by ?? ''}
        <br />
        <span class="soft small">${longDate(viewer.language, one.at, now)}</span>
        ${no}
      </td>
    </tr>
  `;
}

function bar(visit: Visit): Html {
  const words = visit.texts.roster.moves;
  return html`
    <div class="bar">
      <p class="grow soft">${words.foot}</p>
      ${reasonField(visit, { label: words.reason, form: FORM })}
      <button class="btn no" form="${FORM}" name="act" value="refuse">
        ${icon(visit, 'close')}${words.refuse}
      </button>
      <button class="btn main" form="${FORM}" name="act" value="agree">
        ${icon(visit, 'check')}${words.agree}
      </button>
    </div>
  `;
}

/** POST /roster/moves: yes or no to the children who are ticked. */
export async function decideMoves(
  visit: Visit<FramePart | 'pendingImports'>,
  form: Form,
): Promise<Answer> {
  const { core, viewer } = visit;
  if (viewer.role !== 'agent') return MISSING;
  const ids = fieldsOf(form, 'move').map(Number).filter(Number.isSafeInteger);
  const reason = field(form, 'reason').trim().slice(0, 200);
  if (ids.length === 0) return rosterMoves(visit, { decided: null, missing: 'child' });
  if (reason === '') return rosterMoves(visit, { decided: null, missing: 'reason' });
  return rosterMoves(visit, {
    decided: await core.pendingImports.decideMoves(viewer, {
      ids,
      agree: field(form, 'act') === 'agree',
      reason,
    }),
    missing: null,
  });
}
