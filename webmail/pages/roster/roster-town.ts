import { finished } from 'node:stream';
import type { WithConfig } from '../../../core/ground/config.ts';
import type { SchoolId } from '../../../core/ground/ids.ts';
import type { WithLog } from '../../../core/ground/log.ts';
import { actsForTown } from '../../../core/rules/viewer.ts';
import type {
  ShownBatch,
  WithPendingImports,
} from '../../../core/school/imports/pending/contract.ts';
import type { BatchOutcome } from '../../../core/store/schools/contract.ts';
import { drawn, untilOf } from '../../components/code-sheet.ts';
import { table } from '../../components/table.ts';
import { leftOutOf } from '../../components/unsent.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { numberOf, schoolIdOf } from '../../ids.ts';
import { sheetArchive, type SheetFolder } from '../../sheets/archive.ts';
import { sheetFileName } from '../../sheets/file-name.ts';
import { codesSheet, countsText, reasonField, rosterPage } from './roster-parts.ts';
import { roster } from './roster.ts';

type BatchSchool = ShownBatch['schools'][number];

/** The schools in the order in which they need a person. */
const ORDER = {
  asks: 0,
  refused: 1,
  broken: 2,
  ready: 3,
  applied: 4,
  rehearsed: 5,
  nothing: 6,
} as const satisfies Record<BatchOutcome['kind'], number>;

/** How an outcome looks; '' is no colour. */
const TONES = {
  asks: 'wait',
  refused: 'stop',
  broken: 'stop',
  ready: '',
  applied: 'ok',
  rehearsed: 'ok',
  nothing: '',
} as const satisfies Record<BatchOutcome['kind'], string>;

/** POST /roster/town: the archive of all schools. */
export async function giveTown(
  visit: Visit<FramePart & WithPendingImports>,
  form: Form,
): Promise<Answer> {
  const { core, viewer, texts } = visit;
  const [file] = form.files;
  if (!actsForTown(viewer)) return MISSING;
  if (file === undefined)
    return roster(visit, leftOutOf(visit, form)[0] ?? texts.roster.upload.none);
  const given = await core.pendingImports.uploadTown(viewer, {
    year: field(form, 'year'),
    file: { name: file.name, bytes: file.bytes },
  });
  if (given === null) return MISSING;
  return given.kind === 'refused'
    ? roster(visit, given.sentence)
    : { kind: 'go', to: `/roster/town/${given.id}` };
}

/** What was just said on a batch's page, or for which act the reason is missing. */
interface AfterBatch {
  readonly said: unknown;
  readonly lacking: 'apply' | 'codes' | null;
}

/**
 * GET /roster/town/:batch: each school, how it stands, and the one step for those that are ready.
 */
