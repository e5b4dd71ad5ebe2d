/**
 * What SMTP itself says: short English for programs and their logs, and English with French where a
 * mail program shows it to a person. ASCII (RFC 5321 §4.2). What the rules say stands in
 * core/rules/reasons.ts.
 */
export const SESSION_TEXTS = {
  'line-too-long': 'Line too long',
  'bad-characters': 'Control characters or broken UTF-8 in a command',
  'bad-sender': 'Syntax: MAIL FROM:<address>, one address without a route',
  'bad-recipient': 'Syntax: RCPT TO:<address>, one address without a route',
  'bad-parameter': 'Bad parameter syntax',
  'unknown-parameter': 'Parameter not recognized or not implemented',
  'no-parameter': 'This command takes no parameter',
  'bad-base64': 'The response is not base64',
  'not-offered': 'Command not implemented',
  'auth-needs-tls': 'Encryption required: STARTTLS first',
  'tls-first': 'Must issue a STARTTLS command first',
  'sign-in-first': 'Authentication required',
  'sign-in-failed': 'Wrong address or password / Adresse ou mot de passe faux',
  'device-password':
    'Use a password made for this device, on the page "My mail on my phone" / Prenez le mot de passe d\'un appareil, page "Mon courriel sur mon telephone"',
  'not-admitted':
    "Your school doesn't open pupils' mail to mail programs: write on the web / Ton ecole n'ouvre pas le courrier des eleves aux logiciels : ecris sur le web",
  'sign-in-as-another': 'You can only act for yourself / Vous ne pouvez agir que pour vous',
  'sign-in-wait': "Too many tries, wait a little / Trop d'essais, attendez un peu",
  'too-many-sign-ins': 'Too many wrong passwords, closing',
  'own-domain': 'Mail from our own domain comes through the submission port, signed in',
  'null-sender': 'The null sender is for servers, not for people',
  'utf8-unannounced': 'Non-ASCII addresses need SMTPUTF8',
  'too-many-recipients': 'Too many recipients',
  unchecked: 'Could not find out in time who sent this, try again later',
  busy: 'Too much mail at this moment, try again later',
  'too-many-errors': 'Too many errors, closing',
  'too-many-commands': 'Too many commands without mail, closing',
  'too-many-connections': 'Too many connections, try again later',
  'too-slow': 'Too slow, closing',
  'far-too-big': 'Far beyond the announced SIZE, closing',
  'signed-out': 'Signed out, sign in again / Session fermee, reconnectez-vous',
  closing: 'Going down for a moment, try again soon',
} as const;

export type SessionReply = keyof typeof SESSION_TEXTS;
