import { describe, expect, it } from 'vitest';
import type { AddressId, ClassId, SchoolId } from '../ground/ids.ts';
import { townFrom } from '../rules/testing/town.ts';
import type { Person, Roster } from './snapshot.ts';
import { standingOf } from './standing.ts';
import { rostersOf } from './testing/roster-of-town.ts';
import { FIRST_SWITCHES } from './testing/switches.ts';

const [CLOSING, OTHER] = [1 as SchoolId, 2 as SchoolId];
const CHILD = 900 as AddressId;
const ME = 901 as AddressId;
const EVER = { from: '2020-09-01', until: null };
const [sample] = rostersOf(townFrom(1)).values();
if (sample === undefined) throw new Error('a town has schools');
const [anybody] = [...rostersOf(townFrom(1)).values()].flatMap(({ people }) => [
  ...people.values(),
]);
if (anybody === undefined) throw new Error('a town has people');

type Place = 'home' | 'post' | 'class' | 'child';

/** An empty school, but for what one person is there. */
function schoolWith(
  id: SchoolId,
  places: readonly Place[],
  { closesOn = null, timeZone = 'Europe/Paris' }: { closesOn?: string | null; timeZone?: string },
): Roster {
  const none = new Map<never, never>();
  const has = (place: Place) => places.includes(place);
  const classId = id as number as ClassId;
  const inClass = [{ classId, person: ME, role: 'pupil' as const, ...EVER }];
  const own = {
    id: classId,
    school: id,
    name: 'CP',
    levels: ['CP'],
    cover: 1,
    endsOn: null,
    ...FIRST_SWITCHES,
  };
  return {
    ...(sample as Roster),
    school: { ...(sample as Roster).school, id, closesOn, timeZone },
    people: none,
    classes: new Map([
      [
        classId,
        {
          ...own,
          moderation: 'open',
          addressId: CHILD,
          address: 'cp@ville.example',
        },
      ],
    ]),
    membershipsOf: new Map(has('class') ? [[ME, inClass]] : []),
    postsOf: new Map(
      has('post') ? [[ME, [{ role: 'teacher', reachableByPupils: false, ...EVER }]]] : [],
    ),
    childrenOf: new Map(has('child') ? [[ME, [CHILD]]] : []),
    guardiansOf: none,
    aidesOf: none,
  };
}

interface Case {
  readonly who: string;
  readonly role: Person['role'];
  /** In the school that closes, and in the one that goes on. */
  readonly here: readonly Place[];
  readonly there: readonly Place[];
  readonly then: Person['state'];
}

describe('whose account is theirs when a school has closed', () => {
  it.each<Case>([
    { who: 'a pupil', role: 'pupil', here: ['home', 'class'], there: [], then: 'archived' },
    { who: 'a teacher', role: 'teacher', here: ['home', 'post'], there: [], then: 'archived' },
    { who: 'a head', role: 'head', here: ['home'], there: [], then: 'archived' },
    { who: 'a guardian', role: 'guardian', here: ['home', 'child'], there: [], then: 'archived' },
    { who: 'a blocked guardian', role: 'guardian', here: ['home'], there: [], then: 'archived' },
    {
      who: 'a teacher who also works elsewhere',
      role: 'teacher',
      here: ['home', 'post'],
      there: ['post'],
      then: 'active',
    },
    {
      who: 'a teacher who lives elsewhere',
      role: 'teacher',
      here: ['post'],
      there: ['home'],
      then: 'active',
    },
    {
      who: 'a teacher with a child elsewhere',
      role: 'teacher',
      here: ['home', 'post'],
      there: ['child'],
      then: 'active',
    },
    {
      who: 'a parent with children in both',
      role: 'guardian',
      here: ['home', 'child'],
      there: ['child'],
      then: 'active',
    },
    {
      who: 'a parent who lives elsewhere, their only child here',
      role: 'guardian',
      here: ['child'],
      there: ['home'],
      then: 'archived',
    },
    {
      who: 'a pupil who has a class elsewhere',
      role: 'pupil',
      here: ['home', 'class'],
      there: ['class'],
      then: 'active',
    },
    {
      who: 'a blocked guardian of the other',
      role: 'guardian',
      here: [],
      there: ['home'],
      then: 'active',
    },
  ])('$who: $then', ({ role, here, there, then }) => {
    const rosters = [
      schoolWith(CLOSING, here, { closesOn: '2027-01-01' }),
      schoolWith(OTHER, there, {}),
    ];
    const home = here.includes('home') ? CLOSING : OTHER;
    const person: Person = { ...anybody, addressId: ME, role, state: 'active' };
    const at = (moment: string) => standingOf({ person, home }, rosters, new Date(moment));
    expect(at('2026-12-31T22:59:59.999Z').state).toBe('active');
    const after = at('2026-12-31T23:00:00Z');
    expect(after.state).toBe(then);
    expect(after.schools.has(CLOSING)).toBe(false);
    expect(after.childrensSchools.has(CLOSING)).toBe(false);
    const suspended = standingOf(
      { person: { ...person, state: 'suspended' }, home },
      rosters,
      new Date(),
    );
    expect(suspended.state).toBe('suspended');
  });

  it('is a matter of the midnight of the school’s own zone', () => {
    const person: Person = {
      ...anybody,
      addressId: ME,
      role: 'pupil',
      state: 'active',
    };
    const far = [
      schoolWith(CLOSING, ['home'], { closesOn: '2027-01-01', timeZone: 'Indian/Reunion' }),
    ];
    const at = (moment: string) =>
      standingOf({ person, home: CLOSING }, far, new Date(moment)).state;
    expect(at('2026-12-31T19:59:59.999Z')).toBe('active');
    expect(at('2026-12-31T20:00:00Z')).toBe('archived');
  });
});
