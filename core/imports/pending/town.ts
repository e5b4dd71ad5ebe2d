import { setImmediate as turn } from 'node:timers/promises';
import { folded } from '../../folding.ts';
import { TOWN, type SchoolId } from '../../ids.ts';
import { isRosterPath, unpack } from '../../roster/reading/archive.ts';
import { openExport, type OpenedExport, type RosterFile } from '../../roster/reading/read.ts';
import type { UnreadableRoster } from '../../roster/reading/rows.ts';
import { isUnreadable, unreadable } from '../../roster/reading/trouble.ts';
import { importSentence } from '../../roster/reasons.ts';
import {
  batchById,
  batchSchools,
  claimBatch,
  draftById,
  dropOldBatches,
  insertBatch,
  listBatches,
  markBatchSchool,
  setBatchState,
  type BatchRow,
  type BatchSchoolRow,
} from '../../store/schools/roster-drafts.ts';
import {
  importById,
  sourcesOf,
  townSchools,
  type SchoolRow,
} from '../../store/schools/roster-imports.ts';
import type { Viewer } from '../../viewer.ts';
import { previewReady, summaryOf } from '../rosters.ts';
import { applyDraft } from './apply.ts';
import type { BatchOutcome, PendingImports, ShownBatch, Uploaded } from './contract.ts';
import { choicesOf, contentOf, keepDraft, NO_CHOICES, readContent, readyOf } from './drafts.ts';
import { actorOf, ownSchools, type DeskParts } from './rights.ts';
import { unusableSentence } from './show.ts';

/** 128 schools of three files each, and room. */
const TOWN_FILES = 1_000;
/** Silence after which whoever worked on a batch has ended. */
const LOST_MS = 30_000;
const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;
const MOST_BATCHES = 20;

/** Files of one school of a batch. `exported` names it within an export of several. */
interface Share {
  readonly school: SchoolRow;
  readonly files: readonly RosterFile[];
  readonly exported: string | null;
  readonly opened: OpenedExport | null;
}
type TownDesk = Pick<PendingImports, 'uploadTown' | 'batches' | 'batch' | 'applyBatch' | 'close'>;

/**
 * All schools at once, for agents. What is begun goes on in this process after the answer; ended in
 * the middle, it is gone on with by hand.
 */
export function openTownDesk(parts: DeskParts): TownDesk {
  const running = new Set<Promise<void>>();
  const stop = new AbortController();
  const keepGoing = (work: Promise<void>): void => {
    const owned = work
      .catch((error: unknown) =>
        parts.log.warn(
          { err: error, act: 'roster-batch' },
          'a batch of rosters was left in the middle',
        ),
      )
      .finally(() => running.delete(owned));
    running.add(owned);
  };
  return {
    async uploadTown(viewer, given) {
      if (viewer.role !== 'agent') return null;
      const shares = await sharesOf(parts, given.file);
      if (isUnreadable(shares))
        return { kind: 'refused', sentence: importSentence(shares, viewer.language) };
      const { id, uploaded } = await begin(parts, viewer, { ...given, ...shares });
      keepGoing(
        readAll(parts, viewer, {
          id,
          year: given.year,
          shares: shares.shares,
          signal: stop.signal,
        }),
      );
      return uploaded;
    },
    async batches(viewer) {
      if (viewer.role !== 'agent') return [];
      return (await parts.store.read(TOWN, (tx) => listBatches(tx, MOST_BATCHES))).map((row) =>
        headOf(parts, row),
      );
    },
    batch: (viewer, id) => shownBatch(parts, viewer, id),
    async applyBatch(viewer, id, reason) {
      if (viewer.role !== 'agent') return false;
      const at = parts.clock();
      if (
        !(await parts.store.write(TOWN, (tx) =>
          claimBatch(tx, id, { reason, at, lost: new Date(at.getTime() - LOST_MS) }),
        ))
      )
        return false;
      keepGoing(applyAll(parts, viewer, { id, reason, signal: stop.signal }));
      return true;
    },
    async close() {
      stop.abort();
      await Promise.all(running);
    },
  };
}

async function begin(
  parts: DeskParts,
  viewer: Viewer,
  {
    year,
    file,
    shares,
    unknown,
  }: { year: string; file: RosterFile; shares: readonly Share[]; unknown: readonly string[] },
): Promise<{ id: number; uploaded: Uploaded }> {
  const createdAt = parts.clock();
  const id = await parts.store.write(TOWN, async (tx) => {
    await dropOldBatches(tx, new Date(createdAt.getTime() - KEPT_DAYS * DAY_MS));
    return insertBatch(
      tx,
      { by: viewer.addressId, createdAt, schoolYear: year, fileName: file.name, unknown },
      shares.map(({ school }) => school.id),
    );
  });
  return { id, uploaded: { kind: 'draft', id } };
}

/** Which files are which school's: a folder a school, or one export of several. */
async function sharesOf(
  parts: DeskParts,
  file: RosterFile,
): Promise<
  { readonly shares: readonly Share[]; readonly unknown: readonly string[] } | UnreadableRoster
