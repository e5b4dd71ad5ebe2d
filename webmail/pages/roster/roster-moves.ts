import { actsForTown } from '../../../core/rules/viewer.ts';
import type {
  MovesDecided,
  ShownMove,
  WithPendingImports,
} from '../../../core/school/imports/pending/contract.ts';
import { table } from '../../components/table.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import { nothingHere } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { reasonField, rosterPage } from './roster-parts.ts';

const FORM = 'decide';

/** GET /roster/moves: children whom heads ask for, and the word of the town. */
export async function rosterMoves(
  visit: Visit<FramePart & WithPendingImports>,
  after: { readonly decided: MovesDecided | null; readonly missing: 'reason' | 'child' | null },
): Promise<Answer> {
  const { core, viewer, texts } = visit;
  if (!actsForTown(viewer)) return MISSING;
  const words = texts.roster.moves;
  const all = await core.pendingImports.moves(viewer);
  const [waiting, refused] = [
    all.filter((one) => one.refused === null),
    all.filter((one) => one.refused !== null),
  ];
  const form = html`
    <form id="${FORM}" method="post" action="/roster/moves" novalidate>${token(visit)}</form>
  `;
  const content = html`
    <div>
      <h1>${words.title(waiting.length)}</h1>
      ${
        waiting.length === 0
          ? NOTHING
          : html`
              <p class="soft">${words.lead}</p>
            `
      }
    </div>
    ${after.missing === null ? NOTHING : banner(visit, 'stop', words.missing[after.missing])}
    ${after.decided === null ? NOTHING : said(visit, after.decided)}
    ${all.length === 0 ? NOTHING : form}
    ${
      waiting.length === 0
        ? nothingHere('satchel', words.none)
        : movesTable(visit, waiting, { caption: words.waiting, all: true })
    }
    ${refusedMoves(visit, refused)}
    <p><a class="btn" href="/roster">${icon(visit, 'back')}${texts.roster.back}</a></p>
  `;
  return rosterPage(visit, {
    title: words.title(waiting.length),
    refused: after.missing !== null,
    content,
    width: all.length === 0 ? 'narrow' : 'full',
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

function movesTable(
  visit: Visit,
  moves: readonly ShownMove[],
  { caption, all = false }: { readonly caption: string; readonly all?: boolean },
): Html {
  const words = visit.texts.roster.moves;
  const heads = [words.child, words.today, words.wanted, words.askedBy];
  return table(visit, { caption, heads, rows: moves.map((one) => row(visit, one)), all });
}

function refusedMoves(visit: Visit, refused: readonly ShownMove[]): Html {
  const words = visit.texts.roster.moves;
  if (refused.length === 0) return NOTHING;
  return html`
    <section class="stack tight" aria-labelledby="no">
      <h2 id="no">${words.refused}</h2>
      ${movesTable(visit, refused, { caption: words.refused })}
    </section>
  `;
}

function row(visit: Visit, one: ShownMove): Html {
  const words = visit.texts.roster.moves;
  const left = html`
    ${' '}
    <span class="badge">${words.left}</span>
  `;
  return html`
    <tr>
      <th scope="row">
        <label class="row choice">
          <input type="checkbox" form="${FORM}" name="move" value="${one.id}" />
          <span>${child(visit, one)}</span>
        </label>
      </th>
      <td>${classAndSchool(visit, one.from)}${one.from.left ? left : NOTHING}</td>
      <td class="into">${classAndSchool(visit, one.to)}</td>
      <td>${askedBy(visit, one)}</td>
    </tr>
  `;
}

/** A child by the name that we know, by the one that the file has, and by the address. */
function child({ texts }: Visit, { name, written, address }: ShownMove): Html {
  const asWritten = html`
    ${' '}
    <span class="soft small">${texts.roster.moves.written(written)}</span>
  `;
  return html`
    <b>${name}</b>
    ${written === name ? NOTHING : asWritten}
    <br />
    <span class="soft small">${address}</span>
  `;
}

function classAndSchool(
  { texts }: Visit,
  { school, className }: { readonly school: string; readonly className: string | null },
): Html {
  return html`
    ${school}
    <br />
    <span class="soft small">${className ?? texts.roster.moves.noClass}</span>
  `;
}

/** Who asked and when, and why the town refused. */
function askedBy({ texts, clock }: Visit, { by, at, refused }: ShownMove): Html {
  const no =
    refused === null
      ? NOTHING
      : html`
          <br />
          <span class="badge stop">${texts.roster.moves.no}</span>
          ${' '}
          <span class="small">${refused.reason}</span>
        `;
  return html`
    ${by ?? ''}
    <br />
    <span class="soft small">${longDate(clock, at)}</span>
    ${no}
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
  visit: Visit<FramePart & WithPendingImports>,
  form: Form,
): Promise<Answer> {
  const { core, viewer } = visit;
  if (!actsForTown(viewer)) return MISSING;
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
