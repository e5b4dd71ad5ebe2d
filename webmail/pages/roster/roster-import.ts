import type { WithConfig } from '../../../core/ground/config.ts';
import type { SchoolId } from '../../../core/ground/ids.ts';
import type { Undone } from '../../../core/school/imports/contract.ts';
import type {
  ImportReport,
  WithPendingImports,
} from '../../../core/school/imports/pending/contract.ts';
import { drawn, untilOf } from '../../components/code-sheet.ts';
import { table } from '../../components/table.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate, todayOn, wholeCalendarDay, wholeDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { sheetArchive } from '../../sheets/archive.ts';
import { drawReport } from '../../sheets/draw-sheet.ts';
import { sheetFileName } from '../../sheets/file-name.ts';
import { changes } from './roster-changes.ts';
import { codesSheet, countsText, reasonField, rosterPage } from './roster-parts.ts';
import { questionsBanner } from './roster.ts';

interface ImportPath {
  readonly school: SchoolId;
  readonly id: number;
}

/** What was just done on an import's page, or for which act the reason is missing. */
interface AfterImport {
  readonly said: unknown;
  readonly undone: Undone | null;
  readonly lacking: 'undo' | 'codes' | null;
}

export const NOTHING_DONE: AfterImport = { said: null, undone: null, lacking: null };

/** GET /roster/:school/import/:import: what it did, the report to keep, and the way back. */
export async function rosterImport(
  visit: Visit<FramePart & WithPendingImports>,
  { school, id }: ImportPath,
  after: AfterImport,
): Promise<Answer> {
  const report = await visit.core.pendingImports.report(visit.viewer, school, id);
  if (report === null) return MISSING;
  const { texts, clock } = visit;
  const words = texts.roster.done;
  const wayless = await waylessAfter(visit, report);
  const done = report.import;
  const title = titleOf(visit, report, after.said);
  const by = done.by === null ? texts.roster.imports.byTown : texts.roster.imports.by(done.by);
  const when = longDate(clock, done.appliedAt ?? done.createdAt);
  const content = html`
    <div>
      <h1>${title}</h1>
      <p class="soft">
        ${report.school.name}. ${words.on(when)}${' '}${by}. ${countsText(visit, done.summary)}.
      </p>
    </div>
    ${stateBanner(visit, report, after)} ${questionsBanner(visit, school, report.questions)}
    ${codesForm(visit, report, { wayless, wrong: wrongOf(visit, after, 'codes') })}
    ${toKeep(visit, report, wayless)} ${undoForm(visit, report, wrongOf(visit, after, 'undo'))}
    ${report.preview === null ? NOTHING : changes(visit, report.preview, leaveHint(visit, report))}${refused(visit, report)}
    <p><a class="btn" href="/roster/${school}">${icon(visit, 'back')}${words.toImports}</a></p>
  `;
  return rosterPage(visit, {
    title,
    refused: after.lacking !== null,
    isTooLate: after.undone !== null && after.undone.kind !== 'undone',
    content,
    width: 'full',
  });
}

/** What is wrong with the reason of an act. */
function wrongOf(
  { texts }: Visit,
  { lacking }: AfterImport,
  act: AfterImport['lacking'],
): string | null {
  return lacking === act ? texts.roster.preview.reasonMissing : null;
}

/** What was undone is never called done, whatever one comes from. */
function titleOf({ texts }: Visit, { import: done }: ImportReport, said: unknown): string {
  const words = texts.roster.done;
  if (done.state === 'undone') return words.titleUndone(done.year);
  return said === 'done' ? words.title : `${words.titleOld} ${done.year}`;
}

/** What becomes of who left: nobody has by an import that is undone, and an old one stays. */
function leaveHint({ texts }: Visit, { import: done }: ImportReport): string {
  if (done.state === 'undone') return '';
  return done.undoUntil === null ? texts.roster.preview.leftHint : texts.roster.preview.leaveHint;
}

/** How many would get a code now; after the last import alone, since then it is theirs to give. */
async function waylessAfter(
  { core, viewer }: Visit<WithPendingImports>,
  { school, import: done }: ImportReport,
): Promise<number> {
  return done.undoUntil === null ? 0 : core.pendingImports.wayless(viewer, school.id);
}

