import { domainOf, isWithin } from '../../ground/address.ts';
import type { AddressId } from '../../ground/ids.ts';
import type { HeaderAddress } from '../../letters/message/message.ts';

/** A stored message, as far as it tells to whom it went. */
interface Addressing {
  readonly senderAddressId: AddressId | null;
  /** What it was handed over for, in lower case; null where nobody knows. */
  readonly recipients: readonly string[] | null;
  readonly to: readonly HeaderAddress[];
  readonly cc: readonly HeaderAddress[];
}

/**
 * Whom a letter went to without naming them, by address: the people of a group of its writer's, and
 * shown to its writer alone.
 */
export function hiddenTo({ recipients, to, cc }: Addressing): readonly HeaderAddress[] {
  const named = new Set([...to, ...cc].map(({ address }) => address.toLowerCase()));
  return (recipients ?? [])
    .filter((address) => !named.has(address))
    .map((address) => ({ name: '', address }));
}

interface Addressed {
  readonly to: readonly HeaderAddress[];
  readonly cc: readonly HeaderAddress[];
  /** Named in To or Cc alone: it was handed over for others. */
  readonly claimed: readonly HeaderAddress[];
}

/**
 * To whom a message went, of those whom its header names: a header says what its writer likes, « à
 * toute la classe » or « copie à la directrice ». Only the recipients that it was handed over for
 * are a fact. Hidden ones stay hidden: nobody is shown who isn't in the header. Of a stranger's
 * message we know our part alone; what it says of other domains stays as it is.
 */
export function addressedOf(
  { senderAddressId, recipients, to, cc }: Addressing,
  ourDomain: string,
): Addressed {
  if (recipients === null) return { to, cc, claimed: [] };
  const got = new Set(recipients);
  const isFact = ({ address }: HeaderAddress): boolean =>
    got.has(address.toLowerCase()) ||
    (senderAddressId === null && !isWithin(domainOf(address), ourDomain));
  return {
    to: to.filter(isFact),
    cc: cc.filter(isFact),
    claimed: [...to, ...cc].filter((one) => !isFact(one)),
  };
}
