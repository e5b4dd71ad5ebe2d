import fs, { chmodSync, mkdtempSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadConfig } from '../../../core/ground/config.ts';
import { openLog } from '../../../core/ground/log.ts';
import { openHome } from '../../launcher/paths.ts';
import { findProgram } from '../../launcher/programs.ts';
import { BACKUP_WRONG } from '../../texts/backup.ts';
import { archivingOf } from './archiving.ts';
import { keepKey, newKey } from './key.ts';

const stat = fs.promises.stat;
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => {
  vi.useRealTimers();
  answer(stat);
});

/** How the system answers whoever asks for a file off the loop. */
function answer(how: typeof stat): void {
  fs.promises.stat = how;
  syncBuiltinESMExports();
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'preau-archiving-'));
  chmodSync(made, 0o711);
  return made;
}

it.skipIf(findProgram('pgbackrest') === null)(
  'a folder that gives no answer lets mail start, which keeps its log until it does, and says so',
  async () => {
    const [dataDir, repository] = [folder(), join(folder(), 'repository')];
    const config = loadConfig({ PREAU_DATA: dataDir, PREAU_BACKUP: repository });
    const log = openLog({ level: 'silent' });
    const warn = vi.spyOn(log, 'warn');
    const home = openHome(dataDir);
    keepKey(dataDir, newKey());
    const hanging = Promise.withResolvers<never>();
    answer((() => hanging.promise) as unknown as typeof stat);
    const { signal } = new AbortController();
    const archiving = archivingOf(home, config, { log, signal }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await archiving).toMatchObject({
      settings: expect.arrayContaining(['archive_mode=on']) as unknown,
    });
    expect(warn.mock.calls).toEqual([[BACKUP_WRONG.startsWithout(repository)]]);
  },
);
