import type { WithMailboxes } from '../core/mail/mailboxes/contract.ts';
import type { ImapSession } from './session.ts';

/**
 * When a capability is shown. `sign-in`: where one may sign in, before it. `clear`: before TLS.
 * `no-sign-in`: where one may not sign in yet.
 */
type Shown = 'always' | 'sign-in' | 'clear' | 'no-sign-in' | 'signed-in';

/** These parts of a session decide what it is told. */
type Client = Pick<ImapSession, 'me' | 'viewer' | 'isSecure' | 'maySignIn'> & {
  readonly core: WithMailboxes<'appendLimit'>;
};

/** Every capability, once and only when it is finished, and the file that keeps its word. */
const CAPABILITIES: readonly {
  readonly name: string | ((session: Client) => string);
  readonly shown: Shown;
  readonly by: string;
}[] = [
  { name: 'IMAP4rev1', shown: 'always', by: 'connection.ts' },
  { name: 'IMAP4rev2', shown: 'always', by: 'commands/enable.ts' },
  { name: 'LITERAL+', shown: 'always', by: 'wire/intake.ts' },
  { name: 'STARTTLS', shown: 'clear', by: 'commands/starttls.ts' },
  { name: 'LOGINDISABLED', shown: 'no-sign-in', by: 'commands/login.ts' },
  { name: 'AUTH=PLAIN', shown: 'sign-in', by: 'commands/authenticate.ts' },
  { name: 'SASL-IR', shown: 'always', by: 'commands/authenticate.ts' },
  { name: 'IDLE', shown: 'signed-in', by: 'commands/idle.ts' },
  { name: 'UNSELECT', shown: 'signed-in', by: 'commands/close.ts' },
  { name: 'MOVE', shown: 'signed-in', by: 'commands/copy.ts' },
  { name: 'UIDPLUS', shown: 'signed-in', by: 'commands/expunge.ts' },
  { name: 'CONDSTORE', shown: 'signed-in', by: 'commands/store.ts' },
  { name: 'QRESYNC', shown: 'signed-in', by: 'commands/select.ts' },
  { name: 'BINARY', shown: 'signed-in', by: 'commands/fetch.ts' },
  { name: 'OBJECTID', shown: 'signed-in', by: 'commands/fetch.ts' },
  { name: 'PREVIEW', shown: 'signed-in', by: 'commands/fetch.ts' },
  { name: 'SAVEDATE', shown: 'signed-in', by: 'commands/fetch.ts' },
  { name: 'PARTIAL', shown: 'signed-in', by: 'commands/fetch.ts' },
  { name: 'COMPRESS=DEFLATE', shown: 'signed-in', by: 'commands/compress.ts' },
  { name: 'NOTIFY', shown: 'signed-in', by: 'commands/notify.ts' },
  { name: 'ENABLE', shown: 'signed-in', by: 'commands/enable.ts' },
  { name: 'ID', shown: 'always', by: 'commands/id.ts' },
  { name: 'NAMESPACE', shown: 'signed-in', by: 'commands/namespace.ts' },
  { name: 'CHILDREN', shown: 'signed-in', by: 'commands/list.ts' },
  { name: 'SPECIAL-USE', shown: 'signed-in', by: 'commands/list.ts' },
  { name: 'CREATE-SPECIAL-USE', shown: 'signed-in', by: 'commands/create.ts' },
  { name: 'LIST-EXTENDED', shown: 'signed-in', by: 'commands/list.ts' },
  { name: 'LIST-STATUS', shown: 'signed-in', by: 'commands/list.ts' },
  { name: 'STATUS=SIZE', shown: 'signed-in', by: 'commands/status.ts' },
  { name: 'ESEARCH', shown: 'signed-in', by: 'commands/search.ts' },
  { name: 'SEARCHRES', shown: 'signed-in', by: 'commands/search.ts' },
  { name: 'WITHIN', shown: 'signed-in', by: 'commands/search.ts' },
  { name: 'SORT', shown: 'signed-in', by: 'commands/search.ts' },
  { name: 'SORT=DISPLAY', shown: 'signed-in', by: 'commands/search.ts' },
  { name: 'ESORT', shown: 'signed-in', by: 'commands/search.ts' },
  { name: 'THREAD=REFERENCES', shown: 'signed-in', by: 'commands/thread.ts' },
  { name: 'THREAD=ORDEREDSUBJECT', shown: 'signed-in', by: 'commands/thread.ts' },
  { name: 'QUOTA', shown: 'signed-in', by: 'commands/quota.ts' },
  { name: 'QUOTA=RES-STORAGE', shown: 'signed-in', by: 'commands/quota.ts' },
  { name: 'MULTIAPPEND', shown: 'signed-in', by: 'commands/append.ts' },
  { name: 'REPLACE', shown: 'signed-in', by: 'commands/replace.ts' },
  { name: 'ACL', shown: 'signed-in', by: 'commands/acl.ts' },
  { name: 'RIGHTS=kxte', shown: 'signed-in', by: 'commands/acl.ts' },
  { name: 'METADATA', shown: 'signed-in', by: 'commands/metadata.ts' },
  {
    name: ({ core, me }) => `APPENDLIMIT=${core.mailboxes.appendLimit(me)}`,
    shown: 'signed-in',
    by: 'commands/append.ts',
  },
  { name: 'UTF8=ACCEPT', shown: 'signed-in', by: 'commands/enable.ts' },
];

/** The words of CAPABILITY for this session as it stands (RFC 9051 §7.2.2). */
export function capabilitiesOf(session: Client): string {
  return CAPABILITIES.filter(({ shown }) => isShown(shown, session))
    .map(({ name }) => (typeof name === 'string' ? name : name(session)))
    .join(' ');
}

function isShown(shown: Shown, { viewer, isSecure, maySignIn }: Client): boolean {
  switch (shown) {
    case 'always':
      return true;
    case 'clear':
      return !isSecure && viewer === null;
    case 'no-sign-in':
      return !maySignIn;
    case 'sign-in':
      return maySignIn && viewer === null;
    case 'signed-in':
      return viewer !== null;
    default:
      return shown satisfies never;
  }
}
