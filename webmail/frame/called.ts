import type { Reachable } from '../../core/mail/writing/contract.ts';
import type { Visit } from './visit.ts';

/**
 * People and lists within reach, in the reader's words: « Familles, CE1 A », « enseignant ». Core
 * names a list by its class or school and gives roles as the code has them. The service's own
 * addresses (postmaster, abuse) are nobody's to pick; a child finds the head by their face, not by
 * the address of the post.
 */
export function inWords(visit: Visit, reach: readonly Reachable[]): readonly Reachable[] {
  return reach
    .filter(
      (one) =>
        one.listKind !== 'postmaster' &&
        (visit.audience === 'adult' || (one.group !== 'town' && one.listKind !== 'headship')),
    )
    .map((one) => ({ ...one, name: listName(visit, one), title: titleOf(visit, one) }));
}

/**
 * A child knows a grown-up by name; what helps is where they belong: the family, the class, the one
 * it is linked with, the school.
 */
function toChild(
  { group, title, classes }: Reachable,
  own: readonly string[],
): keyof Visit['texts']['write']['childTitle'] {
  if (group === 'families') return 'family';
  if (group === 'linked') return 'linked';
  if (title === 'head') return 'head';
  return group === 'teachers' && classes.some((name) => own.includes(name)) ? 'class' : 'school';
}

/** People and lists shown for what was looked for; with more, a longer word helps. */
const MAX_FOUND = 40;
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * Those within reach who bear all the words looked for, then adults of the rest of the town; each
 * once. As the script filters the drawer.
 */
export function foundFor(
  text: string,
  reach: readonly Reachable[],
  elsewhere: readonly Reachable[],
): readonly Reachable[] {
  const words = plain(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  const near = reach.filter((one) => {
    const said = plain([one.name, one.title, ...one.classes].join(' '));
    return words.every((word) => said.includes(word));
  });
  return [...new Map([...near, ...elsewhere].map((one) => [one.address, one])).values()].slice(
    0,
    MAX_FOUND,
  );
}

function listName({ texts }: Visit, one: Reachable): string {
  const lists = texts.write.listNames;
  switch (one.listKind) {
    case 'class-families':
    case 'families':
      return lists.families(one.name);
    case 'team':
      return lists.team(one.name);
    case 'pupils':
      return lists.pupils(one.name);
    case 'headship':
      return lists.headship(one.name);
    case 'office':
      return lists.office(one.name);
    case 'town':
      return lists.town;
    case 'support':
      return lists.support;
    case 'class':
    case 'own-group':
    case 'postmaster':
    case null:
      return one.name;
  }
}

function titleOf({ texts, audience, viewer }: Visit, one: Reachable): string {
  const { title } = one;
  if (audience === 'adult' && one.group === 'families' && title !== '')
    return texts.write.familyOf(title);
  if (audience === 'child')
    return texts.write.childTitle[
      toChild(
        one,
        viewer.classes.map(({ name }) => name),
      )
    ];
  const roles: Readonly<Record<string, string>> = texts.write.roles;
  return Object.hasOwn(roles, title) ? (roles[title] ?? title) : title;
}
