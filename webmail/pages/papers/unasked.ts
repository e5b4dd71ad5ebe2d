import type { HandedPaper } from '../../../core/school/papers/contract.ts';
import { unsentSentences } from '../../components/unsent.ts';
import type { Visit } from '../../frame/visit.ts';

/** Why nothing was asked, a sentence each; what is wrong with a field is said beside it. */
export function unaskedSentence(visit: Visit, asked: HandedPaper): readonly string[] {
  const words = visit.texts.papers.unasked;
  switch (asked.kind) {
    case 'asked':
    case 'leaves':
    case 'too-many-scheduled':
    case 'faulty':
    case 'missing':
      return [];
    case 'not-families':
    case 'nobody':
    case 'no-families':
    case 'underway':
    case 'changed':
      return [words[asked.kind]];
    case 'unsent':
      return unsentSentences(visit, asked.outcome);
  }
}
