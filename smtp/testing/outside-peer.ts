import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

/**
 * Somebody else's mail server: it counts what it takes, by recipient, and answers each as its local
 * part says.
 */
export interface OutsidePeer {
  readonly url: string;
  /** How often each recipient's mail was taken. */
  readonly taken: ReadonlyMap<string, number>;
  /** How often each recipient was named. */
  readonly asked: ReadonlyMap<string, number>;
  /** The reverse-path with which each recipient was last named; empty for `<>`. */
  readonly senders: ReadonlyMap<string, string>;
  readonly last: () => string;
  stop(): Promise<void>;
  /** Listens again, where it did before. */
  again(): Promise<void>;
}

/**
 * `later…` is deferred once, `never…` refused, `always-later…` deferred each time, `slow…` answered
 * after this pause.
 */
const SLOW_MS = 150;

export async function startOutsidePeer(): Promise<OutsidePeer> {
  const taken = new Map<string, number>();
  const asked = new Map<string, number>();
  const senders = new Map<string, string>();
  let port = 0;
  let last = '';
  let server = await listen();
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    asked,
    senders,
    last: () => last,
    stop: () => stopped(server),
    async again() {
      server = await listen();
    },
  };

  async function listen(): Promise<SMTPServer> {
    const made = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 1,
      onRcptTo({ address }, { envelope: { mailFrom } }, done) {
        const before = asked.get(address) ?? 0;
        senders.set(address, mailFrom ? mailFrom.address : '');
        asked.set(address, before + 1);
        if (address.startsWith('never')) return done(refusal(550, 'no such mailbox'));
        if (address.startsWith('always-later') || (address.startsWith('later') && before === 0))
          return done(refusal(451, 'come back'));
        if (address.startsWith('slow')) void sleep(SLOW_MS).then(() => done());
        else done();
      },
      onData(stream, session, done) {
        void text(stream).then((raw) => {
          last = raw;
          for (const { address } of session.envelope.rcptTo)
            taken.set(address, (taken.get(address) ?? 0) + 1);
          done();
        }, done);
      },
    });
    made.on('error', () => undefined); // a worker killed mid-sentence
    await new Promise<void>((resolve) => {
      made.listen(port, '127.0.0.1', resolve);
    });
    port = (made.server.address() as AddressInfo).port;
    return made;
  }
}

function stopped(server: SMTPServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
