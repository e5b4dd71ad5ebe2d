import type { SchoolId } from '../../core/ground/ids.ts';
import type { Preview } from '../../core/roster/preview.ts';
import type { RosterFile } from '../../core/roster/reading/contract.ts';
import { importSentence } from '../../core/roster/reasons.ts';
import {
  type ApplyOutcome,
  type PreviewOutcome,
  type RosterWish,
  type Rosters,
  type Stray,
  COMMAND_LINE,
} from '../../core/school/imports/contract.ts';
import { EXIT, exitFor, type Exit } from '../exits.ts';
import { readyFolder } from '../private-file.ts';
import { refused } from '../refused.ts';
import { readyReport } from '../report-file.ts';
import { codesSentence, sentenceOf, straySentence, WRONG } from '../texts/roster.ts';
import { filesIn, townFiles } from './files.ts';
import type { RosterOrder } from './order.ts';
import { writeSheets } from './sheets.ts';

export interface SchoolOutcome {
  readonly school: string;
  readonly outcome: ApplyOutcome['kind'] | PreviewOutcome['kind'] | 'unreadable' | 'unknown-school';
  readonly preview: Preview | null;
  /** Codes that were made and written down. */
  readonly codes: number;
  /** One sentence for a person, in French and English. */
  readonly sentence: string;
  readonly exit: Exit;
}

/**
 * Previews or applies the files of one school, or of all schools one after another, each in its own
 * transaction. Throws a `Fault` 'configuration' with a sentence, before anything is done, where the
 * path or the school isn't there, or what the order names can't take files. `progress` is told each
 * school that is done.
 */
export async function runRoster(
  rosters: Rosters,
  order: RosterOrder,
  progress: (done: number, of: number, outcome: SchoolOutcome) => void,
): Promise<readonly SchoolOutcome[]> {
  const { sets, strays } = await setsOf(rosters, order);
  if (order.sheets !== null) readyFolder('sheets', order.sheets.folder);
  if (order.report !== null) readyReport(order.report);
  const outcomes: SchoolOutcome[] = strays.map(strayOutcome);
  for (const { slug, id, files, exported } of sets) {
    const wish: RosterWish = {
      school: id,
      files,
      mapping: order.columns,
      exported,
      year: order.year,
      decisions: order.decisions,
      retyped: order.retyped,
      arrivals: order.arrivals,
      by: COMMAND_LINE,
    };
    const outcome =
      order.act === 'apply'
        ? await applied(rosters, order, { slug, wish })
        : outcomeOf(slug, await rosters.preview(wish), 0);
    outcomes.push(outcome);
    progress(outcomes.length - strays.length, sets.length, outcome);
  }
  return outcomes;
}

interface SchoolSet {
  readonly slug: string;
  readonly id: SchoolId;
  readonly files: readonly RosterFile[];
  readonly exported: string | null;
}

/** The files of each school, and what is no school's. */
async function setsOf(
  rosters: Rosters,
  { path, schools }: RosterOrder,
): Promise<{ readonly sets: readonly SchoolSet[]; readonly strays: readonly Stray[] }> {
  if (schools.kind === 'one') {
    const files = filesIn(path);
    const id = await rosters.schoolOf(schools.slug);
    if (id === null) throw refused(WRONG.noSuchSchool(schools.slug));
    return { sets: [{ slug: schools.slug, id, files, exported: null }], strays: [] };
  }
  const found = await rosters.shares(townFiles(path));
  if ('kind' in found) throw refused(importSentence(found, 'fr'));
  const sets = found.shares.map(({ school, files, exported }) => ({
    slug: school.slug,
    id: school.id,
    files,
    exported,
  }));
  return {
    sets: sets.sort((one, other) => (one.slug < other.slug ? -1 : 1)),
    strays: found.strays,
  };
}

/** Nobody's files keep nobody else from theirs, and are said. */
function strayOutcome(stray: Stray): SchoolOutcome {
  return {
    school: stray.name,
    outcome: 'unknown-school',
    preview: null,
    codes: 0,
    sentence: straySentence(stray),
    exit: EXIT.stopped,
  };
}

async function applied(
  rosters: Rosters,
  { sheets }: RosterOrder,
  { slug, wish }: { readonly slug: string; readonly wish: RosterWish },
): Promise<SchoolOutcome> {
  const answer = await rosters.apply(wish, sheets === null ? 'without-codes' : 'with-codes');
  const made = 'sheets' in answer ? answer.sheets : [];
  return outcomeOf(
    slug,
    answer,
    sheets === null ? 0 : await writeSheets(made, { ...sheets, school: slug }),
  );
}

function outcomeOf(
  school: string,
  answer: ApplyOutcome | PreviewOutcome,
  codes: number,
): SchoolOutcome {
  const preview = 'preview' in answer ? answer.preview : null;
  return {
    school,
    outcome: answer.kind,
    preview,
    codes,
    sentence: `${sentenceOf(answer)}${codes === 0 ? '' : codesSentence(codes)}`,
    exit: exitFor(answer),
  };
}
