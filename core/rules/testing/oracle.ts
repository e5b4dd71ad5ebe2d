/**
 * A second opinion: the product's table « Who may write to whom », typed as data and read off the
 * town itself. Slow, plain, and a stranger to the rules: it imports nothing of core, so that the
 * two can only agree by both being right.
 */
import {
  roleOf,
  are,
  pupil,
  adult,
  anyAccount,
  outside,
  idOf,
  listOf,
  isList,
  currentClasses,
  pupilsClasses,
  childrenOf,
  schoolsOf,
  oneSchool,
  isTheirs,
  type Party,
  type OracleLetter,
  type Pair,
  type PartyTest,
} from './oracle-people.ts';
import type { List, PersonRole, OracleClass, OracleTown } from './town.ts';

/** `rule` null: a refusal that may say why. `no-such-address`: one that must say nothing. */
export interface Opinion {
  readonly kind: 'allow' | 'hold' | 'deny';
  readonly part:
    | 'none'
    | 'relation'
    | 'ways'
    | 'account'
    | 'moderation'
    | 'second-look'
    | 'hours'
    | 'road'
    | 'content';
  readonly rule: string | null;
}

interface Row {
  readonly from: PartyTest;
  readonly to: (letter: Pair) => boolean;
  readonly then:
    | 'allow'
    | ((
        letter: Pair,
      ) => 'allow' | 'link-moderated' | 'approved-correspondent' | 'unproven-correspondent');
}

// What joins them
const shareClass = ({ town, from, to }: Pair): boolean =>
  currentClasses(town).some((one) => one.pupils.has(idOf(from)) && one.pupils.has(idOf(to)));
const ownClassList = ({ town, from, to }: Pair): boolean =>
  currentClasses(town).some((one) => one.pupils.has(idOf(from)) && isClassList(to, one.id));
const isClassList = (party: Party, id: number): boolean => {
  const list = listOf(party);
  return list?.kind === 'class' && list.classId === id;
};
const teaches = (town: OracleTown, teacher: number, child: number): boolean =>
  pupilsClasses(town, child).some((one) => one.teachers.has(teacher));
const accompanies = ({ town, from, to }: Pair): boolean =>
  pupilsClasses(town, idOf(from)).some((one) => one.aides.has(idOf(to))) ||
  town.accompanied.some((one) => one.aide === idOf(to) && one.pupil === idOf(from));
const answers =
  (post: List['kind']) =>
  ({ town, from, to, through }: Pair): boolean =>
    through === post && isTheirs(town, to, from);
const guards = (town: OracleTown, guardian: Party, child: Party): boolean =>
  childrenOf(town, idOf(guardian)).includes(idOf(child));
const wroteRecently = ({ town, from, to }: Pair): boolean =>
  town.letters.some((one) => one.from === idOf(to) && one.to === idOf(from) && one.daysAgo <= 30);
const opened = ({ town, from, to }: Pair): boolean =>
  from.kind === 'person' &&
  to.kind === 'person' &&
  town.schools.some((one) => one.id === from.person.home && one.pupilsReachAllTeachers);
const headOfChild = ({ town, from, to }: Pair): boolean =>
  to.kind === 'person' &&
  town.people.some(
    (child) =>
      childrenOf(town, idOf(from)).includes(child.id) &&
      [...schoolsOf(town, child)].some((school) => schoolsOf(town, to.person).has(school)),
  );

const isIn = (one: OracleClass | undefined, party: Party): boolean =>
  one !== undefined &&
  one.current &&
  (one.pupils.has(idOf(party)) || one.teachers.has(idOf(party)));
function linksOf({ town, from, to }: Pair): OracleTown['links'] {
  const [a, b] = [from, to];
  return town.links.filter(
    ({ classes: [left, right], state }) =>
      state === 'running' &&
      ((isIn(town.classes[left], a) && isIn(town.classes[right], b)) ||
        (isIn(town.classes[left], b) && isIn(town.classes[right], a))),
  );
}
const linked = (pair: Pair): boolean => linksOf(pair).length > 0;
const linkSays = (pair: Pair): 'allow' | 'link-moderated' =>
  linksOf(pair).some((one) => one.moderated) ? 'link-moderated' : 'allow';

