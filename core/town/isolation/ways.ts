import { BOARD_DOOR, DOORS, type Door } from '../../ground/doors.ts';
import { TOWN, type AddressId, type SchoolId } from '../../ground/ids.ts';
import type { ClosedWay } from '../../roster/closed-ways.ts';
import { writeAgentAct } from '../../store/audit.ts';
import { allSchools } from '../../store/schools/roster.ts';
import type { TownWriteTx } from '../../store/store.ts';
import {
  closedWays,
  hurryWaitingForWay,
  lockClosedWays,
  saveClosedWays,
  schoolsOfAddresses,
} from '../../store/town/closed-ways.ts';
import type { IsolationDifference } from '../../store/town/contract.ts';
import type { IsolationProof } from './contract.ts';

/**
 * Closes the ways that let somebody through in a proof, each in the schools whose pupils it leads
 * to; a proof without any opens those whose opening was asked for before it began.
 */
export async function settleWays(tx: TownWriteTx, proof: IsolationProof): Promise<void> {
  const found = await foundOpen(tx, proof);
  for (const [school, doors] of found) await close(tx, school, { doors, at: proof.begunAt });
  const isClean =
    proof.faults.length === 0 && Object.values(proof.doors).every(({ passes }) => passes === 0);
  if (isClean) await openAsked(tx, proof);
}

/** Which doors were found open, by school; the town's own are every school's. */
async function foundOpen(
  tx: TownWriteTx,
  { doors, differences }: IsolationProof,
): Promise<ReadonlyMap<SchoolId, ReadonlySet<Door>>> {
  const passes = differences.filter(({ kind }) => kind === 'passes');
  const numbers = passes.flatMap(({ from, to }) => [from, to]).filter(isNumber);
  const schools = await schoolsOfAddresses(tx, [...new Set(numbers)]);
  const found = new Map<SchoolId, Set<Door>>();
  const note = (school: SchoolId, door: Door) =>
    found.set(school, (found.get(school) ?? new Set<Door>()).add(door));
  for (const one of passes)
    for (const id of pupilsEnds(one)) {
      const school = schools.get(id);
      if (school !== undefined && !isTownsBoard(one.door, school)) note(school, one.door);
    }
  // Not all are named: then nobody knows in which schools.
  for (const door of DOORS)
    if (doors[door].passes > passes.filter((one) => one.door === door).length) note(TOWN, door);
  return found;
}

/** Whoever reads a school's board reads the town's: it is the school's that is shut. */
const isTownsBoard = (door: Door, school: SchoolId): boolean =>
  door === BOARD_DOOR && school === TOWN;

const isNumber = (one: AddressId | string): one is AddressId => typeof one === 'number';

/** Whose school the way leads to: the pupil's end, the list's, or of a closed account both. */
function pupilsEnds({ door, from, to }: IsolationDifference): readonly AddressId[] {
  if (door === 'closed-account' || door === 'list-to-pupils') return [from, to].filter(isNumber);
  return [door.startsWith('pupil-to-') && !door.startsWith('pupil-to-pupil') ? from : to].filter(
    isNumber,
  );
}

async function close(
  tx: TownWriteTx,
  school: SchoolId,
  { doors, at }: { readonly doors: ReadonlySet<Door>; readonly at: Date },
): Promise<void> {
  const before = await lockClosedWays(tx, school);
  // Found open anew: whoever asked for it to be opened was wrong.
  const kept = before.filter(({ door }) => !doors.has(door));
  const closedAt = at.toISOString();
  const again = before.filter(({ door }) => doors.has(door));
  const ways = [...doors].map((door): ClosedWay => {
    const since = again.find((way) => way.door === door)?.closedAt ?? closedAt;
    return { door, closedAt: since, asked: null };
  });
  await saveClosedWays(tx, school, [...kept, ...ways]);
  for (const door of doors)
    if (!again.some((way) => way.door === door))
      await writeAgentAct(tx, { by: null, act: 'close-way', school, reason: door });
}

/** Those that somebody has asked for before the proof began; what waits for them goes. */
async function openAsked(
  tx: TownWriteTx,
  { begunAt, seconds }: Pick<IsolationProof, 'begunAt' | 'seconds'>,
): Promise<void> {
  const endedAt = new Date(begunAt.getTime() + seconds * 1_000);
  const isToOpen = ({ asked }: ClosedWay) => asked !== null && new Date(asked.at) < begunAt;
  const opened = [...(await closedWays(tx))].filter(([, ways]) => ways.some(isToOpen));
  for (const [school] of opened) {
    const ways = await lockClosedWays(tx, school);
    const kept = ways.filter((way) => !isToOpen(way));
    await saveClosedWays(tx, school, kept);
    for (const { door, asked } of ways.filter(isToOpen))
      await writeAgentAct(tx, { by: asked?.by ?? null, act: 'open-way', school, reason: door });
  }
  if (opened.length === 0) return;
  // A letter waits in its writer's school, which may be another than the way's.
  for (const school of [TOWN, ...(await allSchools(tx))])
    await hurryWaitingForWay(await tx.in(school), endedAt);
}

/** An agent's word that a way is to be opened, and why. */
interface OpenWish {
  readonly school: SchoolId;
  readonly door: Door;
  readonly by: AddressId;
  readonly reason: string;
  readonly at: Date;
}

/** Keeps the wish; the next proof that finds nothing opens it. False: that way isn't closed. */
export async function askToOpen(tx: TownWriteTx, wish: OpenWish): Promise<boolean> {
  const { school, door, by, reason, at } = wish;
  const ways = await lockClosedWays(tx, school);
  if (!ways.some((way) => way.door === door)) return false;
  const asked = { at: at.toISOString(), by, reason };
  await saveClosedWays(
    tx,
    school,
    ways.map((way) => (way.door === door ? { ...way, asked } : way)),
  );
  await writeAgentAct(tx, { by, act: 'ask-way', school, reason });
  return true;
}
