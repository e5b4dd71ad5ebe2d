import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dmarc, type DNSResolver } from 'mailauth';
import { CHECKS } from '../../smtp/sender-authentication.ts';
import { seeded, type Random } from './random.ts';

const CASES = 500;
/** Fewer that agree would mean that the cases ask mostly for what only one of the two does. */
const FEWEST_SAME = 250;
const PYTHON = '/usr/bin/python3';
const AUTHHEADERS = '/usr/lib/python3/dist-packages/authheaders/__init__.py';
const MAX_SHOWN = 5;

/** What a domain publishes at `_dmarc.`, tag by tag; an absent one isn't written. */
type Tags = Readonly<Partial<Record<'p' | 'sp' | 'np' | 'adkim' | 'aspf' | 't' | 'psd', string>>>;

interface Case {
  readonly from: string;
  readonly organization: string;
  readonly records: Readonly<Record<string, Tags>>;
  /** Names that DNS knows. All are under suffixes that lists know too (RFC 2606 §3). */
  readonly exists: readonly string[];
  /** The domains that SPF and DKIM have proved; null: it didn't pass. */
  readonly spf: string | null;
  readonly dkim: string | null;
}

interface Said {
  readonly result: string;
  readonly policy: string;
}

/**
 * Where authheaders 0.16, written by a draft of the standard (dmarcbis-07), reads it differently:
 * the section of RFC 9989 that says what ours does.
 */
const DIFFERENT: readonly (readonly [why: string, holds: (one: Case) => boolean])[] = [
  [
    'a domain’s own record comes before its organization’s (§4.10.1)',
    ({ from, records, organization }) =>
      from in records && organization in records && from !== organization,
  ],
  [
    'sp and np are for what is below the record, not for the domain itself (§4.7)',
    ({ from, records }) => records[from]?.sp !== undefined || records[from]?.np !== undefined,
  ],
  ['t=y asks for one step less (§4.7)', ({ records }) => someTag(records, 't')],
  ['psd=n ends the walk for each domain (§4.10.2)', ({ records }) => someTag(records, 'psd')],
  [
    'the organization is where the walk finds its last record, not what a suffix list says (§4.10.2)',
    ({ organization, records }) => !(organization in records),
  ],
];

const someTag = (records: Case['records'], tag: keyof Tags): boolean =>
  Object.values(records).some((tags) => tags[tag] !== undefined);

/**
 * DMARC as the door asks it, beside Debian's python3-authheaders, on made-up domains. False where
 * they differ and no reason is known. Skipped where that package isn't there.
 */
export async function dmarcBeside(say: (line: string) => void, seed: number): Promise<boolean> {
  if (!existsSync(AUTHHEADERS)) {
    say('DMARC beside authheaders: skipped, apt-get install python3-authheaders');
    return true;
  }
  const random = seeded(seed);
  const cases = Array.from({ length: CASES }, () => makeUp(random));
  const ours = await Promise.all(cases.map(askOurs));
  const theirs = await askTheirs(cases);
  const explained = new Map<string, number>();
  const unexplained: string[] = [];
  for (const [at, one] of cases.entries()) {
    const [our, their] = [ours[at], theirs[at]];
    if (our === undefined || their === undefined) throw new Error('an answer is missing');
    if (our.result === their.result && our.policy === their.policy) continue;
    const [why] = DIFFERENT.find(([, holds]) => holds(one)) ?? [];
    if (why === undefined) unexplained.push(JSON.stringify({ one, our, their }));
    else explained.set(why, (explained.get(why) ?? 0) + 1);
  }
  const differ = unexplained.length + [...explained.values()].reduce((sum, each) => sum + each, 0);
  const right = unexplained.length === 0 && CASES - differ >= FEWEST_SAME;
  for (const one of unexplained.slice(0, MAX_SHOWN)) say(`  ! ${one}`);
  const reasons = [...explained].map(([why, count]) => `${count}: ${why}`).join('; ');
  say(
    `DMARC beside authheaders: seed ${seed}, ${CASES} cases, ${CASES - differ} the same, ` +
      `${unexplained.length} unexplained (${reasons}); ${right ? 'ok' : 'NOT RIGHT'}`,
  );
  return right;
}