function approved({ town, from, to }: Pair): boolean {
  if (from.kind !== 'outside' || from.authentication === 'fail') return false;
  const classes = town.approvals
    .filter((one) => one.correspondent === from.id && one.running)
    .map((one) => town.classes[one.classId])
    .filter((one) => one?.current);
  const list = listOf(to);
  if (list) return 'classId' in list && classes.some((one) => one?.id === list.classId);
  if (!are('pupil', 'guardian')(to, { town, from, to, through: null })) return false;
  return classes.some(
    (one) =>
      one?.pupils.has(idOf(to)) ||
      (roleOf(to) === 'guardian' &&
        childrenOf(town, idOf(to)).some((child) => one?.pupils.has(child))),
  );
}

/** Addresses of posts (« Everyday cases »): the head's, and the school's. */
const headsAddress = ({ to }: Pair): boolean => isList(to, 'headship');
const postsAddress = ({ to }: Pair): boolean => isList(to, 'headship', 'office');

const fromSchoolOf = ({ town, from }: Pair) =>
  town.schools.find((one) => from.kind === 'person' && one.id === from.person.home);
const toRole =
  (...roles: readonly PersonRole[]) =>
  (pair: Pair): boolean =>
    are(...roles)(pair.to, pair);
const both =
  (...tests: readonly ((pair: Pair) => boolean)[]) =>
  (pair: Pair): boolean =>
    tests.every((test) => test(pair));

/**
 * The table, in the order of the product page. Rows that deny are left out: what no row names is
 * denied.
 */
const TABLE: readonly Row[] = [
  { from: pupil, to: both(toRole('pupil'), shareClass), then: 'allow' },
  { from: pupil, to: ownClassList, then: 'allow' },
  {
    from: pupil,
    to: both(toRole('teacher', 'head'), ({ town, from, to }) =>
      teaches(town, idOf(to), idOf(from)),
    ),
    then: 'allow',
  },
  { from: pupil, to: both(toRole('head'), oneSchool), then: 'allow' },
  { from: pupil, to: both(headsAddress, oneSchool), then: 'allow' },
  {
    from: pupil,
    to: both(
      toRole('staff'),
      oneSchool,
      ({ to }) => to.kind === 'person' && to.person.reachableByPupils,
    ),
    then: 'allow',
  },
  { from: pupil, to: both(toRole('teacher'), oneSchool, opened), then: 'allow' },
  { from: pupil, to: ({ town, from, to }) => guards(town, to, from), then: 'allow' },
  {
    from: pupil,
    to: both(toRole('teacher', 'head', 'staff'), oneSchool, wroteRecently),
    then: 'allow',
  },
  { from: pupil, to: both(toRole('teacher', 'head'), linked), then: 'allow' },
  { from: pupil, to: both(toRole('staff'), accompanies), then: 'allow' },
  { from: pupil, to: both(toRole('pupil'), linked), then: linkSays },
  { from: adult, to: both(({ to }) => to.kind === 'person', oneSchool), then: 'allow' },
  {
    from: adult,
    to: both(
      ({ to }) => isList(to, 'class', 'class-families', 'team', 'pupils', 'families'),
      oneSchool,
    ),
    then: 'allow',
  },
  { from: adult, to: toRole('teacher', 'head', 'staff'), then: 'allow' },
  { from: adult, to: postsAddress, then: 'allow' },
  {
    from: adult,
    to: (pair) => pair.to.kind === 'outside' && fromSchoolOf(pair)?.outsideForbidden === false,
    then: 'allow',
  },
  { from: adult, to: both(toRole('pupil'), linked), then: 'allow' },
  {
    from: adult,
    to: both(toRole('pupil'), ({ town, from, to }) => guards(town, from, to)),
    then: 'allow',
  },
  {
    from: are('agent'),
    to: ({ town, from, to }) =>
      (to.kind === 'person' || to.kind === 'list') && isTheirs(town, from, to),
    then: 'allow',
  },
  {
    from: are('guardian'),
    to: both(toRole('teacher', 'head'), ({ town, from, to }) =>
      childrenOf(town, idOf(from)).some((child) => teaches(town, idOf(to), child)),
    ),
    then: 'allow',
  },
  { from: are('guardian'), to: both(toRole('head'), headOfChild), then: 'allow' },
  { from: are('guardian'), to: both(headsAddress, oneSchool), then: 'allow' },
  {
    from: are('guardian'),
    to: both(toRole('pupil'), ({ town, from, to }) => guards(town, from, to)),
    then: 'allow',
  },
  {
    from: (party) => party.kind === 'outside' && party.authentication !== 'fail',
    to: toRole('teacher', 'head', 'staff'),
    then: 'allow',
  },
  {
    from: (party) => party.kind === 'outside' && party.authentication !== 'fail',
    to: postsAddress,
    then: 'allow',
  },
  { from: anyAccount, to: ({ to }) => isList(to, 'support'), then: 'allow' },
  { from: anyAccount, to: answers('support'), then: 'allow' },
  { from: () => true, to: ({ to }) => isList(to, 'postmaster'), then: 'allow' },
  { from: () => true, to: answers('postmaster'), then: 'allow' },
  {
    from: outside,
    to: approved,
    then: ({ from }) =>
      from.kind === 'outside' && from.authentication === 'pass'
        ? 'approved-correspondent'
        : 'unproven-correspondent',
  },
  {
    from: (party) => party.kind === 'service',
    to: ({ to }) => to.kind === 'person',
    then: 'allow',
  },
];

