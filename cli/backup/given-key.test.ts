/** The key of backups, typed or piped: each command that asks says how it ended, whatever came. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SOAKED } from '../../tests/shared/slice.ts';
import { BACKUP_SAYS, RESTORE_WRONG } from '../texts/backup.ts';
import { keyGroups, newKey } from './repository/key.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'preau-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COMMANDS = ['restore', 'restore files', 'backup key'];
let count = 0;

/** What a command says to whoever types `input` and ends there; to `null`, who never does. */
async function answered(command: readonly string[], input: string | null) {
  count += 1;
  const repository = command[0] === 'restore' ? ['--repository', join(folder, 'none')] : [];
  const child = spawn('sh', ['cli/run.sh', 'preau.ts', ...command, '--key', '-', ...repository], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PREAU_DATA: join(folder, `data-${count}`) },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
    if (input === null && piece.includes(RESTORE_WRONG.askKey)) child.kill('SIGINT');
  });
  let done = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (done += piece));
  if (input !== null) child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, said: said.replace(RESTORE_WRONG.askKey, '').trim(), done };
}

describe.each(COMMANDS)('preau %s --key -', (command) => {
  const words = command.split(' ');
  /** One command says all of it in `npm test`; the others read the key by the same lines. */
  const once = command === 'restore' ? {} : SOAKED;
  it('says that nothing was given', SOAKED, async () => {
    expect(await answered(words, '')).toMatchObject({ code: 1, said: RESTORE_WRONG.keyEmpty });
  });
  it(
    'says the same of an empty line, and what is wrong with a key that is none',
    SOAKED,
    async () => {
      expect(await answered(words, '\n')).toMatchObject({ code: 1, said: RESTORE_WRONG.keyEmpty });
      expect(await answered(words, 'pas une clé')).toMatchObject({
        code: 1,
        said: RESTORE_WRONG.keyMistyped,
      });
    },
  );
  it('takes a line without its end for a line', once, async () => {
    const { code, said, done } = await answered(words, keyGroups(newKey()).join(' '));
    expect([code, said, done.trim()]).toEqual(
      words[0] === 'restore'
        ? [1, RESTORE_WRONG.noBackup(join(folder, 'none')), '']
        : [0, '', BACKUP_SAYS.keyPutBack(join(folder, `data-${count}`))],
    );
  });
  it('ends at once, and says so, where somebody has had enough', once, async () => {
    const { code, said } = await answered(words, null);
    expect(code).toBe(1);
    expect(said).not.toBe('');
    expect(said).not.toContain('await');
  });
});
