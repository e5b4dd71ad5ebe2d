import type { Logger } from 'pino';
import { firstCodes } from '../codes/first-codes.ts';
import type { AddressId, SchoolId } from '../ids.ts';
import { momentOf } from '../roster/hours.ts';
import { linesOf, type Line } from '../roster/matching/identity.ts';
import { planImport, type Wish } from '../roster/planning/plan.ts';
import { yearOf, type Year } from '../roster/planning/year.ts';
import type { Acts, Plan, Preview } from '../roster/preview.ts';
import { readRosterSet, type RosterSet } from '../roster/reading/read-set.ts';
import type { ColumnMapping } from '../roster/reading/read.ts';
import { dayAt } from '../roster/snapshot.ts';
import { writeAgentAct, writeAudit } from '../store/audit.ts';
import {
  dropMoveWishes,
  dropWishesOfImport,
  insertMoveWishes,
} from '../store/schools/move-wishes.ts';
import { lockImports, writeActs } from '../store/schools/roster-acts.ts';
import {
  insertImport,
  keepReport,
  lastApplied,
  listImports,
  mappingFor,
  markUndone,
  rehearsalOf,
  rememberMapping,
  rememberSource,
  replaceRehearsal,
  schoolById,
  schoolBySlug,
  setRollOver,
  sourcesOf,
  type NewImport,
  type SchoolRow,
} from '../store/schools/roster-imports.ts';
import { readState, type ReadState } from '../store/schools/roster-state.ts';
import { undoRows } from '../store/schools/roster-undo.ts';
import { findAddressesById } from '../store/schools/roster.ts';
import type { Store, TownTx } from '../store/store.ts';
import type {
  Applied,
  Previewed,
  Rehearsal,
  RosterActor,
  Rosters,
  RosterWish,
  Undone,
  Unusable,
} from './contract.ts';
import { keepChanges, imagesOf } from './keep-changes.ts';
import { touchedBy, type Settle, type Touched } from './settle.ts';

export interface RosterParts {
  readonly store: Store;
  /** The key of every keyed hash. */
  readonly secret: Buffer;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly domain: string;
  readonly settle: Settle;
}

/** A roll-over begins when nobody is at school yet. */
export const ROLL_OVER_AT = '00:05';
export const UNDO_DAYS = 30;
const DAY_MS = 86_400_000;
const HISTORY = 50;

/** What was read of the files, the rows themselves apart. */
export type ReadSet = Omit<RosterSet, 'kind' | 'rows' | 'unsettled'>;

/** A wish read and dated. */
export interface Ready {
  readonly kind: 'ready';
  readonly school: SchoolRow;
  readonly set: ReadSet;
  readonly year: Exclude<Year, { kind: 'wrong-year' }>;
  readonly wish: Wish;
}

export function openRosters(parts: RosterParts): Rosters {
  const { store } = parts;
  return {
    preview: (wish) => preview(parts, wish),
    apply: (wish, codes = 'without-codes') => apply(parts, wish, codes),
    undo: (school, by) => undo(parts, school, by),
    rehearsal: (school) => readRehearsal(parts, school),
    moveRollOver: (school, day, by) => moveRollOver(parts, school, { day, by }),
    history: async (school) =>
      (await store.read(school, (tx) => listImports(tx, HISTORY))).map((one) => ({
        id: one.id,
        by: one.actor,
        createdAt: one.createdAt,
        appliedAt: one.appliedAt,
        format: one.format,
        year: one.schoolYear,
        state: one.state,
        day: one.holdsFrom,
        summary: one.summary as Readonly<Record<string, number>>,
      })),
    schoolOf: async (slug) => (await store.town((tx) => schoolBySlug(tx, slug)))?.id ?? null,
  };
}

