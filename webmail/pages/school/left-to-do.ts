import type { SchoolId } from '../../../core/ground/ids.ts';
import type { SchoolStanding } from '../../../core/town/town/contract.ts';
import type { Texts } from '../../texts/fr.ts';

/** What a school still needs before all of its people can write. */
export type Duty = 'list' | 'questions' | 'head' | 'codes';
export const DUTIES: readonly Duty[] = ['list', 'questions', 'head', 'codes'];

/** What is left to do for a school, what comes first first; empty: it needs nobody. */
export function leftFor(state: SchoolStanding): readonly Duty[] {
  const isLeft: Readonly<Record<Duty, boolean>> = {
    list: state.pupils === 0,
    questions: state.questions > 0,
    head: state.heads === 0 || state.headsNeverIn > 0,
    codes: state.withoutCode > 0,
  };
  return DUTIES.filter((duty) => isLeft[duty]);
}

/** Where it is done. */
export function pathOfDuty(duty: Duty, school: SchoolId, { heads }: SchoolStanding): string {
  switch (duty) {
    case 'list':
      return `/roster/${school}`;
    case 'questions':
      return `/roster/${school}/questions`;
    case 'head':
      // One who isn't there comes with a list, or gets a class's place by hand.
      return heads === 0 ? `/roster/${school}` : `/people/${school}?role=adult`;
    case 'codes':
      return `/school/${school}`;
  }
}

/** What is left, in words, and what one does about it. */
export function saysDuty(
  { townSchools }: Texts,
  duty: Duty,
  state: SchoolStanding,
): { readonly what: string; readonly act: string } {
  const words = townSchools.duties;
  switch (duty) {
    case 'list':
      return words.list;
    case 'questions':
      return { what: words.questions(state.questions), act: words.answer };
    case 'head':
      return state.heads === 0 ? words.noHead : words.head;
    case 'codes':
      return { what: words.codes(state.withoutCode), act: words.print };
  }
}
