/**
 * What IMAP says to people, in French and English; ASCII (RFC 9051 §9, resp-text). What the rules
 * say stands in core/rules/reasons.ts.
 */
import type { MailboxStop } from '../core/mail/mailboxes/contract/stop.ts';

type Texts = readonly [french: string, english: string];

/** What a session itself has to say no to. */
export const REFUSAL_TEXTS = {
  'sign-in-failed': ['Adresse ou mot de passe faux', 'Wrong address or password'],
  'device-password': [
    'Prenez le mot de passe d\'un appareil, page "Mon courriel sur mon telephone"',
    'Use a password made for this device, on the page "My mail on my phone"',
  ],
  'sign-in-as-another': ['Vous ne pouvez agir que pour vous', 'You can only act for yourself'],
  'sign-in-wait': ["Trop d'essais, attendez un peu", 'Too many tries, wait a little'],
  'not-admitted': [
    "Cette ecole n'ouvre pas le courrier des eleves aux logiciels de courrier : lisez-le sur le web",
    "This school doesn't open pupils' mail to mail programs: read it on the web",
  ],
  'privacy-required': ["Il faut d'abord STARTTLS", 'STARTTLS first'],
  'too-many-connections': [
    'Trop de connexions ouvertes pour ce compte : fermez un logiciel de courrier',
    'Too many open connections of this account: close a mail program',
  ],
  'unknown-mechanism': ["Ce mode de connexion n'existe pas ici", 'There is no such mechanism here'],
  'compression-active': ['La compression est deja active', 'Compression is active already'],
  'no-name': ["Ceci n'est pas un nom de boite", 'This is no mailbox name'],
  'no-mailbox': ["Cette boite n'existe pas", 'No such mailbox'],
  'try-create': ["Cette boite n'existe pas", 'No such mailbox'],
  'read-only': ['Cette boite est ouverte en lecture seule', 'This mailbox is open read-only'],
  'mailbox-gone': ['Cette boite a disparu', 'This mailbox is gone'],
  'empty-message': ["Un message vide n'est pas garde", 'An empty message is not kept'],
  'much-coming-in': [
    'Trop de messages arrivent en meme temps, reessayez dans un moment',
    'Too much is coming in at once, try again in a moment',
  ],
  'unknown-cte': ["Le codage d'une partie est inconnu", 'A part has an unknown transfer encoding'],
  'bad-charset': ['Ici on cherche en UTF-8', 'This server searches in UTF-8'],
  'bad-event': ['Ceci ne peut pas etre surveille ici', "This can't be watched here"],
  'no-such-message': ["Il n'y a pas de tel message", 'There is no such message'],
  'broken-store': [
    'Un petit souci chez nous, reessayez bientot',
    'Something of ours is broken for a moment, try again soon',
  ],
  'body-away': [
    "Un ancien grand message ne peut pas s'ouvrir en ce moment, le reste oui",
    "An old large message can't be opened just now, the rest can",
  ],
  'server-bug': ['Une erreur chez nous, elle est notee', 'An error of ours; it is written down'],
} as const satisfies Readonly<Record<string, Texts>>;

export type RefusalName = keyof typeof REFUSAL_TEXTS;

/** Why core did nothing. */
export const STOP_TEXTS = {
  'no-permission': ["Vous n'avez pas ce droit ici", "You don't have this right here"],
  'already-exists': ['Une boite de ce nom existe deja', 'A mailbox of this name exists already'],
  'has-children': [
    "Cette boite en contient d'autres : supprimez-les d'abord",
    'It has mailboxes below it: delete those first',
  ],
} as const satisfies Partial<Record<MailboxStop['kind'], Texts>>;

export const limitTexts = ({ limit, what }: Extract<MailboxStop, { kind: 'limit' }>): Texts => [
  `Pas plus de ${limit} (${what})`,
  `No more than ${limit} (${what})`,
];

export const malformedTexts = ({ why }: Extract<MailboxStop, { kind: 'malformed' }>): Texts => [
  `Ce n'est pas un message (${why})`,
  `This is no message (${why})`,
];

type CannotWhy = Extract<MailboxStop, { kind: 'cannot' }>['why'];

/** Of what can't be done, and why. */
export const CANNOT_TEXTS: Readonly<Record<CannotWhy, Texts>> = {
  'system-mailbox': [
    'Cette boite fait partie de chaque compte et reste comme elle est',
    'This mailbox is part of every account and stays as it is',
  ],
  'bad-name': ["Ce nom n'est pas possible pour une boite", "A mailbox can't have this name"],
  'shared-tree': [
    'Sous Partages, rien ne peut etre cree : ce sont les boites des autres',
    "Nothing can be made under Partages: these are other people's mailboxes",
  ],
  'below-itself': ['Une boite ne peut pas aller sous elle-meme', "A mailbox can't go below itself"],
  'use-taken': [
    "Ce role est deja celui d'une autre boite, ou n'existe pas",
    'Another mailbox has this use already, or there is no such use',
  ],
  'not-in-town': [
    "Il n'y a personne de ce nom dans cette ecole",
    'Nobody of this school has this name',
  ],
  'own-rights': ['Vos propres droits restent entiers', 'Your own rights stay whole'],
  pupil: [
    "Eleves et familles ne donnent pas de droits, et n'ont sur ce qui est partage que celui de lire",
    'Pupils and families give no rights, and have only that to read on what is shared',
  ],
  rules: ["Les regles de l'ecole ne le permettent pas", "The school's rules don't allow it"],
  keyword: ["Ce mot-cle n'est pas possible", "There can't be such a keyword"],
  annotation: ["Cette annotation n'est pas possible", "There can't be such an annotation"],
};
