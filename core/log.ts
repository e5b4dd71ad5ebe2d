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
const ADDRESS = /[^\s"'<>(),;:=]+@[^\s"'<>(),;:=]+/g;

/**
 * Opens the log: JSON lines with ids and numbers only. `error` is for what a person must look at,
 * `warn` for what we try again. An error is written with its code, its message without addresses
 * and its stack; what PostgreSQL adds about rows stays out.
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
function withoutPersonal(
  fields: Readonly<Record<string, unknown>>,
  depth: number,
): Record<string, unknown> {
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
    ? withoutPersonal(value as Record<string, unknown>, depth + 1)
    : value;
}

function describe(error: unknown, depth: number): unknown {
  if (!(error instanceof Error)) return { kind: typeof error };
  const known = error as Error & {
    code?: unknown;
    constraint?: unknown;
    table?: unknown;
    transient?: unknown;
  };
  const stack = error.stack?.slice(error.stack.indexOf('\n') + 1);
  return {
    kind: error.name,
    code: known.code,
    constraint: known.constraint,
    table: known.table,
    transient: known.transient,
    message: withoutValues(error.message),
    stack: stack?.replaceAll(ADDRESS, '[…]'),
    ...(error.cause !== undefined && depth < MAX_CAUSES
      ? { cause: describe(error.cause, depth + 1) }
      : {}),
  };
}

/**
 * PostgreSQL quotes the offending value in its messages (`invalid input syntax for type integer:
 * "…"`).
 */
function withoutValues(message: string): string {
  return message.replaceAll(ADDRESS, '[…]').replace(/(invalid [^:]*: )".*"/s, '$1[…]');
}
