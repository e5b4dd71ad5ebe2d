/**
 * A town's schools behind one address, on a Monday morning: so many sign-ins at the pace of 3,022
 * in five minutes, one in ten wrong once before, with real passwords through the whole, while
 * somebody elsewhere guesses at the same accounts as fast as they can.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { npmStart, type DemoAccount, type DemoTown } from '../e2e/whole.ts';
import { freePorts } from '../shared/free-port.ts';

const PACE_MS = 300_000 / 3_022;
const WRONG_ONE_IN = 10;
const SCHOOL = '192.0.2.8';
const ATTACKER = '198.51.100.1';
const ATTACKERS = 20;
/** What is judged leaves room for a busy machine; the figures are printed. */
const SLOWEST_MS = 60_000;

interface SignInForm {
  readonly base: string;
  readonly cookie: string;
  readonly csrf: string;
}

async function openForm(base: string): Promise<SignInForm> {
  const answer = await fetch(`${base}/signin`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ');
  return { base, cookie, csrf: /name="csrf" value="([^"]+)"/.exec(await answer.text())?.[1] ?? '' };
}

/** The status of one sign-in that a proxy of ours says comes from `ip`. */
async function signIn(
  { base, cookie, csrf }: SignInForm,
  address: string,
  password: string,
  ip: string,
): Promise<number> {
  const answer = await fetch(`${base}/signin`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'x-forwarded-for': ip },
    body: new URLSearchParams({ csrf, address, password }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

interface Morning {
  /** By status, of those that were not let in, or not told that they were wrong. */
  readonly refused: readonly number[];
  readonly slowestMs: number;
  readonly p99Ms: number;
}

async function schoolMorning(
  form: SignInForm,
  accounts: readonly DemoAccount[],
  signIns: number,
): Promise<Morning> {
  const times: number[] = [];
  const refused: number[] = [];
  const come = async (account: DemoAccount, isWrongFirst: boolean) => {
    const wrong = isWrongFirst ? await signIn(form, account.address, 'faux', SCHOOL) : 422;
    if (wrong !== 422) refused.push(wrong);
    const begun = performance.now();
    const right = await signIn(form, account.address, account.password, SCHOOL);
    if (right !== 303) refused.push(right);
    times.push(performance.now() - begun);
  };
  const all: Promise<void>[] = [];
  for (let at = 0; at < signIns; at += 1) {
    const account = accounts[at % accounts.length];
    if (account) all.push(come(account, at % WRONG_ONE_IN === 0));
    await sleep(PACE_MS);
  }
  await Promise.all(all);
  times.sort((one, other) => one - other);
  return {
    refused,
    slowestMs: times.at(-1) ?? 0,
    p99Ms: times[Math.floor(times.length * 0.99)] ?? 0,
  };
}

/** Guesses until told to stop; how many were looked at, and how many told to wait. */
async function attack(
  form: SignInForm,
  accounts: readonly DemoAccount[],
  stop: AbortSignal,
): Promise<{ looked: number; waited: number }> {
  const sum = { looked: 0, waited: 0 };
  let next = 0;
  await Promise.all(
    Array.from({ length: ATTACKERS }, async () => {
      while (!stop.aborted) {
        const status = await signIn(
          form,
          accounts[next++ % accounts.length]?.address ?? '',
          'azerty123',
          ATTACKER,
        );
        if (status === 422) sum.looked += 1;
        if (status === 429) sum.waited += 1;
      }
    }),
  );
  return sum;
}

/**
 * False where one of the school was refused, or waited for long, or the attacker was hardly slowed
 * down.
 */
export async function manySignIns(say: (line: string) => void, signIns: number): Promise<boolean> {
  const dataDir = mkdtempSync(join(tmpdir(), 'preau-sign-ins-'));
  const ports = await freePorts();
  const run = npmStart(dataDir, ports, {
    PREAU_TRUSTED_PROXY: '127.0.0.1',
    PREAU_SCHOOL_NETWORKS: SCHOOL,
  });
  try {
    await run.ready();
    const { accounts } = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as DemoTown;
    const form = await openForm(`http://127.0.0.1:${ports.web}`);
    const begun = performance.now();
    const stop = new AbortController();
    const attacking = attack(form, accounts, stop.signal);
    const morning = await schoolMorning(form, accounts, signIns);
    stop.abort();
    const { looked, waited } = await attacking;
    const seconds = (performance.now() - begun) / 1_000;
    const right =
      morning.refused.length === 0 && morning.slowestMs < SLOWEST_MS && looked <= 40 + seconds / 30;
    say(
      [
        `sign-ins: ${signIns} from one address of the schools in ${seconds.toFixed(0)} s, refused: ${morning.refused.join(' ') || 'none'}, 99th percentile ${morning.p99Ms.toFixed(0)} ms, slowest ${morning.slowestMs.toFixed(0)} ms`,
        `beside it one network guessed: ${looked} looked at, ${waited} told to wait`,
        right ? 'ok' : 'NOT RIGHT',
      ].join('; '),
    );
    return right;
  } finally {
    run.process.kill('SIGTERM');
    await run.ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
}
