import { createConnection } from 'node:net';

/** By what a server shows that it is there: it takes the connection, or it greets (SMTP, IMAP). */
type Sign = 'connect' | 'data';

const PATIENCE_MS = 5_000;

/** Whether a server does so by now; one that says nothing for some seconds doesn't. */
export function answers(sign: Sign, port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    const say = (is: boolean) => () => {
      socket.destroy();
      resolve(is);
    };
    socket.once(sign, say(true)).once('error', say(false));
    socket.setTimeout(PATIENCE_MS, say(false));
  });
}
