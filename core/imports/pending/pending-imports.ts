import type { AddressId, SchoolId } from '../../ids.ts';
import { yearOf } from '../../roster/planning/year.ts';
import type { Preview, Question } from '../../roster/preview.ts';
import { unpackedFiles } from '../../roster/reading/archive.ts';
import { openExport, type RosterFile } from '../../roster/reading/read.ts';
import { isUnreadable } from '../../roster/reading/trouble.ts';
import { importSentence } from '../../roster/reasons.ts';
import { dayAt } from '../../roster/snapshot.ts';
import {
  draftById,
  eraseDraft,
  namesOf,
  openDrafts,
  type DraftRow,
} from '../../store/schools/roster-drafts.ts';
import {
  importById,
  listImports,
  rehearsalOf,
  type ImportRow,
} from '../../store/schools/roster-imports.ts';
import type { Viewer } from '../../viewer.ts';
import type { Rosters } from '../contract.ts';
import { reportCsv, reportRows } from '../report.ts';
import { previewReady, UNDO_DAYS } from '../rosters.ts';
import { applyDraft } from './apply.ts';
import { codesForNew, takeCodesBack, waylessOf } from './codes.ts';
import type {
  DeskSchool,
  DraftApplied,
  DraftChoices,
  ImportReport,
  PendingImports,
  SchoolDesk,
  ShownDraft,
  ShownImport,
  Uploaded,
} from './contract.ts';
import {
  choicesOf,
  contentOf,
  filesOf,
  headersOf,
  keepChoices,
  keepDraft,
  NO_CHOICES,
  readContent,
  readyOf,
  type Content,
} from './drafts.ts';
import { decideMoves, movesAskedBy, townMoves } from './moves.ts';
import { actorOf, ownSchool, ownSchools, postsOf, type DeskParts } from './rights.ts';
import { allQuestions, readerOf, shownTo, unveiled, veiledDecisions } from './show.ts';
import { openTownDesk, tellBatch } from './town.ts';

const HISTORY = 50;
const MOST_DRAFTS = 10;
const DAY_MS = 86_400_000;

/** Rosters for heads and agents. Each function asks first whose right it is. */
export function openPendingImports(parts: DeskParts, rosters: Rosters): PendingImports {
  const own = (viewer: Viewer, school: SchoolId) => ownSchool(parts, viewer, school);
  return {
    ...openTownDesk(parts),
    schools: (viewer) => ownSchools(parts, viewer),
    moves: (viewer) => townMoves(parts, viewer),
    decideMoves: (viewer, decision) => decideMoves(parts, viewer, decision),
    async desk(viewer, school) {
      const found = await own(viewer, school);
      return found && desk(parts, found);
    },
    async upload(viewer, school, given) {
      return (await own(viewer, school)) === null ? null : upload(parts, viewer, school, given);
    },
    draft: (viewer, school, id) => draft(parts, viewer, { school, id }),
    async choose(viewer, school, { id, choices }) {
      const opened = await choose(parts, viewer, { school, id, choices });
      if (opened !== null) await tell(parts, viewer, { school, opened });
      return opened !== null;
    },
    askColumns: (viewer, school, id) => askColumns(parts, viewer, { school, id }),
    async apply(viewer, school, { id, reason }) {
      const opened = await openDraft(parts, viewer, { school, id });
      const applied = opened && (await apply(parts, viewer, { school, opened, reason }));
      if (opened !== null) await tell(parts, viewer, { school, opened });
      return applied;
    },
    async discard(viewer, school, id) {
      if ((await own(viewer, school)) === null) return false;
      return parts.store.write(school, async (tx) => {
        const found = await draftById(tx, id);
        if (found !== null) await eraseDraft(tx, id);
        return found !== null;
      });
    },
    async undo(viewer, school, reason) {
      return (await own(viewer, school)) === null
        ? null
        : rosters.undo(school, actorOf(viewer, reason));
    },
    report: (viewer, school, id) => report(parts, viewer, { school, id }),
    codes: (viewer, school, reason) => codesForNew(parts, viewer, { school, reason }),
    takeCodesBack: (viewer, school, lost) => takeCodesBack(parts, viewer, { school, ...lost }),
    async rehearsal(viewer, school) {
      const mine = await own(viewer, school);
      const works = mine !== null || (await postsOf(parts, viewer)).has(school);
      const found = works ? await rosters.rehearsal(school) : null;
      if (found === null) return null;
      const { preview, ...rehearsal } = found;
      const named = mine ?? {
        id: school,
        slug: '',
        name: viewer.school === school ? viewer.schoolName : '',
      };
      return {
        school: named,
        rehearsal,
        stops: mine === null ? [] : preview.stops.map(({ kind }) => kind),
        mayMove: mine !== null,
      };
    },
    async rollOverDay(viewer, school) {
      if (viewer.role !== 'agent' && !(await postsOf(parts, viewer)).has(school)) return null;
      return (await parts.store.read(school, rehearsalOf))?.holdsFrom ?? null;
    },
    async moveRollOver(viewer, school, { day, reason }) {
      return (
        (await own(viewer, school)) !== null &&
        rosters.moveRollOver(school, day, actorOf(viewer, reason))
      );
    },
  };
}

