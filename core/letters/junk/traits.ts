import { domainOf } from '../../ground/address.ts';
import { anchorsIn } from '../message/anchors.ts';
import { readBody } from '../message/body.ts';
import type { Part, ReadMessage } from '../message/message.ts';
import type { ServerSign } from './contract.ts';
import { leadsElsewhere, looksLikeOurs, siteOf } from './look-alike.ts';
import type { JunkTraits } from './signs.ts';

/** What a server calls itself when it greets, and what the DNS calls it, where that leads back. */
export interface ServerNames {
  readonly helo: string;
  readonly hostname: string | null;
}

/** What is known of a letter, whoever reads it. */
export type LetterTraits = Omit<JunkTraits, 'firstTime' | 'trusted' | 'colleaguesName'>;

interface TraitSources {
  readonly ourDomains: readonly string[];
  readonly isProved: boolean;
  readonly server: readonly ServerSign[];
  readonly rspamd: boolean;
}

/** What a letter from outside says of itself. Pure. */
export function letterTraits(
  { read, hasLyingLink }: { readonly read: ReadMessage; readonly hasLyingLink: boolean },
  around: TraitSources,
): LetterTraits {
  const { from, replyTo } = read.envelope;
  const [writer] = from;
  const domain = domainOf(writer?.address ?? '');
  return {
    domainAlike: looksLikeOurs(domain, around.ourDomains),
    answerElsewhere: replyTo.some(({ address }) => !isSameSite(domainOf(address), domain)),
    linkElsewhere: hasLyingLink,
    unproven: !around.isProved,
    serverWithoutName: around.server.includes('without-name'),
    serverUnknown: around.server.includes('unknown'),
    rspamd: around.rspamd,
  };
}

const isSameSite = (one: string, other: string): boolean =>
  one === other || (siteOf(one) !== null && siteOf(one) === siteOf(other));

/** Whether one of the first links of a letter leads elsewhere than to the site written on it. */
export function hasLyingLink(raw: Buffer, structure: Part): boolean {
  const { html } = readBody(raw, structure);
  return anchorsIn(html ?? '').some(leadsElsewhere);
}
