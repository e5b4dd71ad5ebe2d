import { isDeepStrictEqual } from 'node:util';
import { agentSchools, chargeOf } from '../../directory/charge.ts';
import type { SchoolId } from '../../ground/ids.ts';
import type { OpeningHours } from '../../roster/hours.ts';
import { runningStops, type MailStop } from '../../roster/mail-stops.ts';
import { SCHOOL_SWITCH_NAMES } from '../../roster/school-switches.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { writeAgentAct, writeAudit } from '../../store/audit.ts';
import type { MailEvents } from '../../store/mail-events.ts';
import type { SchoolWishes } from '../../store/schools/contract.ts';
import { pupilAccounts, readWishes, saveWishes } from '../../store/schools/school-settings.ts';
import { townStops } from '../../store/town/mail-stops.ts';
import type {
  SchoolSettings,
  SettingsOfSchools,
  SchoolSettingsSaved,
  TownMailStops,
} from './contract.ts';
import { readSitesAnew, saveSites, sitesOfSchool, type SiteChoiceParts } from './site-choices.ts';

interface SchoolSettingsParts extends SiteChoiceParts {
  readonly mailEvents: MailEvents;
}

const HOUR = /^([01]\d|2[0-3]):[0-5]\d$/;
const DAYS = [1, 2, 3, 4, 5, 6, 7];

export function openSchoolSettings(parts: SchoolSettingsParts): SettingsOfSchools {
  return {
    of: (viewer, school) => of(parts, viewer, school),
    mailStops: async (viewer) =>
      (await agentSchools(parts, viewer)) === null ? null : mailStops(parts, viewer),
    sites: (viewer, school) => sitesOfSchool(parts, viewer, school),
    saveSites: (viewer, school, wish) => saveSites({ parts, viewer }, school, wish),
    readSitesAnew: (viewer) => readSitesAnew(parts, viewer),
    save: (viewer, school, wishes) => save({ parts, viewer }, school, wishes),
  };
}

async function of(
  parts: SchoolSettingsParts,
  viewer: Viewer,
  school: SchoolId,
): Promise<SchoolSettings | null> {
  const charge = await chargeOf(parts, viewer, school);
  if (!charge) return null;
  const { name, mailStops: stops } = charge.roster.school;
  return {
    ...(await parts.store.read(school, readWishes)),
    school,
    schoolName: name,
    stopsAbove: runningStops(stops, parts.clock()).filter(({ level }) => level !== 'school'),
  };
}

async function mailStops(
  { store, clock }: SchoolSettingsParts,
  { communes: own }: Viewer,
): Promise<TownMailStops> {
  const { town, communes } = await store.readTown(townStops);
  const running = (stops: readonly MailStop[]): MailStop | null =>
    runningStops(stops, clock())[0] ?? null;
  return {
    town: running(town),
    communes: communes
      .filter(({ id }) => own === null || own.includes(id))
      .map(({ id, name, stops }) => ({ id, name, stop: running(stops) })),
  };
}

async function save(
  { parts, viewer }: RoomVisit<SchoolSettingsParts>,
  school: SchoolId,
  asked: Partial<SchoolWishes>,
): Promise<SchoolSettingsSaved> {
  const charge = await chargeOf(parts, viewer, school);
  if (!charge) return 'missing';
  const opening = asked.opening ?? null;
  if (opening !== null && !isFit(opening)) return 'bad-hours';
  const pupils = await parts.store.town(async (town) => {
    const tx = await town.in(school);
    const before = await readWishes(tx);
    const wishes: SchoolWishes = {
      ...before,
      ...asked,
      ...(opening && {
        opening: { ...opening, days: DAYS.filter((day) => opening.days.includes(day)) },
      }),
    };
    await saveWishes(tx, wishes);
    const { by, reason } = charge;
    await writeAudit(tx, by, 'change-settings', changesBetween(before, wishes));
    if (reason !== null) await writeAgentAct(town, { by, act: 'change-settings', school, reason });
    return pupilAccounts(tx);
  });
  // Their pages say when the school opens, and open mail programs may have to end.
  parts.mailEvents.announce(school, pupils);
  return 'saved';
}

/** What the journal says: the hours and the switches that are otherwise now. */
function changesBetween(
  before: SchoolWishes,
  now: SchoolWishes,
): Readonly<Record<string, unknown>> {
  const hours = hoursOf(now);
  const changed = SCHOOL_SWITCH_NAMES.filter((name) => now[name] !== before[name]);
  return {
    ...(isDeepStrictEqual(hours, hoursOf(before)) ? {} : hours),
    ...Object.fromEntries(changed.map((name) => [name, now[name]])),
  };
}

const hoursOf = ({ opening }: SchoolWishes) => ({
  hours: opening === null ? '' : `${opening.from}–${opening.to}`,
  days: opening?.days ?? [],
});

function isFit({ days, from, to }: OpeningHours): boolean {
  return DAYS.some((day) => days.includes(day)) && HOUR.test(from) && HOUR.test(to) && from < to;
}