/** The report as files, for as long as its details are kept. */
function toKeep(
  visit: Visit,
  { school, import: done, preview }: ImportReport,
  wayless: number,
): Html {
  const words = visit.texts.roster.done;
  if (preview === null)
    return html`
      <p class="soft">${words.noReport}</p>
    `;
  const here = `/roster/${school.id}/import/${done.id}`;
  const mayPrint = done.state === 'applied' && visit.viewer.heads && wayless === 0;
  const codes = html`
    <a class="btn" href="/codes">${icon(visit, 'lock')}${words.sheets}</a>
  `;
  return html`
    <section class="sheet pad stack" aria-labelledby="rp">
      <h2 id="rp">${words.report}</h2>
      <div class="row">
        <a class="btn" href="${here}/report.csv">${icon(visit, 'file')}${words.csv}</a>
        <a class="btn" href="${here}/report.pdf">${icon(visit, 'print')}${words.pdf}</a>
        ${mayPrint ? codes : NOTHING}
      </div>
    </section>
  `;
}

function stateBanner(
  visit: Visit,
  { import: done }: ImportReport,
  { said, undone }: AfterImport,
): Html {
  const words = visit.texts.roster;
  if (undone !== null && undone.kind !== 'undone')
    return banner(visit, 'stop', undoSentence(visit, undone));
  if (said === 'codes-given') return banner(visit, 'wait', words.done.codesGiven);
  if (said === 'undone') return banner(visit, 'ok', words.done.undoneNow);
  if (done.state === 'undone') return banner(visit, 'wait', words.done.undone);
  if (done.state === 'rehearsed')
    return banner(
      visit,
      'ok',
      words.done.rehearsed(wholeCalendarDay(visit.viewer.language, done.day)),
    );
  return said === 'done' ? banner(visit, 'ok', words.done.applied) : NOTHING;
}

function undoSentence({ texts }: Visit, undone: Exclude<Undone, { kind: 'undone' }>): string {
  const words = texts.roster.undo;
  switch (undone.kind) {
    case 'mail-would-be-lost':
      return words[undone.kind](undone.addresses.length);
    case 'classes-in-use':
      return words[undone.kind](undone.classes.join(', '));
    case 'another-since':
    case 'nothing-to-undo':
    case 'too-late':
    case 'changed-since':
      return words[undone.kind];
  }
}

/** The sheets of those who have no way in yet, once: pressed, they have one. */
function codesForm(
  visit: Visit,
  { school, import: done }: ImportReport,
  { wayless, wrong }: { readonly wayless: number; readonly wrong: string | null },
): Html {
  const words = visit.texts.roster;
  if (wayless === 0) return NOTHING;
  return codesSheet(visit, {
    action: `/roster/${school.id}/import/${done.id}/codes`,
    hint: words.done.codesHint(wayless),
    make: words.done.codesMake(wayless),
    look: 'btn main',
    wrong,
  });
}

/**
 * POST /roster/:school/import/:import/codes: the sheets themselves are the answer. They lie
 * nowhere, and no link leads to them.
 */
export async function importCodes(
  visit: Visit<FramePart & WithConfig & WithPendingImports>,
  { school, id }: ImportPath,
  form: Form,
): Promise<Answer> {
  const { core, viewer, texts } = visit;
  const here = `/roster/${school}/import/${id}`;
  const report = await core.pendingImports.report(viewer, school, id);
  if (report === null) return MISSING;
  const reason = field(form, 'reason').trim().slice(0, 200);
  if (viewer.role === 'agent' && reason === '')
    return rosterImport(visit, { school, id }, { ...NOTHING_DONE, lacking: 'codes' });
  const sheets =
    (await waylessAfter(visit, report)) === 0
      ? []
      : await core.pendingImports.codes(viewer, school, reason);
  if (sheets === null) return MISSING;
  if (sheets.length === 0) return { kind: 'go', to: `${here}?said=codes-given` };
  const name = `${sheetFileName(texts.roster.done.codesFile(report.school.name))}.zip`;
  return {
    kind: 'stream',
    name,
    mediaType: 'application/zip',
    body: sheetArchive([{ folder: '', sheets }], {
      texts,
      until: (sheet) => untilOf(visit, sheet),
      draw: (sheet) => drawn(visit, sheet),
    }),
  };
}

