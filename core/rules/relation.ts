/**
 * Who may write to whom: the table of the product, row by row. What no row of ALLOWED names is
 * denied, and REFUSED only finds the words for it: whoever breaks REFUSED says something wrong, but
 * lets nobody through.
 */
import type { Facts, ListKind, Role } from './facts.ts';
import { ALLOW, type DenyRule, type HoldRule, type Rule, type Verdict } from './verdict.ts';

type Party = Role | ListKind;

/**
 * A row of the table. Where several apply to two people, the kindest one counts: a shared class
 * beats a moderated link.
 */
interface RelationRow {
  readonly says: string;
  readonly from: readonly Role[];
  readonly to: readonly Party[];
  readonly when: (facts: Facts) => boolean;
  /** Null allows; a name holds. */
  readonly holds: HoldRule | null;
}

interface RefusalRow {
  readonly rule: DenyRule;
  readonly from: readonly Role[];
  readonly to: readonly Party[];
  readonly when: (facts: Facts) => boolean;
}

const TEACHERS = ['teacher', 'head'] as const;
const ADULTS = ['teacher', 'head', 'staff'] as const;
const PEOPLE = ['pupil', ...ADULTS, 'guardian', 'agent'] as const;
const SENDERS = [...PEOPLE, 'outside', 'system'] as const;
const SCHOOL_LISTS = ['class', 'class-families', 'team', 'pupils', 'families'] as const;
/** Addresses of posts: whoever may write to their holders may write to them. */
const FUNCTIONS = ['headship', 'office'] as const;
const LISTS = [...SCHOOL_LISTS, ...FUNCTIONS, 'town', 'support', 'postmaster'] as const;
const ANYBODY = [...SENDERS, ...LISTS] as const;

const always = (): boolean => true;
const linked = ({ linkedClass }: Facts): boolean => linkedClass !== 'none';
/**
 * An approval is of an address that its domain stands behind. What it disowns is nobody's; what
 * nothing proves waits as such.
 */
const approved =
  (proof: Facts['authentication']) =>
  (facts: Facts): boolean =>
    facts.approvedCorrespondent && facts.authentication === proof;
const CLASS_PARTIES = ['pupil', 'guardian', 'class', 'class-families'] as const;

export const ALLOWED: readonly RelationRow[] = [
  {
    says: 'a pupil: classmates, their teachers and aides, the list of their class',
    from: ['pupil'],
    to: ['pupil', ...ADULTS, 'class'],
    when: (f) => f.sharesClass,
    holds: null,
  },
  {
    says: 'a pupil: the head of their school',
    from: ['pupil'],
    to: ['head', 'headship'],
    when: (f) => f.sameSchool,
    holds: null,
  },
  {
    says: 'a pupil: staff whom the head marked reachable',
    from: ['pupil'],
    to: ['staff'],
    when: (f) => f.sameSchool && f.reachableStaff,
    holds: null,
  },
  {
    says: 'a pupil: every teacher, where the school opened it',
    from: ['pupil'],
    to: ['teacher'],
    when: (f) => f.sameSchool && f.pupilsReachAllTeachers,
    holds: null,
  },
  {
    says: 'a pupil answers an adult of their school',
    from: ['pupil'],
    to: ['teacher', 'staff'],
    when: (f) => f.sameSchool && f.wroteRecently,
    holds: null,
  },
  {
    says: 'a pupil: the teachers of a linked class',
    from: ['pupil'],
    to: TEACHERS,
    when: linked,
    holds: null,
  },
  {
    says: 'a pupil: a pupil of a linked class',
    from: ['pupil'],
    to: ['pupil'],
    when: (f) => f.linkedClass === 'open',
    holds: null,
  },
  {
    says: 'a pupil: a pupil of a linked class that a teacher moderates',
    from: ['pupil'],
    to: ['pupil'],
    when: (f) => f.linkedClass === 'moderated',
    holds: 'link-moderated',
  },
  // A teacher or an agent may be a parent too, with one account for both: family is family whatever
  // the account's role.
  {
    says: 'a pupil: their own guardians',
    from: ['pupil'],
    to: ['guardian', ...ADULTS, 'agent'],
    when: (f) => f.family,
    holds: null,
  },
  {
    says: 'a guardian: their own child',
    from: ['guardian', ...ADULTS, 'agent'],
    to: ['pupil'],
    when: (f) => f.family,
    holds: null,
  },
  {
    says: 'a guardian: the teachers of their child',
    from: ['guardian', 'agent'],
    to: TEACHERS,
    when: (f) => f.teachesChild,
    holds: null,
  },
  {
    says: 'a guardian: the head of their child’s school',
    from: ['guardian', 'agent'],
    to: ['head', 'headship'],
    when: (f) => f.headOfChild,
    holds: null,
  },
  {
    says: 'an adult of a school: its pupils and guardians',
    from: ADULTS,
    to: ['pupil', 'guardian'],
    when: (f) => f.sameSchool,
    holds: null,
  },
  {
    says: 'an adult of a school: its lists',
    from: ADULTS,
    to: SCHOOL_LISTS,
    when: (f) => f.sameSchool,
    holds: null,
  },
  {
    says: 'an adult of a school: the adults of every school',
    from: ADULTS,
    to: [...ADULTS, ...FUNCTIONS],
    when: always,
    holds: null,
  },
  {
    says: 'an adult of a school: a pupil of a class linked with theirs',
    from: ADULTS,
    to: ['pupil'],
    when: linked,
    holds: null,
  },
  {
    says: 'an adult of a school: outside',
    from: ADULTS,
    to: ['outside'],
    when: (f) => !f.outsideForbidden,
    holds: null,
  },
  {
    says: 'an agent: the whole town, or the schools of their communes',
    from: ['agent'],
    to: [...PEOPLE, ...SCHOOL_LISTS, ...FUNCTIONS, 'town'],
    when: (f) => f.inAgentsArea,
    holds: null,
  },
  {
    says: 'the service: a notice to any account',
    from: ['system'],
    to: PEOPLE,
    when: always,
    holds: null,
  },
  {
    says: 'outside: the adults of a school',
    from: ['outside'],
    to: [...ADULTS, ...FUNCTIONS],
    when: (f) => f.authentication !== 'fail',
    holds: null,
  },
  {
    says: 'outside: the class that approved this correspondent',
    from: ['outside'],
    to: CLASS_PARTIES,
    when: approved('pass'),
    holds: 'approved-correspondent',
  },
  {
    says: 'outside: who gives an approved address that nothing proves',
    from: ['outside'],
    to: CLASS_PARTIES,
    when: approved('none'),
    holds: 'unproven-correspondent',
  },
  {
    says: 'anyone with an account: the support list',
    from: PEOPLE,
    to: ['support'],
    when: always,
    holds: null,
  },
  {
    says: 'anyone at all: postmaster and abuse (RFC 5321 §4.5.1)',
    from: SENDERS,
    to: ['postmaster'],
    when: always,
    holds: null,
  },
  {
    says: 'those who answer for the support list',
    from: ['pupil', ...ADULTS, 'guardian'],
    to: [...ADULTS, 'agent'],
    when: (f) => f.through === 'support' && f.inAgentsArea,
    holds: null,
  },
  {
    says: 'those who answer for postmaster and abuse',
    from: ['pupil', ...ADULTS, 'guardian', 'outside'],
    to: [...ADULTS, 'agent'],
    when: (f) => f.through === 'postmaster' && f.inAgentsArea,
    holds: null,
  },
];