async function desk(parts: DeskParts, school: DeskSchool): Promise<SchoolDesk> {
  const now = parts.clock();
  const { running, next } = yearsAt(dayAt(now, 'Europe/Paris'));
  const moves = await movesAskedBy(parts, school.id);
  return parts.store.read(school.id, async (tx) => {
    const imports = await listImports(tx, HISTORY);
    const names = await namesOf(
      tx,
      imports.flatMap(({ actor }) => actor ?? []),
    );
    const drafts = await openDrafts(tx, MOST_DRAFTS);
    return {
      school,
      moves,
      runningYear: running,
      nextYear: next,
      drafts: drafts.map(({ id, createdAt, schoolYear }) => ({
        id,
        at: createdAt,
        year: schoolYear,
      })),
      imports: imports.map((one) => shownImport(one, { imports, names, now })),
      rollOver: (await rehearsalOf(tx))?.holdsFrom ?? null,
    };
  });
}

function yearsAt(today: string): { readonly running: string; readonly next: string } {
  const asked = yearOf('', today);
  return asked.kind === 'wrong-year' ? asked : { running: '', next: '' };
}

/** An import among all of its school: only the last one that took effect can be undone. */
function shownImport(
  one: ImportRow,
  {
    imports,
    names,
    now,
  }: { imports: readonly ImportRow[]; names: ReadonlyMap<AddressId, string>; now: Date },
): ShownImport {
  const applied = imports
    .filter(({ state }) => state === 'applied')
    .sort((a, b) => (b.appliedAt?.getTime() ?? 0) - (a.appliedAt?.getTime() ?? 0) || b.id - a.id);
  const until =
    one.appliedAt === null ? null : new Date(one.appliedAt.getTime() + UNDO_DAYS * DAY_MS);
  return {
    id: one.id,
    by: one.actor === null ? null : (names.get(one.actor) ?? null),
    createdAt: one.createdAt,
    appliedAt: one.appliedAt,
    format: one.format,
    year: one.schoolYear,
    state: one.state,
    day: one.holdsFrom,
    summary: one.summary as ShownImport['summary'],
    undoUntil: applied[0]?.id === one.id && until !== null && until > now ? until : null,
    hasReport: one.report !== null,
  };
}

async function upload(
  parts: DeskParts,
  viewer: Viewer,
  school: SchoolId,
  { year, files }: { year: string; files: readonly RosterFile[] },
): Promise<Uploaded> {
  const opened = unpackedFiles(files);
  const content = isUnreadable(opened)
    ? opened
    : await readContent(parts, school, { files: opened, choices: NO_CHOICES });
  if (content.kind === 'unreadable')
    return { kind: 'refused', sentence: importSentence(content, viewer.language) };
  const id = await parts.store.write(school, (tx) =>
    keepDraft(parts, tx, { by: viewer.addressId, year, batch: null, content, choices: NO_CHOICES }),
  );
  return { kind: 'draft', id };
}

interface Opened {
  readonly school: DeskSchool;
  readonly row: DraftRow;
  /** Null once it was applied. */
  readonly content: Content | null;
  readonly choices: DraftChoices;
}

/** A draft of a school of theirs. */
async function openDraft(
  parts: DeskParts,
  viewer: Viewer,
  { school, id }: { school: SchoolId; id: number },
): Promise<Opened | null> {
  const own = await ownSchool(parts, viewer, school);
  const row = own && (await parts.store.read(school, (tx) => draftById(tx, id)));
  if (!own || !row) return null;
  return {
    school: own,
    row,
    content: row.content === null ? null : contentOf(parts, school, row.content),
    choices: choicesOf(row),
  };
}

