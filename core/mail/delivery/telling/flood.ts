import { TOWN, type AccountId, type Language, type SchoolId } from '../../../ground/ids.ts';
import { headsOf } from '../../../roster/snapshot.ts';
import {
  outsideTraffic,
  stopOutside,
  type FloodWhy,
  type OutsideTraffic,
} from '../../../store/mail/outside-stops.ts';
import type { ReleaseParts } from '../parts.ts';
import type { ServiceWords } from './notice.ts';

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
 * Stops an account whose traffic is a flood: what is queued waits for an agent's word; the agents,
 * the heads of the school and the writer are told, once. True: it is stopped, be it by a letter
 * beside this one.
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
    ({ role, state }) => role === 'agent' && state === 'active',
  );
  if (writer === undefined) return;
  await notices.tell({ ...writer, school }, WORDS[writer.language].own);
  const others =
    here === undefined
      ? []
      : headsOf(here, parts.clock()).flatMap((id) => here.people.get(id) ?? []);
  for (const head of others)
    if (head.account !== account)
      await notices.tell({ ...head, school }, WORDS[head.language].head(writer.displayName));
  for (const agent of agents)
    if (agent.account !== account || school !== TOWN)
      await notices.tell(
        { ...agent, school: TOWN },
        WORDS[agent.language].agent(writer.displayName),
      );
}

const WORDS: Readonly<
  Record<
    Language,
    {
      readonly own: ServiceWords;
      readonly head: (name: string) => ServiceWords;
      readonly agent: (name: string) => ServiceWords;
    }
  >
> = {
  fr: {
    own: {
      subject: 'Vos messages vers l’extérieur attendent',
      text: `Beaucoup de messages sont partis de votre compte vers l’extérieur en peu de temps. Ceux qui restent attendent, rien n’est perdu.

Si c’est bien vous, les agents de la ville les laisseront partir : ils sont prévenus.

Si ce n’est pas vous, changez votre mot de passe maintenant, et dites-le à la direction : quelqu’un d’autre se sert de votre compte.`,
    },
    head: (name) => ({
      subject: `${name} : des messages vers l’extérieur attendent`,
      text: `Beaucoup de messages sont partis du compte de ${name} vers l’extérieur en peu de temps : quelqu’un d’autre s’en sert peut-être. Ceux qui restent attendent, le courrier dans les écoles continue.

Demandez à cette personne si c’est bien elle, et dites-le aux agents de la ville : ce sont eux qui laissent partir ces messages, ou non.`,
    }),
    agent: (name) => ({
      subject: `Un compte arrêté vers l’extérieur : ${name}`,
      text: `Beaucoup de messages sont partis du compte de ${name} vers l’extérieur en peu de temps, ou beaucoup d’adresses les ont refusés : quelqu’un d’autre s’en sert peut-être. Ceux qui restent attendent.

Demandez à l’école si c’est bien cette personne. Puis décidez, sous « Remise » : les laisser partir, ou non. D’ici là, rien de ce compte ne part vers l’extérieur ; le courrier dans les écoles continue.`,
    }),
  },
  en: {
    own: {
      subject: 'Your messages to outside wait',
      text: `Many messages left your account for outside within a short time. Those that remain wait, nothing is lost.

If it was you, the agents of the town will let them go: they have been told.

If it wasn’t you, change your password now, and tell the head of the school: somebody else uses your account.`,
    },
    head: (name) => ({
      subject: `${name}: messages to outside wait`,
      text: `Many messages left the account of ${name} for outside within a short time: somebody else may be using it. Those that remain wait, mail within the schools goes on.

Ask this person whether it was them, and tell the agents of the town: it is they who let these messages go, or don’t.`,
    }),
    agent: (name) => ({
      subject: `An account stopped towards outside: ${name}`,
      text: `Many messages left the account of ${name} for outside within a short time, or many addresses refused them: somebody else may be using it. Those that remain wait.

Ask the school whether it was this person. Then decide, under “Restore”: let them go, or not. Until then nothing of this account leaves for outside; mail within the schools goes on.`,
    }),
  },
};