const POLICIES = ['none', 'quarantine', 'reject'] as const;

function makeUp(random: Random): Case {
  const { pick } = random;
  const often = (percent: number): boolean => random.between(1, 100) <= percent;
  const organization = pick(['example.com', 'example.net', 'example.org']);
  const below = `mail.${organization}`;
  const from = pick([organization, below, `news.${below}`]);
  const tags = (): Tags => ({
    p: pick(POLICIES),
    ...(often(40) && { sp: pick(POLICIES) }),
    ...(often(30) && { np: pick(POLICIES) }),
    ...(often(30) && { adkim: pick(['r', 's']) }),
    ...(often(30) && { aspf: pick(['r', 's']) }),
    ...(often(8) && { t: 'y' }),
    ...(often(4) && { psd: 'n' }),
  });
  const records: Record<string, Tags> = {};
  if (often(90)) records[organization] = tags();
  if (often(15)) records[below] = tags();
  const others = [from, organization, below, `other.${organization}`, 'example.edu'];
  return {
    from,
    organization,
    records,
    exists: often(60) ? [from] : [],
    spf: often(45) ? pick(others) : null,
    dkim: often(45) ? pick(others) : null,
  };
}

const written = (tags: Tags): string =>
  ['v=DMARC1', ...Object.entries(tags).map(([name, value]) => `${name}=${value}`)].join('; ');

async function askOurs({ from, records, exists, spf, dkim }: Case): Promise<Said> {
  const resolver: DNSResolver = async (name, type) => {
    const tags = type === 'TXT' ? records[name.replace(/^_dmarc\./, '')] : undefined;
    if (tags && name.startsWith('_dmarc.')) return [[written(tags)]];
    if (type === 'A' && exists.includes(name)) return ['192.0.2.1'];
    throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
  };
  const said = await dmarc({
    headerFrom: [`x@${from}`],
    spfDomains: spf === null ? [] : [spf],
    dkimDomains: dkim === null ? [] : [{ id: 'x', domain: dkim }],
    resolver,
    ...CHECKS,
  });
  if (!said || said.status.result === 'none') return { result: 'none', policy: '' };
  return { result: said.status.result, policy: said.policy ?? '' };
}

/**
 * What it would ask a list on the network (public suffixes with DMARC) is answered: none is there.
 * Its file of suffixes is read once a name.
 */
const SCRIPT = `
import functools, json, sys, types
import authheaders
authheaders.check_psddmarc_list = lambda *names, **more: False
authheaders.get_org_domain = functools.cache(authheaders.get_org_domain)
def say(one):
    def dns(name, qtype='TXT'):
        if name.startswith('_dmarc.'):
            return one['records'].get(name[7:])
        return 'there' if name in one['exists'] else None
    spf = types.SimpleNamespace(result='pass', smtp_mailfrom='x@' + one['spf']) if one['spf'] else None
    dkim = types.SimpleNamespace(result='pass', header_d=one['dkim']) if one['dkim'] else None
    result, _, _, policy = authheaders.dmarc_per_from(
        one['from'], spf_result=spf, dkim_result=dkim, dnsfunc=dns, dmarcbis=True)
    return {'result': result, 'policy': policy}
print(json.dumps([say(one) for one in json.load(sys.stdin)]))
`;

async function askTheirs(cases: readonly Case[]): Promise<readonly Said[]> {
  const child = spawn(PYTHON, ['-c', SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const asked = cases.map((one) => ({
    ...one,
    records: Object.fromEntries(
      Object.entries(one.records).map(([name, tags]) => [name, written(tags)]),
    ),
  }));
  child.stdin.end(JSON.stringify(asked));
  await once(child, 'close');
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Said[];
}
