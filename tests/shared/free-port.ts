import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** The ports of one whole. */
export interface Ports {
  readonly mx: number;
  readonly submission: number;
  readonly submissions: number;
  readonly imap: number;
  readonly imaps: number;
  readonly web: number;
}

/**
 * Below the ports that Linux gives to whoever connects or listens on 0 (32768 to 60999): a port
 * that was found free stays free until its server starts, and while it is started again.
 */
const FIRST = 10_240;
const END = 32_768;
const MAX_TRIES = 100;

/** Those that this process was given: nobody listens on one before its server starts. */
const given = new Set<number>();

/** A TCP port of the loopback that nobody listens on, another one each time. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const port = randomInt(FIRST, END);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`no free port among ${MAX_TRIES} between ${FIRST} and ${END}`);
}

/** A free port for each server of a whole. */
export async function freePorts(): Promise<Ports> {
  return {
    mx: await freePort(),
    submission: await freePort(),
    submissions: await freePort(),
    imap: await freePort(),
    imaps: await freePort(),
    web: await freePort(),
  };
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen({ port, host: '127.0.0.1', exclusive: true });
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
