import { byName, currentIds, type Member } from '../../directory/own-classes.ts';
import { dayAt } from '../../ground/clock.ts';
import type { AccountId, AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import type { Person, Roster, SchoolClass } from '../../roster/snapshot.ts';
import { writeAudit } from '../../store/audit.ts';
import { levelsOfClasses, waysIn } from '../../store/people/code-states.ts';
import { homesOf, insertSheet } from '../../store/people/codes.ts';
import { readRoster } from '../../store/schools/roster.ts';
import type { SchoolTx, TownTx } from '../../store/store.ts';
import { newActivationCode } from './activation-code.ts';
import type { Card, Code, CodeKind, CodeSheet } from './contract.ts';
import { newPictures } from './new-pictures.ts';
import { cardOf, expiryOf, guardiansOf, keepCodes, ownerOf, slipOf } from './sheets.ts';

/** Levels whose children learn to read: a class with one of them signs in by pictures. */
const BY_PICTURES: ReadonlySet<string> = new Set(['TPS', 'PS', 'MS', 'GS', 'CP', 'CE1']);

export function advised(levels: readonly string[]): CodeKind {
  return levels.some((level) => BY_PICTURES.has(level)) ? 'pictures' : 'activation';
}

/** What a school's codes are made from, and those that are made. */
interface Making {
  readonly secret: Buffer;
  readonly tx: TownTx;
  readonly school: SchoolId;
  readonly by: AddressId | null;
  readonly now: Date;
  readonly roster: Roster;
  readonly ways: ReadonlyMap<AccountId, 'password' | 'code' | 'none'>;
  readonly levels: ReadonlyMap<ClassId, readonly string[]>;
  readonly codes: Map<AccountId, Code>;
}

/**
 * Codes for everybody whose home this school is and who has no way in: no password, no code that is
 * still good. One sheet a class, with a slip for each family that gets a code; one for the adults;
 * one for pupils without a class. In the transaction given, which ends in this school; what the
 * codes say leaves with the answer and is kept nowhere.
 */
export async function firstCodes(
  { secret, clock }: { readonly secret: Buffer; readonly clock: () => Date },
  tx: TownTx,
  { school, by }: { readonly school: SchoolId; readonly by: AddressId | null },
): Promise<readonly CodeSheet[]> {
  const inSchool = await tx.in(school);
  const now = clock();
  const ways = await waysIn(inSchool, now);
  if (![...ways.values()].includes('none')) return [];
  const roster = await readRoster(inSchool);
  if (roster === null) return [];
  const making: Making = {
    secret,
    tx,
    school,
    by,
    now,
    roster,
    ways,
    levels: await levelsOfClasses(inSchool),
    codes: new Map(),
  };
  const sheets: CodeSheet[] = [];
  const day = dayAt(now, roster.school.timeZone);
  for (const schoolClass of roster.classes.values())
    if (schoolClass.endsOn === null || schoolClass.endsOn >= day)
      sheets.push(...(await classSheet(making, schoolClass)));
  const left = [...roster.people.values()].filter((person) => isWayless(making, person));
  sheets.push(
    ...(await othersSheet(
      making,
      'adults',
      left.filter(({ role }) => role === 'teacher' || role === 'head' || role === 'staff'),
    )),
  );
  sheets.push(
    ...(await othersSheet(
      making,
      'no-class',
      left.filter(({ role }) => role === 'pupil'),
    )),
  );
  await writeAudit(await tx.in(school), by, 'print-codes', {
    format: 'import',
    codes: making.codes.size,
  });
  return sheets;
}

/** How many of this school `firstCodes` would give a code. */
export async function countWayless(tx: SchoolTx, now: Date): Promise<number> {
  const ways = await waysIn(tx, now);
  if (![...ways.values()].includes('none')) return 0;
  const roster = await readRoster(tx);
  if (roster === null) return 0;
  const day = dayAt(now, roster.school.timeZone);
  const inClass = new Set(
    [...roster.classes.values()]
      .filter(({ endsOn }) => endsOn === null || endsOn >= day)
      .flatMap(({ id }) => currentIds(roster, id, { role: 'pupil', now }))
      .filter((id) => roster.people.get(id)?.state === 'active'),
  );
  const reached = ({ role, addressId }: Person): boolean =>
    role !== 'guardian' ||
    (roster.childrenOf.get(addressId) ?? []).some((child) => inClass.has(child));
  return [...roster.people.values()].filter(
    (person) => ways.get(person.account) === 'none' && person.role !== 'agent' && reached(person),
  ).length;
}

/** Whoever got a code on another sheet of this run has a way in by now. */
function isWayless({ ways, codes }: Making, { account }: Person): boolean {
  return ways.get(account) === 'none' && !codes.has(account);
}

async function classSheet(making: Making, schoolClass: SchoolClass): Promise<CodeSheet[]> {
  const { roster, school, now, codes } = making;
  const ids = currentIds(roster, schoolClass.id, { role: 'pupil', now });
  const pupils = ids
    .flatMap((id): Member[] => {
      const person = roster.people.get(id);
      return person?.state === 'active' ? [{ home: school, person }] : [];
    })
    .sort(byName);
  const children = pupils.filter(({ person }) => isWayless(making, person));
  const kind = advised(making.levels.get(schoolClass.id) ?? []);
  const guardians = guardiansOf({ roster }, pupils).filter((person) => isWayless(making, person));
  if (kind === 'activation')
    for (const { person } of children) codes.set(person.account, newText());
  else {
    const away = await homesOf(
      making.tx,
      ids.filter((id) => !roster.people.has(id)),
    );
    const keeping = [
      ...away,
      ...pupils.filter((member) => !children.includes(member)).map(ownerOf),
    ];
    const pictures = await newPictures(making.secret, making.tx, {
      getting: children.map(ownerOf),
      keeping,
    });
    for (const [account, code] of pictures) codes.set(account, code);
  }
  for (const { account } of guardians) codes.set(account, newText());
  await keep(making, {
    classId: schoolClass.id,
    pupils: children.map(({ person }) => person),
    adults: guardians,
  });
  const slips = pupils.flatMap(({ person }) => {
    const family = guardiansOf({ roster }, [{ home: school, person }]).filter(
      ({ account }) => codes.has(account) || making.ways.get(account) === 'password',
    );
    return family.some(({ account }) => codes.has(account))
      ? [slipOf(person, { guardians: family, codes })]
      : [];
  });
  if (children.length === 0 && slips.length === 0) return [];
  return [
    {
      ...headOf(making, kind),
      of: 'class',
      className: schoolClass.name,
      cover: schoolClass.cover,
      cards: cardsOf(
        making,
        children.map(({ person }) => person),
      ),
      slips,
    },
  ];
}

async function othersSheet(
  making: Making,
  of: 'adults' | 'no-class',
  people: readonly Person[],
): Promise<CodeSheet[]> {
  if (people.length === 0) return [];
  for (const { account } of people) making.codes.set(account, newText());
  await keep(making, {
    classId: null,
    pupils: of === 'no-class' ? people : [],
    adults: of === 'adults' ? people : [],
  });
  const inOrder = people
    .map((person): Member => ({ home: making.school, person }))
    .sort(byName)
    .map(({ person }) => person);
  return [
    {
      ...headOf(making, 'activation'),
      of,
      className: '',
      cover: NO_CLASS,
      cards: cardsOf(making, inOrder),
      slips: [],
    },
  ];
}

const NO_CLASS = 8;
const newText = (): Code => ({ kind: 'activation', text: newActivationCode() });

function headOf(
  { roster, now }: Making,
  kind: CodeKind,
): Pick<CodeSheet, 'schoolName' | 'timeZone' | 'madeAt' | 'expiresAt'> {
  const { name, timeZone } = roster.school;
  return { schoolName: name, timeZone, madeAt: now, expiresAt: expiryOf(kind, now) };
}

function cardsOf({ codes }: Making, people: readonly Person[]): Card[] {
  return people.flatMap((person) => {
    const code = codes.get(person.account);
    return code === undefined ? [] : [cardOf(person, code)];
  });
}

/** Those who get codes: of one class, or of the whole school. */
interface CodeHolders {
  readonly classId: ClassId | null;
  readonly pupils: readonly Person[];
  readonly adults: readonly Person[];
}

async function keep(
  { secret, tx, school, by, now, codes }: Making,
  of: CodeHolders,
): Promise<void> {
  const people = [...of.pupils, ...of.adults];
  if (people.length === 0) return;
  const inSchool = await tx.in(school);
  const sheet = await insertSheet(inSchool, {
    classId: of.classId,
    by,
    at: now,
    format: 'import',
    codes: people.length,
  });
  const made = people.flatMap(({ account }) => {
    const code = codes.get(account);
    return code === undefined ? [] : [{ account, code }];
  });
  await keepCodes({ secret }, inSchool, {
    sheet,
    now,
    codes: made,
    children: new Set(of.pupils.map(({ account }) => account)),
  });
}
