import type { TestTown } from '../../../../tests/shared/town.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import { dueRows } from '../../../store/due.ts';
import type { OwnAbsence } from '../../../store/people/contract.ts';
import { openDelivery } from '../../delivery/accept.ts';
import { tellAbsence, type TellingParts } from '../tell-absence.ts';

export const ABSENCE: OwnAbsence = {
  isOn: true,
  from: '2026-11-24',
  until: '2026-11-27',
  words: 'Je suis en stage jusqu’à vendredi.',
  outside: 'nobody',
  outsideWords: '',
};

/** Somebody is away, as `wish` says besides. */
export async function goAway(
  town: TestTown,
  local: string,
  wish: Partial<OwnAbsence> = {},
): Promise<void> {
  const said = await town.core.presence.saveAbsence(await town.viewer(local), {
    ...ABSENCE,
    ...wish,
  });
  if (said !== 'saved') throw new Error(said);
}

const partsOf = (town: TestTown): TellingParts => ({
  ...town.parts,
  delivery: openDelivery(town.parts),
});

/** Does what is due by now, as a worker would; gives how many rows that were. */
export async function tellAll(
  town: TestTown,
  parts: TellingParts = partsOf(town),
  times = 1,
): Promise<number> {
  const rows = await dueAbsences(town);
  for (const { school, row } of rows)
    await Promise.all(Array.from({ length: times }, () => tellAbsence(parts, school, row)));
  return rows.length;
}

export function dueAbsences(
  town: TestTown,
): Promise<readonly { readonly school: SchoolId; readonly row: number }[]> {
  return town.store.town((tx) =>
    dueRows(tx, { now: town.clock.now, kinds: ['absence'], limit: 5000 }),
  );
}
