import type { AddressId } from '../../../ground/ids.ts';
import { worst } from '../../../letters/message/kinds.ts';
import { hasPhotograph } from '../../../letters/message/photographs.ts';
import {
  EMPTY,
  NO_RECENT_ACTIVITY,
  type Contents,
  type RecentActivity,
} from '../../../roster/relate.ts';
import type { AddressEntry } from '../../../roster/snapshot.ts';
import type { RuleName } from '../../../rules/verdict.ts';
import type { StoredHead } from '../../../store/mail/stored-messages.ts';
import type { Leads } from '../../sites/contract.ts';
import type { ReleaseParts } from '../parts.ts';
import { storedAuthor } from './author.ts';
import { judge, type Asker, type Judgement } from './judge.ts';
import { recentActivityOf } from './recent-activity.ts';

interface HeldTogether {
  /** What its writer named: people, or lists. */
  readonly named: readonly AddressId[];
  readonly message: StoredHead;
  /** The rule that held it; null: none did. */
  readonly rule: RuleName | null;
  readonly lifted: readonly string[];
  /**
   * Where it leads, as the list says now, whether it carries what is known by now, and whether its
   * words are doubtful that nobody has read.
   */
  readonly content: Leads & Pick<Contents, 'malware' | 'doubtfulWords'>;
}

/**
 * Judges held recipients of a message anew, on the roster as it is now. A list is asked about as a
 * list again: through it one may reach somebody whom one may not write to by name.
 */
export async function askAgain(
  parts: ReleaseParts,
  { named: ids, message, rule, lifted, content }: HeldTogether,
): Promise<{
  readonly judgement: Judgement;
  readonly named: ReadonlyMap<AddressId, AddressEntry>;
}> {
  const named = await parts.directory.byId(ids, { maxAgeMs: 0 });
  const sender = senderOf(message);
  const judgement = await judge(parts.directory, {
    sender,
    recipients: [...named.values()].map(({ address }) => address),
    content: contentOf(parts, { message, rule, content }),
    lifted,
    recentActivity: await recentActivityOfSender(parts, sender, [...named.values()]),
    now: parts.clock(),
    ourDomains: new Set([parts.domain]),
    maxAgeMs: 0,
  });
  return { judgement, named };
}

/**
 * Whom a pupil may answer is asked again too. How much they have sent since is not: this message
 * was counted when it was sent.
 */
async function recentActivityOfSender(
  { store, directory }: ReleaseParts,
  sender: Asker,
  about: readonly AddressEntry[],
): Promise<RecentActivity> {
  if (sender.kind !== 'account' || sender.viewer.role !== 'pupil') return NO_RECENT_ACTIVITY;
  const { addressId, role } = sender.viewer;
  const school = (await directory.byId([addressId], { maxAgeMs: 0 })).get(addressId)?.school;
  const person =
    school === undefined
      ? undefined
      : (await directory.rosters([school], { maxAgeMs: 0 })).get(school)?.people.get(addressId);
  if (school === undefined || !person) return NO_RECENT_ACTIVITY;
  return {
    ...(await recentActivityOf(store, { school, account: person.account, addressId, role }, about)),
    overRate: false,
    overNewPeople: false,
  };
}

/** A stranger is asked about by the same address, with the same proof, as when the message came. */
function senderOf({ senderAddressId, senderRole, envelope, handed }: StoredHead): Asker {
  if (senderAddressId === null || senderRole === 'outside' || senderRole === 'system')
    return storedAuthor(envelope.from, handed?.provedBy ?? null);
  return { kind: 'account', viewer: { addressId: senderAddressId, role: senderRole } };
}

/**
 * The files are what they were; whether the scanner could look is known from the rule that held it.
 */
function contentOf(
  { secret }: Pick<ReleaseParts, 'secret'>,
  { message, rule, content }: Pick<HeldTogether, 'message' | 'rule' | 'content'>,
): Contents {
  const { attachments } = message;
  return {
    ...EMPTY,
    ...content,
    attachments: worst(attachments.map(({ danger }) => danger)),
    photograph: hasPhotograph(message, secret),
    unscannable: rule === 'locked-archive-held',
  };
}
