import type { Fault } from '../../core/ground/fault.ts';
import type { ColumnMapping } from '../../core/roster/reading/contract.ts';
import { refused } from '../refused.ts';
import { WRONG } from '../texts/roster.ts';

/** What `--columns` calls each column. */
const NAMES = {
  family: 'familyName',
  given: 'givenName',
  used: 'usedName',
  birth: 'birthDate',
  ine: 'ine',
  level: 'level',
  class: 'className',
  email: 'email',
  phone: 'phone',
  'child-family': 'childFamilyName',
  'child-given': 'childGivenName',
} as const;

/**
 * Reads `--columns family=Nom,given=Prénom,class=Groupe` (and used, birth, ine, level; for teachers
 * `of=teachers`, email, several class; for guardians, one child a line, `of=guardians`,
 * child-family, child-given, the child's class, email, phone). Throws a `Fault` 'configuration'
 * with a sentence for anything else.
 */
export function readColumns(text: string): ColumnMapping {
  const pairs = text
    .split(',')
    .map(
      (pair) =>
        [
          pair.slice(0, pair.indexOf('=')).trim(),
          pair.slice(pair.indexOf('=') + 1).trim(),
        ] as const,
    );
  const all = (name: keyof typeof NAMES): string[] =>
    pairs.filter(([key, value]) => key === name && value !== '').map(([, value]) => value);
  const one = (name: keyof typeof NAMES): string | null => all(name)[0] ?? null;
  const unknown = pairs.find(
    ([key, value]) => value === '' || (key !== 'of' && !Object.hasOwn(NAMES, key)),
  );
  const [familyName, givenName] = [one('family'), one('given')];
  if (unknown !== undefined || familyName === null || givenName === null)
    throw notUnderstood(unknown?.[0] ?? text);
  if (pairs.some(([key, value]) => key === 'of' && value === 'teachers'))
    return { of: 'teachers', familyName, givenName, email: one('email'), classNames: all('class') };
  if (pairs.some(([key, value]) => key === 'of' && value === 'guardians')) {
    const [childFamilyName, childGivenName] = [one('child-family'), one('child-given')];
    if (childFamilyName === null || childGivenName === null) throw notUnderstood('of=guardians');
    return {
      of: 'guardians',
      familyName,
      givenName,
      email: one('email'),
      phone: one('phone'),
      childFamilyName,
      childGivenName,
      childClassName: one('class'),
    };
  }
  return {
    of: 'pupils',
    familyName,
    givenName,
    usedName: one('used'),
    birthDate: one('birth'),
    ine: one('ine'),
    level: one('level'),
    className: one('class'),
  };
}

function notUnderstood(what: string): Fault {
  return refused(WRONG.columns(what, Object.keys(NAMES).join(', ')));
}
