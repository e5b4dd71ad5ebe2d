import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type {
  Draft,
  LetterId,
  OmittedFile,
  Upload,
  WithWritings,
} from '../../../core/mail/writing/contract.ts';
import type {
  CupboardLine,
  FolderAt,
  FolderView,
  ItemRef,
  ServedFile,
  StoredItem,
} from '../../../core/school/cupboard/contract.ts';
import { leftOutSentence } from '../../components/left-out.ts';
import { windowIn } from '../../components/letter-hand.ts';
import { around, framed, sheetMain } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { alertBanner } from '../../frame/said.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { fileSize } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { formPage, MISSING, type Answer } from '../../http/answer.ts';
import { field, fieldsOf, MAX_FILES, type Form } from '../../http/forms.ts';
import type { UntrustedFields } from '../../http/route.ts';
import { cupboardItemIdOf, schoolIdOf } from '../../ids.ts';
import { facts } from './item-row.ts';
import { lineName } from './page.ts';
import {
  cupboardPath,
  cupboardTitle,
  iconOf,
  placeOf,
  queryOf,
  shownName,
  whereIn,
  whereTyped,
  type CupboardPart,
} from './parts.ts';

/** What this page asks of core. */
type PickPart = CupboardPart & WithMail & WithWritings;

/**
 * GET /write/letter/:letter/cupboard: files of a cupboard, to be ticked for the letter that one
 * writes; it is kept meanwhile.
 */
export async function pickFiles(
  visit: Visit<PickPart>,
  letter: LetterId,
  query: UntrustedFields,
): Promise<Answer> {
  const draft = await visit.core.writings.draftOfLetter(visit.viewer, letter);
  return draft === null ? MISSING : show(visit, draft, { at: whereIn(query), troubles: [] });
}

interface Picking {
  /** Null: the first cupboard that they have. */
  readonly at: FolderAt | null;
  readonly troubles: readonly string[];
}

async function show(
  given: Visit<PickPart>,
  draft: Draft,
  { at, troubles }: Picking,
): Promise<Answer> {
  const { core, viewer } = given;
  const where = at ?? (await core.cupboards.list(viewer))[0]?.ref ?? null;
  const view = where && (await core.cupboards.folder(viewer, where, null));
  if (view === null) return MISSING;
  const visit = atSchool(given, view);
  const words = visit.texts.cupboards;
  const near = await around(visit);
  const content = html`
    <h1 id="t">${words.pick.title}</h1>
    ${troubles.map((one) => alertBanner(visit, 'wait', one))} ${cupboardsOf(visit, draft, view)}
    ${wayTo(visit, draft, view)} ${pickForm(visit, draft, view)}
  `;
  const main = sheetMain(visit, near, { shelf: null, content });
  const styles = ['cupboard.css'];
  const body = framed(visit, near, {
    ...{ title: words.pick.title, section: 'write', shelf: null, styles, main },
  });
  return formPage(body, { refused: troubles.length > 0 });
}

const pathOf = ({ letter }: Draft): string => `/write/letter/${letter}/cupboard`;

function cupboardsOf(visit: Visit, draft: Draft, { cupboard, cupboards: all }: FolderView): Html {
  const here = cupboardPath(cupboard);
  const link = (line: CupboardLine): Html => {
    const isHere = cupboardPath(line.ref) === here;
    return html`
      <a
        href="${pathOf(draft)}${queryOf(line.ref)}"
        ${attributes({ 'aria-current': isHere && 'true' })}
      >
        ${lineName(visit, line, all)}
      </a>
    `;
  };
  return html`
    <nav class="cupboards" aria-label="${visit.texts.cupboards.others}">${all.map(link)}</nav>
  `;
}

/** The folders that one is in, each a way back. */
function wayTo(visit: Visit, draft: Draft, view: FolderView): Html {
  if (view.folder === null) return NOTHING;
  const steps = [
    { ref: view.cupboard, name: cupboardTitle(visit, view) },
    ...view.way.slice(0, -1),
  ];
  return html`
    <p class="row">
      ${steps.map(
        ({ ref, name }) => html`
          <a class="btn mini" href="${pathOf(draft)}${queryOf(ref)}">
            ${icon(visit, 'back')}${name}
          </a>
        `,
      )}
      <b>${view.folder.name}</b>
    </p>
  `;
}

