import type { Language } from '../../../core/ground/ids.ts';
import type { SpokenSentence } from '../../../core/letters/voice/contract.ts';
import type { Texts } from '../../texts/fr.ts';
import { TEXTS } from '../../texts/texts.ts';

/**
 * All sentences of ours that those hear who don't read yet, in each language of the pages: of the
 * ears, of a letter that stays, and of the letters that a drawing, a voice or a photo goes with.
 * `preau voice` makes a file of each; what names somebody is said when it is asked.
 */
export function pageSentences(): readonly SpokenSentence[] {
  const all: readonly [Language, Texts][] = [
    ['fr', TEXTS.fr],
    ['en', TEXTS.en],
  ];
  return all.flatMap(([language, { little, littleWrite }]) => {
    const { whom, unsent, booth, studio, camera } = littleWrite;
    const letters = [studio, booth, camera].flatMap(({ subject, text }) => [subject, text]);
    const stays = [
      unsent.empty,
      unsent.tooBig,
      unsent.kind,
      unsent.nobody,
      booth.missing,
      booth.refused,
    ];
    const nobody = [whom.nobody, whom.family, whom.stays, little.ideas.tooMany];
    return [...Object.values(little.says), ...stays, ...nobody, ...letters].map((words) => ({
      language,
      words,
    }));
  });
}
