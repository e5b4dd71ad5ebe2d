import { execFileSync } from 'node:child_process';
import { connect, createServer, type AddressInfo } from 'node:net';
import { CELL, type CellGround } from './three-machines.ts';

/**
 * Three machines that a wire joins, each with a network of its own (network namespaces of Linux): a
 * router in the middle, which takes packets from one to another or drops them.
 */
export interface CellWire {
  readonly ground: CellGround;
  /** A port of this machine that leads to one of theirs, by a line that is never cut. */
  lead(name: string, port: number): Promise<number>;
  /**
   * Drops all that a machine sends to the two others (`out`), that they send to it (`in`), or both.
   */
  cut(name: string, direction: CutDirection): void;
  mend(): void;
  close(): void;
}

export type CutDirection = 'both' | 'out' | 'in';

/** By whose number nobody else is known here. */
const NETWORK = '10.134';
const HOST = 9;
const DROPPED = '100';
const addressOf = (number: number): string => `${NETWORK}.${number}.1`;

/** The wire, or a sentence that says why there is none. */
export function openWire(): CellWire | string {
  const prefix = `preau${process.pid}`;
  const machines = CELL.machines.map(({ name }, at) => ({ name, address: addressOf(at + 1) }));
  const spaceOf = (name: string): string => `${prefix}${name}`;
  const router = spaceOf('r');
  const lineOf = (name: string): string => `pw${process.pid % 100_000}${name}`;
  const inRouter = (...args: readonly string[]): void => ip('-n', router, ...args);
  const close = (): void => {
    for (const space of [router, ...machines.map(({ name }) => spaceOf(name))])
      tried(() => ip('netns', 'del', space));
    tried(() => ip('link', 'del', lineOf('h')));
  };
  try {
    ip('netns', 'add', router);
    inRouter('link', 'set', 'lo', 'up');
    execFileSync('ip', ['netns', 'exec', router, 'sysctl', '-qw', 'net.ipv4.ip_forward=1']);
    for (const [at, { name }] of machines.entries()) {
      ip('netns', 'add', spaceOf(name));
      join({ router, line: lineOf(name), number: at + 1, space: spaceOf(name) });
    }
    join({ router, line: lineOf('h'), number: HOST, space: null });
  } catch (error) {
    close();
    return `no network namespaces: ${String(error)}`;
  }
  return {
    close,
    ground: {
      cell: { ...CELL, machines },
      hasPorts: true,
      on: (name, command) => ['ip', 'netns', 'exec', spaceOf(name), ...command],
    },
    async lead(name, port) {
      const host = machines.find((one) => one.name === name)?.address ?? '';
      const server = createServer((ours) => {
        const theirs = connect({ host, port });
        for (const [from, to] of [
          [ours, theirs],
          [theirs, ours],
        ] as const) {
          from.on('error', () => {}).on('close', () => to.destroy());
          from.pipe(to);
        }
      }).unref();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return (server.address() as AddressInfo).port;
    },
    cut(name, direction) {
      for (const other of machines.filter((one) => one.name !== name)) {
        const ways = [
          ...(direction === 'in' ? [] : [{ from: name, to: other.name }]),
          ...(direction === 'out' ? [] : [{ from: other.name, to: name }]),
        ];
        for (const { from, to } of ways) drop(lineOf(from), addressIn(machines, to));
      }
    },
    mend: () => inRouter('rule', 'flush', 'pref', DROPPED),
  };

  function drop(line: string, to: string): void {
    inRouter('rule', 'add', 'pref', DROPPED, 'iif', `${line}r`, 'to', to, 'blackhole');
  }
}

const addressIn = (
  machines: readonly { readonly name: string; readonly address: string }[],
  name: string,
): string => machines.find((one) => one.name === name)?.address ?? '';

/** A line between the router and a machine, or this one. */
function join({
  router,
  line,
  number,
  space,
}: {
  readonly router: string;
  readonly line: string;
  readonly number: number;
  readonly space: string | null;
}): void {
  const there = space === null ? [] : ['-n', space];
  const gateway = `${NETWORK}.${number}.254`;
  ip('link', 'add', line, 'type', 'veth', 'peer', 'name', `${line}r`);
  ip('link', 'set', `${line}r`, 'netns', router);
  if (space !== null) ip('link', 'set', line, 'netns', space);
  ip('-n', router, 'addr', 'add', `${gateway}/24`, 'dev', `${line}r`);
  ip('-n', router, 'link', 'set', `${line}r`, 'up');
  if (space !== null) ip(...there, 'link', 'set', 'lo', 'up');
  ip(...there, 'addr', 'add', `${addressOf(number)}/24`, 'dev', line);
  ip(...there, 'link', 'set', line, 'up');
  const all = space === null ? `${NETWORK}.0.0/16` : 'default';
  ip(...there, 'route', 'add', all, 'via', gateway);
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', [...args], { stdio: ['ignore', 'ignore', 'pipe'] });
}

function tried(act: () => void): void {
  try {
    act();
  } catch {
    // it isn't there
  }
}
