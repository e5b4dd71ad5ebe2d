import type { Language } from '../../ground/ids.ts';

/** A letter that is copied, as its reader knows it. */
interface Copied {
  readonly author: string;
  readonly to: string;
  readonly subject: string;
  readonly at: Date;
  readonly text: string;
  /** Names of what is attached. */
  readonly files: readonly string[];
  /** Where it is read and answered, and where copies are ended. */
  readonly page: string;
  readonly settings: string;
}

interface Words {
  readonly subject: string;
  readonly text: string;
}

/** A longer text ends with a word that the rest is in Préau. */
const MAX_TEXT_CHARS = 20_000;
const MAX_SUBJECT_CHARS = 200;
const MAX_FILES = 20;
const DAY = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
} as const;

const COPY = {
  fr: {
    subject: (subject: string) => `Copie : ${subject}`,
    untitled: 'message de la classe',
    first: 'Copie d’un message qui vous attend dans Préau, le courrier de l’école.',
    heads: { from: 'De', to: 'À', at: 'Le', subject: 'Objet' },
    cut: '… La suite est dans Préau.',
    files: (names: string) => `Fichiers joints, restés dans Préau : ${names}`,
    open: 'Le lire et y répondre dans Préau :',
    end: 'Ne répondez pas à cette copie : personne ne lirait votre réponse.\nPour ne plus en recevoir :',
  },
  en: {
    subject: (subject: string) => `Copy: ${subject}`,
    untitled: 'class message',
    first: 'A copy of a message that waits for you in Préau, the school’s mail.',
    heads: { from: 'From', to: 'To', at: 'On', subject: 'Subject' },
    cut: '… The rest is in Préau.',
    files: (names: string) => `Files attached, which stay in Préau: ${names}`,
    open: 'Read and answer it in Préau:',
    end: 'Do not answer this copy: nobody would read your answer.\nTo receive no more:',
  },
} as const;

/**
 * What a copy says, to a reader of this language and clock: the words and the names of the files,
 * which stay in Préau.
 */
export function copyText(
  { language, timeZone }: { readonly language: Language; readonly timeZone: string },
  copied: Copied,
): Words {
  const words = COPY[language];
  const { author, to, at, text, files, page, settings } = copied;
  const subject = copied.subject.trim() || words.untitled;
  const { heads } = words;
  const lines = [
    [heads.from, author],
    [heads.to, to],
    [heads.at, at.toLocaleString(language, { ...DAY, timeZone })],
    [heads.subject, subject],
  ].map(([head, value]) => `${head}${language === 'fr' ? ' ' : ''}: ${value}`);
  const isCut = text.length > MAX_TEXT_CHARS;
  const names = files.slice(0, MAX_FILES).join(', ');
  return {
    subject: words.subject(subject).slice(0, MAX_SUBJECT_CHARS).trim(),
    text: [
      words.first,
      lines.join('\n'),
      (isCut ? `${text.slice(0, MAX_TEXT_CHARS)}${words.cut}` : text).trim(),
      files.length === 0 ? '' : words.files(names),
      `${words.open}\n${page}`,
      `-- \n${words.end} ${settings}`,
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
  };
}

/** The letter that proves that an address is its reader's. */
export function codeText(
  language: Language,
  { code, minutes }: { readonly code: string; readonly minutes: number },
): Words {
  return language === 'fr'
    ? {
        subject: `${code} : votre code pour les copies de Préau`,
        text: `Bonjour,

quelqu’un demande que les messages de classe de Préau, le courrier de l’école, soient copiés à cette adresse.

C’est vous : tapez ce code dans Préau, d’ici ${minutes} minutes.

    ${code}

Ce n’est pas vous : ne faites rien, aucune copie ne viendra. Ne donnez ce code à personne.
`,
      }
    : {
        subject: `${code}: your code for copies from Préau`,
        text: `Hello,

somebody asks that class messages of Préau, the school’s mail, be copied to this address.

It is you: type this code in Préau within ${minutes} minutes.

    ${code}

It is not you: do nothing, no copy will come. Give this code to nobody.
`,
      };
}

/** What their reader finds in Préau once copies leave: it may not have been they who asked. */
export function begunText(language: Language, address: string): Words {
  return language === 'fr'
    ? {
        subject: 'Vos messages de classe sont copiés',
        text: `Les messages de classe que vous recevez ici sont maintenant copiés à ${address}.

Vous pouvez arrêter à tout moment : « Mes réglages », puis « Copie à mon adresse ».

Ce n’est pas vous qui l’avez demandé ? Arrêtez les copies, changez votre mot de passe, et dites-le à l’école.`,
      }
    : {
        subject: 'Your class messages are copied',
        text: `The class messages that you receive here are now copied to ${address}.

You can stop at any time: “My settings”, then “Copy to my address”.

It was not you who asked? Stop the copies, change your password, and tell the school.`,
      };
}
