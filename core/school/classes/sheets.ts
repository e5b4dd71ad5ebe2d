import type { Charge } from '../../directory/charge.ts';
import { runsOn } from '../../directory/people-of.ts';
import { Fault } from '../../ground/fault.ts';
import { folded } from '../../ground/folding.ts';
import type { ClassId } from '../../ground/ids.ts';
import { dayTrouble } from '../../roster/days.ts';
import { isCurrent, type SchoolClass } from '../../roster/snapshot.ts';
import {
  beginMemberships,
  reopenClass,
  setClassEnd,
  updateClass,
} from '../../store/schools/class-acts.ts';
import { insertClasses } from '../../store/schools/new-classes.ts';
import { schoolById } from '../../store/schools/roster-imports.ts';
import type { SchoolTx, TownTx } from '../../store/store.ts';
import { NOT_THERE, trouble, type DeedOutcome } from './act.ts';
import type { ClassChange, NewClassOrder } from './contract.ts';

/** Grade levels of maternelle and élémentaire, in their order. */
const LEVELS: readonly string[] = [
  'TPS',
  'PS',
  'MS',
  'GS',
  'CP',
  'CE1',
  'CE2',
  'CM1',
  'CM2',
  'ULIS',
];
const COVERS = 7; // the eighth, grey, is for those without a class
const LONGEST_NAME = 40;
const LONGEST_KEY = 40;
const AHEAD_DAYS = 730;

/** Makes a class, or opens the one of that name again. */
export function decideNew(charge: Charge, order: NewClassOrder, domain: string): DeedOutcome {
  const { roster, day } = charge;
  const name = nameOf(order.name);
  const key = folded(name).slice(0, LONGEST_KEY);
  if (key === '') return trouble('name-missing');
  if (bearers(charge, key).some((one) => runsOn(one, day))) return trouble('name-taken');
  const levels = levelsOf(order.levels, name);
  if (levels.length === 0) return trouble('levels-missing');
  const teachers = [...new Set(order.teachers)];
  if (teachers.some((id) => !(roster.postsOf.get(id) ?? []).some((post) => isCurrent(post, day))))
    return NOT_THERE;
  const ended = bearers(charge, key).at(-1) ?? null;
  const made = { name, key, levels, cover: coverOf(charge, order.cover) };
  return {
    kind: 'deed',
    act: 'create-class',
    turn: 'addresses',
    shows: ended?.id ?? null,
    pupils: [],
    classes: ended ? [ended.id] : [],
    subject: { name, levels, people: teachers },
    write: async (tx, town) => {
      const id = ended
        ? await openAgain(tx, ended, made)
        : await insert(town, tx, { charge, made, domain });
      await beginMemberships(
        tx,
        { classId: id, people: teachers, role: 'teacher' },
        { from: day, until: null },
      );
      return { class: id };
    },
  };
}

type Made = {
  readonly name: string;
  readonly key: string;
  readonly levels: readonly string[];
  readonly cover: number;
};

async function openAgain(tx: SchoolTx, { id }: SchoolClass, made: Made): Promise<ClassId> {
  await reopenClass(tx, id);
  await updateClass(tx, id, { ...made, moderation: 'open' });
  return id;
}

interface NewClass {
  readonly charge: Charge;
  readonly made: Made;
  readonly domain: string;
}

async function insert(
  town: TownTx,
  tx: SchoolTx,
  { charge, made, domain }: NewClass,
): Promise<ClassId> {
  const own = (await schoolById(town, charge.school))?.domain ?? domain;
  const [id] = await insertClasses(tx, [made], {
    school: charge.school,
    slug: charge.roster.school.slug,
    domain: own,
    day: charge.day,
  });
  if (id === undefined) throw new Fault('row-missing', 'a class just made', { transient: false });
  return id;
}

/**
 * Another name, other levels, another colour, another way to moderate. The list keeps its address.
 */
export function decideChange(charge: Charge, change: ClassChange): DeedOutcome {
  const before = charge.roster.classes.get(change.class);
  if (!before || !runsOn(before, charge.day)) return NOT_THERE;
  const name = nameOf(change.name);
  const key = folded(name).slice(0, LONGEST_KEY);
  if (key === '') return trouble('name-missing');
  if (bearers(charge, key).some((one) => one.id !== before.id && runsOn(one, charge.day)))
    return trouble('name-taken');
  const levels = levelsOf(change.levels, name);
  if (levels.length === 0) return trouble('levels-missing');
  const subject = {
    class: before.id,
    levels,
    ...(name === before.name ? {} : { oldName: before.name, newName: name }),
    ...(change.moderation === before.moderation ? {} : { moderation: change.moderation }),
  };
  return {
    kind: 'deed',
    act: 'change-class',
    turn: 'school',
    shows: before.id,
    pupils: [],
    classes: [before.id],
    subject,
    write: (tx) =>
      updateClass(tx, before.id, {
        name,
        levels,
        cover: coverOf(charge, change.cover),
        moderation: change.moderation,
      }),
  };
}

/** Sets or takes back the last day of a class. */
export function decideEnd(
  charge: Charge,
  ending: { readonly class: ClassId; readonly lastDay: string | null },
): DeedOutcome {
  const schoolClass = charge.roster.classes.get(ending.class);
  if (!schoolClass || !runsOn(schoolClass, charge.day)) return NOT_THERE;
  const { lastDay } = ending;
  if (lastDay !== null && dayTrouble(lastDay, { today: charge.day, ahead: AHEAD_DAYS }) !== null)
    return trouble('dates');
  return {
    kind: 'deed',
    act: lastDay === null ? 'keep-class' : 'end-class',
    turn: 'school',
    shows: schoolClass.id,
    pupils: [],
    classes: [schoolClass.id],
    subject: { class: schoolClass.id, ...(lastDay === null ? {} : { lastDay }) },
    write: (tx) => setClassEnd(tx, schoolClass.id, lastDay),
  };
}

function nameOf(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .replaceAll("'", '’')
    .trim()
    .slice(0, LONGEST_NAME);
}

/** Classes that have or had this name, oldest first. */
function bearers({ roster }: Charge, key: string): SchoolClass[] {
  return [...roster.classes.values()]
    .filter(({ name }) => folded(name).slice(0, LONGEST_KEY) === key)
    .sort((one, other) => one.id - other.id);
}

/** Those chosen, or else those that the name says: `CE1 A`, `CP-CE1`. */
function levelsOf(chosen: readonly string[], name: string): string[] {
  const wanted =
    chosen.length > 0 ? new Set(chosen) : new Set(name.toUpperCase().split(/[^A-Z0-9]+/));
  return LEVELS.filter((level) => wanted.has(level));
}

/** A colour of the eight, or the one that the fewest running classes have. */
function coverOf({ roster, day }: Charge, wanted: number | null): number {
  if (wanted !== null && Number.isInteger(wanted) && wanted >= 1 && wanted <= COVERS + 1)
    return wanted;
  const worn = [...roster.classes.values()]
    .filter((one) => runsOn(one, day))
    .map(({ cover }) => cover);
  const count = (cover: number): number => worn.filter((one) => one === cover).length;
  return Array.from({ length: COVERS }, (_, index) => index + 1).reduce((best, cover) =>
    count(cover) < count(best) ? cover : best,
  );
}
