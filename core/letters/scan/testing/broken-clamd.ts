import { createServer, type Socket } from 'node:net';

export interface BrokenClamd {
  readonly address: string;
  /** How many connections are open: a scan given up must not leave one. */
  open(): number;
  /** How many there have been. */
  opened(): number;
  close(): Promise<void>;
}

/**
 * A scanner that fails on purpose: `answer` is called once a whole message has come, with its
 * number in the session from 1. The real one runs in all other tests.
 */
export async function brokenClamd(
  answer: (socket: Socket, number: number) => void,
  /** Called once something has come. */
  begun: (socket: Socket) => void = () => {},
): Promise<BrokenClamd> {
  const sockets = new Set<Socket>();
  let opened = 0;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    opened += 1;
    let number = 0;
    let tail = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', () => begun(socket));
    socket.on('data', (chunk: Buffer) => {
      tail = Buffer.concat([tail, chunk]).subarray(-4);
      if (tail.equals(Buffer.alloc(4))) answer(socket, (number += 1));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    address: `tcp://127.0.0.1:${address.port}`,
    opened: () => opened,
    // we stay half open on purpose, as a stuck clamd does
    open: () => [...sockets].filter((socket) => !socket.readableEnded).length,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
