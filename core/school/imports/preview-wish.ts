import type { Preview } from '../../roster/preview.ts';
import { listImports } from '../../store/schools/roster-imports.ts';
import type { TownTx } from '../../store/store.ts';
import type { PreviewOutcome, RosterWish } from './contract.ts';
import type { RosterParts } from './parts.ts';
import { planWish } from './plan-wish.ts';
import { type DatedWish, readWish } from './read-wish.ts';

/** As many imports of a school as its history shows. */
export const HISTORY = 50;

export async function previewWish(parts: RosterParts, asked: RosterWish): Promise<PreviewOutcome> {
  const dated = await readWish(parts, asked);
  return dated.kind === 'dated' ? previewDated(parts, dated) : dated;
}

/** What it would do; writes nothing. */
export async function previewDated(parts: RosterParts, dated: DatedWish): Promise<PreviewOutcome> {
  return parts.store.town(async (tx) => {
    const planned = await planWish(tx, dated.school.id, {
      wish: dated.wish,
      hints: dated.set.hints,
      secret: parts.secret,
    });
    if (planned === null) return { kind: 'no-school' };
    return {
      kind: 'preview',
      preview: planned.plan.preview,
      rehearsal: dated.year.kind === 'next',
      sameFileAppliedAt: await sameFile(tx, dated),
    };
  });
}

/** When these very files were last applied to this school. */
export async function sameFile(tx: TownTx, { school, set }: DatedWish): Promise<Date | null> {
  const imports = await listImports(await tx.in(school.id), HISTORY);
  return (
    imports.find(({ fileHash, state }) => state === 'applied' && fileHash.equals(set.hash))
      ?.appliedAt ?? null
  );
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
    levels,
    civilities,
    photos,
    parted,
    refused,
    kept,
    classesMade,
    classesEnded,
    questions,
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
    levels: levels.length,
    civilities: civilities.length,
    photos: photos.length,
    parted: parted.length,
    refused: refused.length,
    kept: kept.length,
    asked: questions.filter(({ preset }) => preset === null).length,
    classesMade: classesMade.length,
    classesEnded: classesEnded.length,
    unchanged,
  };
}