/** Reads the files and dates the wish; or says why nothing can be made of it. */
export async function ready(parts: RosterParts, asked: RosterWish): Promise<Ready | Unusable> {
  const { store, secret } = parts;
  const dated = await datedWish(parts, asked.school, asked.year);
  if (dated.kind !== 'dated') return dated;
  const { school, year } = dated;
  const remembered = async (headerHash: Buffer): Promise<ColumnMapping | null> =>
    asked.mapping ??
    ((await store.read(school.id, (tx) => mappingFor(tx, headerHash))) as ColumnMapping | null);
  const set = await readRosterSet(asked.files, { mappingFor: remembered, school: asked.exported });
  if (set.kind === 'unreadable') return set;
  const toLines = (rows: RosterSet['rows']): Line[] => linesOf(rows, { secret, scope: school.id });
  return {
    kind: 'ready',
    school,
    set,
    year,
    wish: wishFor(asked, {
      lines: toLines(set.rows),
      unsettled: toLines(set.unsettled),
      set,
      day: year.day,
    }),
  };
}

/** The school and what the year means there today. */
export async function datedWish(
  { store, clock }: RosterParts,
  id: SchoolId,
  asked: string,
): Promise<
  { readonly kind: 'dated'; readonly school: SchoolRow; readonly year: Ready['year'] } | Unusable
> {
  const school = await store.town((tx) => schoolById(tx, id));
  if (school === null || school.id === 0) return { kind: 'no-school' };
  const year = yearOf(asked, dayAt(clock(), school.timeZone));
  return year.kind === 'wrong-year' ? year : { kind: 'dated', school, year };
}

/** What was read, with what was decided about it. */
export function wishFor(
  asked: Pick<RosterWish, 'decisions' | 'retyped' | 'by'>,
  {
    lines,
    unsettled,
    set,
    day,
  }: { lines: readonly Line[]; unsettled: readonly Line[]; set: ReadSet; day: string },
): Wish {
  return {
    lines,
    unsettled,
    refused: set.refused,
    classes: set.classes,
    day,
    decisions: asked.decisions,
    retyped: asked.retyped,
    byAgent: asked.by.kind === 'agent',
  };
}

/** The plan against the school as it is in this transaction, and what it was planned from. */
export async function planned(
  tx: TownTx,
  school: SchoolId,
  { wish, hints }: { wish: Wish; hints: readonly string[] },
): Promise<{ plan: Plan; read: ReadState } | null> {
  const read = await readState(tx, school, keysOf(wish.lines));
  if (read === null) return null;
  const plan = planImport(read.state, wish);
  const sources = await sourcesOf(await tx.in(school));
  const isForeign =
    hints.length > 0 && sources.length > 0 && !hints.some((hint) => sources.includes(hint));
  if (!isForeign || plan.preview.stops.some(({ kind }) => kind === 'other-school'))
    return { plan, read };
  return {
    plan: {
      ...plan,
      preview: { ...plan.preview, stops: [...plan.preview.stops, { kind: 'other-school' }] },
    },
    read,
  };
}

function keysOf(lines: readonly Line[]): string[] {
  return [...new Set(lines.flatMap(({ keys }) => keys))];
}

async function preview(parts: RosterParts, asked: RosterWish): Promise<Previewed> {
  const able = await ready(parts, asked);
  return able.kind === 'ready' ? previewReady(parts, able) : able;
}

/** What it would do; writes nothing. */
export async function previewReady(parts: RosterParts, able: Ready): Promise<Previewed> {
  return parts.store.town(async (tx) => {
    const found = await planned(tx, able.school.id, { wish: able.wish, hints: able.set.hints });
    if (found === null) return { kind: 'no-school' };
    return {
      kind: 'preview',
      preview: found.plan.preview,
      rehearsal: able.year.kind === 'next',
      sameFileAppliedAt: await sameFile(tx, able),
    };
  });
}

/** When these very files were last applied to this school. */
async function sameFile(tx: TownTx, { school, set }: Ready): Promise<Date | null> {
  const imports = await listImports(await tx.in(school.id), HISTORY);
  return (
    imports.find(({ fileHash, state }) => state === 'applied' && fileHash.equals(set.hash))
      ?.appliedAt ?? null
  );
}

async function apply(
  parts: RosterParts,
  asked: RosterWish,
  codes: 'with-codes' | 'without-codes',
): Promise<Applied> {
  const able = await ready(parts, asked);
  return able.kind === 'ready'
    ? applyReady(parts, able, { ...asked, codes, mappingOf: () => asked.mapping })
    : able;
}

