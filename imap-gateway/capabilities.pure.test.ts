import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { WithMailboxes } from '../core/mail/mailboxes/contract.ts';
import type { Viewer } from '../core/rules/viewer.ts';
import { capabilitiesOf } from './capabilities.ts';

const me = {} as Viewer;
const core: WithMailboxes<'appendLimit'> = { mailboxes: { appendLimit: () => 50_000_000 } };

/** Everything that is told at some moment of a session. */
function announced(): string[] {
  const moments = [
    { viewer: null, isSecure: false, maySignIn: false },
    { viewer: null, isSecure: true, maySignIn: true },
    { viewer: me, isSecure: true, maySignIn: true },
  ].map((moment) => capabilitiesOf({ ...moment, core, me }));
  return [...new Set(moments.flatMap((words) => words.split(' ')))];
}

it('announces nothing that core/decisions/rfc.md doesn’t call done', () => {
  const rows = readFileSync(new URL('../core/decisions/rfc.md', import.meta.url), 'utf8').split(
    '\n',
  );
  const done = new Set(
    rows.flatMap((row) => /^\| [^|]+ \| `([^`]+)` \| done \| `/.exec(row)?.[1] ?? []),
  );
  const words = announced();
  console.log(`announced: ${words.join(' ')}`);
  expect(words).toContain('STARTTLS');
  expect(words.filter((word) => !done.has(word.replace(/^(APPENDLIMIT)=.*/, '$1')))).toEqual([]);
});