/** What the product page says of one letter. */
export function opinion(letter: OracleLetter): Opinion {
  const found = [
    ...relation(letter),
    ...ways(letter),
    ...account(letter),
    ...moderation(letter),
    ...secondLook(letter),
    ...hours(letter),
    ...road(letter),
    ...content(letter),
  ];
  const denied = found.find((one) => one.kind === 'deny');
  const held = found.find((one) => one.kind === 'hold' && !letter.lifted.includes(one.rule ?? ''));
  return denied ?? held ?? { kind: 'allow', part: 'none', rule: null };
}

function relation(letter: OracleLetter): readonly Opinion[] {
  const said = TABLE.filter((row) => row.from(letter.from, letter) && row.to(letter)).map(
    ({ then }) => (then === 'allow' ? then : then(letter)),
  );
  if (said.includes('allow')) return [];
  const [held] = said;
  if (held) return [{ kind: 'hold', part: 'relation', rule: held }];
  const mayKnow =
    letter.to.kind === 'outside'
      ? letter.from.kind !== 'outside'
      : oneSchool(letter) ||
        (letter.from.kind === 'outside' && (adult(letter.to, letter) || postsAddress(letter)));
  return [{ kind: 'deny', part: 'relation', rule: mayKnow ? null : 'no-such-address' }];
}

function account(letter: OracleLetter): readonly Opinion[] {
  const { town, from, to } = letter;
  const deny = (rule: string): Opinion => ({ kind: 'deny', part: 'account', rule });
  const sender = from.kind === 'person' ? from.person : null;
  const found: Opinion[] = [];
  if (sender && sender.state !== 'active') found.push(deny(`account-${sender.state}`));
  if (to.kind === 'person' && to.person.state !== 'active')
    found.push(deny(oneSchool(letter) ? 'recipient-closed' : 'no-such-address'));
  const schools = [from, to].flatMap((party) =>
    party.kind === 'person' ? [...schoolsOf(town, party.person)] : [],
  );
  const stopped =
    town.pupilMailStopped ||
    town.schools.some(
      (one) => (one.pupilMailStopped || one.communeStopped) && schools.includes(one.id),
    );
  if (stopped && [from, to].some((party) => pupil(party, letter)))
    found.push(deny('pupil-mail-stopped'));
  if (pupil(from, letter)) {
    const home = fromSchoolOf(letter);
    if (home?.hasCharter && !sender?.acceptedCharter) found.push(deny('charter-first'));
    if (home?.asksFamilies && !familySaidYes(letter)) found.push(deny('family-first'));
  }
  if (sender?.paused) found.push(deny('sending-paused'));
  if (town.apart.some((pair) => [from, to].every((party) => pair.includes(idOf(party)))))
    found.push(deny('kept-apart'));
  if (sender?.overRate) found.push(deny('too-many-messages'));
  if (sender?.overNewPeople && pupil(to, letter) && letter.through === null && !wrote(letter))
    found.push(deny('too-many-new-people'));
  return found;
}

/** On paper or in an account, unless a guardian who isn't blocked has said no. */
function familySaidYes({ town, from }: Pair): boolean {
  if (from.kind !== 'person') return false;
  let yes = from.person.agreedOnPaper;
  for (const { child, blocked, says } of town.guardianships) {
    if (child !== from.person.id || blocked || says === 'nothing') continue;
    if (says === 'no') return false;
    yes = true;
  }
  return yes;
}

/** What one pupil of a school writes to another by name waits, where that way was found open. */
function ways(letter: OracleLetter): readonly Opinion[] {
  const { town, from, to, through } = letter;
  const ends = [from, to].flatMap((party) => (party.kind === 'person' ? [party.person] : []));
  const arePupils = ends.length === 2 && ends.every(({ role }) => role === 'pupil');
  const areThere = ends.every(({ state }) => state === 'active');
  if (!arePupils || !areThere || through !== null || !oneSchool(letter)) return [];
  return town.schools[ends[1]?.home ?? -1]?.closedWay
    ? [{ kind: 'hold', part: 'ways', rule: 'way-closed' }]
    : [];
}

