import type { Language } from '../../../ground/ids.ts';
import type { Judgement } from '../judging/judge.ts';
import type { ReleaseParts } from '../parts.ts';
import type { ServiceWords } from '../telling/notice.ts';
import { SERVICE_LETTERS } from '../telling/service-letters.ts';
import { tellTeachers } from '../telling/tell-teachers.ts';

/**
 * Tells the teachers of a child whose letter was on the road to another class and came back: the
 * child may ask them why. They read neither the letter nor for whom it was.
 */
export async function tellOfReturn(
  parts: Pick<ReleaseParts, 'directory' | 'notices' | 'clock'>,
  { from, rosters }: Pick<Judgement, 'from' | 'rosters'>,
): Promise<void> {
  if (from.kind !== 'person') return;
  const { person, pupilOf } = from.standing;
  for (const schoolClass of pupilOf.values()) {
    const roster = rosters.get(schoolClass.school);
    if (roster === undefined) continue;
    const letter = (language: Language): ServiceWords =>
      SERVICE_LETTERS[language].cameBack({ name: person.displayName, className: schoolClass.name });
    await tellTeachers(parts, { roster, schoolClass, letter });
  }
}
