import type { Language } from '../../../ground/ids.ts';
import type { Judgement } from '../judging/judge.ts';
import type { ReleaseParts } from '../parts.ts';
import type { ServiceWords } from '../telling/notice.ts';
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
      RETURNED[language]({ name: person.displayName, className: schoolClass.name });
    await tellTeachers(parts, { roster, schoolClass, letter });
  }
}

interface Whose {
  readonly name: string;
  readonly className: string;
}

const RETURNED: Readonly<Record<Language, (whose: Whose) => ServiceWords>> = {
  fr: ({ name, className }) => ({
    subject: `Une lettre de ${name} est revenue`,
    text: `Une lettre de ${name} (${className}) était en route vers l’autre classe. Elle n’a pas pu arriver : la correspondance est finie, ou l’un des deux enfants a changé de classe.\n\nLa lettre est revenue à l’enfant, avec ces mots. Rien n’est perdu.`,
  }),
  en: ({ name, className }) => ({
    subject: `A letter from ${name} came back`,
    text: `A letter from ${name} (${className}) was on its way to the other class. It could not arrive: the link has ended, or one of the two children has changed class.\n\nThe letter came back to the child, with these words. Nothing is lost.`,
  }),
};