async function draft(
  parts: DeskParts,
  viewer: Viewer,
  of: { school: SchoolId; id: number },
): Promise<ShownDraft | null> {
  const opened = await openDraft(parts, viewer, of);
  if (opened === null) return null;
  const { school, row, content, choices } = opened;
  const head = {
    id: row.id,
    school,
    year: row.schoolYear,
    at: row.createdAt,
    batch: viewer.role === 'agent' ? row.batch : null,
  };
  if (content === null) return { ...head, kind: 'settled', import: row.importId };
  if (content.kind === 'files') return { ...head, ...(await askedOf(content, viewer, choices)) };
  const looked = await looks(parts, viewer, { row, content, choices, school: school.id });
  if (looked === null) return null;
  const reader = readerOf(viewer, await ownSchools(parts, viewer), parts.secret);
  const preview = shownTo(reader, { ...looked.preview, questions: looked.questions });
  return {
    ...head,
    kind: 'preview',
    preview,
    found: content.set.found,
    rehearsal: looked.rehearsal,
    sameFileAppliedAt: looked.sameFileAppliedAt,
    mapped: content.files !== null,
    choices: {
      ...choices,
      decisions: veiledDecisions(reader, looked.questions, choices.decisions),
    },
  };
}

type Asked = Extract<ShownDraft, { kind: 'columns' | 'which-school' }>;

async function askedOf(
  content: Extract<Content, { kind: 'files' }>,
  viewer: Viewer,
  choices: DraftChoices,
): Promise<
  | Omit<Extract<Asked, { kind: 'columns' }>, 'id' | 'school' | 'year' | 'at' | 'batch'>
  | Omit<Extract<Asked, { kind: 'which-school' }>, 'id' | 'school' | 'year' | 'at' | 'batch'>
> {
  if (content.why.reason === 'several-schools') {
    const exported = openExport(filesOf(content.files));
    return {
      kind: 'which-school',
      exported: exported === null || 'kind' in exported ? [] : exported.schools,
    };
  }
  const head = await headersOf(content);
  const { file = content.why.at.file, header = '', headers = [], sample = [] } = head ?? {};
  return {
    kind: 'columns',
    file,
    header,
    headers,
    sample,
    mapping: choices.mappings[header] ?? null,
    complaint:
      content.why.reason === 'header-unknown' ? null : importSentence(content.why, viewer.language),
  };
}

interface Look {
  readonly preview: Preview;
  readonly questions: readonly Question[];
  readonly rehearsal: boolean;
  readonly sameFileAppliedAt: Date | null;
}

/** What it would come to with the answers so far, and every question, answered or not. */
async function looks(
  parts: DeskParts,
  viewer: Viewer,
  {
    school,
    row,
    content,
    choices,
  }: {
    school: SchoolId;
    row: DraftRow;
    content: Extract<Content, { kind: 'lines' }>;
    choices: DraftChoices;
  },
): Promise<Look | null> {
  const look = async (decisions: DraftChoices['decisions']) => {
    const able = await readyOf(parts, {
      school,
      year: row.schoolYear,
      content,
      choices: { ...choices, decisions },
      by: actorOf(viewer, ''),
    });
    return able.kind === 'ready' ? previewReady(parts, able) : able;
  };
  const now = await look(choices.decisions);
  if (now.kind !== 'preview') return null;
  if (Object.keys(choices.decisions).length === 0)
    return { ...now, questions: now.preview.questions };
  const before = await look({});
  return {
    ...now,
    questions: allQuestions(
      before.kind === 'preview' ? before.preview.questions : [],
      now.preview.questions,
    ),
  };
}

async function askColumns(
  parts: DeskParts,
  viewer: Viewer,
  of: { school: SchoolId; id: number },
): Promise<boolean> {
  const opened = await openDraft(parts, viewer, of);
  const content = opened?.content;
  if (!opened || content?.kind !== 'lines' || content.files === null) return false;
  const file = content.set.found.find(({ format }) => format === 'mapped')?.name ?? '';
  const asked: Content = {
    kind: 'files',
    files: content.files,
    why: { kind: 'unreadable', reason: 'header-unknown', at: { file, line: 1, column: null } },
  };
  await parts.store.write(of.school, (tx) =>
    keepChoices(parts, tx, { id: of.id, content: asked, choices: opened.choices }),
  );
  return true;
}