interface Asked extends Pick<RosterWish, 'year' | 'by'> {
  /** First codes for those who have none, made in the same transaction. */
  readonly codes: 'with-codes' | 'without-codes';
  /** What was said now of a header that nobody knows, to be remembered. */
  readonly mappingOf: (header: Buffer) => ColumnMapping | null;
}

/**
 * Does it in one transaction, in which `also` may write down what depends on it; or nothing of it.
 */
export async function applyReady(
  parts: RosterParts,
  able: Ready,
  asked: Asked,
  also: (tx: TownTx, applied: Applied) => Promise<void> = async () => {},
): Promise<Applied> {
  const { school } = able;
  const { applied, touched } = await parts.store.town(async (tx) => {
    await lockImports(tx);
    const done = await applyIn(parts, tx, able, asked);
    await also(tx, done.applied);
    return done;
  });
  await parts.settle(touched);
  if ('preview' in applied)
    parts.log.info(
      {
        school: school.id,
        act: 'roster-import',
        outcome: applied.kind,
        ...summaryOf(applied.preview),
      },
      'roster',
    );
  return applied;
}

interface Done {
  readonly applied: Applied;
  readonly touched: readonly Touched[];
}

const untouched = (applied: Applied): Done => ({ applied, touched: [] });

async function applyIn(parts: RosterParts, tx: TownTx, able: Ready, asked: Asked): Promise<Done> {
  const { school, set, wish, year } = able;
  const found = await planned(tx, school.id, { wish, hints: set.hints });
  if (found === null) return untouched({ kind: 'no-school' });
  const { plan } = found;
  if (plan.preview.stops.length > 0) return untouched({ kind: 'stopped', preview: plan.preview });
  const summary = summaryOf(plan.preview);
  const head: Omit<NewImport, 'state' | 'lines' | 'appliedAt'> = {
    actor: asked.by.address,
    format: set.formats.join(' '),
    fileHash: set.hash,
    schoolYear: asked.year,
    holdsFrom: year.day,
    summary,
  };
  const sameFileAppliedAt = await sameFile(tx, able);
  const sheets = async () =>
    asked.codes === 'with-codes'
      ? firstCodes(parts, tx, { school: school.id, by: asked.by.address })
      : [];
  const inSchool = await tx.in(school.id);
  for (const hint of set.hints) await rememberSource(inSchool, hint);
  for (const header of set.mapped) {
    const mapping = asked.mappingOf(header);
    if (mapping !== null) await rememberMapping(inSchool, header, mapping);
  }
  if (year.kind === 'next') {
    await replaceRehearsal(inSchool);
    const id = await insertImport(inSchool, {
      ...head,
      state: 'rehearsed',
      appliedAt: null,
      lines: { wish, hints: set.hints },
    });
    await setRollOver(inSchool, id, {
      day: year.day,
      at: momentOf(year.day, ROLL_OVER_AT, school.timeZone),
    });
    await keepReport(inSchool, id, { report: plan.preview, since: undoableSince(parts) });
    await writeDown(tx, school.id, asked.by, {
      act: 'roster-rehearse',
      subject: { import: id, ...summary },
    });
    return untouched({ kind: 'rehearsed', id, preview: plan.preview, day: year.day });
  }
  if (plan.preview.nothingToDo) {
    // What a person is known by may still be new.
    if (plan.acts.keys.length > 0)
      await writeActs(tx, plan.acts, writingFor(parts, school, year.day));
    return untouched({
      kind: 'nothing',
      preview: plan.preview,
      sameFileAppliedAt,
      sheets: await sheets(),
    });
  }
  const id = await insertImport(inSchool, {
    ...head,
    state: 'applied',
    appliedAt: parts.clock(),
    lines: null,
  });
  const { preview, touched } = await carryOut(parts, tx, {
    school,
    found,
    id,
    day: year.day,
    by: asked.by.address,
  });
  await writeDown(tx, school.id, asked.by, {
    act: 'roster-import',
    subject: { import: id, ...summary },
  });
  return { applied: { kind: 'applied', id, preview, sheets: await sheets() }, touched };
}

