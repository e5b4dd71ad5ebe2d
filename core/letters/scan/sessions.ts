import type { Socket } from 'node:net';
import type { Pieces } from '../../ground/pieces.ts';

/** What is scanned: in hand, or read piece by piece as clamd takes it. */
type Asked = readonly Buffer[] | Pieces;

/**
 * Connections to clamd that stay open from one message to the next: opening one costs both sides
 * more than scanning a letter.
 */
interface Sessions {
  /** What clamd says of a message in pieces, without its number. Rejects where there is none. */
  ask(message: Asked): Promise<string>;
  close(): void;
}

/** clamd has had everything for as long as it may think, and said nothing. */
export class SlowAnswer extends Error {}

/** An answer that doesn't belong to what was asked, or none at all. */
class Nonsense extends Error {}

/** What stands before each chunk (clamd(8), INSTREAM). */
function lengthOf(bytes: number): Buffer {
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32BE(bytes);
  return length;
}

const BEGIN = Buffer.from('zIDSESSION\0');
const COMMAND = Buffer.from('zINSTREAM\0');
const END = Buffer.alloc(4);
/** No answer of clamd's is longer: a path that we don't give, and a signature's name. */
const MAX_ANSWER = 4_096;
/** Number, answer, end (clamd(8), IDSESSION). */
const ANSWER = /^(\d+): ([^\0]*)\0$/;
/**
 * Answers after which clamd reads on; after an ERROR it may have closed, or be in the middle of
 * something.
 */
const goesOn = (answer: string): boolean =>
  answer.endsWith(': OK') || (answer.endsWith(' FOUND') && answer.includes(': '));

/**
 * Keeps sessions open that have nothing to do, until clamd or the time limit of `open`'s sockets
 * ends them. One that ended unseen between two messages has scanned nothing of the second: that is
 * sent once more, over a new one. Every other failure is the caller's.
 */
export function openSessions(open: () => Promise<Socket>): Sessions {
  const idle: Session[] = [];
  let closed = false;

  async function askOn(session: Session, message: Asked): Promise<string> {
    const answer = await ('read' in message ? session.askPieces(message) : session.ask(message));
    if (closed || !session.isOpen) session.end();
    else idle.push(session);
    return answer;
  }

  async function connect(): Promise<Session> {
    return new Session(await open(), (session) => {
      const at = idle.indexOf(session);
      if (at >= 0) idle.splice(at, 1);
    });
  }

  return {
    async ask(message) {
      const kept = idle.pop();
      if (!kept) return askOn(await connect(), message);
      try {
        return await askOn(kept, message);
      } catch (error) {
        if (kept.hasSpoken || error instanceof SlowAnswer) throw error;
        return askOn(await connect(), message);
      }
    },
    close() {
      closed = true;
      for (const session of idle.splice(0)) session.end();
    },
  };
}

/** One connection, one message at a time. Any failure ends it. */
class Session {
  readonly #socket: Socket;
  readonly #ended: (session: Session) => void;
  #number = 0;
  #heard = '';
  #asking: PromiseWithResolvers<string> | null = null;
  /** Clamd has had the message to its end: an answer before that is none. */
  #isSent = false;

  constructor(socket: Socket, ended: (session: Session) => void) {
    this.#socket = socket;
    this.#ended = ended;
    socket.on('data', (chunk: Buffer) => this.#hear(chunk.toString('latin1')));
    socket.on('timeout', () => this.end(new SlowAnswer()));
    socket.on('end', () => this.end());
    socket.on('error', (error) => this.end(error));
    socket.on('close', () => this.end());
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /** Whether something came of the answer to the message in hand. */
  get hasSpoken(): boolean {
    return this.#heard !== '';
  }

  ask(message: readonly Buffer[]): Promise<string> {
    const { promise } = this.#begin();
    this.#isSent = true;
    const length = lengthOf(message.reduce((sum, piece) => sum + piece.length, 0));
    this.#socket.cork(); // command, length and a small message go out as one
    for (const piece of [...this.#command(), length, ...message, END]) this.#socket.write(piece);
    this.#socket.uncork();
    return promise;
  }

  /** The same of what is read as clamd takes it, one piece after the other. */
  async askPieces({ read }: Pieces): Promise<string> {
    const asking = this.#begin();
    // Whoever asked hears of it below, once the reading has stopped.
    asking.promise.catch(() => undefined);
    try {
      for (const piece of this.#command()) this.#socket.write(piece);
      for await (const piece of read()) {
        if (this.#asking !== asking) break;
        this.#socket.write(lengthOf(piece.length));
        await this.#written(piece);
      }
      this.#isSent = true;
      if (this.#asking === asking) this.#socket.write(END);
    } catch (error) {
      this.end(error instanceof Error ? error : new Nonsense('a piece is not there'));
    }
    return asking.promise;
  }

  #begin(): PromiseWithResolvers<string> {
    const asking = Promise.withResolvers<string>();
    this.#asking = asking;
    this.#heard = '';
    this.#isSent = false;
    this.#number += 1;
    this.#socket.ref();
    return asking;
  }

  #command(): readonly Buffer[] {
    return this.#number === 1 ? [BEGIN, COMMAND] : [COMMAND];
  }

  /** Once its memory may be used again: the system has it, or the session is at its end. */
  #written(piece: Buffer): Promise<void> {
    return new Promise((resolve) => this.#socket.write(piece, () => resolve()));
  }

  end(why: Error = new Nonsense('clamd closed the session')): void {
    this.#socket.destroy();
    this.#ended(this);
    this.#asking?.reject(why);
    this.#asking = null;
  }

  #hear(text: string): void {
    if (!this.#asking) return this.end();
    this.#heard += text;
    if (!this.#heard.endsWith('\0') && this.#heard.length < MAX_ANSWER) return;
    const [, number, answer] = ANSWER.exec(this.#heard) ?? [];
    if (answer === undefined || Number(number) !== this.#number || !this.#isSent)
      return this.end(new Nonsense('clamd answered something else'));
    const { resolve } = this.#asking;
    this.#asking = null;
    this.#socket.unref();
    if (!goesOn(answer)) this.end();
    resolve(answer);
  }
}
