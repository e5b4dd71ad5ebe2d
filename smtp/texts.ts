/**
 * What SMTP itself says: short English for programs and their logs, and English with French where a
 * mail program shows it to a person of ours. ASCII (RFC 5321 §4.2), and no full stop at the end,
 * since programs put it into a sentence of theirs. What the rules say stands in
 * core/rules/reasons.ts.
 */
const TO_PROGRAMS = {
  'line-too-long': 'Line too long',
  'bad-characters': 'Control characters or broken UTF-8 in a command',
  'bad-parameter': 'Bad parameter syntax',
  'unknown-parameter': 'Parameter not recognized or not implemented',
  'no-parameter': 'This command takes no parameter',
  'bad-base64': 'The response is not base64',
  'not-offered': 'Command not implemented',
  'null-sender': 'The null sender is for servers, not for people',
  unchecked: 'Could not find out in time who sent this, try again later',
  'too-many-commands': 'Too many commands without mail, closing',
} as const;

const TO_PEOPLE = {
  'bad-sender':
    'Syntax: MAIL FROM:<address>, one address without a route / Votre adresse est mal ecrite dans les reglages du logiciel',
  'bad-recipient':
    "Syntax: RCPT TO:<address>, one address without a route / L'adresse du destinataire est mal ecrite, relisez-la",
  'auth-needs-tls':
    'Encryption required: STARTTLS first / Choisissez STARTTLS ou SSL/TLS dans les reglages du logiciel',
  'tls-first':
    'Must issue a STARTTLS command first / Choisissez STARTTLS ou SSL/TLS dans les reglages du logiciel',
  'sign-in-first':
    'Authentication required: sign in with your address and password / Connectez-vous avec votre adresse et votre mot de passe',
  'sign-in-failed': 'Wrong address or password / Adresse ou mot de passe faux',
  'device-password':
    'Use a password made for this device, on the page "My mail on my phone" / Prenez le mot de passe d\'un appareil, page "Mon courriel sur mon telephone"',
  'not-admitted':
    "Your school doesn't open pupils' mail to mail programs: write on the web / Ton ecole n'ouvre pas le courrier des eleves aux logiciels : ecris sur le web",
  'sign-in-as-another': 'You can only act for yourself / Vous ne pouvez agir que pour vous',
  'sign-in-wait': "Too many tries, wait a little / Trop d'essais, attendez un peu",
  'too-many-sign-ins':
    'Too many wrong passwords, closing / Trop de mots de passe faux, relisez-le dans les reglages du logiciel',
  'own-domain':
    'Mail from our own domain comes through the submission port, signed in / Le courrier de notre domaine part par notre serveur, une fois connecte : choisissez-le dans les reglages du logiciel',
  'utf8-unannounced':
    'Non-ASCII addresses need SMTPUTF8 / Ce logiciel ne sait pas ecrire a une adresse accentuee : ecrivez sur le web',
  'too-many-recipients':
    'Too many recipients, send it in several parts / Trop de destinataires, envoyez-le en plusieurs fois',
  busy: 'Too much mail at this moment, try again later / Trop de courrier en ce moment, reessayez plus tard',
  'too-many-errors':
    'Too many errors, closing / Trop de destinataires refuses, relisez leurs adresses',
  'too-many-connections':
    'Too many connections, try again later / Trop de connexions en ce moment, reessayez plus tard',
  'too-slow': 'Too slow, closing / La connexion est trop lente, reessayez plus tard',
  'far-too-big':
    'Far beyond the announced SIZE, closing / Le message est beaucoup trop gros, enlevez des pieces jointes',
  'signed-out': 'Signed out, sign in again / Session fermee, reconnectez-vous',
  closing: 'Going down for a moment, try again soon / Le service redemarre, reessayez bientot',
} as const;

export const SESSION_TEXTS = { ...TO_PROGRAMS, ...TO_PEOPLE } as const;

export type SessionReply = keyof typeof SESSION_TEXTS;
