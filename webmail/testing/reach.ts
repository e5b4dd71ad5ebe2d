import type { Face, Reachable, Viewer } from '../../core/core.ts';
import { CE1A, CHILDREN, CHORALE, DOMAIN, FACES } from './people.ts';

/** Whom somebody of the town may write to, as the pickers show them. */
export function reachOf(viewer: Viewer): readonly Reachable[] {
  const children = CHILDREN.filter(([name]) => name !== viewer.givenName).map(([name]) =>
    FACES.child(name),
  );
  return viewer.role === 'pupil' ? reachOfPupil(children) : reachOfAdult(children);
}

export const mayReach = (viewer: Viewer, address: string): boolean =>
  viewer.role !== 'pupil' || reachOf(viewer).some((one) => one.address === address);

function reachOfPupil(children: readonly Face[]): readonly Reachable[] {
  return [
    list('CE1 A', {
      group: 'class-list',
      listKind: 'class',
      count: 24,
      address: CE1A.address,
      cover: 2,
    }),
    own(FACES.teacher, { group: 'teachers', title: 'enseignante' }),
    own(FACES.head, { group: 'teachers', title: 'directeur' }),
    own(FACES.mother, { group: 'families', title: 'ta famille' }),
    ...children.map((one) => own(one, { group: 'classmates', title: '' })),
  ];
}

function reachOfAdult(children: readonly Face[]): readonly Reachable[] {
  return [
    list('CE1 A', {
      group: 'class-list',
      listKind: 'class',
      count: 24,
      address: CE1A.address,
      cover: 2,
    }),
    list('Chorale', {
      group: 'class-list',
      listKind: 'class',
      count: 31,
      address: CHORALE.address,
      cover: 6,
    }),
    list('CE1 A', {
      group: 'lists',
      listKind: 'class-families',
      count: 41,
      address: `familles.ce1a.tilleuls@${DOMAIN}`,
      cover: 2,
    }),
    list('Les Tilleuls', {
      group: 'lists',
      listKind: 'team',
      count: 9,
      address: `equipe.tilleuls@${DOMAIN}`,
      cover: 8,
    }),
    own(FACES.head, { group: 'team', title: 'directeur' }),
    own(FACES.mother, { group: 'families', title: 'Amine' }),
    ...children.map((one) => own(one, { group: 'pupils', title: '' })),
  ];
}

const own = (one: Face, rest: Pick<Reachable, 'group' | 'title'>): Reachable => ({
  ...one,
  ...rest,
  listKind: null,
  count: 1,
  classes: one.kind === 'child' || one.name === FACES.teacher.name ? ['CE1 A'] : [],
});

const list = (
  name: string,
  rest: Pick<Reachable, 'group' | 'listKind' | 'count' | 'address' | 'cover'>,
): Reachable => ({ kind: 'list', name, face: '', classes: ['CE1 A'], title: '', ...rest });
