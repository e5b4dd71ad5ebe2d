import type { DnsAnswer, Names } from '../../ground/names.ts';
import { isShown } from '../signing/keys.ts';
import type { DnsRecord, PublishedRecord } from './contract.ts';

/** What stands in the DNS where a record of ours belongs. */
export async function published(names: Names, record: DnsRecord): Promise<PublishedRecord> {
  return { ...record, ...(await READERS[record.type](names, record)) };
}

type Seen = Pick<PublishedRecord, 'state' | 'found'>;
type Reader = (names: Names, record: DnsRecord) => Promise<Seen>;

const READERS: Readonly<Record<DnsRecord['type'], Reader>> = {
  // The first that is asked is ours; others may stand behind it (RFC 5321 §5.1).
  async MX(names, { name, value }) {
    return seen(await names.mailExchangers(undotted(name)), {
      said: ({ host }) => `${host}.`,
      isOurs: ([first]) => first?.host === undotted(value.split(' ')[1] ?? ''),
    });
  },
  async SRV(names, { name, value }) {
    const [, , port, target] = value.split(' ');
    return seen(await names.services(undotted(name)), {
      said: (one) => `${one.target}. ${one.port}`,
      isOurs: (all) =>
        all.some((one) => one.port === Number(port) && one.target === undotted(target ?? '')),
    });
  },
  async TXT(names, { name, value }) {
    const wanted = unquoted(value);
    const version = /^v=\w+/.exec(wanted)?.[0] ?? '';
    if (version === 'v=DKIM1') return keySeen(await names.texts(undotted(name)), wanted);
    const answer = await names.texts(undotted(name));
    return seen(ofVersion(answer, version), {
      said: (text) => `"${text}"`,
      isOurs: (all) => all.length === 1 && all[0] !== undefined && grants(all[0], wanted),
    });
  },
  // An address in its place does as well, as long as it is the same one.
  async CNAME(names, { name, value }) {
    const [answer, own] = await Promise.all([
      names.addresses(undotted(name)),
      names.addresses(undotted(value)),
    ]);
    return seen(answer, {
      said: (address) => address,
      isOurs: (all) => own.kind === 'found' && all.some((address) => own.records.includes(address)),
    });
  },
};

/** A key's name holds nothing but that key. */
const keySeen = (answer: DnsAnswer<string>, wanted: string): Seen =>
  seen(answer, {
    said: (text) => `"${text}"`,
    isOurs: (all) => isShown({ text: wanted }, all),
  });

function seen<Found>(
  answer: DnsAnswer<Found>,
  { said, isOurs }: { said(one: Found): string; isOurs(all: readonly Found[]): boolean },
): Seen {
  if (answer.kind === 'silent') return { state: 'silent', found: [] };
  if (answer.kind === 'none') return { state: 'missing', found: [] };
  return {
    state: isOurs(answer.records) ? 'published' : 'other',
    found: answer.records.map(said),
  };
}

/** The texts of one standard among all that stand at a name: `v=spf1`, `v=DMARC1`. */
function ofVersion(answer: DnsAnswer<string>, version: string): DnsAnswer<string> {
  if (answer.kind !== 'found') return answer;
  const records = answer.records.filter((text) =>
    new RegExp(`^${version}(?![\\w])`, 'i').test(text.trim()),
  );
  return records.length === 0 ? { kind: 'none' } : { kind: 'found', records };
}

/** Whether a policy says all that ours says; it may say more, such as where reports go. */
function grants(published: string, wanted: string): boolean {
  const terms = termsOf(published);
  return termsOf(wanted).every((term) => terms.includes(term) || isPreset(term));
}

/** Words of SPF (RFC 7208 §4.6.1), tags of DMARC (RFC 9989 §4.7): blanks and `;` part them. */
export const termsOf = (policy: string): string[] =>
  policy
    .toLowerCase()
    .split(/[\s;]+/)
    .filter((term) => term !== '');

/**
 * What is our advice and no condition: strict alignment (an omitted tag is « relaxed »), and whom
 * reports go to.
 */
const isPreset = (term: string): boolean => /^(adkim|aspf|rua)=/.test(term);

export const undotted = (name: string): string => name.toLowerCase().replace(/\.$/, '');
/** The text of a TXT record's value. */
export const unquoted = (text: string): string => text.replaceAll('" "', '').replace(/^"|"$/g, '');
