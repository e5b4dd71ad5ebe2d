/**
 * The messages of one APPEND or REPLACE, read from the connection while they come (RFC 9051
 * §6.3.12, RFC 3502, RFC 8508).
 */
import type { AppendedMessage, Messages, NextMessage, Refused } from './command.ts';
import { announcedBy, Cursor, GrammarError } from './cursor.ts';
import type { WireIntake } from './intake.ts';
import { COMMAND_BYTES, DISCARD_MESSAGE_BYTES } from './limits.ts';
import { messageAhead, type MessageAhead } from './parse-append.ts';

/** The peer is gone: nothing of the command counts. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/**
 * Where the reading stands: before a message's bytes (`ahead`), within them, behind them, or at the
 * command's end. `leftBytes` are the bytes of the message that come in any case.
 */
type Standing =
  | { readonly at: 'ahead' | 'given'; readonly message: MessageAhead }
  | { readonly at: 'within'; leftBytes: number; readonly utf8: boolean }
  | { readonly at: 'behind'; readonly utf8: boolean }
  | { readonly at: 'end' };

export class MessagesAhead implements Messages {
  readonly waits: boolean;
  readonly #intake: WireIntake;
  #standing: Standing;

  constructor(intake: WireIntake, first: MessageAhead) {
    this.waits = first.announced.synchronising;
    this.#intake = intake;
    this.#standing = { at: 'ahead', message: first };
  }

  async next(): Promise<NextMessage> {
    if (this.#standing.at === 'ahead') return this.#give(this.#standing.message);
    if (this.#standing.at === 'behind') return await this.#afterMessage(this.#standing.utf8);
    if (this.#standing.at === 'end') return { kind: 'end' };
    return refuse('The message before was not read');
  }

  async leave(): Promise<void> {
    const standing = this.#standing;
    this.#standing = { at: 'end' };
    switch (standing.at) {
      case 'ahead':
      case 'given':
        if (!standing.message.announced.synchronising)
          await this.#intake.discard(standing.message.announced.sizeBytes, DISCARD_MESSAGE_BYTES);
        return;
      case 'within':
        return await this.#intake.discard(standing.leftBytes, DISCARD_MESSAGE_BYTES);
      case 'behind':
        return await this.#intake.discard(0, DISCARD_MESSAGE_BYTES);
      case 'end':
        return;
    }
  }

  #give(ahead: MessageAhead): NextMessage {
    this.#standing = { at: 'given', message: ahead };
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
    const within: Standing = {
      at: 'within',
      leftBytes: ahead.announced.sizeBytes,
      utf8: ahead.utf8,
    };
    this.#standing = within;
    this.#intake.goOn(ahead.announced);
    while (within.leftBytes > 0) {
      const taken = await this.#intake.take(within.leftBytes);
      if (taken === null) throw new ConnectionLost('The connection ended within a message');
      within.leftBytes -= taken.length;
      yield taken;
    }
    this.#standing = { at: 'behind', utf8: ahead.utf8 };
  }

  /** CRLF, or one more message (RFC 3502 §6.3.11); before that the `)` of `UTF8 (…)`. */
  async #afterMessage(utf8: boolean): Promise<NextMessage> {
    const line = await this.#intake.readLine(COMMAND_BYTES);
    this.#standing = { at: 'end' };
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
        await this.#intake.discard(announced.sizeBytes, DISCARD_MESSAGE_BYTES);
      return { kind: 'refused', refused: error.refused };
    }
  }
}

function refuse(text: string): NextMessage {
  const refused: Refused = { status: 'BAD', code: null, text };
  return { kind: 'refused', refused };
}
