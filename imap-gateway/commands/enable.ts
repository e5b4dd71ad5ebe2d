import { ok } from '../responses.ts';
import type { EnabledExtensions, ImapSession } from '../session.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/**
 * What may be switched on, and what that switches on (QRESYNC: RFC 7162 §3.2.3; IMAP4rev2 has UTF-8
 * names: RFC 9051 §5.1).
 */
const SWITCHES: Readonly<Record<string, Partial<EnabledExtensions>>> = {
  CONDSTORE: { condstore: true },
  QRESYNC: { qresync: true, condstore: true },
  'UTF8=ACCEPT': { utf8: true },
  IMAP4REV2: { rev2: true, utf8: true },
};
const NAMES: Readonly<Record<string, string>> = { IMAP4REV2: 'IMAP4rev2' };

/**
 * RFC 9051 §6.3.1, RFC 5161 §3: what isn't known is passed over, what was asked for before is not
 * said again. What something else switched on is.
 */
export const enable: Handler<'ENABLE'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session, { capabilities }) {
    const fresh = [...new Set(capabilities)].filter((name) => isNew(session, name));
    const had = session.enabled.condstore;
    for (const name of fresh)
      session.enabled = {
        ...session.enabled,
        ...SWITCHES[name],
        asked: [...session.enabled.asked, name],
      };
    session.intake.state.utf8 = session.enabled.utf8;
    session.untagged(`ENABLED${fresh.map((name) => ` ${NAMES[name] ?? name}`).join('')}`);
    if (!had && session.enabled.condstore) writeHighest(session);
    return ok('ENABLE done');
  },
};

function isNew({ enabled }: ImapSession, name: string): boolean {
  return Object.hasOwn(SWITCHES, name) && !enabled.asked.includes(name);
}

/** RFC 7162 §3.1.2.2: what asks by MODSEQ where there is none. */
export const NO_MODSEQ = 'This mailbox keeps no MODSEQ';

/**
 * Asking by MODSEQ switches CONDSTORE on (RFC 7162 §3.1): a client that has a mailbox selected
 * hears from where it may count.
 */
export function enableCondstore(session: ImapSession): void {
  if (session.enabled.condstore) return;
  session.enabled = { ...session.enabled, condstore: true };
  writeHighest(session);
}

/** RFC 7162 §3.1. */
function writeHighest(session: ImapSession): void {
  const { selected } = session;
  if (selected?.hasModseq) session.untagged(`OK [HIGHESTMODSEQ ${selected.view.modseq}] Highest`);
}
