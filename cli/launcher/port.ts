import { createServer } from 'node:net';
import { Fault } from '../../core/fault.ts';
import { portOf } from '../../core/listen.ts';

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

/** What a system says of a port that can't be listened on. */
const WHY = new Map<unknown, readonly [french: string, english: string]>([
  ['EADDRINUSE', ['est déjà pris', 'is in use']],
  ['EACCES', ['demande plus de droits', 'needs more rights']],
]);

/**
 * Makes sure that a port can be listened on; with 0, which is any, that the address is ours. Throws
 * a `Fault` 'configuration' that names the variable.
 */
export async function needPort(port: number, host: string, variable: string): Promise<void> {
  await probe(port, host).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    if (code === 'EADDRNOTAVAIL')
      throw new Fault(
        'configuration',
        `${host} n’est pas une adresse de cette machine : vérifiez PREAU_HOST. / ${host} is no address of this machine: look at PREAU_HOST.`,
        { transient: false, cause },
      );
    const [french, english] = WHY.get(code) ?? ['ne peut pas être ouvert', 'can’t be opened'];
    throw new Fault(
      'configuration',
      `Le port ${port} ${french} sur ${host} : choisissez-en un autre par ${variable}. / Port ${port} ${english} on ${host}: choose another one by ${variable}.`,
      { transient: false, cause },
    );
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
