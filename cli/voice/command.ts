import { speechFolder } from '../../core/letters/voice/made.ts';
import { say, type CommandInput } from '../command.ts';
import { voiceHere } from '../services/voice.ts';
import { TEXTS } from '../texts/launcher.ts';
import { VOICE_SAYS } from '../texts/voice.ts';
import { sayOnce } from './sentences.ts';

/**
 * `preau voice`: has the sentences of the little ones' pages said once, each into a file. Gives 1
 * where one of them stays silent.
 */
export async function voiceCommand({ config, flags, signal }: CommandInput): Promise<number> {
  const begun = performance.now();
  const done = await sayOnce({ ...config, voice: voiceHere(config) }, signal);
  if (done === null) {
    say(flags, { voice: null }, TEXTS.noVoice);
    return 1;
  }
  const facts = {
    ...done,
    ms: Math.round(performance.now() - begun),
    folder: speechFolder(config.dataDir),
  };
  say(flags, facts, VOICE_SAYS.done(facts));
  if (done.silent > 0 && flags['json'] !== true) console.error(VOICE_SAYS.silent(done.silent));
  return done.silent > 0 ? 1 : 0;
}