/** The first that fits is named; where none does, it is `no-such-address`. */
export const REFUSED: readonly RefusalRow[] = [
  {
    rule: 'unproven-sender',
    from: ['outside'],
    to: [...ADULTS, ...FUNCTIONS],
    when: (f) => f.authentication === 'fail',
  },
  { rule: 'pupil-to-outside', from: ['pupil'], to: ['outside'], when: always },
  { rule: 'outside-forbidden', from: ADULTS, to: ['outside'], when: always },
  { rule: 'no-mail-outside', from: ['guardian', 'agent', 'system'], to: ['outside'], when: always },
  // Children's addresses must not be guessable: outside one's own school, and from outside, every
  // refusal is the one that an unknown address gets. No row from here on names `outside`.
  { rule: 'no-such-address', from: SENDERS, to: ANYBODY, when: (f) => !f.sameSchool },
  { rule: 'not-your-list', from: PEOPLE, to: LISTS, when: always },
  { rule: 'not-in-your-class', from: ['pupil'], to: ['pupil'], when: always },
  { rule: 'not-your-teacher', from: ['pupil'], to: TEACHERS, when: always },
  { rule: 'staff-not-reachable', from: ['pupil'], to: ['staff'], when: always },
  { rule: 'not-your-family', from: ['pupil'], to: ['guardian'], when: always },
  { rule: 'not-your-child', from: ['guardian'], to: ['pupil'], when: always },
  { rule: 'not-your-childs-teacher', from: ['guardian'], to: ADULTS, when: always },
  { rule: 'guardian-to-guardian', from: ['guardian'], to: ['guardian'], when: always },
];

const UNKNOWN: Verdict = { kind: 'deny', rule: 'no-such-address' };

/**
 * The relation as one rule: allow if a row allows, hold if a row only holds, else deny by the first
 * refusal that fits.
 */
export function relationOf(allowed: readonly RelationRow[], refused: readonly RefusalRow[]): Rule {
  const allowedBetween = byRoles(allowed);
  const refusedBetween = byRoles(refused);
  return (facts) => {
    const rows = allowedBetween(facts).filter(({ when }) => when(facts));
    if (rows.some(({ holds }) => holds === null)) return ALLOW;
    const [held] = rows;
    if (held?.holds) return { kind: 'hold', rule: held.holds };
    const refusal = refusedBetween(facts).find(({ when }) => when(facts));
    return refusal ? { kind: 'deny', rule: refusal.rule } : UNKNOWN;
  };
}

/** Of a table's rows those between two, in their order: picked out once, not for each letter. */
function byRoles<Row extends Pick<RelationRow, 'from' | 'to'>>(
  table: readonly Row[],
): (between: Pick<Facts, 'from' | 'to'>) => readonly Row[] {
  const picked = new Map(
    SENDERS.map((from) => {
      const sent = table.filter((row) => row.from.includes(from));
      const ofEach = ANYBODY.map((to) => [to, sent.filter((row) => row.to.includes(to))] as const);
      return [from, new Map<Party, readonly Row[]>(ofEach)] as const;
    }),
  );
  return ({ from, to }) => picked.get(from)?.get(to) ?? [];
}