function moderation(letter: OracleLetter): readonly Opinion[] {
  const { town, from, to } = letter;
  if (!pupil(from, letter)) return [];
  const classes = [from, to]
    .filter((party) => pupil(party, letter))
    .flatMap((party) => pupilsClasses(town, idOf(party)));
  if (classes.some((one) => one.moderation === 'all'))
    return [{ kind: 'hold', part: 'moderation', rule: 'class-moderated' }];
  return classes.some((one) => one.moderation === 'first-contact') && !wrote(letter)
    ? [{ kind: 'hold', part: 'moderation', rule: 'first-contact' }]
    : [];
}

/** What reaches a child, alone or in their class. */
function secondLook(letter: OracleLetter): readonly Opinion[] {
  const { town, from, to, content: inside } = letter;
  const reachesChild = pupil(to, letter) || isList(to, 'class');
  if (!pupil(from, letter) || !reachesChild || !inside.doubtfulWords) return [];
  const classes = [from, to]
    .filter((party) => pupil(party, letter))
    .flatMap((party) => pupilsClasses(town, idOf(party)));
  return classes.some((one) => one.secondLook === 'holds')
    ? [{ kind: 'hold', part: 'second-look', rule: 'doubtful-words' }]
    : [];
}

/** The classes of all pupils in it have opened photos, and nobody refused them for who sends. */
function maySendPhotos(letter: OracleLetter): boolean {
  const { town, from, to } = letter;
  if (from.kind !== 'person' || from.person.photos === 'no') return false;
  const classes = [from, to]
    .filter((party) => pupil(party, letter))
    .flatMap((party) => pupilsClasses(town, idOf(party)));
  return classes.length > 0 && classes.every((one) => one.photosOpen);
}

/** The two have written to one another. */
function wrote({ town, from, to }: Pair): boolean {
  return (
    to.kind === 'person' &&
    town.letters.some(
      (one) =>
        (one.from === idOf(from) && one.to === idOf(to)) ||
        (one.to === idOf(from) && one.from === idOf(to)),
    )
  );
}

function hours(letter: OracleLetter): readonly Opinion[] {
  return pupil(letter.from, letter) && fromSchoolOf(letter)?.closed
    ? [{ kind: 'hold', part: 'hours', rule: 'school-closed' }]
    : [];
}

/** From a pupil to a pupil whom nothing but a link joins, whose letters to that class travel. */
function road(letter: OracleLetter): readonly Opinion[] {
  const { town, from, to } = letter;
  if (!pupil(from, letter) || !pupil(to, letter) || shareClass(letter)) return [];
  const goes = (here: number, there: number): boolean =>
    pupilsClasses(town, idOf(from)).some(({ id }) => id === here) &&
    pupilsClasses(town, idOf(to)).some(({ id }) => id === there);
  const travels = town.links.some(
    ({ classes: [left, right], state, travelsTo }) =>
      state === 'running' &&
      ((['right', 'both'].includes(travelsTo) && goes(left, right)) ||
        (['left', 'both'].includes(travelsTo) && goes(right, left))),
  );
  return travels ? [{ kind: 'hold', part: 'road', rule: 'on-the-road' }] : [];
}

function content(letter: OracleLetter): readonly Opinion[] {
  const { from, to, content: inside } = letter;
  const child = [from, to].some((party) => pupil(party, letter));
  const column = from.kind === 'outside' ? to : from;
  const small =
    are('pupil', 'guardian')(column, letter) ||
    (from.kind === 'outside' && isList(column, 'class', 'class-families'));
  // Nobody of the town could let go what waits for somebody outside.
  const refused = child || to.kind === 'outside';
  const say = (rule: string, kind: 'hold' | 'deny'): Opinion => ({ kind, part: 'content', rule });
  const found: Opinion[] = [];
  if (inside.malware) found.push(say('malware', 'deny'));
  if (inside.attachments === 'dangerous' || (inside.attachments === 'other' && small))
    found.push(say('file-kind', 'deny'));
  if (inside.photograph && pupil(from, letter) && !maySendPhotos(letter))
    found.push(say('photo-closed', 'deny'));
  if (inside.unscannable)
    found.push(refused ? say('locked-archive', 'deny') : say('locked-archive-held', 'hold'));
  if (inside.forbiddenLink)
    found.push(refused ? say('forbidden-link', 'deny') : say('forbidden-link-held', 'hold'));
  return found;
}