/** Who did what: for the head of the school to read; and of an agent, why. */
async function writeDown(
  tx: TownTx,
  school: SchoolId,
  by: RosterActor,
  { act, subject }: { act: string; subject: Readonly<Record<string, unknown>> },
): Promise<void> {
  if (by.kind === 'agent') await writeAgentAct(tx, by.address, act, school, by.reason);
  await writeAudit(await tx.in(school), by.address, act, subject);
}

function undoableSince({ clock }: RosterParts): Date {
  return new Date(clock().getTime() - UNDO_DAYS * DAY_MS);
}

/**
 * Writes a plan and keeps what it changed, here and in the schools that people came from or went
 * to. Gives the preview with the addresses of those who arrived.
 */
export async function carryOut(
  parts: RosterParts,
  tx: TownTx,
  {
    school,
    found,
    id,
    day,
    by,
  }: {
    school: SchoolRow;
    found: { plan: Plan; read: ReadState };
    id: number;
    day: string;
    by: AddressId | null;
  },
): Promise<{ readonly preview: Preview; readonly touched: readonly Touched[] }> {
  const { plan, read } = found;
  const others = [
    ...new Set([
      ...plan.acts.moves.map(({ from }) => from),
      ...plan.acts.movesOut.map(({ to }) => to),
    ]),
  ];
  const before = await imagesOf(tx, others);
  before.set(school.id, read.image);
  const made = await writeActs(tx, plan.acts, writingFor(parts, school, day));
  const changes = await keepChanges(
    tx,
    { school: school.id, id },
    { before, acts: plan.acts, people: read.state.people },
  );
  await settleWishes(tx, plan.acts, { asking: school.id, importId: id, by, at: parts.clock() });
  await tellFormerSchools(tx, plan.acts, { by, to: school.id });
  const addresses = new Map(
    (await findAddressesById(tx, made)).map(({ entry }) => [entry.id, entry.address]),
  );
  const preview = {
    ...plan.preview,
    arrives: plan.preview.arrives.map((line, index) => ({
      ...line,
      address: addresses.get(made[index] ?? (0 as AddressId)) ?? null,
    })),
  };
  await keepReport(await tx.in(school.id), id, { report: preview, since: undoableSince(parts) });
  return { preview, touched: touchedBy(changes) };
}

/** Asks the town for children of other schools; those who have come are asked for no more. */
async function settleWishes(
  tx: TownTx,
  { moves, movesAsked, movesDropped }: Acts,
  asking: Parameters<typeof insertMoveWishes>[1],
): Promise<void> {
  await insertMoveWishes(tx, asking, movesAsked);
  await dropMoveWishes(tx, asking.asking, [
    ...movesDropped,
    ...moves.map(({ address }) => address),
  ]);
}

/** The head of the school that somebody left reads that they did. */
async function tellFormerSchools(
  tx: TownTx,
  { moves }: Acts,
  { by, to }: { by: AddressId | null; to: SchoolId },
): Promise<void> {
  for (const [from, gone] of Map.groupBy(moves, (move) => move.from))
    await writeAudit(await tx.in(from), by, 'moved-away', {
      people: gone.map(({ address }) => address),
      school: to,
    });
}

function writingFor(parts: RosterParts, school: SchoolRow, day: string) {
  return { school: school.id, slug: school.slug, domain: school.domain ?? parts.domain, day };
}

/** Counts alone: nothing that names anybody. */
export function summaryOf(preview: Preview): Readonly<Record<string, number>> {
  const {
    arrives,
    leaves,
    movesClass,
    changesSchool,
    joins,
    renamed,
    parted,
    refused,
    kept,
    classesMade,
    classesEnded,
    unchanged,
  } = preview;
  return {
    arrives: arrives.length,
    leaves: leaves.length,
    movesClass: movesClass.length,
    changesSchool: changesSchool.length,
    joins: joins.length,
    waits: changesSchool.filter(({ waitsForAgent }) => waitsForAgent).length,
    renamed: renamed.length,
    parted: parted.length,
    refused: refused.length,
    kept: kept.length,
    classesMade: classesMade.length,
    classesEnded: classesEnded.length,
    unchanged,
  };
}

