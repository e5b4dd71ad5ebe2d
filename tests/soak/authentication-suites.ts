import { authenticate, spf, type DNSResolver } from 'mailauth';
import { CHECKS } from '../../smtp/sender-authentication.ts';
import type { DkimCase, DkimCorpus } from './dkim-corpus.ts';
import { fetchSuites, type ArcScenario, type SpfScenario } from './suites.ts';

/** What mailauth 7.1.0 does of the 200 and of the 170. Without `strict` it is 193 and 162. */
const FEWEST_SPF = 200;
const FEWEST_ARC = 167;
/** Of six; the others are signed as drafts of the standard were (RFC 6376 §3.5 wants `v=`). */
const FEWEST_DKIM = 1;
/** Mail::DKIM reads a case that expects nothing so. */
const NO_CV = 'fail';
const HOST = 'mx.example.net';

/**
 * The suites of RFC 7208 and of ARC (RFC 8617), and the corpus of DKIM (RFC 6376), with the checks
 * that we ask for at the door. False where fewer cases are right than were, or where a signature
 * passes that must not.
 */
export async function authenticationSuites(say: (line: string) => void): Promise<boolean> {
  const suites = await fetchSuites();
  if (suites.kind === 'away') {
    say(`SPF and ARC suites: skipped, they come by apt-get source and ${suites.why}`);
    return true;
  }
  const spfWrong = await wrongCases(suites.spf, spfResult, ({ result }) => [result].flat());
  const arcWrong = await wrongCases(suites.arc, arcResult, ({ cv }) => [
    cv === '' ? NO_CV : cv.toLowerCase(),
  ]);
  const dkim = await dkimTally(suites.dkim);
  const results = [
    tally('RFC 7208', countOf(suites.spf), spfWrong, FEWEST_SPF),
    tally('ARC', countOf(suites.arc), arcWrong, FEWEST_ARC),
    dkim,
  ];
  for (const { line } of results) say(line);
  return results.every(({ right }) => right);
}

function countOf(
  scenarios: readonly { readonly tests: Readonly<Record<string, unknown>> }[],
): number {
  return scenarios.reduce((sum, { tests }) => sum + Object.keys(tests).length, 0);
}

function tally(of: string, count: number, wrong: readonly string[], fewest: number) {
  const right = count - wrong.length >= fewest;
  const named = wrong.length === 0 ? '' : ` (not: ${wrong.join(', ')})`;
  return {
    right,
    line: `${of} suite: ${count - wrong.length} of ${count}${named}; ${right ? 'ok' : `NOT RIGHT, ${fewest} before`}`,
  };
}

async function wrongCases<
  Scenario extends { readonly tests: Readonly<Record<string, Case>> },
  Case,
>(
  scenarios: readonly Scenario[],
  resultOf: (one: Case, scenario: Scenario) => Promise<string>,
  expected: (one: Case) => readonly string[],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const scenario of scenarios) {
    for (const [name, one] of Object.entries(scenario.tests)) {
      const got = await resultOf(one, scenario);
      if (!expected(one).includes(got))
        wrong.push(`${name}: ${got} for ${expected(one).join('/')}`);
    }
  }
  return wrong;
}

async function spfResult(
  { mailfrom, helo, host }: SpfScenario['tests'][string],
  { zonedata }: SpfScenario,
): Promise<string> {
  const { status } = await spf({
    sender: mailfrom,
    helo,
    ip: host,
    mta: HOST,
    resolver: zoneResolver(zonedata),
    ...CHECKS,
  });
  return status.result;
}

async function arcResult(
  { message }: ArcScenario['tests'][string],
  { 'txt-records': records }: ArcScenario,
): Promise<string> {
  const zone = Object.fromEntries(
    Object.entries(records ?? {}).map(([name, text]) => [name, [{ TXT: text.replace(/\n/g, '') }]]),
  );
  const raw = message.replace(/\r?\n/g, '\r\n');
  const peer = { ip: '192.0.2.1', helo: 'mail.example', sender: 'jqd@d1.example.org' };
  const { arc } = await authenticate(raw, {
    ...peer,
    mta: HOST,
    resolver: zoneResolver(zone),
    ...CHECKS,
  });
  return arc ? arc.status.result : 'none';
}

/**
 * Answers from a zone of the suite. SPF records stand for TXT where a name has no TXT of its own
 * (the suite's own convention); TIMEOUT is what every other question about the name gets.
 */
function zoneResolver(zone: SpfScenario['zonedata']): DNSResolver {
  const names = new Map(
    Object.entries(zone).map(([name, records]) => [name.toLowerCase(), records]),
  );
  const lookUp = (name: string, type: string): unknown[] => {
    const records = names.get(name.toLowerCase().replace(/\.$/, ''));
    if (!records) throw fault('ENOTFOUND');
    const of = (wanted: string) =>
      records.flatMap((record) =>
        record !== 'TIMEOUT' && wanted in record ? [record[wanted]] : [],
      );
    const written = of(type);
    const found =
      type === 'TXT' && written.length === 0
        ? of('SPF')
        : written.filter((value) => value !== 'NONE');
    const [alias] = of('CNAME');
    if (found.length === 0 && typeof alias === 'string') return lookUp(alias, type);
    if (found.length > 0) return found.map((value) => asAnswer(type, value));
    throw fault(records.includes('TIMEOUT') ? 'ETIMEOUT' : 'ENODATA');
  };
  return async (name, type) => lookUp(name, type) as string[][];
}

function asAnswer(type: string, value: unknown): unknown {
  if (type === 'TXT') return [value].flat();
  if (type !== 'MX' || !Array.isArray(value)) return value;
  const [priority, exchange] = value as [number, string];
  return { priority, exchange };
}

function fault(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** What counts is that no signature passes that must not; SHA-1's prove nothing any more. */
async function dkimTally({ cases, records }: DkimCorpus) {
  const resolver: DNSResolver = async (name) => {
    const record = records.get(name.toLowerCase());
    if (record === undefined) throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
    return [[record]];
  };
  const passing = await Promise.all(cases.map(async (one) => passes(one, resolver)));
  const named = (wanted: (one: DkimCase, passed: boolean) => boolean) =>
    cases.filter((one, index) => wanted(one, passing[index] ?? false)).map(({ name }) => name);
  const forged = named((one, passed) => passed && (!one.passes || one.isSha1));
  const held = named((one, passed) => passed && one.passes);
  const honest = named((one) => one.passes && !one.isSha1);
  const right = forged.length === 0 && held.length >= FEWEST_DKIM;
  const counts = `${cases.length} messages, ${held.length} of ${honest.length} that hold pass`;
  const wrong = forged.length === 0 ? '' : ` (passing: ${forged.join(', ')})`;
  return {
    right,
    line: `DKIM corpus: ${counts}, ${forged.length} pass that must not${wrong}; ${right ? 'ok' : 'NOT RIGHT'}`,
  };
}

async function passes({ raw }: DkimCase, resolver: DNSResolver): Promise<boolean> {
  const options = { ip: '192.0.2.1', helo: HOST, sender: '', mta: HOST, resolver, ...CHECKS };
  const { dkim } = await authenticate(raw, options);
  return dkim.results.some(({ status }) => status.result === 'pass');
}
