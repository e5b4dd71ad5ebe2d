import { pino, type DestinationStream, type Logger } from 'pino';

/** How deep the causes of an error are followed into the log. */
const MAX_CAUSES = 3;
/** What never may stand in a log line, wherever somebody puts it by mistake. */
const PERSONAL = [
  'password', 'secret', 'token', 'cookie', 'authorization', 'csrf',
  'address', 'email', 'from', 'to', 'recipient', 'recipients', 'sender', 'name', 'displayName', 'givenName', 'subject', 'body', 'text', 'html', 'preview',
];
const ADDRESS = /[^\s"'<>(),;:=]+@[^\s"'<>(),;:=]+/g;

/**
 * Opens the log: JSON lines with ids and numbers only. `error` is for what a person must look at, `warn` for what we try again.
 * An error is written with its code, its message without addresses and its stack; what PostgreSQL adds about rows stays out.
 */
export function openLog(options: { readonly level?: string; readonly to?: DestinationStream } = {}): Logger {
  const settings = {
    level: options.level ?? 'info',
    base: { pid: process.pid },
    serializers: { err: (error: unknown) => describe(error, 0) },
    redact: { paths: PERSONAL.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[…]' },
  };
  return options.to === undefined ? pino(settings) : pino(settings, options.to);
}

function describe(error: unknown, depth: number): unknown {
  if (!(error instanceof Error)) return { kind: typeof error };
  const known = error as Error & { code?: unknown; constraint?: unknown; table?: unknown; transient?: unknown };
  const stack = error.stack?.slice(error.stack.indexOf('\n') + 1);
  return {
    kind: error.name,
    code: known.code,
    constraint: known.constraint,
    table: known.table,
    transient: known.transient,
    message: withoutValues(error.message),
    stack: stack?.replaceAll(ADDRESS, '[…]'),
    ...(error.cause !== undefined && depth < MAX_CAUSES ? { cause: describe(error.cause, depth + 1) } : {}),
  };
}

/** PostgreSQL quotes the offending value in its messages (`invalid input syntax for type integer: "…"`). */
function withoutValues(message: string): string {
  return message.replaceAll(ADDRESS, '[…]').replace(/(invalid [^:]*: )".*"/s, '$1[…]');
}
