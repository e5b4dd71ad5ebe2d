import { chargeOf, isAgent, type RightsParts } from '../../directory/charge.ts';
import { TOWN, type SchoolId } from '../../ground/ids.ts';
import type { Sites } from '../../mail/sites/contract.ts';
import { entryKey } from '../../mail/sites/site-keys.ts';
import { NO_CHOICE, sitesOf, type SiteChoice } from '../../roster/sites.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { writeAgentAct, writeAudit } from '../../store/audit.ts';
import { readSiteChoice, saveSiteChoice } from '../../store/schools/site-choices.ts';
import { askForSiteList } from '../../store/town/site-lists.ts';
import type { ChosenSites, SitesSaved, SiteWish } from './contract.ts';

/** Sites that a school, or the town, lets pass. */
const MOST_ALLOWED = 500;
/** Categories that somebody chooses: the list has no more. */
const MOST_CHOSEN = 200;

export interface SiteChoiceParts extends RightsParts {
  readonly sites: Pick<Sites, 'state'>;
}

/**
 * For which school the viewer may choose, by name, and the reason by which an agent has opened it;
 * null: not there, or not theirs.
 */
async function chosenFor(
  parts: SiteChoiceParts,
  viewer: Viewer,
  school: SchoolId,
): Promise<{ readonly name: string; readonly reason: string | null } | null> {
  if (school === TOWN) return (await isAgent(parts, viewer)) ? { name: '', reason: '' } : null;
  const charge = await chargeOf(parts, viewer, school);
  return charge && { name: charge.roster.school.name, reason: charge.reason };
}

/** The list, and what of it a school, or the town, keeps out of letters. */
export async function sitesOfSchool(
  parts: SiteChoiceParts,
  viewer: Viewer,
  school: SchoolId,
): Promise<ChosenSites | null> {
  const whose = await chosenFor(parts, viewer, school);
  if (whose === null) return null;
  const [state, town, own] = await Promise.all([
    parts.sites.state(),
    parts.store.read(TOWN, readSiteChoice),
    parts.store.read(school, readSiteChoice),
  ]);
  const above = sitesOf(NO_CHOICE, school === TOWN ? NO_CHOICE : town);
  return {
    school,
    schoolName: whose.name,
    state,
    choice: own,
    usual: { pupils: [...above.pupils], adults: [...above.adults], allowed: [...above.allowed] },
  };
}

/** Holds with the next letter. */
export async function saveSites(
  { parts, viewer }: RoomVisit<SiteChoiceParts>,
  school: SchoolId,
  { own, allowed, release }: SiteWish,
): Promise<SitesSaved> {
  const whose = await chosenFor(parts, viewer, school);
  if (whose === null) return { kind: 'missing' };
  const lines = allowed.map((line) => line.trim()).filter((line) => line !== '');
  const unknown = lines.filter((line) => entryKey(line) === null);
  if (unknown.length > 0 || lines.length > MOST_ALLOWED)
    return { kind: 'no-sites', lines: unknown.length > 0 ? unknown : lines.slice(MOST_ALLOWED) };
  const choice: SiteChoice = {
    pupils: own && own.pupils.slice(0, MOST_CHOSEN),
    adults: own && own.adults.slice(0, MOST_CHOSEN),
    allowed: [...new Set(lines.flatMap((line) => entryKey(line) ?? []))],
    release: school === TOWN ? release : null,
  };
  await parts.store.town(async (town) => {
    const tx = await town.in(school);
    await saveSiteChoice(tx, choice);
    const { addressId: by } = viewer;
    await writeAudit(tx, by, 'change-sites', {
      pupils: choice.pupils?.length ?? null,
      adults: choice.adults?.length ?? null,
      allowed: choice.allowed,
    });
    if (whose.reason !== null)
      await writeAgentAct(town, { by, act: 'change-sites', school, reason: whose.reason });
  });
  return { kind: 'saved' };
}

/** The worker reads the list within a minute; false for who isn't the town's agent. */
export async function readSitesAnew(parts: SiteChoiceParts, viewer: Viewer): Promise<boolean> {
  if (!(await isAgent(parts, viewer))) return false;
  await parts.store.town(async (tx) => {
    await askForSiteList(tx);
    await writeAgentAct(tx, { by: viewer.addressId, act: 'read-sites', school: TOWN, reason: '' });
  });
  return true;
}
