import { isIP } from 'node:net';
import type { Exchanger, Names } from '../../core/ground/names.ts';
import { notTaken, type NotTaken } from '../replies.ts';

/** Who takes a domain's mail, or why it can't be brought. */
type Exchangers = { readonly kind: 'hosts'; readonly hosts: readonly Exchanger[] } | NotTaken;

interface ExchangerParts {
  readonly names: Pick<Names, 'mailExchangers'>;
  /** Names that this service is known by. */
  readonly ours: ReadonlySet<string>;
  readonly random: () => number;
}

/**
 * The hosts to try for a domain, in their order (RFC 5321 §5.1): by preference, those of the same
 * one in an order of chance. Without MX the domain itself. Ourselves among them, and whoever is no
 * better than we are, are left out: what came here must not come again.
 */
export async function exchangersOf(
  domain: string,
  { names, ours, random }: ExchangerParts,
): Promise<Exchangers> {
  const answer = await names.mailExchangers(domain);
  if (answer.kind === 'silent')
    return notTaken('no-answer-of-dns', `The DNS gave no answer about ${domain}`);
  const records = answer.kind === 'none' ? [{ host: domain, preference: 0 }] : answer.records;
  if (records.every(({ host }) => host === ''))
    return notTaken('null-mx', `${domain} takes no mail (null MX)`);
  const listed = records.filter(isName);
  const own = listed.find(({ host }) => ours.has(host));
  const hosts =
    own === undefined ? listed : listed.filter(({ preference }) => preference < own.preference);
  if (hosts.length === 0 && own !== undefined)
    return notTaken('loop', `Mail for ${domain} would come back to this server`);
  if (hosts.length === 0) return notTaken('no-server', `The MX of ${domain} name no host`);
  return { kind: 'hosts', hosts: shuffled(hosts, random) };
}

/**
 * An MX names a host, never an address (RFC 5321 §5.1). A null one beside others is a mistake and
 * is passed over (RFC 7505 §3).
 */
const isName = ({ host }: Exchanger): boolean => host !== '' && isIP(host) === 0;

/** RFC 5321 §5.1: spread over those of one preference. */
function shuffled(hosts: readonly Exchanger[], random: () => number): readonly Exchanger[] {
  return hosts
    .map((exchanger) => ({ exchanger, chance: random() }))
    .toSorted(
      (one, other) =>
        one.exchanger.preference - other.exchanger.preference || one.chance - other.chance,
    )
    .map(({ exchanger }) => exchanger);
}