async function tell(
  parts: DeskParts,
  viewer: Viewer,
  { school, opened }: { school: SchoolId; opened: Opened },
): Promise<void> {
  if (opened.row.batch !== null)
    await tellBatch(parts, viewer, { batch: opened.row.batch, school, draft: opened.row.id });
}

async function choose(
  parts: DeskParts,
  viewer: Viewer,
  { choices, ...of }: { school: SchoolId; id: number; choices: Partial<DraftChoices> },
): Promise<Opened | null> {
  const opened = await openDraft(parts, viewer, of);
  if (opened === null || opened.content === null) return null;
  const { row, content } = opened;
  const merged: DraftChoices = {
    ...opened.choices,
    ...choices,
    mappings: { ...opened.choices.mappings, ...choices.mappings },
  };
  const named = choices.mappings !== undefined || choices.exported !== undefined;
  const files = content.files;
  const again =
    named && files !== null
      ? await readContent(parts, of.school, { files: filesOf(files), choices: merged })
      : content;
  // What can't be read with these columns is asked again, with the reason.
  const next: Content =
    again.kind === 'unreadable' ? { kind: 'files', files: files ?? [], why: again } : again;
  if (choices.decisions !== undefined && next.kind === 'lines') {
    const looked = await looks(parts, viewer, {
      school: of.school,
      row,
      content: next,
      choices: { ...merged, decisions: {} },
    });
    const reader = readerOf(viewer, [], parts.secret);
    // Answers that the first look doesn't ask for may answer a question that came of another
    // answer.
    const known = new Set(looked?.questions.map(({ key }) => key));
    const others = Object.fromEntries(
      Object.entries(choices.decisions).filter(
        ([key, word]) => !known.has(key) && !word.startsWith('elsewhere-'),
      ),
    );
    const decisions = {
      ...opened.choices.decisions,
      ...others,
      ...unveiled(reader, looked?.questions ?? [], choices.decisions),
    };
    await parts.store.write(of.school, (tx) =>
      keepChoices(parts, tx, { id: of.id, content: next, choices: { ...merged, decisions } }),
    );
    return opened;
  }
  await parts.store.write(of.school, (tx) =>
    keepChoices(parts, tx, { id: of.id, content: next, choices: merged }),
  );
  return opened;
}

async function apply(
  parts: DeskParts,
  viewer: Viewer,
  { reason, school, opened }: { school: SchoolId; opened: Opened; reason: string },
): Promise<DraftApplied> {
  const { row, content, choices } = opened;
  if (content === null || content.kind === 'files') return { kind: 'stopped' };
  const able = await readyOf(parts, {
    school,
    year: row.schoolYear,
    content,
    choices,
    by: actorOf(viewer, reason),
  });
  return able.kind === 'ready'
    ? applyDraft(parts, able, { row, choices, by: actorOf(viewer, reason) })
    : { kind: 'stopped' };
}

/**
 * A report as it lies in the database: one of an earlier version says nothing of those who were
 * kept.
 */
function reported(report: unknown): Preview {
  const preview = report as Preview;
  return { ...preview, kept: preview.kept ?? [] };
}

async function report(
  parts: DeskParts,
  viewer: Viewer,
  { school, id }: { school: SchoolId; id: number },
): Promise<ImportReport | null> {
  const own = await ownSchool(parts, viewer, school);
  if (own === null) return null;
  const found = await parts.store.read(school, async (tx) => {
    const row = await importById(tx, id);
    return (
      row && {
        row,
        imports: await listImports(tx, HISTORY),
        names: await namesOf(tx, row.actor === null ? [] : [row.actor]),
      }
    );
  });
  if (found === null) return null;
  const { row, imports, names } = found;
  const reader = readerOf(viewer, await ownSchools(parts, viewer), parts.secret);
  const preview = row.report === null ? null : shownTo(reader, reported(row.report));
  const rows = preview === null ? [] : reportRows(preview, viewer.language);
  const shown = shownImport(row, { imports, names, now: parts.clock() });
  return {
    school: own,
    import: shown,
    preview,
    rows,
    wayless: shown.undoUntil === null ? 0 : await waylessOf(parts, school),
    csv: Buffer.from(reportCsv([{ school: own.name, sentence: '', rows }], viewer.language)),
  };
}
