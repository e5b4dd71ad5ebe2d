import { chargeOf, isAgent } from '../../directory/charge.ts';
import { TOWN, type SchoolId } from '../../ground/ids.ts';
import type { OpeningHours } from '../../roster/hours.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAgentAct, writeAudit } from '../../store/audit.ts';
import type { MailEvents } from '../../store/mail-events.ts';
import type { SchoolWishes } from '../../store/schools/contract.ts';
import { pupilAccounts, readWishes, saveWishes } from '../../store/schools/school-settings.ts';
import type { SchoolSettings, Settings, SettingsSaved } from './contract.ts';
import { readSitesAnew, saveSites, sitesOfSchool, type SiteChoiceParts } from './site-choices.ts';

interface SettingsParts extends SiteChoiceParts {
  readonly mailEvents: MailEvents;
}

const HOUR = /^([01]\d|2[0-3]):[0-5]\d$/;
const DAYS = [1, 2, 3, 4, 5, 6, 7];

export function openSettings(parts: SettingsParts): Settings {
  return {
    of: (viewer, school) => of(parts, viewer, school),
    townStopped: async (viewer) =>
      (await isAgent(parts, viewer))
        ? (await parts.store.read(TOWN, readWishes)).pupilMailStopped
        : null,
    sites: (viewer, school) => sitesOfSchool(parts, viewer, school),
    saveSites: (viewer, school, wish) => saveSites(parts, viewer, school, wish),
    readSitesAnew: (viewer) => readSitesAnew(parts, viewer),
    save: (viewer, school, wishes) => save(parts, viewer, school, wishes),
  };
}

async function of(
  parts: SettingsParts,
  viewer: Viewer,
  school: SchoolId,
): Promise<SchoolSettings | null> {
  const charge = await chargeOf(parts, viewer, school);
  if (!charge) return null;
  const [own, town] = await Promise.all([
    parts.store.read(school, readWishes),
    parts.store.read(TOWN, readWishes),
  ]);
  return {
    ...own,
    school,
    schoolName: charge.roster.school.name,
    townStopped: town.pupilMailStopped,
  };
}

async function save(
  parts: SettingsParts,
  viewer: Viewer,
  school: SchoolId,
  wishes: SchoolWishes,
): Promise<SettingsSaved> {
  const charge = await chargeOf(parts, viewer, school);
  if (!charge) return 'missing';
  if (wishes.opening !== null && !isFit(wishes.opening)) return 'bad-hours';
  const opening = wishes.opening && {
    ...wishes.opening,
    days: DAYS.filter((day) => wishes.opening?.days.includes(day)),
  };
  const pupils = await parts.store.town(async (town) => {
    const tx = await town.in(school);
    await saveWishes(tx, { ...wishes, opening });
    const { by, reason } = charge;
    await writeAudit(tx, by, 'change-settings', {
      hours: opening === null ? '' : `${opening.from}–${opening.to}`,
      days: opening?.days ?? [],
      outside: !wishes.outsideForbidden,
      allTeachers: wishes.pupilsReachAllTeachers,
      programs: wishes.pupilPrograms,
      charter: wishes.hasCharter,
      families: wishes.asksFamilies,
    });
    if (reason !== null) await writeAgentAct(town, by, 'change-settings', school, reason);
    return pupilAccounts(tx);
  });
  // Their pages say when the school opens, and open mail programs may have to end.
  parts.mailEvents.announce(school, pupils);
  return 'saved';
}

function isFit({ days, from, to }: OpeningHours): boolean {
  return DAYS.some((day) => days.includes(day)) && HOUR.test(from) && HOUR.test(to) && from < to;
}
