import { TOWN, type AccountId, type SchoolId } from '../../../ground/ids.ts';
import { headsOf } from '../../../roster/snapshot.ts';
import {
  outsideTraffic,
  stopOutside,
  type FloodWhy,
  type OutsideTraffic,
} from '../../../store/mail/outside-stops.ts';
import type { ReleaseParts } from '../parts.ts';
import { SERVICE_LETTERS } from './service-letters.ts';

/**
 * What no teacher writes outside in an hour, and no address book has wrong in a day; what somebody
 * does who has their password. Below the rate that is refused (200 an hour, lists counted once).
 */
const MOST = { recipientsAnHour: 120, newDomainsAnHour: 30, refusalsADay: 20 } as const;

type FloodParts = Pick<ReleaseParts, 'store' | 'directory' | 'notices' | 'clock' | 'log'>;

/** Whether what an account sends outside is a flood, and by what it is one. */
export function floodIn(traffic: OutsideTraffic): FloodWhy | null {
  if (traffic.refusalsLastDay > MOST.refusalsADay) return 'refusals';
  if (traffic.newDomainsLastHour > MOST.newDomainsAnHour) return 'domains';
  return traffic.recipientsLastHour > MOST.recipientsAnHour ? 'rate' : null;
}

/** What an account sent outside of late, and whose it is. */
interface Traffic {
  readonly school: SchoolId;
  readonly account: AccountId;
  readonly traffic: OutsideTraffic;
}

/** Looks at what an account sent outside of late, and stops it where that is a flood. */
export async function lookForFlood(
  parts: FloodParts,
  school: SchoolId,
  account: AccountId,
): Promise<void> {
  const traffic = await parts.store.read(school, (tx) => outsideTraffic(tx, account));
  await stopFlood(parts, { school, account, traffic });
}

/**
 * Stops an account whose traffic is a flood: what is queued waits for an agent's word; the agents
 * of the whole town, the heads of the school and the writer are told, once. True: it is stopped, be
 * it by a letter beside this one.
 */
export async function stopFlood(
  parts: FloodParts,
  { school, account, traffic }: Traffic,
): Promise<boolean> {
  const why = floodIn(traffic);
  if (why === null) return false;
  const stopped = await parts.store.write(school, (tx) => stopOutside(tx, account, why));
  if (!stopped) return true;
  parts.log.warn({ school, account, why, ...traffic }, 'mail to outside of an account is stopped');
  // It is stopped by now: that somebody can't be told is no reason to say otherwise.
  await tell(parts, school, account).catch((error: unknown) =>
    parts.log.error({ err: error, school, account }, 'nobody could be told of a stopped account'),
  );
  return true;
}

async function tell(parts: FloodParts, school: SchoolId, account: AccountId): Promise<void> {
  const { notices } = parts;
  const rosters = await parts.directory.rosters([school, TOWN], { maxAgeMs: 0 });
  const here = rosters.get(school);
  const people = [...(here?.people.values() ?? [])];
  const writer = people.find((person) => person.account === account);
  const agents = [...(rosters.get(TOWN)?.people.values() ?? [])].filter(
    ({ role, state, communes }) => role === 'agent' && state === 'active' && communes === null,
  );
  if (writer === undefined) return;
  await notices.tell({ ...writer, school }, SERVICE_LETTERS[writer.language].flood.own);
  const others =
    here === undefined
      ? []
      : headsOf(here, parts.clock()).flatMap((id) => here.people.get(id) ?? []);
  for (const head of others)
    if (head.account !== account)
      await notices.tell(
        { ...head, school },
        SERVICE_LETTERS[head.language].flood.head(writer.displayName),
      );
  for (const agent of agents)
    if (agent.account !== account || school !== TOWN)
      await notices.tell(
        { ...agent, school: TOWN },
        SERVICE_LETTERS[agent.language].flood.agent(writer.displayName),
      );
}
