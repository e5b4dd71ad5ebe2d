import { openLog } from '../../../core/ground/log.ts';
import { archivingState } from '../../../core/store/archiving.ts';
import { say, type CommandInput } from '../../command.ts';
import { onDatabase } from '../../services/live.ts';
import { CHECK_SAYS } from '../../texts/own-backup.ts';
import { keptKey } from '../repository/key.ts';
import { openSideFiles } from '../repository/side-files.ts';
import { judgeArchiving } from './judge.ts';

/**
 * `preau backup check`: whether PostgreSQL, Préau's or one's own, keeps its log elsewhere as it
 * must. Gives 0 where all is right.
 */
export async function checkCommand({ config, flags, signal }: CommandInput): Promise<number> {
  return onDatabase(config, { log: openLog({ level: 'error' }), signal }, async (live) => {
    const archiving = judgeArchiving(await archivingState(live.databaseUrl ?? ''));
    const beside = await besideOf({ config, signal });
    const lines = [...archiving, beside];
    const sentences = lines.map(({ isRight, sentence }) => `${isRight ? '✓' : '✗'} ${sentence}`);
    say(flags, { lines }, sentences.join('\n'));
    return lines.every(({ isRight }) => isRight) ? 0 : 1;
  });
}

/** Our own files beside the repository; throws the sentence that says why they can't be reached. */
async function besideOf({ config, signal }: Pick<CommandInput, 'config' | 'signal'>) {
  const { backup, dataDir } = config;
  const { right, wrong } = CHECK_SAYS.beside(backup ?? '');
  const key = keptKey(dataDir);
  if (backup === null || key === null) return { id: 'beside', isRight: false, sentence: wrong };
  await openSideFiles(backup, { key, signal }).names('settings');
  return { id: 'beside', isRight: true, sentence: right };
}
