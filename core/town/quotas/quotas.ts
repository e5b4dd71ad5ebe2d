import { isAgent } from '../../directory/charge.ts';
import { peopleOf } from '../../directory/people-of.ts';
import { TOWN, type SchoolId } from '../../ground/ids.ts';
import { QUOTAS_BYTES } from '../../roster/quotas.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAgentAct, writeAudit } from '../../store/audit.ts';
import { allSchools } from '../../store/schools/roster.ts';
import type { TownTx } from '../../store/store.ts';
import {
  nearlyFull,
  roleQuotas,
  setOwnQuota,
  setRoleQuota,
  settleQuotas,
} from '../../store/town/quotas.ts';
import { schoolNames } from '../../store/town/school-names.ts';
import { takeLargeFilms, takesLargeFilms } from '../../store/town/settings.ts';
import { changing, noteAct, type TownAct, type TownParts } from '../town/parts.ts';
import {
  QUOTA_MEGABYTES,
  type NearlyFull,
  type OwnQuotaWish,
  type QuotaOutcome,
  type QuotaOverview,
  type Quotas,
  type RoleQuotaWish,
} from './contract.ts';

const MB = 1_000_000;
/** People who are named of one school, and of all. */
const MOST_NEAR = 50;

export function openQuotas(parts: TownParts): Quotas {
  return {
    overview: async (viewer) => ((await isAgent(parts, viewer)) ? overview(parts) : null),
    sayOfRole: (viewer, wish) => sayOfRole(parts, viewer, wish),
    sayOfPerson: (viewer, wish) => sayOfPerson(parts, viewer, wish),
    sayOfFilms: (viewer, takes) => sayOfFilms(parts, viewer, { takes }),
  };
}

async function overview(parts: TownParts): Promise<QuotaOverview> {
  const { store } = parts;
  const [names, said, largeFilms] = await Promise.all([
    store.readTown(schoolNames),
    store.readTown(roleQuotas),
    store.readTown(takesLargeFilms),
  ]);
  return {
    town: { ...QUOTAS_BYTES, ...said.get(TOWN) },
    schools: [...names].map(([id, name]) => ({ id, name, quotas: said.get(id) ?? {} })),
    near: await near(parts, names),
    largeFilms,
  };
}

async function near(
  { store, directory }: TownParts,
  names: ReadonlyMap<SchoolId, string>,
): Promise<NearlyFull[]> {
  const found = await Promise.all(
    [TOWN, ...names.keys()].map((school) => store.read(school, (tx) => nearlyFull(tx, MOST_NEAR))),
  );
  const rows = found
    .flat()
    .sort((one, other) => other.usedBytes / other.quotaBytes - one.usedBytes / one.quotaBytes)
    .slice(0, MOST_NEAR);
  const people = await peopleOf(
    directory,
    rows.map(({ addressId }) => addressId),
  );
  return rows.flatMap((row) => {
    const one = people.get(row.addressId);
    if (one === undefined) return [];
    const { displayName: name, address, role } = one.person;
    const { account, usedBytes, quotaBytes, fullSince } = row;
    const schoolName = names.get(one.home) ?? '';
    return [{ account, name, address, role, schoolName, usedBytes, quotaBytes, fullSince }];
  });
}

const trouble = (why: Extract<QuotaOutcome, { kind: 'trouble' }>['why']): QuotaOutcome => ({
  kind: 'trouble',
  why,
});
const DONE: QuotaOutcome = { kind: 'done' };

function troubleIn({
  megabytes,
  reason,
}: Pick<RoleQuotaWish, 'megabytes' | 'reason'>): QuotaOutcome | null {
  const { least, most } = QUOTA_MEGABYTES;
  const isSize =
    megabytes === null || (Number.isInteger(megabytes) && megabytes >= least && megabytes <= most);
  if (!isSize) return trouble('size');
  return reason.trim() === '' ? trouble('reason') : null;
}

const bytesOf = (megabytes: number | null): number | null =>
  megabytes === null ? null : megabytes * MB;

function sayOfRole(parts: TownParts, viewer: Viewer, wish: RoleQuotaWish): Promise<QuotaOutcome> {
  return changing(parts, viewer, async (tx, acting) => {
    const wrong = troubleIn(wish);
    if (wrong !== null) return wrong;
    const { school, role, megabytes } = wish;
    const schools = await allSchools(tx);
    if (role === null) return trouble('role');
    if (school === null || ![TOWN, ...schools].includes(school)) return trouble('school');
    await setRoleQuota(tx, { school, role, bytes: bytesOf(megabytes) });
    for (const one of school === TOWN ? [TOWN, ...schools] : [school])
      await settleQuotas(await tx.in(one));
    await note(tx, acting, { school, reason: wish.reason, subject: { role, megabytes } });
    return DONE;
  });
}

async function sayOfPerson(
  parts: TownParts,
  viewer: Viewer,
  { address, ...wish }: OwnQuotaWish,
): Promise<QuotaOutcome> {
  const local = address.trim().toLowerCase();
  const whole = local.includes('@') ? local : `${local}@${parts.domain}`;
  return changing(parts, viewer, async (tx, acting) => {
    const wrong = troubleIn(wish);
    if (wrong !== null) return wrong;
    const found = (await parts.directory.resolve([whole], { maxAgeMs: 0 })).get(whole);
    const [person] = await peopleOf(parts.directory, found === undefined ? [] : [found.id]);
    if (person === undefined) return trouble('address');
    const [
      ,
      {
        home: school,
        person: { account },
      },
    ] = person;
    const { megabytes, reason } = wish;
    const here = await tx.in(school);
    if ((await setOwnQuota(here, account, bytesOf(megabytes))) === undefined)
      return trouble('address');
    await settleQuotas(here);
    await note(tx, acting, { school, reason, subject: { account, megabytes } });
    return DONE;
  });
}

async function sayOfFilms(
  parts: TownParts,
  viewer: Viewer,
  { takes }: { readonly takes: boolean },
): Promise<boolean> {
  const became = await changing(parts, viewer, async (tx, acting) => {
    if (!(await takeLargeFilms(tx, { takes }))) return { kind: 'missing' } as const;
    await noteAct(tx, acting, { act: takes ? 'take-large-films' : 'refuse-large-films', what: '' });
    return DONE;
  });
  return became.kind === 'done';
}

interface QuotaNote {
  readonly school: SchoolId;
  readonly reason: string;
  readonly subject: Readonly<Record<string, string | number | null>>;
}

/** In the school's journal what it is now, in that of the agents why. */
async function note(
  tx: TownTx,
  { by }: TownAct,
  { school, reason, subject }: QuotaNote,
): Promise<void> {
  await writeAudit(await tx.in(school), by, 'change-quota', subject);
  const { role, megabytes } = subject;
  const inTown = `${String(role)} ${String(megabytes)} ${reason.trim()}`;
  const [act, what] =
    school === TOWN && role !== undefined
      ? ['change-town-quota', inTown]
      : ['change-quota', reason.trim()];
  await writeAgentAct(tx, { by, act, school, reason: what });
}
