import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Act } from './rounds.ts';
import { CELL } from './three-machines.ts';
import type { TownOfCell } from './town-of-cell.ts';

/** Longer than Patroni asks etcd before it gives the primary up, where it has nothing else. */
const ETCD_AWAY_MS = 13_000;
/** Until some letters wait for a copy, and how long their waits are ended. */
const WAITING_MS = 400;
const ENDING_MS = 800;

const NAMES = CELL.machines.map(({ name }) => name);

/** What a cell is to outlive, by name. */
export function faultsOf(cell: TownOfCell): Readonly<Record<string, Act>> {
  const { three, doors } = cell;
  return {
    'the primary killed': async () => {
      const dead = await three.primary();
      three.kill(dead);
      return async () => three.revive(dead);
    },
    'the primary frozen, and thawed': async () => {
      const cold = await three.primary();
      three.freeze(cold);
      return async () => three.thaw(cold);
    },
    'a switchover': async () => {
      await three.switchOver();
      return async () => {};
    },
    'a copy killed': async (round) => {
      const primary = await three.primary();
      const dead = NAMES.filter((name) => name !== primary)[round % 2] ?? '';
      three.kill(dead);
      return async () => three.revive(dead);
    },
    'one etcd of three killed': async (round) => {
      const dead = NAMES[round % NAMES.length] ?? '';
      await three.loseEtcd([dead]);
      return async () => three.bringEtcd([dead]);
    },
    'all of etcd killed': async () => {
      await three.loseEtcd(NAMES);
      await sleep(ETCD_AWAY_MS);
      await three.bringEtcd(NAMES);
      return async () => {};
    },
    'waits for a copy ended': async (round) => {
      const primary = await three.primary();
      const thaw = await endWaits(three.superUrl, round);
      if (round % 2 === 1) {
        thaw();
        return async () => {};
      }
      three.kill(primary);
      return async () => three.revive(primary);
    },
    'a rolling upgrade': async () => {
      for (const [at, door] of [...doors]) {
        door.process.kill('SIGTERM');
        await door.ended();
        await cell.serve(at);
      }
      const primary = await three.primary();
      for (const name of NAMES.filter((one) => one !== primary)) await restarted(three, name);
      await three.switchOver();
      await three.whole();
      await restarted(three, primary);
      return async () => {};
    },
    'the roles of a machine killed': async (round) => {
      const at = round % doors.size;
      const door = doors.get(at);
      process.kill(-(door?.process.pid ?? Number.NaN), 'SIGKILL');
      await door?.ended();
      return async () => cell.serve(at);
    },
  };
}

/** A minor version is a restart; the next one waits until this one follows again. */
async function restarted(three: TownOfCell['three'], name: string): Promise<void> {
  await three.restart(name);
  await three.whole();
}

/**
 * Holds what carries commits to the copies, and ends the waits of letters for them, by cancelling
 * or by ending their connections: they are then on the primary alone. Gives what lets the copies
 * follow again.
 */
async function endWaits(superUrl: string, round: number): Promise<() => void> {
  const client = new pg.Client({ connectionString: superUrl });
  client.on('error', () => {}); // its primary may be killed
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pid from pg_stat_replication');
  for (const { pid } of rows) process.kill(pid, 'SIGSTOP');
  await sleep(WAITING_MS);
  const end = round % 4 < 2 ? 'pg_cancel_backend' : 'pg_terminate_backend';
  let ended = 0;
  for (const until = Date.now() + ENDING_MS; Date.now() < until; await sleep(100)) {
    const { rowCount } = await client.query(
      `select ${end}(pid) from pg_stat_activity where wait_event = 'SyncRep' and usename = 'preau_app'`,
    );
    ended += rowCount ?? 0;
  }
  await client.end();
  if (ended === 0) throw new Error('no letter waited for a copy');
  return () => {
    for (const { pid } of rows) process.kill(pid, 'SIGCONT');
  };
}
