import type { AddressId, SchoolId } from '../../ground/ids.ts';
import { endedBefore } from '../../roster/given-file.ts';
import type { Acts, Preview } from '../../roster/preview.ts';
import { writeAudit } from '../../store/audit.ts';
import { findAddressesById } from '../../store/schools/addresses.ts';
import type { SchoolRow } from '../../store/schools/contract.ts';
import { dropMoveWishes, insertMoveWishes } from '../../store/schools/move-wishes.ts';
import { writeActs } from '../../store/schools/roster-acts.ts';
import { keepReport } from '../../store/schools/roster-imports.ts';
import type { TownTx } from '../../store/store.ts';
import { keepChanges, imagesOf } from './keep-changes.ts';
import type { RosterParts } from './parts.ts';
import type { PlannedWish } from './plan-wish.ts';
import { touchedBy, type ChangedClasses } from './settle.ts';

/** A planned import, and who applies it when. */
interface ImportToCarryOut {
  school: SchoolRow;
  planned: PlannedWish;
  id: number;
  day: string;
  by: AddressId | null;
}

/**
 * Writes a plan and keeps what it changed, here and in the schools that people came from or went
 * to. Gives the preview with the addresses of those who arrived.
 */
export async function carryOut(
  parts: RosterParts,
  tx: TownTx,
  { school, planned, id, day, by }: ImportToCarryOut,
): Promise<CarriedOut> {
  const { plan, read } = planned;
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
  const addressOf = (id: AddressId | undefined): string | null =>
    (id === undefined ? undefined : addresses.get(id)) ?? null;
  const preview = {
    ...plan.preview,
    arrives: plan.preview.arrives.map((line, index) => ({
      ...line,
      address: addressOf(made[index]),
    })),
  };
  await keepReport(await tx.in(school.id), id, {
    report: reportOf(preview),
    since: endedBefore(parts.clock()).applied,
  });
  return { preview, touched: touchedBy(changes), made };
}

interface CarriedOut {
  readonly preview: Preview;
  readonly touched: readonly ChangedClasses[];
  /** The addresses of the accounts made, in the order of the plan. */
  readonly made: readonly AddressId[];
}

/** What is kept of a preview to be read later: whom a question is about stays sealed. */
export function reportOf(preview: Preview): Preview {
  return { ...preview, questions: [] };
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

export function writingFor(parts: RosterParts, school: SchoolRow, day: string) {
  return { school: school.id, slug: school.slug, domain: school.domain ?? parts.domain, day };
}