function undoForm(
  visit: Visit,
  { school, import: done }: ImportReport,
  wrong: string | null,
): Html {
  const words = visit.texts.roster;
  if (done.undoUntil === null) return NOTHING;
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="/roster/${school.id}/undo"
      novalidate
      aria-labelledby="un"
    >
      <h2 id="un">${words.done.undo}</h2>
      <p>${words.done.undoHint(wholeDay(visit.clock, done.undoUntil))}</p>
      ${reasonField(visit, { label: words.undo.reason, form: null, wrong })}
      <div class="row">
        ${token(visit)}
        <input type="hidden" name="import" value="${done.id}" />
        <button class="btn no">${icon(visit, 'undo')}${words.done.undo}</button>
      </div>
    </form>
  `;
}

function refused(visit: Visit, { preview }: ImportReport): Html {
  const words = visit.texts.roster.preview;
  const rows = (preview?.refused ?? []).map(
    (one) => html`
      <tr>
        <td class="nb">${one.at.line}</td>
        <td class="mono">${one.cell}</td>
        <td>${one.sentence}</td>
      </tr>
    `,
  );
  if (rows.length === 0) return NOTHING;
  const heads = [words.lineHead, words.cell, words.wrong];
  return html`
    <section class="stack tight" aria-labelledby="err">
      <h2 id="err">${words.refused}</h2>
      ${table(visit, { caption: words.refused, heads, rows })}
    </section>
  `;
}

/** POST /roster/:school/undo: the import that the page showed, and only while it is the last. */
export async function undoImport(
  visit: Visit<FramePart & WithPendingImports>,
  school: SchoolId,
  form: Form,
): Promise<Answer> {
  const { core, viewer } = visit;
  const id = Number(field(form, 'import'));
  const reason = field(form, 'reason').trim().slice(0, 200);
  const report = Number.isSafeInteger(id)
    ? await core.pendingImports.report(viewer, school, id)
    : null;
  if (report === null) return MISSING;
  if (viewer.role === 'agent' && reason === '')
    return rosterImport(
      visit,
      { school, id },
      report.import.undoUntil === null
        ? { ...NOTHING_DONE, undone: { kind: 'nothing-to-undo' } }
        : { ...NOTHING_DONE, lacking: 'undo' },
    );
  const undone = await core.pendingImports.undo(viewer, school, { id, reason });
  if (undone === null) return MISSING;
  if (undone.kind === 'undone')
    return { kind: 'go', to: `/roster/${school}/import/${id}?said=undone` };
  return rosterImport(visit, { school, id }, { ...NOTHING_DONE, undone });
}

/** GET /roster/:school/import/:import/report.csv and .pdf: to keep. */
export async function rosterReport(
  visit: Visit<WithPendingImports>,
  { school, id }: ImportPath,
  format: 'csv' | 'pdf',
): Promise<Answer> {
  const report = await visit.core.pendingImports.report(visit.viewer, school, id);
  if (report === null || report.preview === null) return MISSING;
  const { texts, viewer } = visit;
  const words = texts.roster.done;
  const day = report.import.appliedAt ?? report.import.createdAt;
  const name = `${words.fileName(report.school.name, todayOn({ ...visit.clock, now: day }))}.${format}`;
  if (format === 'csv')
    return {
      kind: 'download',
      file: { name, mediaType: 'text/csv; charset=utf-8', bytes: report.csv },
    };
  const made = words.made(wholeDay(visit.clock, day));
  const bytes = await drawReport({
    title: words.reportTitle(report.school.name),
    lead: `${made}. ${countsText(visit, report.import.summary)}.`,
    language: viewer.language,
    rows: report.rows,
  });
  return { kind: 'download', file: { name, mediaType: 'application/pdf', bytes } };
}
