import type { LetterId } from '../../../core/ground/ids.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type { Draft, OmittedFile, WithWritings } from '../../../core/mail/writing/contract.ts';
import { leftOutSentence } from '../../components/left-out.ts';
import { windowIn } from '../../components/letter-hand.ts';
import { storedIn } from '../../components/stored-files.ts';
import { surroundingsOf, framed, sheetMain } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { alertBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { fileSize } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { formPage, MISSING, page, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import type { UntrustedFields } from '../../http/route.ts';
import { placeOf, queryOf, whereTyped, type CupboardPart } from './parts.ts';
import { lookedAt, pickingIn, pickList, pickWays, type Picking } from './picking.ts';

/** What this page asks of core. */
type PickPart = CupboardPart & WithMail & WithWritings;

/**
 * GET /write/letter/:letter/cupboard: files of a cupboard, to be ticked for the letter that one
 * writes, where no script lays them over it; it is kept meanwhile.
 */
export async function pickFiles(
  visit: Visit<PickPart>,
  letter: LetterId,
  query: UntrustedFields,
): Promise<Answer> {
  const draft = await visit.core.writings.draftOfLetter(visit.viewer, letter);
  return draft === null ? MISSING : show(visit, draft, { picking: pickingIn(query), troubles: [] });
}

const pathOf = ({ letter }: Draft): string => `/write/letter/${letter}/cupboard`;

async function show(
  given: Visit<PickPart>,
  draft: Draft,
  { picking, troubles }: { readonly picking: Picking; readonly troubles: readonly string[] },
): Promise<Answer> {
  const looked = await lookedAt(given, picking);
  if (looked === null) return MISSING;
  const { view } = looked;
  const visit = { ...given, ...looked.visit };
  const words = visit.texts.cupboards;
  const surroundings = await surroundingsOf(visit);
  const base = pathOf(draft);
  const content = html`
    <h1 id="t">${words.pick.title}</h1>
    ${troubles.map((one) => alertBanner(visit, 'wait', one))} ${pickWays(looked, base, picking.q)}
    <form method="post" action="${base}" novalidate>
      ${token(visit)}
      <input type="hidden" name="at" value="${queryOf(placeOf(view)).slice(1)}" />
      ${pickList(looked, base)} ${pickEnd(visit, draft)}
    </form>
  `;
  const main = sheetMain(visit, surroundings, { shelf: null, content });
  const styles = ['cupboard.css'];
  const body = framed(visit, surroundings, {
    title: words.pick.title,
    section: 'write',
    shelf: null,
    styles,
    main,
  });
  return formPage(body, { refused: troubles.length > 0 });
}

/** The press that joins them, and the way back without. */
function pickEnd(visit: Visit, draft: Draft): Html {
  const words = visit.texts.cupboards.pick;
  const used = draft.attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const already = html`
    <span class="small soft">${words.already(fileSize(visit.viewer.language, used))}</span>
  `;
  return html`
    <p class="row">
      <button class="btn main">${icon(visit, 'attach')}${words.join}</button>
      <a class="btn quiet" href="/write/letter/${draft.letter}">${words.without}</a>
      ${used === 0 ? NOTHING : already}
    </p>
  `;
}

/** Where the layer looks. */
const LAYER = '/write/cupboard';

/** GET /write/cupboard: the same as a layer that a script lays over the page of the letter. */
export async function pickLayer(
  given: Visit<CupboardPart>,
  query: UntrustedFields,
): Promise<Answer> {
  const picking = pickingIn(query);
  const looked = await lookedAt(given, picking);
  if (looked === null) return MISSING;
  const { visit } = looked;
  const words = visit.texts.cupboards.pick;
  return page(html`
    <div
      class="pick-over"
      role="dialog"
      aria-modal="true"
      aria-labelledby="pick-t"
      data-pick-layer
      data-look="${visit.asset('cupboard.css')}"
      data-lost="${words.lost[visit.audience]}"
      data-nothing="${words.nothing[visit.audience]}"
      data-one="${words.joinOne}"
      data-many="${words.joinMany('%n')}"
    >
      <div class="sheet pad">
        <h2 class="h1" id="pick-t">${words.title}</h2>
        <div data-picks>${pickWays(looked, LAYER, picking.q)} ${pickList(looked, LAYER)}</div>
        <p class="err" role="alert" data-pick-says hidden></p>
        <p class="row pick-end">
          <button class="btn main" type="button" data-join>
            ${icon(visit, 'attach')}
            <span>${words.join}</span>
          </button>
          <button class="btn quiet" type="button" data-away>
            ${icon(visit, 'back')}${words.without}
          </button>
        </p>
      </div>
    </div>
  `);
}

/** POST /write/letter/:letter/cupboard: what was ticked goes into the letter. */
export async function attachFiles(
  visit: Visit<PickPart>,
  letter: LetterId,
  form: Form,
): Promise<Answer> {
  const { core, viewer, texts } = visit;
  const draft = await core.writings.draftOfLetter(viewer, letter);
  if (draft === null) return MISSING;
  const picking = { at: whereTyped(field(form, 'at')), after: null, q: '' };
  const { add, left } = await storedIn(visit, form, 'file');
  if (add.length === 0) {
    const nothing = texts.cupboards.pick.nothing[visit.audience];
    return show(visit, draft, { picking, troubles: left.length === 0 ? [nothing] : left });
  }
  const kept = await core.writings.keep(viewer, draft, {
    hand: { letter, previous: draft.ref, ...windowIn(form) },
    add,
    drop: [],
  });
  const omitted = kept.kind === 'sent' ? [] : kept.leftOut;
  if (omitted.length + left.length === 0) return { kind: 'go', to: `/write/letter/${letter}` };
  return show(visit, draft, {
    picking,
    troubles: [...left, ...omitted.map((one) => omittedSentence(visit, one))],
  });
}

const omittedSentence = (visit: Visit, { name, outcome }: OmittedFile): string =>
  `${name}${visit.texts.colon}${leftOutSentence(visit, outcome)}`;