export async function townBatch(
  visit: Visit<FramePart & WithPendingImports<'batch' | 'schools'>>,
  id: number,
  { said, lacking }: AfterBatch,
): Promise<Answer> {
  const batch = await visit.core.pendingImports.batch(visit.viewer, id);
  if (batch === null) return MISSING;
  const { texts, clock } = visit;
  const words = texts.roster.town;
  const works = isAtWork(batch);
  const wrongOf = (act: AfterBatch['lacking']) =>
    lacking === act ? texts.roster.preview.reasonMissing : null;
  const state = { reading: '', open: words.open, applying: '', over: words.over }[batch.state];
  const left = batch.state === 'reading' ? words.leftReading : words.leftAlone;
  const unknown = words.unknown(texts.list(batch.unknown));
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">
        <span class="mono">${batch.fileName}</span>
        , ${longDate(clock, batch.at)}. ${words.year(batch.year)}.
        <b>${state}</b>
      </p>
    </div>
    ${works ? progress(visit, batch) : NOTHING}
    ${batch.leftAlone ? banner(visit, 'wait', left) : NOTHING}
    ${batch.unknown.length === 0 ? NOTHING : banner(visit, 'wait', unknown)}
    ${works ? NOTHING : await straysForm(visit, batch)}
    ${works ? NOTHING : askedBanner(visit, batch)} ${works ? NOTHING : sums(visit, batch)}
    ${said === 'whose' ? banner(visit, 'stop', words.whoseMissing) : NOTHING}
    ${said === 'not-placed' ? banner(visit, 'stop', words.notPlaced) : NOTHING}
    ${said === 'codes-given' ? banner(visit, 'wait', texts.roster.done.codesGiven) : NOTHING}
    ${works ? NOTHING : codesForm(visit, batch, wrongOf('codes'))}${schoolsTable(visit, batch)}
  `;
  return rosterPage(visit, {
    title: words.title,
    refused: lacking !== null,
    content,
    width: 'full',
    ...(works || batch.state === 'reading' ? {} : { bar: bar(visit, batch, wrongOf('apply')) }),
  });
}

const isAtWork = (batch: ShownBatch): boolean =>
  (batch.state === 'reading' || batch.state === 'applying') && !batch.leftAlone;

/** What needs a person first, what waits for us last. */
const urgency = ({ outcome }: BatchSchool): number =>
  outcome === null ? Object.keys(ORDER).length : ORDER[outcome.kind];
const byNeed = (one: BatchSchool, other: BatchSchool): number =>
  urgency(one) - urgency(other) || one.school.name.localeCompare(other.school.name, 'fr');

/** What a batch is doing, in words; null when nothing runs. */
export function progressText({ texts }: Pick<Visit, 'texts'>, batch: ShownBatch): string | null {
  if (!isAtWork(batch)) return null;
  return batch.state === 'reading'
    ? texts.roster.town.reading(batch.done, batch.of)
    : texts.roster.town.applying(batch.done, batch.of);
}

function progress(visit: Visit, batch: ShownBatch): Html {
  const said = progressText(visit, batch) ?? '';
  return html`
    <section class="sheet pad stack tight" data-progress="/roster/town/${batch.id}/events">
      <p><b data-said role="status">${said}</b></p>
      <progress
        max="${Math.max(1, batch.of)}"
        value="${batch.done}"
        aria-label="${visit.texts.roster.town.title}"
      ></progress>
      <p>
        <a class="link low" href="/roster/town/${batch.id}">${visit.texts.roster.town.refresh}</a>
      </p>
    </section>
  `;
}

function sums({ texts }: Visit, { schools }: ShownBatch): Html {
  const said = texts.roster.town.sums;
  const sum = (kind: keyof typeof said, of: readonly BatchOutcome['kind'][], tone = '') => {
    const count = schools.filter(({ outcome }) => of.some((one) => one === outcome?.kind)).length;
    const toned = attributes({ class: tone === '' ? null : `tone ${tone}` });
    return count === 0 ? NOTHING : html`<li${toned}><b>${count}</b>${said[kind](count)}</li>`;
  };
  return html`
    <ul class="sums sheet num">
      ${sum('asks', ['asks'], 'wait')} ${sum('refused', ['refused', 'broken'], 'stop')}
      ${sum('ready', ['ready'])} ${sum('applied', ['applied', 'rehearsed'], 'ok')}
      ${sum('same', ['nothing'])}
    </ul>
  `;
}

function schoolsTable(visit: Visit, { schools }: ShownBatch): Html {
  const words = visit.texts.roster.town;
  return table(visit, {
    caption: words.title,
    heads: [words.school, words.stands, words.changes],
    rows: schools.toSorted(byNeed).map((one) => schoolRow(visit, one)),
    all: true,
  });
}

function schoolRow(visit: Visit, one: BatchSchool): Html {
  const words = visit.texts.roster.town;
  const { outcome } = one;
  const why = whyNot(visit, outcome);
  const more =
    why === ''
      ? NOTHING
      : html`
          <br />
          <span class="small">${why}</span>
        `;
  return html`
    <tr>
      <th scope="row"><a href="${wayOn(one)}">${one.school.name}</a></th>
      <td>
        <span class="badge ${outcome === null ? '' : TONES[outcome.kind]}">
          ${words.outcome[outcome === null ? 'waiting' : outcome.kind]}
        </span>
        ${more}
      </td>
      <td>${outcome !== null && 'counts' in outcome ? countsText(visit, outcome.counts) : ''}</td>
    </tr>
  `;
}

/** To the import that was made, or else to its draft, or else to the school's imports. */
function wayOn({ school, draft, outcome }: BatchSchool): string {
  if (outcome !== null && 'import' in outcome && outcome.import !== null)
    return `/roster/${school.id}/import/${outcome.import}`;
  return draft === null ? `/roster/${school.id}` : `/roster/${school.id}/draft/${draft}`;
}

/** Why a school isn't done yet, where somebody must do something; '' otherwise. */
function whyNot({ texts }: Visit, outcome: BatchOutcome | null): string {
  if (outcome?.kind === 'refused') return outcome.sentence;
  if (outcome?.kind !== 'asks') return '';
  return outcome.stops.map((stop) => texts.roster.town.stops[stop] ?? stop).join(', ');
}

function bar(visit: Visit, batch: ShownBatch, wrong: string | null): Html {
  const words = visit.texts.roster.town;
  const ready = batch.schools.filter(({ outcome }) => outcome?.kind === 'ready').length;
  if (ready === 0) {
    const someAsk = batch.schools.some(({ outcome }) => outcome?.kind === 'asks');
    return html`
      <div class="bar">
        <p class="grow">${someAsk ? words.nothingReady : words.over}</p>
        <a class="btn" href="/roster">${icon(visit, 'back')}${visit.texts.roster.back}</a>
      </div>
    `;
  }
  return html`
    <form class="bar" method="post" action="/roster/town/${batch.id}/apply" novalidate>
      ${token(visit)}
      <p class="grow soft">${visit.texts.roster.preview.undoable}</p>
      ${reasonField(visit, { label: words.reason, form: null, wrong })}
      <button class="btn main">
        ${icon(visit, 'check')}${batch.leftAlone ? words.goOn : words.apply(ready)}
      </button>
    </form>
  `;
}

const hasAccounts = ({ outcome }: BatchSchool): boolean =>
  outcome?.kind === 'applied' || outcome?.kind === 'nothing';

/** How many lines of the schools applied wait for an answer. */
function askedBanner(visit: Visit, { schools }: ShownBatch): Html {
  const words = visit.texts.questions;
  const asked = schools.reduce(
    (sum, { outcome }) => sum + (outcome?.kind === 'applied' ? (outcome.counts['asked'] ?? 0) : 0),
    0,
  );
  if (asked === 0) return NOTHING;
  const text = html`
    ${words.ask(asked)}${' '}
    <a href="/roster/questions">${words.see}</a>
  `;
  return banner(visit, 'wait', text);
}

/** Files whose school nobody could tell, each with the schools that they may be of. */
async function straysForm(
  visit: Visit<WithPendingImports<'schools'>>,
  { id, strays }: ShownBatch,
): Promise<Html> {
  if (strays.length === 0) return NOTHING;
  const words = visit.texts.roster.town;
  const schools = await visit.core.pendingImports.schools(visit.viewer);
  const option = (one: { readonly id: number; readonly name: string }) => html`
    <option value="${one.id}">${one.name}</option>
  `;
  const rows = strays.map(
    ({ draft, name, mayBe }) => html`
      <li>
        <form class="row" method="post" action="/roster/town/${id}/place" novalidate>
          ${token(visit)}
          <input type="hidden" name="draft" value="${draft}" />
          <label class="grow" for="stray-${draft}">
            <span class="mono">${name}</span>
            ${' '}
            <span class="soft small">${mayBe.length === 0 ? words.nobodys : words.severals}</span>
          </label>
          <select class="input" id="stray-${draft}" name="school" required>
            <option value="">${words.whose}</option>
            ${(mayBe.length === 0 ? schools : mayBe).map(option)}
          </select>
          <button class="btn">${words.place}</button>
        </form>
      </li>
    `,
  );
  return html`
    <section class="sheet pad stack" aria-labelledby="st">
      <h2 id="st">${words.strays}</h2>
      <p>${words.straysHint}</p>
      <ul class="stack tight">
        ${rows}
      </ul>
    </section>
  `;
}

/** POST /roster/town/:batch/place: whose files these are. */
export async function placeStray(
  visit: Visit<WithPendingImports>,
  batch: number,
  form: Form,
): Promise<Answer> {
  if ((await visit.core.pendingImports.batch(visit.viewer, batch)) === null) return MISSING;
  const here = `/roster/town/${batch}`;
  if (field(form, 'school') === '') return { kind: 'go', to: `${here}?said=whose` };
  const [draft, school] = [numberOf(field(form, 'draft')), schoolIdOf(field(form, 'school'))];
  const placed =
    draft !== null &&
    school !== null &&
    (await visit.core.pendingImports.placeStray(visit.viewer, { batch, draft, school }));
  return { kind: 'go', to: placed ? here : `${here}?said=not-placed` };
}

/** The sheets of everybody in these schools who has no way in yet, in one archive. */
function codesForm(visit: Visit, batch: ShownBatch, wrong: string | null): Html {
  const words = visit.texts.roster;
  const schools = batch.schools.filter(hasAccounts).length;
  if (schools === 0) return NOTHING;
  return codesSheet(visit, {
    action: `/roster/town/${batch.id}/codes`,
    hint: words.town.codesHint,
    make: words.town.codesMake(schools),
    look: 'btn',
    wrong,
  });
}

/**
 * POST /roster/town/:batch/codes: school by school, each one's codes made when the archive has come
 * to it.
 */
export async function townCodes(
  visit: Visit<FramePart & WithConfig & WithLog & WithPendingImports>,
  id: number,
  form: Form,
): Promise<Answer> {
  const { core, viewer, texts } = visit;
  const batch = await core.pendingImports.batch(viewer, id);
  if (batch === null) return MISSING;
  const here = `/roster/town/${id}`;
  const reason = field(form, 'reason').trim().slice(0, 200);
  if (reason === '') return townBatch(visit, id, { said: null, lacking: 'codes' });
  const lost = lostSheets(visit, reason);
  const folders = codesBySchool(visit, batch, { reason, lost });
  const first = await folders.next();
  if (first.done === true) return { kind: 'go', to: `${here}?said=codes-given` };
  const body = sheetArchive(after(first.value, folders), {
    texts,
    until: (sheet) => untilOf(visit, sheet),
    draw: (sheet) => drawn(visit, sheet),
  });
  finished(body, (error) => {
    if (error) void lost.take();
  });
  return {
    kind: 'stream',
    name: `${sheetFileName(texts.roster.done.codesFile(batch.year))}.zip`,
    mediaType: 'application/zip',
    body,
  };
}

interface Lost {
  readonly made: { readonly school: SchoolId; readonly madeAt: Date }[];
  isOver: boolean;
  /**
   * The archive broke off, and half an archive opens nowhere: what stood in it ends, to be made
   * anew.
   */
  take(): Promise<void>;
}

function lostSheets({ core, viewer }: Visit<WithLog & WithPendingImports>, reason: string): Lost {
  const lost: Lost = {
    made: [],
    isOver: false,
    async take() {
      lost.isOver = true;
      for (const { school, madeAt } of lost.made.splice(0))
        await core.pendingImports
          .takeCodesBack(viewer, school, { madeAt, reason })
          .catch((error: unknown) =>
            core.log.warn(
              { err: error, school, act: 'void-codes' },
              'codes that nobody got were not ended',
            ),
          );
    },
  };
  return lost;
}

/** Schools where nobody is without a way in are passed over. */
async function* codesBySchool(
  { core, viewer }: Visit<WithPendingImports>,
  batch: ShownBatch,
  { reason, lost }: { reason: string; lost: Lost },
): AsyncGenerator<SheetFolder> {
  for (const { school } of batch.schools.filter(hasAccounts)) {
    const sheets = (await core.pendingImports.codes(viewer, school.id, reason)) ?? [];
    const [sheet] = sheets;
    if (sheet === undefined) continue;
    lost.made.push({ school: school.id, madeAt: sheet.madeAt });
    if (lost.isOver) return lost.take();
    yield { folder: `${sheetFileName(school.name)}/`, sheets };
  }
}

async function* after<Item>(first: Item, rest: AsyncGenerator<Item>): AsyncGenerator<Item> {
  yield first;
  yield* rest;
}

/** POST /roster/town/:batch/apply: begins; the page then shows how far it is. */
export async function applyTown(
  visit: Visit<FramePart & WithPendingImports>,
  id: number,
  form: Form,
): Promise<Answer> {
  const reason = field(form, 'reason').trim().slice(0, 200);
  if ((await visit.core.pendingImports.batch(visit.viewer, id)) === null) return MISSING;
  if (reason === '') return townBatch(visit, id, { said: null, lacking: 'apply' });
  await visit.core.pendingImports.applyBatch(visit.viewer, id, reason);
  return { kind: 'go', to: `/roster/town/${id}` };
}
