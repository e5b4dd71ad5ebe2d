/** A town that comes back to a moment lives on from there, and comes back to all of that life. */
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Core } from '../../core/core.ts';
import { readRecord } from '../../core/town/readiness/backup/record.ts';
import {
  CAN_BACK_UP,
  keptFiles,
  makeTown,
  openLosingTown,
  subjectsOf,
  write,
  type LosingTown,
} from './testing/losing-town.ts';

let town: LosingTown;
beforeEach(() => {
  town = openLosingTown();
});
afterEach(() => town.remove());

/** A restore knows moments by the second. */
async function momentOfItsOwn(): Promise<string> {
  await setTimeout(1_100);
  const at = new Date();
  await setTimeout(1_100);
  return at.toISOString().replace(/\.\d+/, '');
}

/** What Lina and the team hold is this, the newest first, and all of it is sound. */
async function holds(core: Core, subjects: readonly string[]): Promise<void> {
  expect(await subjectsOf(core, 'lina.moreau')).toEqual(subjects);
  expect(await keptFiles(core)).toEqual(subjects.toSorted());
  expect(await town.preau('verify', { bytes: true })).toMatchObject({ faults: [] });
}

/** The repository is whole, and comes back beside with so many messages. */
async function proven(messages: number): Promise<void> {
  await town.preau('backup prove');
  const { verified, tried, restored } = readRecord(town.config.dataDir);
  expect(verified).toMatchObject({ trouble: null, olderDamaged: false });
  expect(tried?.trouble).toBeNull();
  expect(restored).toMatchObject({ messages });
}

/** Lives until it is lost: a letter after the moment that is given, and a backup after that. */
async function lostAfter(subjects: readonly [kept: string, undone: string]): Promise<string> {
  const [kept, undone] = subjects;
  return town.onTown(async (core) => {
    await makeTown(core);
    await write(core, 'Avant');
    await town.preau('backup');
    await write(core, kept);
    const moment = await momentOfItsOwn();
    await write(core, undone);
    await town.preau('backup');
    return moment;
  });
}

it.skipIf(!CAN_BACK_UP)(
  'what is written after a town has come back to a moment comes back with the latest, before a backup and after',
  { tags: 'soak' },
  async () => {
    const { folder, preau, onTown, lose } = town;
    await preau('backup key', { sheet: `${folder}/key.pdf` });
    const moment = await lostAfter(['Gardée', 'Défaite']);

    await preau('restore', { key: lose(), to: moment });
    await onTown(async (core) => {
      await holds(core, ['Gardée', 'Avant']);
      await write(core, 'Depuis');
      await proven(3);
    });

    await preau('restore', { key: lose() });
    const later = await onTown(async (core) => {
      await holds(core, ['Depuis', 'Gardée', 'Avant']);
      await write(core, 'Encore');
      expect(await preau('backup')).toMatchObject({ type: 'incr' });
      await write(core, 'Après la copie');
      await proven(5);
      const at = await momentOfItsOwn();
      await write(core, 'La dernière');
      return at;
    });

    const key = lose();
    await preau('restore', { key });
    await onTown(async (core) =>
      holds(core, ['La dernière', 'Après la copie', 'Encore', 'Depuis', 'Gardée', 'Avant']),
    );
    lose();
    await preau('restore', { key, to: later });
    await onTown(async (core) => {
      await holds(core, ['Après la copie', 'Encore', 'Depuis', 'Gardée', 'Avant']);
      await proven(5);
    });
  },
);