> {
  const files = unpack(file.name, file.bytes, isRosterPath, TOWN_FILES);
  if (isUnreadable(files)) return files;
  const schools = await parts.store.town(townSchools);
  const folders = Map.groupBy(files, ({ path }) => path.split('/').slice(0, -1).at(-1) ?? '');
  if (folders.size > 1 || schools.some((school) => isNamed(school, [...folders.keys()][0] ?? ''))) {
    const found = [...folders].map(([folder, inside]) => ({
      folder,
      files: inside,
      school: schools.find((school) => isNamed(school, folder)),
    }));
    return shared(
      found.map((one) => ({ ...one, name: one.folder, exported: null, opened: null })),
      file.name,
    );
  }
  const opened = openExport(files);
  if (opened === null)
    return unreadable('school-unknown', { file: file.name, line: 1, column: null });
  if ('kind' in opened) return opened;
  const sources = await knownSources(parts, schools);
  return shared(
    opened.schools.map((one) => ({
      name: one.name,
      files,
      opened,
      exported: one.sourcedId,
      school:
        sources.get(one.identifier ?? one.name) ??
        schools.find(
          (school) => isNamed(school, one.name) || isNamed(school, one.identifier ?? ''),
        ),
    })),
    file.name,
  );
}

function shared(
  found: readonly {
    readonly name: string;
    readonly files: readonly RosterFile[];
    readonly exported: string | null;
    readonly opened: OpenedExport | null;
    readonly school: SchoolRow | undefined;
  }[],
  file: string,
): { readonly shares: readonly Share[]; readonly unknown: readonly string[] } | UnreadableRoster {
  const shares = found.flatMap(({ school, files, exported, opened }) =>
    school === undefined ? [] : { school, files, exported, opened },
  );
  const once = shares.filter(
    ({ school }, index) => shares.findIndex((one) => one.school.id === school.id) === index,
  );
  if (once.length === 0) return unreadable('school-unknown', { file, line: 1, column: null });
  return {
    shares: once,
    unknown: found
      .filter(({ school }) => school === undefined)
      .map(({ name }) => name)
      .slice(0, 200),
  };
}

function isNamed({ slug, name }: SchoolRow, folder: string): boolean {
  const key = folded(folder);
  return key !== '' && (key === folded(slug) || key === folded(name));
}

/** The schools by the names that sources have called them before. */
async function knownSources(
  parts: DeskParts,
  schools: readonly SchoolRow[],
): Promise<ReadonlyMap<string, SchoolRow>> {
  return parts.store.town(async (tx) => {
    const known = new Map<string, SchoolRow>();
    for (const school of schools)
      for (const hint of await sourcesOf(await tx.in(school.id))) known.set(hint, school);
    return known;
  });
}

async function readAll(
  parts: DeskParts,
  viewer: Viewer,
  {
    id,
    year,
    shares,
    signal,
  }: { id: number; year: string; shares: readonly Share[]; signal: AbortSignal },
): Promise<void> {
  for (const share of shares) {
    if (signal.aborted) return;
    const { draft, outcome } = await readShare(parts, viewer, { share, year, batch: id }).catch(
      (error: unknown) => broken(parts, share.school.id, error),
    );
    await mark(parts, id, { school: share.school.id, draft, outcome });
    await turn(); // pages get their turn between two schools
  }
  await parts.store.write(TOWN, (tx) => setBatchState(tx, id, 'open'));
}

function broken(
  { log }: DeskParts,
  school: SchoolId,
  error: unknown,
): { draft: number | null; outcome: BatchOutcome } {
  log.warn({ err: error, school, act: 'roster-batch' }, 'a school of a batch failed');
  return { draft: null, outcome: { kind: 'broken' } };
}

async function readShare(
  parts: DeskParts,
  viewer: Viewer,
  { share, year, batch }: { share: Share; year: string; batch: number },
): Promise<{ draft: number | null; outcome: BatchOutcome }> {
  const choices = { ...NO_CHOICES, exported: share.exported };
  const content = await readContent(parts, share.school.id, {
    files: share.files,
    choices,
    opened: share.opened,
  });
  if (content.kind === 'unreadable')
    return {
      draft: null,
      outcome: { kind: 'refused', sentence: importSentence(content, viewer.language) },
    };
  const draft = await parts.store.write(share.school.id, (tx) =>
    keepDraft(parts, tx, { by: viewer.addressId, year, batch, content, choices }),
  );
  return { draft, outcome: await outcomeOf(parts, viewer, { school: share.school.id, draft }) };
}

async function settled(
  parts: DeskParts,
  school: SchoolId,
  id: number | null,
): Promise<BatchOutcome> {
  const done = id === null ? null : await parts.store.read(school, (tx) => importById(tx, id));
  if (done === null) return { kind: 'nothing' };
  return {
    kind: done.state === 'rehearsed' ? 'rehearsed' : 'applied',
    counts: done.summary as Readonly<Record<string, number>>,
    import: done.id,
  };
}

