import { pino, type DestinationStream, type Logger } from 'pino';

/** How deep the causes of an error are followed into the log. */
const MAX_CAUSES = 3;
/** What never may stand in a log line, wherever somebody puts it by mistake. */
const PERSONAL: ReadonlySet<string> = new Set([
  'password',
  'secret',
  'token',
  'cookie',
  'authorization',
  'csrf',
  'address',
  'email',
  'from',
  'to',
  'recipient',
  'recipients',
  'sender',
  'name',
  'displayName',
  'givenName',
  'subject',
  'body',
  'text',
  'html',
  'preview',
]);
/** How deep a line is looked through for it. */
const MAX_DEPTH = 3;
const CENSORED = '[…]';
/** What an address may be among: each sign is looked at once, however long the text is. */
const WORD = /[^\s"'<>(),;:=]+/g;
/** How much of a message is kept: whoever made it long meant to. */
const MAX_MESSAGE = 2_000;
/** What PostgreSQL says of a value that it was given (SQLSTATE class 22), and of all else. */
const BAD_VALUE = /^22[0-9A-Z]{3}$/;
const SQLSTATE = /^[0-9A-Z]{5}$/;
/** A line of a stack: where in which file. */
const FRAME = /^ {4}at /;
/** The most of them that V8 gives. */
const MAX_FRAMES = 10;

/**
 * Opens the log: JSON lines with ids and numbers only. `error` is for what a person must look at,
 * `warn` for what we try again. An error is written with its code, its message without addresses
 * and quoted values, and its stack; what PostgreSQL adds about rows stays out.
 */
export function openLog(
  options: { readonly level?: string; readonly to?: DestinationStream } = {},
): Logger {
  const settings = {
    level: options.level ?? 'info',
    base: { pid: process.pid },
    serializers: { err: (error: unknown) => describe(error, 0) },
    formatters: { log: (fields: Record<string, unknown>) => withoutPersonal(fields, 1) },
    onChild: () => {
      throw new Error('what a child logger adds to its lines is not looked through');
    },
  };
  const to = options.to ?? standardOutput();
  return to === null ? pino(settings) : pino(settings, to);
}

/**
 * Each line is written at once, by one call of the system; what a slow reader doesn't take waits in
 * memory. Left to itself, pino has a thread woken for each, which costs three times as much, waits
 * behind passwords that are hashed, and never ends where a disk is full. Null for a terminal: that
 * is left to pino, since one that somebody holds (Ctrl-S) would hold the mail, too.
 */
const standardOutput = (): DestinationStream | null =>
  process.stdout.isTTY ? null : process.stdout.off('error', goOn).on('error', goOn);

/** Whoever read us has gone, or a disk is full; the mail goes on. */
const goOn = (): void => {};

/**
 * The library's own redaction looks for each name by itself, which took longer than all the rest of
 * writing a line.
 */
function withoutPersonal(fields: object, depth: number): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields))
    kept[key] = PERSONAL.has(key) ? CENSORED : within(value, depth);
  return kept;
}

function within(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error || depth >= MAX_DEPTH)
    return value;
  if (Array.isArray(value)) return value.map((each) => within(each, depth));
  return Object.getPrototypeOf(value) === Object.prototype
    ? withoutPersonal(value, depth + 1)
    : value;
}

function describe(error: unknown, depth: number): unknown {
  if (!(error instanceof Error)) return { kind: typeof error };
  const said = (name: string): unknown => Reflect.get(error, name);
  return {
    kind: error.name,
    code: said('code'),
    constraint: said('constraint'),
    table: said('table'),
    transient: said('transient'),
    message: withoutAddresses(withoutValues(error.message, said('code'))).slice(0, MAX_MESSAGE),
    stack: framesOf(error),
    ...(error.cause !== undefined && depth < MAX_CAUSES
      ? { cause: describe(error.cause, depth + 1) }
      : {}),
  };
}

/**
 * What failed quotes what it failed at (`invalid input syntax for type integer: "…"`, `"…" is not
 * valid JSON`), over line ends too. Names of tables and constraints, which PostgreSQL puts in
 * quotes where no value is at fault, stay.
 */
function withoutValues(message: string, code: unknown): string {
  if (typeof code === 'string' && SQLSTATE.test(code) && !BAD_VALUE.test(code)) return message;
  const first = message.indexOf('"');
  if (first < 0) return message;
  // One quote alone: the rest of it, cut by whoever made the message.
  const last = Math.max(message.lastIndexOf('"'), first);
  return message.slice(0, first) + CENSORED + (last > first ? message.slice(last + 1) : '');
}

const withoutAddresses = (text: string): string =>
  text.replace(WORD, (word) => {
    const at = word.indexOf('@', 1);
    return at > 0 && at < word.length - 1 ? CENSORED : word;
  });

/** The stack without the message above it, which may have several lines. */
function framesOf({ stack, message }: Error): string | undefined {
  if (stack === undefined) return undefined;
  const at = message === '' ? -1 : stack.indexOf(message);
  const below = at < 0 ? stack : stack.slice(at + message.length);
  const frames = below.split('\n').filter((line) => FRAME.test(line));
  return withoutAddresses(frames.slice(-MAX_FRAMES).join('\n'));
}

/** What has the log of the process. */
export interface WithLog {
  readonly log: Logger;
}
