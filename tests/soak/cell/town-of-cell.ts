import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { CellMachine } from '../../../cli/cluster/cell.ts';
import type { DemoAccount, DemoTown } from '../../e2e/whole.ts';
import { testClamd } from '../../shared/fresh-database.ts';
import { frontDoor, type FrontDoor } from '../../shared/front-door.ts';
import { NO_RESOLVER } from '../../shared/town.ts';
import type { DebianPrograms } from './debian-programs.ts';
import type { PagesAt } from './pages.ts';
import { CELL, startThree, type CellGround, type ThreeMachines } from './three-machines.ts';

/** The demo town on a cell, and the roles that serve it. */
export interface TownOfCell {
  readonly three: ThreeMachines;
  readonly town: DemoTown;
  /** By machine; one that was killed is served again. */
  readonly doors: Map<number, FrontDoor>;
  readonly pages: PagesAt;
  /** Where the world finds a port. */
  seen(port: number): number;
  account(local: string): DemoAccount;
  /** A command, as it is typed on a machine. */
  preau(machine: CellMachine, args: readonly string[], more?: Variables): FrontDoor;
  /** Roles of a machine, ready: all, where none is named. */
  serve(at: number, roles?: string): Promise<void>;
  close(): Promise<void>;
}

type Variables = Readonly<Record<string, string>>;

export async function openTownOfCell(
  programs: DebianPrograms,
  ground?: CellGround,
  everywhere: (three: ThreeMachines) => Variables = () => ({}),
): Promise<TownOfCell> {
  const three = await startThree(programs, ground);
  const { on, cell } = three.ground;
  await three.whole();
  const doors = new Map<number, FrontDoor>();
  const preau: TownOfCell['preau'] = (machine, args, more = {}) =>
    frontDoor(typed(on(machine.name, ['sh', 'cli/run.sh', 'preau.ts', ...args])), {
      ...three.variables(machine),
      PREAU_CLAMD: testClamd(),
      PREAU_RESOLVER: NO_RESOLVER,
      ...everywhere(three),
      ...more,
    });
  const [first] = cell.machines;
  if (first === undefined) throw new Error('no machine');
  await done(preau(first, ['migrate', '--without-point'], three.ownerVariables(first)));
  await done(preau(first, ['demo', '--i-know']));
  const demo = join(three.variables(first)['PREAU_DATA'] ?? '', 'demo.json');
  const town = JSON.parse(readFileSync(demo, 'utf8')) as DemoTown;
  const seen = (port: number): number => three.ports.get(port) ?? 0;
  return {
    three,
    town,
    doors,
    preau,
    seen,
    pages: { port: seen(443), host: CELL.host },
    account(local) {
      const found = town.accounts.find(({ address }) => address.startsWith(`${local}@`));
      if (found === undefined) throw new Error(`the demo town has no ${local}`);
      return found;
    },
    async serve(at, roles) {
      const machine = cell.machines[at];
      if (machine === undefined) throw new Error(`no machine ${at}`);
      const some = roles === undefined ? [] : ['--roles', roles];
      const args = ['start', ...some, '--processes', '1', '--no-demo', '--json'];
      const door = preau(machine, args);
      doors.set(at, door);
      await door.ready();
    },
    async close() {
      for (const door of doors.values()) {
        door.process.kill('SIGTERM');
        await door.ended();
      }
      await three.close();
      programs.remove();
    },
  };
}

function typed([program = '', ...args]: readonly string[]): [string, ...string[]] {
  return [program, ...args];
}

async function done(door: FrontDoor): Promise<void> {
  const { code, output } = await door.ended();
  expect(code, output.slice(-2_000)).toBe(0);
}
