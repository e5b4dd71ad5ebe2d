/**
 * A core without rules, store or scanner, for tests of the wire alone: what the sockets do whatever
 * core says. The transcripts run on the real one.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { SignIn } from '../../core/entry/accounts/contract.ts';
import { loadConfig } from '../../core/ground/config.ts';
import { Fault } from '../../core/ground/fault.ts';
import type { AccountId, AddressId, MessageId, SchoolId } from '../../core/ground/ids.ts';
import { openLog } from '../../core/ground/log.ts';
import { CLOCK_OF } from '../../core/ground/time-zones.ts';
import type { Handover, SenderProof, Sender } from '../../core/mail/delivery/contract.ts';
import type { Outcome } from '../../core/rules/outcome.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import type { SmtpPart } from '../surroundings.ts';

export const DOMAIN = 'ecoles.preau.test';
export const PASSWORD = 'sesame';

export interface MadeUpCore {
  readonly core: SmtpPart;
  /** What was taken, in order, and what a stranger's proof was. */
  readonly taken: {
    readonly handover: Handover;
    readonly raw: string;
    readonly proof: SenderProof | null;
  }[];
  /** Log lines. */
  readonly lines: Record<string, unknown>[];
}

const PEOPLE: Readonly<Record<string, Viewer>> = {
  [`lina@${DOMAIN}`]: person('lina', 'pupil', 'fr'),
  [`claire@${DOMAIN}`]: person('claire', 'teacher', 'en'),
};

/** Ports are free ones; the log is kept. `variables` adds to the environment. */
export function makeUpCore(variables: Readonly<Record<string, string>> = {}): MadeUpCore {
  const taken: MadeUpCore['taken'] = [];
  const lines: MadeUpCore['lines'] = [];
  const config = loadConfig({
    PREAU_DATA: mkdtempSync(join(tmpdir(), 'preau-smtp-')),
    PREAU_MX_PORT: '0',
    PREAU_SUBMISSION_PORT: '0',
    PREAU_SUBMISSIONS_PORT: '0',
    ...variables,
  });
  const core: MadeUpCore['core'] = {
    config,
    log: openLog({
      level: 'debug',
      to: {
        write: (line: string) => {
          lines.push(JSON.parse(line) as Record<string, unknown>);
        },
      },
    }),
    accounts: {
      signIn: (address, password) => Promise.resolve(signIn(address, password)),
      stillSignedIn: ({ viewer }) => Promise.resolve(viewer),
    },
    events: { subscribe: () => () => {} },
    delivery: {
      checkRecipient: (sender, address) => Promise.resolve().then(() => check(sender, address)),
      async accept(handover, stream, prove) {
        const message = await buffer(stream);
        const raw = message.toString('latin1');
        const outcome = judge(raw);
        if (outcome.kind === 'accepted')
          taken.push({ handover, raw, proof: (await prove?.(message)) ?? null });
        return outcome;
      },
    },
  };
  return { core, taken, lines };
}

function signIn(address: string, password: string): SignIn {
  if (address === `busy@${DOMAIN}`) return { kind: 'wait', seconds: 30 };
  if (address === `phone@${DOMAIN}`) return { kind: 'device-password' };
  const viewer = PEOPLE[address];
  return viewer && password === PASSWORD
    ? { kind: 'welcome', viewer, appPassword: null, ownPassword: 'mark' }
    : { kind: 'no-match' };
}

function check(sender: Sender, address: string): Outcome {
  const local = address.slice(0, address.lastIndexOf('@'));
  if (local === 'broken')
    throw new Fault('store-down', 'connect ECONNREFUSED 127.0.0.1:5432', { transient: true });
  if (local === 'bug') throw new TypeError('undefined is not a function');
  const rule =
    sender.kind === 'outside' || !address.endsWith(`@${DOMAIN}`)
      ? 'no-such-address'
      : 'not-in-your-class';
  const known =
    sender.kind === 'outside' ? /^(claire|postmaster)$/ : /^(lina|tom|claire|ce1|t\d+)$/;
  return known.test(local) && address.endsWith(`@${DOMAIN}`)
    ? { kind: 'accepted', message: null }
    : { kind: 'denied', refusals: [{ address, rule, words: { name: 'Zoé' } }] };
}

/** What core's reading of a message refuses before all else. */
function judge(bytes: string): Outcome {
  if (bytes.includes('\0')) return { kind: 'malformed', why: 'nul' };
  if (/\r(?!\n)/.test(bytes)) return { kind: 'malformed', why: 'bare-cr' };
  if (/(?<!\r)\n/.test(bytes)) return { kind: 'malformed', why: 'bare-lf' };
  if (bytes.includes('X-Virus')) return { kind: 'infected', signature: 'Preau.Test.EICAR' };
  if (bytes.includes('X-Bug')) throw new TypeError('secret detail');
  return { kind: 'accepted', message: 7 as MessageId };
}

function person(local: string, role: 'pupil' | 'teacher', language: 'fr' | 'en'): Viewer {
  return {
    school: 1 as SchoolId,
    schoolName: 'Jaurès',
    timeZone: CLOCK_OF.mainland,
    account: 1 as AccountId,
    addressId: 1 as AddressId,
    address: `${local}@${DOMAIN}`,
    role,
    displayName: local,
    givenName: local,
    face: 'lapin',
    language,
    classes: [],
    reads: 'words',
    dictates: false,
    photos: true,
    communes: null,
    writesAfter: null,
    restsUntil: null,
    away: null,
    mailPrograms: true,
    heads: false,
  };
}
