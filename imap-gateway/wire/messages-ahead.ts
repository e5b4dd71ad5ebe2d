/**
 * The messages of one APPEND or REPLACE, read from the connection while they come (RFC 9051
 * §6.3.12, RFC 3502, RFC 8508).
 */
import type { AppendedMessage, Messages, NextMessage, CommandRefusal } from './command.ts';
import { announcedBy, Cursor, GrammarError, type AnnouncedLiteral } from './cursor.ts';
import { COMMAND_BYTES, DISCARD_MESSAGE_BYTES } from './limits.ts';
import { messageAhead, type MessageAhead } from './parse-append.ts';

/** One line of a command, without its end, as latin1. */
export type CommandLine =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'bare-lf'; readonly text: string }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'end' };

/** The connection that messages come by. */
export interface UploadConnection {
  /** Tells the client to go on, where it waits for that (RFC 9051 §7.6). */
  goOn(announced: AnnouncedLiteral): void;

  /** At most `most` bytes, as they come; null at the end. */
  take(most: number): Promise<Buffer | null>;

  /** Longer than `most` bytes a line is `too-long`, and where it ends stays unknown. */
  readLine(most: number): Promise<CommandLine>;

  /**
   * Throws away what is on its way in any case: `bytes`, then the rest of the command with every
   * literal that doesn't wait for a continuation. Where that is more than `budget` the connection
   * has to be cut.
   */
  discard(bytes: number, budget: number): Promise<void>;
}

/** The peer is gone: nothing of the command counts. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/**
 * Where the reading stands: before a message's bytes (`ahead`), within them, behind them, or at the
 * command's end. `leftBytes` are the bytes of the message that come in any case.
 */
type Progress =
  | { readonly at: 'ahead' | 'given'; readonly message: MessageAhead }
  | { readonly at: 'within'; leftBytes: number; readonly utf8: boolean }
  | { readonly at: 'behind'; readonly utf8: boolean }
  | { readonly at: 'end' };

export class MessagesAhead implements Messages {
  readonly waits: boolean;
  readonly #upload: UploadConnection;
  #progress: Progress;

  constructor(upload: UploadConnection, first: MessageAhead) {
    this.waits = first.announced.synchronising;
    this.#upload = upload;
    this.#progress = { at: 'ahead', message: first };
  }

  async next(): Promise<NextMessage> {
    if (this.#progress.at === 'ahead') return this.#give(this.#progress.message);
    if (this.#progress.at === 'behind') return await this.#afterMessage(this.#progress);
    if (this.#progress.at === 'end') return { kind: 'end' };
    return refuse('The message before was not read');
  }

  async leave(): Promise<void> {
    const progress = this.#progress;
    this.#progress = { at: 'end' };
    switch (progress.at) {
      case 'ahead':
      case 'given':
        if (!progress.message.announced.synchronising)
          await this.#upload.discard(progress.message.announced.sizeBytes, DISCARD_MESSAGE_BYTES);
        return;
      case 'within':
        return await this.#upload.discard(progress.leftBytes, DISCARD_MESSAGE_BYTES);
      case 'behind':
        return await this.#upload.discard(0, DISCARD_MESSAGE_BYTES);
      case 'end':
        return;
    }
  }

  #give(ahead: MessageAhead): NextMessage {
    this.#progress = { at: 'given', message: ahead };
    const { flags, internalDate, utf8, announced } = ahead;
    const message: AppendedMessage = {
      flags,
      internalDate,
      utf8,
      sizeBytes: announced.sizeBytes,
      literal8: announced.literal8,
      body: () => this.#body(ahead),
    };
    return { kind: 'message', message };
  }

  async *#body(ahead: MessageAhead): AsyncGenerator<Buffer> {
    const within: Progress = {
      at: 'within',
      leftBytes: ahead.announced.sizeBytes,
      utf8: ahead.utf8,
    };
    this.#progress = within;
    this.#upload.goOn(ahead.announced);
    while (within.leftBytes > 0) {
      const taken = await this.#upload.take(within.leftBytes);
      if (taken === null) throw new ConnectionLost('The connection ended within a message');
      within.leftBytes -= taken.length;
      yield taken;
    }
    this.#progress = { at: 'behind', utf8: ahead.utf8 };
  }

  /** CRLF, or one more message (RFC 3502 §6.3.11); before that the `)` of `UTF8 (…)`. */
  async #afterMessage({ utf8 }: Pick<MessageAhead, 'utf8'>): Promise<NextMessage> {
    const line = await this.#upload.readLine(COMMAND_BYTES);
    this.#progress = { at: 'end' };
    if (line.kind === 'end') throw new ConnectionLost('The connection ended within APPEND');
    if (line.kind !== 'line') return refuse('The line after a message must end with CRLF');
    const announced = announcedBy(line.text);
    try {
      const cursor = new Cursor(announced ? `${line.text}\r\n` : line.text, { utf8: false });
      if (utf8) cursor.expect(')');
      if (cursor.atEnd) return { kind: 'end' };
      return this.#give(messageAhead(cursor));
    } catch (error) {
      if (!(error instanceof GrammarError)) throw error;
      if (announced && !announced.synchronising)
        await this.#upload.discard(announced.sizeBytes, DISCARD_MESSAGE_BYTES);
      return { kind: 'refused', refused: error.refused };
    }
  }
}

function refuse(text: string): NextMessage {
  const refused: CommandRefusal = { status: 'BAD', code: null, text };
  return { kind: 'refused', refused };
}
