import type { Language } from '../../ground/ids.ts';
import type { ServiceWords } from '../../mail/delivery/telling/notice.ts';
import { SERVICE_LETTERS } from '../../mail/delivery/telling/service-letters.ts';
import { tellTeachers } from '../../mail/delivery/telling/tell-teachers.ts';
import type { Roster, SchoolClass } from '../../roster/snapshot.ts';
import type { CodeParts } from '../codes/code-parts.ts';

type Alert =
  | { readonly kind: 'child'; readonly name: string }
  | { readonly kind: 'computer' }
  /** Came into the class with the pictures of a classmate; they have ended. */
  | { readonly kind: 'clash'; readonly name: string };

interface ClassAlert {
  readonly roster: Roster;
  readonly schoolClass: SchoolClass;
  readonly about: Alert;
}

/** A notice to every teacher of a class, in their inbox, wherever that is. */
export function alertTeachers(
  parts: CodeParts,
  { roster, schoolClass, about }: ClassAlert,
): Promise<void> {
  return tellTeachers(parts, {
    roster,
    schoolClass,
    letter: (language) => letter(language, about, schoolClass.name),
  });
}

function letter(language: Language, about: Alert, className: string): ServiceWords {
  return about.kind === 'computer'
    ? SERVICE_LETTERS[language].signIn.computer(className)
    : SERVICE_LETTERS[language].signIn[about.kind](about.name, className);
}
