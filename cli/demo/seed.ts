import { hashPassword } from '../../core/entry/codes/password.ts';
import { dayAt } from '../../core/ground/clock.ts';
import type { SchoolId } from '../../core/ground/ids.ts';
import { DAY_MS } from '../../core/ground/spans.ts';
import { CLOCK_OF } from '../../core/ground/time-zones.ts';
import { setPaperAt } from '../../core/store/people/accounts.ts';
import { setClassSwitch } from '../../core/store/schools/class-settings.ts';
import { readRoster } from '../../core/store/schools/roster.ts';
import { readWishes, saveWishes } from '../../core/store/schools/school-settings.ts';
import type { TownFoundation } from '../../core/store/schools/town-relations.ts';
import { changeClass, hasSchools, setPasswords, writeTown } from '../../core/store/schools/town.ts';
import type { Store } from '../../core/store/store.ts';
import { ensureTownSchool, nextSchoolId } from '../../core/store/town/schools.ts';
import { letAgentsDoWithoutSecondFactor } from '../../core/store/town/settings.ts';
import { refused } from '../refused.ts';
import { demoJsonOf, type DemoJson } from './demo-json.ts';
import { MOVER, SIGN_INS, UNANSWERED, WITH_PHOTOS } from './hand-written.ts';
import { planBench, planTown, SMALL_TOWN, type TownSize } from './plan.ts';

/** Public: it opens nothing but made-up mail. */
export const DEMO_PASSWORD = 'marrons-et-billes';
/** The school that whoever tries the town looks at first. */
const TRIED_SCHOOL = 1 as SchoolId;
/** A link between classes has run for three weeks and runs for as long again. */
const LINK_DAYS = 22;
/** Since when the child of the old conversation is in another class. */
const MOVED_DAYS_AGO = 1;

interface Seeding {
  readonly domain: string;
  readonly timeZone: string;
  readonly now: Date;
  readonly progress: (written: number, schools: number) => void;
}

/**
 * Writes a made-up town into an empty store, all of it or nothing. Throws a `Fault` 'configuration'
 * with a sentence where there are schools already. The child who changes class is still in the old
 * one: `moveChild` comes after the letters.
 */
export async function seedTown(
  store: Store,
  size: TownSize,
  { domain, timeZone, now, progress }: Seeding,
): Promise<DemoJson> {
  const plan = planTown(size);
  const settings = await foundationOf(DEMO_PASSWORD, { domain, timeZone, now });
  await store.town(async (tx) => {
    if (await hasSchools(tx))
      throw refused(
        'Il y a déjà des écoles dans cette base : la ville de démonstration ne s’écrit que dans une base vide / There are schools in this database already: the demo town needs an empty one.',
      );
    await writeTown(tx, plan, {
      ...settings,
      progress: (written) => progress(written, plan.schools.length),
    });
    await letAgentsDoWithoutSecondFactor(tx, 'Saint-Aubin');
  });
  return demoJsonOf(plan, { domain, password: DEMO_PASSWORD });
}

/** Ends a membership and begins the next: from here on an answer to the old letters is refused. */
export async function moveChild(
  store: Store,
  { domain, timeZone, now }: Omit<Seeding, 'progress'>,
): Promise<void> {
  const lastDay = dayAt(new Date(now.getTime() - (MOVED_DAYS_AGO + 1) * DAY_MS), timeZone);
  await store.town(async (tx) =>
    changeClass(await tx.in(TRIED_SCHOOL), { ...MOVER, domain, lastDay }),
  );
}

/**
 * The school of the three to try asks the families before its pupils write: all have said yes on
 * paper but one, who are asked in their account.
 */
export async function askFamilies(store: Store, { now }: Pick<Seeding, 'now'>): Promise<void> {
  await store.town(async (tx) => {
    const school = await tx.in(TRIED_SCHOOL);
    await saveWishes(school, { ...(await readWishes(school)), asksFamilies: true });
    const roster = await readRoster(school);
    const people = [...(roster?.people.values() ?? [])];
    const agreed = people.filter(
      ({ role, displayName }) => role === 'pupil' && displayName !== UNANSWERED,
    );
    await setPaperAt(
      school,
      agreed.map(({ account }) => account),
      now,
    );
  });
}

/** Two classes of the school of the three to try send photos and other pictures. */
export async function openPhotos(store: Store): Promise<void> {
  await store.town(async (tx) => {
    const school = await tx.in(TRIED_SCHOOL);
    for (const { id, name } of (await readRoster(school))?.classes.values() ?? [])
      if (WITH_PHOTOS.includes(name))
        await setClassSwitch(school, id, { name: 'photosOpen', value: true });
  });
}

/**
 * The small town on a fresh database, without letters: what tests need to begin with. `domain` is
 * ecoles.preau.test unless given, its clock the mainland's.
 */
export async function seedSmallTown(
  store: Store,
  options: Partial<Omit<Seeding, 'progress'>> = {},
): Promise<DemoJson> {
  const { domain = 'ecoles.preau.test', timeZone = CLOCK_OF.mainland, now = new Date() } = options;
  const seeding = { domain, timeZone, now };
  const json = await seedTown(store, SMALL_TOWN, { ...seeding, progress: () => {} });
  await moveChild(store, seeding);
  return json;
}

/** Whether the store has no school yet. */
export async function isEmptyTown(store: Store): Promise<boolean> {
  return store.town(async (tx) => !(await hasSchools(tx)));
}

interface BenchWish {
  accounts: number;
  password: string;
  domain: string;
  now: Date;
}

/**
 * One more school whose members of staff are `u1` to `uN` with this password. Where the school is
 * there already with as many accounts, the password is set anew; with another number a `Fault`
 * 'configuration' says so.
 */
export async function seedBench(store: Store, bench: BenchWish): Promise<DemoJson> {
  const { accounts, password, domain, now } = bench;
  const settings = await foundationOf(password, { domain, timeZone: CLOCK_OF.mainland, now });
  const plan = await store.town(async (tx) => {
    const known = await setPasswords(tx, { slug: 'bench', passwordHash: settings.passwordHash });
    const written = planBench(known?.school ?? (await nextSchoolId(tx)), accounts);
    if (known !== null && known.accounts !== accounts)
      throw refused(
        `L’école du banc d’essai a déjà ${known.accounts} comptes, pas ${accounts} / The bench school has ${known.accounts} accounts already, not ${accounts}.`,
      );
    if (known === null) {
      await ensureTownSchool(tx, domain);
      await writeTown(tx, written, { ...settings, progress: () => {} });
    }
    await letAgentsDoWithoutSecondFactor(tx, 'Saint-Aubin');
    return written;
  });
  return demoJsonOf(plan, { domain, password });
}

/** The addresses of the three to try: a pupil, a teacher, a head. */
export function signIns(domain: string): readonly string[] {
  return SIGN_INS.map((local) => `${local}@${domain}`);
}

async function foundationOf(
  password: string,
  { domain, timeZone, now }: Omit<Seeding, 'progress'>,
): Promise<TownFoundation> {
  const day = (offset: number) => dayAt(new Date(now.getTime() + offset * DAY_MS), timeZone);
  const today = day(0);
  const year = Number(today.slice(0, 4)) - (today.slice(5) < '09-01' ? 1 : 0);
  return {
    domain,
    timeZone,
    passwordHash: await hashPassword(password),
    yearStart: `${year}-09-01`,
    linkFrom: day(-LINK_DAYS),
    linkUntil: day(LINK_DAYS),
  };
}
