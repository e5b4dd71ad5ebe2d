/**
 * Reads commands from bytes: lines, literals (RFC 9051 §4.3, RFC 7888, RFC 3516 §4.4), and the
 * messages of APPEND and REPLACE, which are handed on as they come. Holds one command at most,
 * within the caps of `limits.ts`, and what was read of the next; nothing is allocated by an
 * announced size.
 */
import { during } from '../../core/ground/loop-watch.ts';
import type { CommandRefusal } from './command.ts';
import { announcedBy, type AnnouncedLiteral } from './cursor.ts';
import type { ByteSource, WireEvent, IncomingMessages, WireState } from './incoming.ts';
import {
  COMMAND_BYTES,
  DISCARD_BYTES,
  LITERAL_BYTES,
  STRANGER_COMMAND_BYTES,
  STRANGER_LITERAL_BYTES,
} from './limits.ts';
import { MessagesAhead, type CommandLine, type UploadConnection } from './messages-ahead.ts';
import { parse, type ParseOutcome } from './parse.ts';

const LF = 10,
  CR = 13;
const EMPTY = Buffer.alloc(0);
/** Commands whose literal may be a message. */
const UPLOAD = /^[^ ]{1,128} (?:APPEND|(?:UID )?REPLACE) /i;

const tooLong: WireEvent = { kind: 'cut', text: 'The command is too long' };
const END = { kind: 'end' } as const;

export class WireIntake implements IncomingMessages, UploadConnection {
  readonly state: WireState = { signedIn: false, utf8: false };
  #source: ByteSource;
  readonly #send: (text: string) => void;
  #rest: Buffer = EMPTY;
  #messages: MessagesAhead | null = null;
  #cut = false;

  /** `send` writes a continuation (`+ …`) at once. */
  constructor(source: ByteSource, send: (text: string) => void) {
    this.#source = source;
    this.#send = send;
  }

  async next(): Promise<WireEvent> {
    await this.#messages?.leave();
    this.#messages = null;
    let text = '';
    for (;;) {
      if (this.#cut) return { kind: 'cut', text: 'Too much to throw away' };
      const line = await this.readLine(
        (this.state.signedIn ? COMMAND_BYTES : STRANGER_COMMAND_BYTES) - text.length,
      );
      if (line.kind === 'end') return END;
      if (line.kind === 'too-long') return tooLong;
      text += line.text;
      if (line.kind === 'bare-lf') return refuse(text, 'A line ends with CRLF, not with LF alone');
      const announced = announcedBy(line.text);
      if (!announced) return this.#finished(this.#parsed(text));
      const early = this.state.signedIn && UPLOAD.test(text) ? this.#parsed(`${text}\r\n`) : null;
      if (early?.kind === 'upload') return this.#upload(early);
      const refused = early?.kind === 'refused' ? early : this.#tooBig(text, announced);
      if (refused) return await this.#without(announced, refused);
      this.goOn(announced);
      const literal = await this.#exactly(announced.sizeBytes);
      if (literal === null) return END;
      text += `\r\n${literal}`;
    }
  }

  async line(maxBytes: number): Promise<string | 'too-long' | null> {
    const line = await this.readLine(maxBytes);
    if (line.kind === 'end') return null;
    return line.kind === 'too-long' ? line.kind : line.text;
  }

  takeRest(): Buffer {
    const rest = this.#rest;
    this.#rest = EMPTY;
    return rest;
  }

  readFrom(source: ByteSource): void {
    this.#source = source;
  }

  goOn(announced: AnnouncedLiteral): void {
    if (announced.synchronising) this.#send('+ OK\r\n');
  }

  async take(most: number): Promise<Buffer | null> {
    if (this.#rest.length === 0 && !this.#hold(await this.#source.read())) return null;
    const taken = this.#rest.subarray(0, most);
    this.#keep(taken.length);
    return taken;
  }

  async readLine(most: number): Promise<CommandLine> {
    const pieces: Buffer[] = [];
    let length = 0;
    for (;;) {
      if (this.#rest.length === 0 && !this.#hold(await this.#source.read())) return END;
      const lf = this.#rest.indexOf(LF);
      const piece = lf < 0 ? this.#rest : this.#rest.subarray(0, lf + 1);
      length += piece.length;
      if (length > most + 2) return { kind: 'too-long' };
      pieces.push(piece);
      this.#keep(piece.length);
      if (lf >= 0) return ended(pieces.length === 1 ? piece : Buffer.concat(pieces));
    }
  }

  async discard(bytes: number, budget: number): Promise<void> {
    let left = budget;
    for (let ahead = bytes; ;) {
      left -= ahead;
      if (left < 0) {
        this.#cut = true;
        return;
      }
      while (ahead > 0) {
        const taken = await this.take(ahead);
        if (taken === null) return;
        ahead -= taken.length;
      }
      const line = await this.readLine(COMMAND_BYTES);
      if (line.kind === 'too-long') this.#cut = true;
      const announced = line.kind === 'line' ? announcedBy(line.text) : null;
      if (!announced || announced.synchronising) return;
      ahead = announced.sizeBytes;
    }
  }

  #parsed(text: string): ParseOutcome {
    return during({ kind: 'imap-command', bytes: text.length }, () => parse(text, this.state));
  }

  #finished(parsed: ParseOutcome): WireEvent {
    if (parsed.kind === 'command' || parsed.kind === 'refused') return parsed;
    return {
      kind: 'refused',
      tag: '*',
      refused: { status: 'BAD', code: null, text: 'A literal is missing' },
    };
  }

  #upload(parsed: Extract<ParseOutcome, { kind: 'upload' }>): WireEvent {
    const messages = new MessagesAhead(this, parsed.ahead);
    this.#messages = messages;
    return { kind: 'command', tag: parsed.tag, command: { ...parsed.upload, messages } };
  }

