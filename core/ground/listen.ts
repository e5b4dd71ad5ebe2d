/**
 * Listening for clients: on the port that the configuration names, or in one sentence why not.
 */
import type { Server } from 'node:net';
import { Fault } from './fault.ts';

/** Whether an address of this machine can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

export interface Port {
  readonly host: string;
  /** 0 is any free one. */
  readonly port: number;
  /** The variable that names it. */
  readonly variable: string;
  /** Connections that wait to be taken; the system's own number without. */
  readonly backlog?: number;
}

/**
 * Gives the port in fact listened to. Rejects with a `Fault` 'configuration' that names the
 * variable.
 */
export function listen(server: Server, { variable, ...port }: Port): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(portFault(error, variable, port.port)),
    );
    server.listen(port, () => resolve(portOf(server)));
  });
}

/** The port that a server listens to. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port is listened to');
  return address.port;
}

function portFault(error: NodeJS.ErrnoException, variable: string, port: number): Fault {
  const why =
    error.code === 'EADDRINUSE'
      ? `le port ${port} est déjà pris par un autre programme / port ${port} is already taken by another program`
      : `le port ${port} ne peut pas être ouvert (${error.code ?? error.name}) / port ${port} can’t be opened`;
  return new Fault('configuration', `${variable} : ${why}.`, { transient: false, cause: error });
}
