/**
 * What the one error class can say happened. A closed union, so that a `switch` over it is complete
 * or doesn't compile.
 */
export type FaultCode =
  | 'store-down'
  | 'body-away'
  | 'scanner-down'
  | 'queue-down'
  | 'row-missing'
  | 'roster-moved'
  | 'mailbox-full'
  | 'sheet-not-drawn'
  | 'sandbox-away'
  | 'job-failed'
  | 'configuration';

/**
 * What nobody asked for: a bug, a dead database, a full disk. Expected refusals are `Outcome`s and
 * are never thrown.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  /** True: the same request may succeed later, so SMTP answers 4xx and a job retries. */
  readonly transient: boolean;
  readonly detail: string;

  constructor(code: FaultCode, detail: string, options: { transient: boolean; cause?: unknown }) {
    super(`${code}: ${detail}`, { cause: options.cause });
    this.code = code;
    this.detail = detail;
    this.transient = options.transient;
  }
}

/**
 * The code of an error that Node, PostgreSQL or a library threw, such as `ENOENT` or `42501`; empty
 * where it has none.
 */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}
