import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openMachine, type SoakMachine } from './machine.ts';

/** The whole town, each pupil with as many messages as make a million entries. */
const TOWN = ['--schools', '128', '--pupils', '15000', '--teachers', '650', '--mail', '66'];
const FEWEST = 950_000;
/** Pause between two looks at how far the backup is. */
const LOOK_MS = 300;

interface Counts {
  readonly entries: number;
  readonly messages: number;
  /** The number of the last message. */
  readonly newest: number;
  readonly bytes: number;
}

/**
 * How many minutes a whole town with a million entries takes to be backed up and to come back, and
 * how large it is; all of it is there again, and how far the backup was could be seen.
 */
export async function backupMillion(say: (line: string) => void): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'preau-million-'));
  chmodSync(folder, 0o711); // so that PostgreSQL's user may pass
  const machine = await openMachine(folder);
  try {
    await machine.makeKey();
    const filling = await minutes(() => machine.preau('demo', ...TOWN, '--json'));
    await machine.start('--no-demo');
    const before = await countsOf(machine);
    say(`  filled in ${filling.took} min: ${inWords(before)}`);
    const seen = { percents: [] as number[] };
    const full = await minutes(() => watched(machine, seen));
    say(`  full backup: ${full.took} min, seen at ${seen.percents.join(', ')} %`);
    const increment = await minutes(() => machine.preau('backup', '--json'));
    const [{ bytes: stored = 0 } = {}] = [await infoOf(machine)];
    say(`  incremental: ${increment.took} min; repository ${megabytes(stored)} MB`);
    await machine.lose();
    const restored = await minutes(() => machine.preau('restore', '--key', machine.key, '--json'));
    await machine.start('--no-demo');
    const after = await countsOf(machine, before.newest);
    say(`  restore: ${restored.took} min: ${inWords(after)}`);
    const isSame = after.entries === before.entries && after.messages === before.messages;
    const isShown = seen.percents.some((percent) => percent > 0 && percent < 100);
    const right = isSame && before.entries >= FEWEST && isShown;
    say(`backup of a million: ${right ? 'ok' : 'NOT RIGHT'}`);
    return right;
  } finally {
    await machine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes a full backup, and asks meanwhile how far it is, as a person would. */
async function watched(machine: SoakMachine, seen: { readonly percents: number[] }): Promise<void> {
  let over = false;
  const made = machine.preau('backup', '--full', '--json').finally(() => {
    over = true;
  });
  made.catch(() => {});
  while (!over) {
    const { percent } = await infoOf(machine);
    if (percent !== null && percent !== seen.percents.at(-1)) seen.percents.push(percent);
    await sleep(LOOK_MS);
  }
  await made;
}

/** What `preau backup info` says; its code tells only whether there is a backup yet. */
async function infoOf(
  machine: SoakMachine,
): Promise<{ readonly percent: number | null; readonly bytes?: number }> {
  const { output } = await machine.tried('backup', 'info', '--json');
  return JSON.parse(output) as { percent: number | null; bytes?: number };
}

/** What there is up to a message: a town that runs writes letters of its own. */
async function countsOf(machine: SoakMachine, newest = Number.MAX_SAFE_INTEGER): Promise<Counts> {
  const [row] = await machine.rows<Record<keyof Counts, string>>(
    `select (select count(*) from entry where message_id <= $1) as entries,
       (select count(*) from message where id <= $1) as messages,
       (select max(id) from message where id <= $1) as newest,
       pg_database_size(current_database()) as bytes`,
    [newest],
  );
  return {
    entries: Number(row?.entries),
    messages: Number(row?.messages),
    newest: Number(row?.newest),
    bytes: Number(row?.bytes),
  };
}

async function minutes(run: () => Promise<unknown>): Promise<{ readonly took: string }> {
  const begun = performance.now();
  await run();
  return { took: ((performance.now() - begun) / 60_000).toFixed(2) };
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
const inWords = ({ entries, messages, bytes }: Counts): string =>
  `${entries} entries, ${messages} messages, database ${megabytes(bytes)} MB`;