async function undo(
  { store, clock, log, settle }: RosterParts,
  school: SchoolId,
  by: RosterActor,
): Promise<Undone> {
  let touched: readonly Touched[] = [];
  const undone = await store.town(async (tx): Promise<Undone> => {
    await lockImports(tx);
    const last = await lastApplied(await tx.in(school));
    if (last === null || last.appliedAt === null) return { kind: 'nothing-to-undo' };
    if (clock().getTime() - last.appliedAt.getTime() > UNDO_DAYS * DAY_MS)
      return { kind: 'too-late', appliedAt: last.appliedAt };
    const outcome = await undoRows(tx, { school, id: last.id });
    if (outcome.kind !== 'undone') return outcome;
    touched = touchedBy(outcome.changes);
    await dropWishesOfImport(tx, school, last.id);
    const inSchool = await tx.in(school);
    await markUndone(inSchool, last.id, clock());
    await writeDown(tx, school, by, { act: 'roster-undo', subject: { import: last.id } });
    return { kind: 'undone', id: last.id, appliedAt: last.appliedAt };
  });
  await settle(touched);
  log.info({ school, act: 'roster-undo', outcome: undone.kind }, 'roster');
  return undone;
}

/** What a rehearsal keeps of its files. */
export interface KeptLines {
  readonly wish: Wish;
  readonly hints: readonly string[];
}

/**
 * What a rehearsal keeps, as it lies in the database: one of an earlier version says nothing of
 * lines that couldn't be used.
 */
export function keptLines(lines: unknown): KeptLines {
  const { wish, hints } = lines as KeptLines;
  return { wish: { ...wish, unsettled: wish.unsettled ?? [] }, hints };
}

async function readRehearsal(
  { store, clock }: RosterParts,
  school: SchoolId,
): Promise<Rehearsal | null> {
  return store.town(async (tx) => {
    const row = await rehearsalOf(await tx.in(school));
    if (row === null) return null;
    const { wish, hints } = keptLines(row.lines);
    const found = await planned(tx, school, {
      wish: { ...wish, day: laterOf(row.holdsFrom, dayAt(clock(), 'Europe/Paris')) },
      hints,
    });
    if (found === null) return null;
    const names = [
      ...new Set(
        wish.lines.flatMap((line) =>
          line.kind === 'pupil'
            ? (line.className ?? [])
            : line.kind === 'adult'
              ? line.classNames
              : [],
        ),
      ),
    ];
    const classes = names.map((name) => ({
      name,
      pupils: wish.lines.flatMap((line) =>
        line.kind === 'pupil' && line.className === name
          ? `${line.givenName} ${line.familyName}`
          : [],
      ),
      teachers: wish.lines.flatMap((line) =>
        line.kind === 'adult' && line.classNames.includes(name)
          ? `${line.givenName} ${line.familyName}`
          : [],
      ),
    }));
    return {
      id: row.id,
      year: row.schoolYear,
      day: row.holdsFrom,
      classes,
      preview: found.plan.preview,
      stoppedBy: row.stoppedBy,
    };
  });
}

function laterOf(one: string, other: string): string {
  return one > other ? one : other;
}

async function moveRollOver(
  { store, clock }: RosterParts,
  school: SchoolId,
  { day, by }: { readonly day: string; readonly by: RosterActor },
): Promise<boolean> {
  return store.town(async (tx) => {
    const row = await schoolById(tx, school);
    const inSchool = await tx.in(school);
    const rehearsal = await rehearsalOf(inSchool);
    if (
      row === null ||
      rehearsal === null ||
      !/^\d{4}-\d{2}-\d{2}$/.test(day) ||
      Number.isNaN(Date.parse(day)) ||
      day < dayAt(clock(), row.timeZone)
    )
      return false;
    await setRollOver(inSchool, rehearsal.id, {
      day,
      at: momentOf(day, ROLL_OVER_AT, row.timeZone),
    });
    await writeDown(tx, school, by, {
      act: 'move-roll-over',
      subject: { import: rehearsal.id, day },
    });
    return true;
  });
}
