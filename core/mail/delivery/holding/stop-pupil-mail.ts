import { agentSchools, isAgent } from '../../../directory/charge.ts';
import { momentOf } from '../../../ground/clock.ts';
import { TOWN, type AddressId } from '../../../ground/ids.ts';
import { DAY_MS } from '../../../ground/spans.ts';
import { isDay } from '../../../roster/days.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { writeAgentAct, writeAudit } from '../../../store/audit.ts';
import type { TownTx } from '../../../store/store.ts';
import type { MailStopPlace } from '../../../store/town/contract.ts';
import { setMailStop, townStops } from '../../../store/town/mail-stops.ts';
import { openedSchools } from '../../../store/trail.ts';
import type { ReleaseParts } from '../parts.ts';
import type { MailStopEnd, MailStopOutcome, MailStopWish } from './contract.ts';
import { moderatedBy } from './moderated.ts';

/** A stop ends within a year. */
const MOST_DAYS = 366;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

const ACTS = { stop: 'stop-pupil-mail', run: 'let-pupil-mail-run' } as const;

/**
 * Stops the mail of all pupils of a place, or lets it run again: a school's head, an agent who has
 * opened it, and of more than a school an agent with a reason. An end is of the place's own clock.
 */
export async function stopPupilMail(
  parts: ReleaseParts,
  viewer: Viewer,
  { place, wish }: { readonly place: MailStopPlace; readonly wish: MailStopWish },
): Promise<MailStopOutcome> {
  const zone = await zoneFor(parts, viewer, place);
  if (zone === null) return 'missing';
  const until = wish.until === null ? null : endIn(wish.until, zone, parts.clock());
  if (wish.stopped && until === 'bad-end') return 'bad-end';
  const stop = wish.stopped && until !== 'bad-end' ? { until, said: wish.until } : null;
  const { addressId: by } = viewer;
  return parts.store.town(async (tx) => {
    if (viewer.role === 'agent')
      return byAgent(tx, { by, place, stop, reason: wish.reason.trim() });
    if (typeof place === 'object') return 'missing';
    await setMailStop(tx, place, stop);
    await writeAudit(await tx.in(place), by, actOf(stop), subjectOf(stop));
    return 'done';
  });
}

/** The clock of a place that is theirs to stop; null: it isn't. */
async function zoneFor(
  parts: ReleaseParts,
  viewer: Viewer,
  place: MailStopPlace,
): Promise<string | null> {
  const school = typeof place === 'number' ? place : TOWN;
  const theirs = await agentSchools(parts, viewer);
  if (theirs === null) {
    const mine = typeof place === 'number' ? await moderatedBy(parts, viewer) : null;
    const rights = mine?.get(school);
    return rights?.isHead === true ? rights.roster.school.timeZone : null;
  }
  if (typeof place === 'number' && school !== TOWN) {
    const opened = await parts.store.readTown((tx) => openedSchools(tx, viewer.addressId));
    if (!theirs.has(school) || !opened.has(school)) return null;
  } else if (!(await mayStop(parts, viewer, place))) return null;
  const roster = (await parts.directory.rosters([school], { maxAgeMs: 0 })).get(school);
  return roster?.school.timeZone ?? null;
}

/** What is to be: stopped until then, as it was said; or running. */
type Stop = { readonly until: Date | null; readonly said: MailStopEnd | null } | null;

const actOf = (stop: Stop): string => (stop === null ? ACTS.run : ACTS.stop);
const subjectOf = (stop: Stop): Readonly<Record<string, string>> =>
  stop?.said ? { untilDay: stop.said.day, untilTime: stop.said.time } : {};

/** More than a school: an agent of the whole town, or of that commune. */
async function mayStop(
  parts: ReleaseParts,
  viewer: Viewer,
  place: MailStopPlace,
): Promise<boolean> {
  if (typeof place === 'object' && viewer.communes?.includes(place.commune)) return true;
  return isAgent(parts, viewer);
}

interface AgentStop {
  readonly by: AddressId;
  readonly place: MailStopPlace;
  readonly stop: Stop;
  readonly reason: string;
}

async function byAgent(tx: TownTx, { place, ...said }: AgentStop): Promise<MailStopOutcome> {
  const { by, stop, reason } = said;
  if (typeof place === 'object') return inCommune(tx, place.commune, said);
  const why = place === TOWN ? reason : ((await openedSchools(tx, by)).get(place) ?? '');
  if (why === '') return 'missing';
  await setMailStop(tx, place, stop);
  await writeAgentAct(tx, { by, act: actOf(stop), school: place, reason: why });
  await writeAudit(await tx.in(place), by, actOf(stop), subjectOf(stop));
  return 'done';
}

/** Each of its schools has it in its journal. */
async function inCommune(
  tx: TownTx,
  commune: number,
  { by, stop, reason }: Omit<AgentStop, 'place'>,
): Promise<MailStopOutcome> {
  const one = (await townStops(tx)).communes.find(({ id }) => id === commune);
  if (one === undefined || reason === '') return 'missing';
  await setMailStop(tx, { commune }, stop);
  const act = stop === null ? 'let-commune-mail-run' : 'stop-commune-mail';
  await writeAgentAct(tx, { by, act, school: TOWN, reason: `${one.name}, ${reason}` });
  for (const school of one.schools)
    await writeAudit(await tx.in(school), by, actOf(stop), {
      commune: one.name,
      ...subjectOf(stop),
    });
  return 'done';
}

/** A moment to come, not too far off, of a day that the calendar has. */
function endIn({ day, time }: MailStopEnd, timeZone: string, now: Date): Date | 'bad-end' {
  if (!isDay(day) || !TIME.test(time)) return 'bad-end';
  const at = momentOf(day, time, timeZone);
  return at > now && at.getTime() - now.getTime() < MOST_DAYS * DAY_MS ? at : 'bad-end';
}
