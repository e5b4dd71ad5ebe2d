import { readFileSync } from 'node:fs';
import { refused } from '../refused.ts';
import { WRONG } from '../texts/roster.ts';

/**
 * Reads the answers to questions: `{"eleves.csv:12": "lina.moreau@…"}`. Throws a `Fault`
 * 'configuration' for anything else.
 */
export function readDecisions(path: string): Readonly<Record<string, string>> {
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isDecisions(read)) return { ...read };
  } catch {
    // said below
  }
  throw refused(WRONG.decisions(path));
}

function isDecisions(read: unknown): read is Readonly<Record<string, string>> {
  return (
    typeof read === 'object' &&
    read !== null &&
    Object.values(read).every((value) => typeof value === 'string')
  );
}
