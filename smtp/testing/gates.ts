/**
 * What other services put before their receiving, as Debian has it: postscreen, postgrey, a DNS
 * list. Behind each stands the same Postfix, which refuses nothing by itself.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSelfSigned } from '../../core/town/certificate/self-signed.ts';
import { freePort } from '../../tests/shared/free-port.ts';
import { startPostfix, type Postfix } from '../../tests/shared/postfix.ts';
import type { SignedZone } from '../../tests/shared/signed-zone.ts';

const POSTGREY = '/usr/sbin/postgrey';
/** The DNS list, a zone of the test. */
export const LIST = 'dnsbl.test';

export const GATES = ['none', 'wait', 'deep', 'greylist', 'list'] as const;
export type GateName = (typeof GATES)[number];

export interface TestGate {
  readonly name: GateName;
  readonly postfix: Postfix;
  /** Processes whose time is the gate's, with what is behind it. */
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

export const hasPostgrey = (): boolean => existsSync(POSTGREY);

/** The domain whose mail goes through a gate. */
export const domainOf = (name: GateName): string => `${name}.test`;

/** Postfix's own checks of how a client talks, which are smtpd's and no gate's. */
const BARE = [
  'smtpd_forbid_unauth_pipelining = no',
  'smtpd_forbid_bare_newline = no',
  'smtpd_forbidden_commands =',
  'smtpd_client_connection_count_limit = 0',
];
/** Waits for six seconds before it greets, and refuses who can't (Postfix's default wait). */
const WAIT = ['postscreen_greet_action = enforce'];
/** What can only be seen after the greeting, so that nobody's first letter passes. */
const DEEP = ['pipelining', 'non_smtp_command', 'bare_newline'].flatMap((test) => [
  `postscreen_${test}_enable = yes`,
  `postscreen_${test}_action = enforce`,
]);

/** `greylistS` is for how long postgrey sends away whom it doesn't know. */
export async function startGate(
  name: GateName,
  { dns, greylistS }: { readonly dns: SignedZone; readonly greylistS: number },
): Promise<TestGate> {
  const policy = name === 'greylist' ? await startPostgrey(greylistS) : null;
  const host = `mx1.${domainOf(name)}`;
  const { key, cert } = makeSelfSigned(host, { from: new Date(0), until: new Date('2095-01-01') });
  const checks = {
    none: [],
    wait: WAIT,
    deep: [...WAIT, ...DEEP],
    greylist: [
      `smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:${policy?.port}`,
    ],
    list: [`smtpd_recipient_restrictions = reject_rbl_client ${LIST}`],
  } as const satisfies Record<GateName, readonly string[]>;
  const postfix = await startPostfix('127.0.0.1', {
    domain: domainOf(name),
    name: host,
    pem: `${key}${cert}`,
    isScreened: name === 'wait' || name === 'deep',
    more: [...BARE, ...checks[name]],
    within: dns.within,
  });
  return {
    name,
    postfix,
    pids: [postfix.pid, ...(policy === null ? [] : [policy.pid])],
    async stop() {
      await postfix.stop();
      await policy?.stop();
    },
  };
}

async function startPostgrey(
  delayS: number,
): Promise<{ readonly port: number; readonly pid: number; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'preau-postgrey-'));
  chmodSync(folder, 0o777);
  const port = await freePort();
  const child: ChildProcess = spawn(
    POSTGREY,
    [`--inet=127.0.0.1:${port}`, `--delay=${delayS}`, `--dbdir=${folder}`],
    { stdio: 'ignore' },
  );
  return {
    port,
    pid: child.pid ?? 0,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
