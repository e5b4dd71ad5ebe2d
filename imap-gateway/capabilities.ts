import type { Session } from './session.ts';

/** When a capability is shown. `sign-in`: where one may sign in, before it. `clear`: before TLS. `no-sign-in`: where one may not sign in yet. */
type Shown = 'always' | 'sign-in' | 'clear' | 'no-sign-in' | 'signed-in';

/** Every capability, once and only when it is finished, and the file that keeps its word. */
const CAPABILITIES: readonly { readonly name: string; readonly shown: Shown; readonly by: string }[] = [
  { name: 'IMAP4rev1', shown: 'always', by: 'session.ts' },
  { name: 'LITERAL+', shown: 'always', by: 'wire/intake.ts' },
  { name: 'STARTTLS', shown: 'clear', by: 'commands/starttls.ts' },
  { name: 'LOGINDISABLED', shown: 'no-sign-in', by: 'commands/login.ts' },
  { name: 'AUTH=PLAIN', shown: 'sign-in', by: 'commands/authenticate.ts' },
  { name: 'SASL-IR', shown: 'always', by: 'commands/authenticate.ts' },
  { name: 'IDLE', shown: 'signed-in', by: 'commands/idle.ts' },
  { name: 'UNSELECT', shown: 'signed-in', by: 'commands/close.ts' },
];

/** The words of CAPABILITY for this session as it stands (RFC 9051 §7.2.2). */
export function capabilitiesOf(session: Session): string {
  return CAPABILITIES.filter(({ shown }) => isShown(shown, session)).map(({ name }) => name).join(' ');
}

function isShown(shown: Shown, { viewer, isSecure, maySignIn }: Session): boolean {
  switch (shown) {
    case 'always': return true;
    case 'clear': return !isSecure && viewer === null;
    case 'no-sign-in': return !maySignIn;
    case 'sign-in': return maySignIn && viewer === null;
    case 'signed-in': return viewer !== null;
    default: return shown satisfies never;
  }
}
