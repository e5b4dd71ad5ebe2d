import type { Language } from '../../ground/ids.ts';
import type { ServiceWords } from '../../mail/delivery/telling/notice.ts';
import { tellTeachers } from '../../mail/delivery/telling/tell-teachers.ts';
import type { Roster, SchoolClass } from '../../roster/snapshot.ts';
import type { CodeParts } from '../codes/code-parts.ts';

type Alert =
  | { readonly kind: 'child'; readonly name: string }
  | { readonly kind: 'computer' }
  /** Came into the class with the pictures of a classmate; they have ended. */
  | { readonly kind: 'clash'; readonly name: string };

/** A notice to every teacher of a class, in their inbox, wherever that is. */
export function alertTeachers(
  parts: CodeParts,
  {
    roster,
    schoolClass,
    about,
  }: { readonly roster: Roster; readonly schoolClass: SchoolClass; readonly about: Alert },
): Promise<void> {
  return tellTeachers(parts, {
    roster,
    schoolClass,
    letter: (language) => letter(language, about, schoolClass.name),
  });
}

function letter(language: Language, about: Alert, className: string): ServiceWords {
  return about.kind === 'computer'
    ? WORDS[language].computer(className)
    : WORDS[language][about.kind](about.name, className);
}

const WORDS = {
  fr: {
    child: (name: string, className: string) => ({
      subject: `${name} n’arrive pas à entrer`,
      text: `${name} (${className}) a essayé plusieurs fois ses trois images sans y arriver.\n\nLes essais sont ralentis, l’élève n’est pas bloqué. Dans «\u00a0Codes de la classe\u00a0», vous pouvez refaire ses images\u00a0: les nouvelles marchent tout de suite.\n\nSi l’élève n’était pas devant l’ordinateur, quelqu’un d’autre a essayé à sa place.`,
    }),
    clash: (name: string, className: string) => ({
      subject: `De nouvelles images pour ${name}`,
      text: `${name} vient d’entrer dans la classe ${className} et avait les mêmes images qu’un autre élève. Ces images ne marchent plus pour ${name}.\n\nDans «\u00a0Codes de la classe\u00a0», touchez «\u00a0Refaire\u00a0» à côté de son nom\u00a0: les nouvelles images marchent tout de suite.`,
    }),
    computer: (className: string) => ({
      subject: `Beaucoup d’essais sur un ordinateur de la classe ${className}`,
      text: `Sur un ordinateur ouvert pour la classe ${className}, beaucoup de codes en images sont faux.\n\nCet ordinateur est ralenti, il n’est pas bloqué. Si c’est vous qui aidez la classe, ouvrez-y la classe de nouveau\u00a0: il redevient rapide.`,
    }),
  },
  en: {
    child: (name: string, className: string) => ({
      subject: `${name} can’t get in`,
      text: `${name} (${className}) tried the three pictures several times without success.\n\nTries are slowed down, the pupil is not locked out. Under “Codes of the class” you can make new pictures: they work at once.\n\nIf the pupil was not at the computer, somebody else tried in their place.`,
    }),
    clash: (name: string, className: string) => ({
      subject: `New pictures for ${name}`,
      text: `${name} has come into class ${className} and had the same pictures as another pupil. They no longer work for ${name}.\n\nUnder “Codes of the class”, press “Make anew” beside the name: the new pictures work at once.`,
    }),
    computer: (className: string) => ({
      subject: `Many tries on a computer of class ${className}`,
      text: `On a computer opened for class ${className}, many picture codes are wrong.\n\nThat computer is slowed down, not locked. If it is you who help the class, open the class on it again: it will be fast again.`,
    }),
  },
} as const;
