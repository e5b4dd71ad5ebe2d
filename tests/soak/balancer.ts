import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** How long a connection waits for a backend while none takes it. */
const PATIENCE_MS = 20_000;
const RETRY_MS = 50;

/**
 * A balancer as stands before two machines (HAProxy, nginx in `stream` mode): each connection goes
 * to the next of the backends, and to another where that one takes none, or hangs up before a byte
 * of its own. Knows no protocol.
 */
export interface Balancer {
  readonly port: number;
  /** Where connections go from now on; those that stand go on where they are. */
  backends: readonly number[];
  close(): Promise<void>;
}

/** Opens a balancer on a port of its own on the loopback. */
export async function openBalancer(backends: readonly number[]): Promise<Balancer> {
  let turn = 0;
  const open = new Set<Socket>();
  const server: Server = createServer((client) => {
    open.add(client);
    client.on('close', () => open.delete(client));
    client.on('error', () => {});
    const heard: Buffer[] = [];
    client.on('data', (bytes) => heard.push(bytes));
    const deadline = Date.now() + PATIENCE_MS;
    tryNext();

    function tryNext(): void {
      if (client.destroyed) return;
      if (Date.now() > deadline) return void client.destroy();
      const port = balancer.backends[(turn += 1) % balancer.backends.length] ?? 0;
      const backend = connect({ port, host: '127.0.0.1', noDelay: true });
      let sent = 0;
      const forward = (): void => {
        for (; sent < heard.length; sent += 1) backend.write(heard[sent] ?? '');
      };
      backend.on('connect', forward);
      client.on('data', forward);
      backend.on('error', () => {});
      backend.once('data', (first) => {
        client.write(first);
        client.off('data', forward);
        client.removeAllListeners('data');
        backend.off('close', again);
        backend.pipe(client);
        client.pipe(backend);
        client.on('close', () => backend.destroy());
        backend.on('close', () => client.end());
      });
      backend.once('close', again);
      function again(): void {
        client.off('data', forward);
        setTimeout(tryNext, RETRY_MS);
      }
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const balancer: Balancer = {
    port: (server.address() as AddressInfo).port,
    backends,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
  return balancer;
}
