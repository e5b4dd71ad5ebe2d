/**
 * The one place where what core says becomes what IMAP says: response codes (RFC 5530 and those of
 * each extension) and the sentences behind them, ASCII, in the language of whoever is signed in; a
 * stranger gets English and French.
 */
import type { MailboxStop, Viewer } from '../core/core.ts';
import { asciiSentence, explain } from '../core/rules/reasons.ts';
import { WATCHED_EVENTS } from './wire/parse-extensions.ts';

/** The tagged end of a command. */
export interface Reply {
  readonly status: 'OK' | 'NO' | 'BAD';
  /** Without its brackets. */
  readonly code: string | null;
  readonly text: string;
  /** To be done once the client has been told: TLS, compression. */
  readonly after?: () => Promise<void>;
  /** The connection ends with it. */
  readonly isLast?: boolean;
}

export function ok(text: string, code: string | null = null): Reply {
  return { status: 'OK', code, text };
}

/** For grammar and for commands at the wrong time (RFC 9051 §7.1.3). */
export function bad(text: string, code: string | null = null): Reply {
  return { status: 'BAD', code, text };
}

/** What a session itself has to say no to: code, French, English. */
const REFUSALS = {
  'sign-in-failed': [
    'AUTHENTICATIONFAILED',
    'Adresse ou mot de passe faux',
    'Wrong address or password',
  ],
  // RFC 5530 §3: with this code programs ask for another password, and show the sentence;
  // AUTHORIZATIONFAILED is for acting as another.
  'device-password': [
    'AUTHENTICATIONFAILED',
    'Prenez le mot de passe d\'un appareil, page "Mon courriel sur mon telephone"',
    'Use a password made for this device, on the page "My mail on my phone"',
  ],
  'sign-in-as-another': [
    'AUTHORIZATIONFAILED',
    'Vous ne pouvez agir que pour vous',
    'You can only act for yourself',
  ],
  'sign-in-wait': [
    'UNAVAILABLE',
    "Trop d'essais, attendez un peu",
    'Too many tries, wait a little',
  ],
  'not-admitted': [
    'AUTHORIZATIONFAILED',
    "Cette ecole n'ouvre pas le courrier des eleves aux logiciels de courrier : lisez-le sur le web",
    "This school doesn't open pupils' mail to mail programs: read it on the web",
  ],
  'privacy-required': ['PRIVACYREQUIRED', "Il faut d'abord STARTTLS", 'STARTTLS first'],
  'too-many-connections': [
    'LIMIT',
    'Trop de connexions ouvertes pour ce compte : fermez un logiciel de courrier',
    'Too many open connections of this account: close a mail program',
  ],
  'unknown-mechanism': [
    'CANNOT',
    "Ce mode de connexion n'existe pas ici",
    'There is no such mechanism here',
  ],
  'compression-active': [
    'COMPRESSIONACTIVE',
    'La compression est deja active',
    'Compression is active already',
  ],
  'no-name': ['CANNOT', "Ceci n'est pas un nom de boite", 'This is no mailbox name'],
  'no-mailbox': ['NONEXISTENT', "Cette boite n'existe pas", 'No such mailbox'],
  'try-create': ['TRYCREATE', "Cette boite n'existe pas", 'No such mailbox'],
  'read-only': [
    'NOPERM',
    'Cette boite est ouverte en lecture seule',
    'This mailbox is open read-only',
  ],
  'mailbox-gone': ['NONEXISTENT', 'Cette boite a disparu', 'This mailbox is gone'],
  'empty-message': ['CANNOT', "Un message vide n'est pas garde", 'An empty message is not kept'],
  'unknown-cte': [
    'UNKNOWN-CTE',
    "Le codage d'une partie est inconnu",
    'A part has an unknown transfer encoding',
  ],
  'bad-charset': [
    'BADCHARSET (US-ASCII UTF-8)',
    'Ici on cherche en UTF-8',
    'This server searches in UTF-8',
  ],
  'bad-event': [
    `BADEVENT (${WATCHED_EVENTS.join(' ')})`,
    'Ceci ne peut pas etre surveille ici',
    "This can't be watched here",
  ],
  'no-such-message': ['NONEXISTENT', "Il n'y a pas de tel message", 'There is no such message'],
  'broken-store': [
    'UNAVAILABLE',
    'Un petit souci chez nous, reessayez bientot',
    'Something of ours is broken for a moment, try again soon',
  ],
  'server-bug': [
    'SERVERBUG',
    'Une erreur chez nous, elle est notee',
    'An error of ours; it is written down',
  ],
} as const satisfies Record<string, readonly [code: string, french: string, english: string]>;

