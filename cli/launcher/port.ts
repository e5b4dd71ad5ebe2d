import { createServer } from 'node:net';
import { errorCode, Fault } from '../../core/ground/fault.ts';
import { portOf } from '../../core/ground/listen.ts';
import { TEXTS } from '../texts/launcher.ts';

const given = new Set<number>();

/**
 * A free TCP port of the loopback, never the same twice; another process may take it before we do.
 */
export async function freePort(): Promise<number> {
  const port = await probe(0, '127.0.0.1');
  if (given.has(port)) return freePort();
  given.add(port);
  return port;
}

/**
 * Makes sure that a port can be listened on; with 0, which is any, that the address is ours. Throws
 * a `Fault` 'configuration' that names the variable.
 */
export async function needPort(port: number, host: string, variable: string): Promise<void> {
  await probe(port, host).catch((cause: unknown) => {
    const code = errorCode(cause);
    if (code === 'EADDRNOTAVAIL')
      throw new Fault('configuration', TEXTS.noAddressOfOurs(host), { transient: false, cause });
    throw new Fault('configuration', TEXTS.portRefused({ port, host, variable, code }), {
      transient: false,
      cause,
    });
  });
}

async function probe(port: number, host: string): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const opened = portOf(server);
      server.close(() => resolve(opened));
    });
  });
}