  #tooBig(text: string, announced: AnnouncedLiteral): WireEvent | null {
    const most = this.state.signedIn ? LITERAL_BYTES : STRANGER_LITERAL_BYTES;
    const room = (this.state.signedIn ? COMMAND_BYTES : STRANGER_COMMAND_BYTES) - text.length;
    return announced.sizeBytes > Math.min(most, room)
      ? refuse(text, `A literal has at most ${most} bytes here`, 'TOOBIG')
      : null;
  }

  /**
   * RFC 7888 §4: a literal that doesn't wait is on its way, and is read before the answer or the
   * connection ends.
   */
  async #without(announced: AnnouncedLiteral, refused: WireEvent): Promise<WireEvent> {
    if (announced.synchronising) return refused;
    await this.discard(
      announced.sizeBytes,
      this.state.signedIn ? DISCARD_BYTES : STRANGER_COMMAND_BYTES,
    );
    return this.#cut ? tooLong : refused;
  }

  async #exactly(bytes: number): Promise<string | null> {
    const pieces: Buffer[] = [];
    for (let left = bytes; left > 0;) {
      const taken = await this.take(left);
      if (taken === null) return null;
      left -= taken.length;
      pieces.push(taken);
    }
    return (pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)).toString(
      'latin1',
    );
  }

  /** No function waits here: most sessions wait for bytes, and each that does costs half a kB. */
  #hold(read: Buffer | null): boolean {
    this.#rest = read ?? EMPTY;
    return read !== null;
  }

  #keep(from: number): void {
    this.#rest = from < this.#rest.length ? this.#rest.subarray(from) : EMPTY;
  }
}

function ended(bytes: Buffer): CommandLine {
  const crlf = bytes[bytes.length - 2] === CR;
  return {
    kind: crlf ? 'line' : 'bare-lf',
    text: bytes.toString('latin1', 0, bytes.length - (crlf ? 2 : 1)),
  };
}

/** Refused before it was parsed: its tag is read all the same. */
function refuse(text: string, why: string, code: string | null = null): WireEvent {
  const refused: CommandRefusal = { status: 'BAD', code, text: why };
  return {
    kind: 'refused',
    tag: /^[!#-$&',-[\]-z|}~]{1,128}(?= )/.exec(text)?.[0] ?? '*',
    refused,
  };
}