function pickForm(visit: Visit, draft: Draft, view: FolderView): Html {
  const words = visit.texts.cupboards;
  const { viewer } = visit;
  const at = placeOf(view);
  const isEmpty = view.items.length === 0;
  const none = html`
    <p class="bare soft">${words.empty[visit.audience]}</p>
  `;
  const join = html`
    <button class="btn main">${icon(visit, 'attach')}${words.pick.join}</button>
  `;
  const used = draft.attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return html`
    <form method="post" action="${pathOf(draft)}" novalidate>
      ${token(visit)}
      <input type="hidden" name="at" value="${queryOf(at).slice(1)}" />
      <fieldset class="picked">
        <legend class="vh">${words.pick.files}</legend>
        ${isEmpty ? none : NOTHING} ${view.items.map((item) => pick(visit, draft, item))}
      </fieldset>
      <p class="row">
        ${isEmpty ? NOTHING : join}
        <a class="btn quiet" href="/write/letter/${draft.letter}">${words.pick.without}</a>
        ${
          used === 0
            ? NOTHING
            : html`
                <span class="small soft">
                  ${words.pick.already(fileSize(viewer.language, used))}
                </span>
              `
        }
      </p>
    </form>
  `;
}

/** A file with its tick, or a folder to be opened. */
function pick(visit: Visit, draft: Draft, item: StoredItem): Html {
  const what = html`
    ${icon(visit, iconOf(item))}
    <span>
      ${shownName(item)}
      <br />
      <span class="small soft">${facts(visit, item)}</span>
    </span>
  `;
  if (item.kind === 'folder')
    return html`
      <a class="pick-one" href="${pathOf(draft)}${queryOf(item.ref)}">${what}</a>
    `;
  return html`
    <label class="pick-one">
      <input type="checkbox" name="file" value="${item.ref.school}/${item.ref.item}" />
      ${what}
    </label>
  `;
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
  const at = whereTyped(field(form, 'at'));
  const again = (troubles: readonly string[]): Promise<Answer> =>
    show(visit, draft, { at, troubles });
  const refs = fieldsOf(form, 'file').slice(0, MAX_FILES).flatMap(refIn);
  const words = texts.cupboards.pick;
  if (refs.length === 0) return again([words.nothing[visit.audience]]);
  const files = await Promise.all(refs.map((ref) => core.cupboards.content(viewer, ref, null)));
  const found = files.filter((one) => one !== null);
  const bytes = found.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const room = core.writings.fileRoom(viewer);
  if (bytes > room) return again([words.tooBig(fileSize(viewer.language, room))]);
  const add: Upload[] = [];
  for (const one of found) add.push(await uploadOf(one));
  const kept = await core.writings.keep(viewer, draft, {
    hand: { letter, previous: draft.ref, ...windowIn(form) },
    ...{ add, drop: [] },
  });
  const omitted = kept.kind === 'sent' ? [] : kept.leftOut;
  if (omitted.length === 0 && found.length === refs.length)
    return { kind: 'go', to: `/write/letter/${letter}` };
  const gone = found.length === refs.length ? [] : [words.gone];
  return again([...gone, ...omitted.map((one) => omittedSentence(visit, one))]);
}

const omittedSentence = (visit: Visit, { name, outcome }: OmittedFile): string =>
  `${name}${visit.texts.colon}${leftOutSentence(visit, outcome)}`;

function refIn(value: string): readonly ItemRef[] {
  const [first, second] = value.split('/');
  const [school, item] = [schoolIdOf(first), cupboardItemIdOf(second)];
  return school === null || item === null ? [] : [{ school, item }];
}

/** All of a file, as a letter takes it. */
async function uploadOf({ name, mediaType, read }: ServedFile): Promise<Upload> {
  const pieces: Buffer[] = [];
  for await (const piece of read()) pieces.push(piece);
  return { name, mediaType, bytes: Buffer.concat(pieces) };
}
