import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openQuestions } from '../../../core/school/imports/questions/open-questions.ts';
import { dumpOf, peopleOf, SECRET } from '../../../core/school/imports/testing/school-files.ts';
import type { Store } from '../../../core/store/store.ts';
import type { TrappedSchool } from './trapped-town.ts';

/** The moment at which these imports take place. */
export const IMPORT_NOW = new Date('2026-10-05T08:00:00Z');

const IMPORTER = join(import.meta.dirname, 'import-town.ts');

/** What an import in a process of its own came to. */
interface TownImported {
  readonly outcomes: Readonly<Record<string, number>>;
  readonly ms: number;
  readonly peakMiB: number;
}

/** Imports a town's folder in a process of its own, to its end. */
export async function importTown(databaseUrl: string, folder: string): Promise<TownImported> {
  const child = spawn('node', [IMPORTER, databaseUrl, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the importer ended with ${code}`);
  return JSON.parse(output) as TownImported;
}

/** Begins the same and kills it (SIGKILL) after a while; false where it had ended before. */
export async function killedImport(
  databaseUrl: string,
  folder: string,
  afterMs: number,
): Promise<boolean> {
  const child = spawn('node', [IMPORTER, databaseUrl, folder], { stdio: 'ignore' });
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  await Promise.race([pause(afterMs), ended]);
  child.kill('SIGKILL');
  const [, signal] = await ended;
  return signal === 'SIGKILL';
}

/** A school as `townTold` compares it. */
interface SchoolTold {
  readonly slug: string;
  readonly people: readonly (readonly string[])[];
  readonly ties: readonly string[];
  /** Whom each is about, and how many people it may be. */
  readonly questions: readonly (readonly [string, number])[];
}

/** A town by names and addresses: people, classes, ties, and how many questions each school has. */
export async function townTold(
  store: Store,
  schools: readonly TrappedSchool[],
): Promise<readonly SchoolTold[]> {
  const told: SchoolTold[] = [];
  for (const { id, slug } of schools) {
    const people = [];
    for (const role of ['pupil', 'guardian', 'teacher', 'head'])
      people.push(...(await peopleOf(store, id, IMPORT_NOW, role)));
    const addresses = new Map(people.map((one) => [Number(one.id), one.address]));
    const { guardianship = [] } = await dumpOf(store, id);
    const ties = guardianship
      .map((row) => JSON.parse(row) as { child_address_id: number; guardian_address_id: number })
      .map((row) =>
        [row.child_address_id, row.guardian_address_id].map((one) => addresses.get(one)).join(' '),
      );
    const open = await store.read(id, (tx) => openQuestions(SECRET, tx));
    told.push({
      slug,
      people: people.map(({ address, name, state, classes }) => [address, name, state, ...classes]),
      ties: ties.sort(),
      questions: open.map(({ name, choices }) => [name, choices.length]),
    });
  }
  return told;
}