/** Tells a batch what became of one of its schools on that school's own page. */
export async function tellBatch(
  parts: DeskParts,
  viewer: Viewer,
  { batch, school, draft }: { batch: number; school: SchoolId; draft: number },
): Promise<void> {
  await mark(parts, batch, {
    school,
    draft,
    outcome: await outcomeOf(parts, viewer, { school, draft }),
  });
}

/** How a school's draft stands. */
async function outcomeOf(
  parts: DeskParts,
  viewer: Viewer,
  { school, draft }: { school: SchoolId; draft: number },
): Promise<BatchOutcome> {
  const row = await parts.store.read(school, (tx) => draftById(tx, draft));
  if (row === null) return { kind: 'broken' };
  if (row.content === null) return settled(parts, school, row.importId);
  const content = contentOf(parts, school, row.content);
  if (content.kind === 'files') return { kind: 'asks', stops: ['columns'], counts: {} };
  const able = await readyOf(parts, {
    school,
    year: row.schoolYear,
    content,
    choices: choicesOf(row),
    by: actorOf(viewer, ''),
  });
  const seen = able.kind === 'ready' ? await previewReady(parts, able) : able;
  if (seen.kind !== 'preview')
    return { kind: 'refused', sentence: unusableSentence(seen, viewer.language) };
  const { preview } = seen;
  if (preview.stops.length > 0)
    return {
      kind: 'asks',
      stops: preview.stops.map(({ kind }) => kind),
      counts: summaryOf(preview),
    };
  return preview.nothingToDo && !seen.rehearsal
    ? { kind: 'nothing' }
    : { kind: 'ready', counts: summaryOf(preview), import: null };
}

async function applyAll(
  parts: DeskParts,
  viewer: Viewer,
  { id, reason, signal }: { id: number; reason: string; signal: AbortSignal },
): Promise<void> {
  for (const { school, draft, outcome } of await parts.store.read(TOWN, (tx) =>
    batchSchools(tx, id),
  )) {
    if (signal.aborted) return;
    const before = outcome as BatchOutcome | null;
    if (draft === null || before?.kind === 'applied' || before?.kind === 'rehearsed') continue;
    const next = await applyOne(parts, viewer, { school, draft, reason }).catch(
      (error: unknown) => broken(parts, school, error).outcome,
    );
    await mark(parts, id, { school, draft, outcome: next });
    await turn();
  }
  await parts.store.write(TOWN, (tx) => setBatchState(tx, id, 'over'));
}

async function applyOne(
  parts: DeskParts,
  viewer: Viewer,
  { school, draft, reason }: { school: SchoolId; draft: number; reason: string },
): Promise<BatchOutcome> {
  const row = await parts.store.read(school, (tx) => draftById(tx, draft));
  const content =
    row === null || row.content === null ? null : contentOf(parts, school, row.content);
  if (row === null || content === null || content.kind === 'files')
    return outcomeOf(parts, viewer, { school, draft });
  const by = actorOf(viewer, reason);
  const able = await readyOf(parts, {
    school,
    year: row.schoolYear,
    content,
    choices: choicesOf(row),
    by,
  });
  if (able.kind !== 'ready') return outcomeOf(parts, viewer, { school, draft });
  const done = await applyDraft(parts, able, { row, choices: choicesOf(row), by });
  if (done.kind === 'applied' || done.kind === 'rehearsed')
    return settled(parts, school, done.import);
  return done.kind === 'nothing'
    ? { kind: 'nothing' }
    : outcomeOf(parts, viewer, { school, draft });
}

async function mark(parts: DeskParts, batch: number, one: BatchSchoolRow): Promise<void> {
  await parts.store.write(TOWN, (tx) => markBatchSchool(tx, batch, { ...one, at: parts.clock() }));
}

function headOf({ clock }: DeskParts, row: BatchRow): Omit<ShownBatch, 'schools' | 'done' | 'of'> {
  const leftAlone =
    (row.state === 'reading' || row.state === 'applying') &&
    row.beatAt.getTime() < clock().getTime() - LOST_MS;
  return {
    id: row.id,
    at: row.createdAt,
    year: row.schoolYear,
    fileName: row.fileName,
    state: row.state,
    leftAlone,
    unknown: row.unknown,
    reason: row.reason,
  };
}

async function shownBatch(
  parts: DeskParts,
  viewer: Viewer,
  id: number,
): Promise<ShownBatch | null> {
  if (viewer.role !== 'agent') return null;
  const found = await parts.store.read(TOWN, async (tx) => {
    const row = await batchById(tx, id);
    return row && { row, members: await batchSchools(tx, id) };
  });
  if (found === null) return null;
  const named = new Map((await ownSchools(parts, viewer)).map((school) => [school.id, school]));
  const schools = found.members.flatMap(({ school, draft, outcome }) => {
    const known = named.get(school);
    return known === undefined
      ? []
      : [{ school: known, draft, outcome: outcome as BatchOutcome | null }];
  });
  const isDone = ({ outcome }: { readonly outcome: BatchOutcome | null }): boolean =>
    outcome !== null && (found.row.state !== 'applying' || outcome.kind !== 'ready');
  return {
    ...headOf(parts, found.row),
    schools,
    done: schools.filter(isDone).length,
    of: schools.length,
  };
}
