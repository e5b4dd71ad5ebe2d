import type { Config } from '../../core/ground/config.ts';
import type { Language } from '../../core/ground/ids.ts';
import { makeSpeech, speechFolder, type SpeechMade } from '../../core/letters/voice/made.ts';
import { WORDS } from '../../core/mail/phrases/drawings.ts';
import { pageSentences } from '../../webmail/pages/little/spoken.ts';
import { doorSentences } from '../../webmail/pages/sign-in/door-says.ts';

const LANGUAGES: readonly Language[] = ['fr', 'en'];

/** What every child may hear that nobody wrote: of pages and door, phrases in pictures. */
const spokenSentences = () => [
  ...pageSentences(),
  ...LANGUAGES.flatMap((language) =>
    [...doorSentences(language), ...Object.values(WORDS[language])].map((words) => ({
      language,
      words,
    })),
  ),
];

/** Has each of them said into its file, where there is none; null where there is no voice. */
export async function sayOnce(
  { voice, dataDir }: Pick<Config, 'voice' | 'dataDir'>,
  signal: AbortSignal,
): Promise<SpeechMade | null> {
  if (voice === null) return null;
  return makeSpeech(voice, spokenSentences(), { folder: speechFolder(dataDir), signal });
}