export type RefusalName = keyof typeof REFUSALS;

export function no(name: RefusalName, reader: Viewer | null): Reply {
  const [code, french, english] = REFUSALS[name];
  return { status: 'NO', code, text: inLanguage(reader, french, english) };
}

/** Why core did nothing. A new kind of stop doesn't compile without a line here. */
export function replyToStop(stop: MailboxStop, reader: Viewer): Reply {
  const say = (code: string, french: string, english: string): Reply => ({
    status: 'NO',
    code,
    text: inLanguage(reader, french, english),
  });
  switch (stop.kind) {
    case 'nonexistent':
      return no('no-mailbox', reader);
    case 'no-permission':
      return say('NOPERM', "Vous n'avez pas ce droit ici", "You don't have this right here");
    case 'already-exists':
      return say(
        'ALREADYEXISTS',
        'Une boite de ce nom existe deja',
        'A mailbox of this name exists already',
      );
    case 'has-children':
      return say(
        'HASCHILDREN',
        "Cette boite en contient d'autres : supprimez-les d'abord",
        'It has mailboxes below it: delete those first',
      );
    case 'cannot':
      return say(stop.why === 'use-taken' ? 'USEATTR' : 'CANNOT', ...CANNOT[stop.why]);
    case 'limit':
      return say(
        'LIMIT',
        `Pas plus de ${stop.limit} (${stop.what})`,
        `No more than ${stop.limit} (${stop.what})`,
      );
    case 'over-quota':
      return say('OVERQUOTA', ...sentences('mailbox-full', {}, reader));
    case 'too-big':
      return say(
        'TOOBIG',
        ...sentences('too-big', { limit: `${Math.floor(stop.limitBytes / 1_000_000)} MB` }, reader),
      );
    case 'infected':
      return say('CANNOT', ...sentences('infected', { signature: stop.signature }, reader));
    case 'unscannable':
      return say('CANNOT', ...sentences('unscannable', { signature: stop.signature }, reader));
    case 'scanner-silent':
      return say('UNAVAILABLE', ...sentences('scanner-silent', {}, reader));
    case 'file-kind':
      return say('CANNOT', ...sentences(stop.rule, {}, reader));
    case 'malformed':
      return say(
        'CANNOT',
        `Ce n'est pas un message (${stop.why})`,
        `This is no message (${stop.why})`,
      );
    default:
      return stop satisfies never;
  }
}

type CannotWhy = Extract<MailboxStop, { kind: 'cannot' }>['why'];

const CANNOT: Readonly<Record<CannotWhy, readonly [french: string, english: string]>> = {
  'system-mailbox': [
    'Cette boite fait partie de chaque compte et reste comme elle est',
    'This mailbox is part of every account and stays as it is',
  ],
  'bad-name': ["Ce nom n'est pas possible pour une boite", "A mailbox can't have this name"],
  'shared-place': [
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
    "Les eleves ne donnent pas de droits, et n'ont sur ce qui est partage que celui de lire",
    'Pupils give no rights, and have only that to read on what is shared',
  ],
  rules: ["Les regles de l'ecole ne le permettent pas", "The school's rules don't allow it"],
  keyword: ["Ce mot-cle n'est pas possible", "There can't be such a keyword"],
  annotation: ["Cette annotation n'est pas possible", "There can't be such an annotation"],
};

function sentences(
  reason: string,
  words: Readonly<Record<string, string>>,
  reader: Viewer,
): readonly [string, string] {
  const say = (language: 'fr' | 'en') =>
    asciiSentence(
      explain(reason, words, {
        language,
        audience: reader.role === 'pupil' ? 'child' : 'adult',
        now: new Date(),
      }).sentence,
    );
  return [say('fr'), say('en')];
}

function inLanguage(reader: Viewer | null, french: string, english: string): string {
  if (!reader) return `${english} / ${french}`;
  return reader.language === 'fr' ? french : english;
}

/** The line of a tagged reply, or with `*` of an untagged one. */
export function replyLine(tag: string, { status, code, text }: Reply): string {
  return code === null ? `${tag} ${status} ${text}\r\n` : `${tag} ${status} [${code}] ${text}\r\n`;
}
