import { errorCode, Fault } from '../core/ground/fault.ts';
import { ENDS } from './texts/command-line.ts';

/** How much of a text that is not ours a person sees when something breaks. */
const MAX_SENTENCE = 400;

/**
 * One sentence for a person, whatever was thrown; a stack is for the log of those who mend Préau.
 */
export function sentenceOf(error: unknown): string {
  if (error instanceof Fault && error.code === 'configuration') return error.detail;
  if (isLostDatabase(error)) return ENDS.lostDatabase;
  const message = error instanceof Error ? error.message : String(error);
  return ENDS.cannotGoOn(message.replaceAll(/\s+/g, ' ').slice(-MAX_SENTENCE));
}

/**
 * A connection that is refused or cut (the driver has no code for the second), or a server that
 * goes down (PostgreSQL, appendix A, class 57P).
 */
function isLostDatabase(error: unknown): boolean {
  if (error instanceof Fault && error.code === 'store-down' && error.transient) return true;
  if (!(error instanceof Error)) return false;
  const code = errorCode(error);
  return (
    /^(ECONNREFUSED|ECONNRESET|EPIPE|57P0\d)$/.test(code) ||
    /^(Connection terminated|Client has encountered a connection error)/.test(error.message)
  );
}
