import { type Day, dayInWords } from '../../roster/days.ts';

interface About {
  /** Who did it, as colleagues know them. */
  readonly by: string;
  /** Their class and school. */
  readonly className: string;
  readonly schoolName: string;
  /** The reader's class. */
  readonly own: string;
}

type Dated = About & { readonly from: Day; readonly until: Day };
interface Letter {
  readonly subject: string;
  readonly text: string;
}

/** What teachers read when another class's teacher does something about their link. */
export const LINK_LETTERS = {
  fr: {
    proposed: ({ by, className, schoolName, own, from, until }: Dated): Letter => ({
      subject: `${by} propose une correspondance avec votre classe ${own}`,
      text: `${by} (${className}, ${schoolName}) propose que vos deux classes s’écrivent, du ${dayInWords(from, 'fr')} au ${dayInWords(until, 'fr')}.\n\nPour accepter ou refuser, ouvrez «\u00a0Mes classes\u00a0», puis ${own}, «\u00a0Correspondances\u00a0». Vous y choisissez aussi si vous relisez les messages des élèves avant qu’ils partent.\n\nTant que vous n’avez pas accepté, rien ne change.`,
    }),
    accepted: ({ by, className, schoolName, own }: About): Letter => ({
      subject: `${by} accepte la correspondance avec votre classe ${own}`,
      text: `${by} (${className}, ${schoolName}) accepte. Les élèves des deux classes peuvent s’écrire pendant les jours convenus.\n\nDans «\u00a0Mes classes\u00a0», «\u00a0Correspondances\u00a0», vous pouvez relire les messages avant qu’ils partent, ou arrêter la correspondance.`,
    }),
    declined: ({ by, className, schoolName, own }: About): Letter => ({
      subject: `${by} ne donne pas suite à la correspondance avec votre classe ${own}`,
      text: `${by} (${className}, ${schoolName}) a refusé la correspondance. Rien n’a changé pour vos élèves.`,
    }),
    ended: ({ by, className, schoolName, own }: About): Letter => ({
      subject: `La correspondance entre ${own} et ${className} est arrêtée`,
      text: `${by} (${className}, ${schoolName}) a arrêté la correspondance. Les élèves des deux classes ne peuvent plus s’écrire\u00a0; les messages reçus restent dans les boîtes.`,
    }),
  },
  en: {
    proposed: ({ by, className, schoolName, own, from, until }: Dated): Letter => ({
      subject: `${by} proposes to link a class with your class ${own}`,
      text: `${by} (${className}, ${schoolName}) proposes that your two classes write to each other, from ${dayInWords(from, 'en')} to ${dayInWords(until, 'en')}.\n\nTo agree or decline, open “My classes”, then ${own}, “Links”. There you also choose whether you read pupils’ messages before they leave.\n\nNothing changes until you agree.`,
    }),
    accepted: ({ by, className, schoolName, own }: About): Letter => ({
      subject: `${by} agrees to the link with your class ${own}`,
      text: `${by} (${className}, ${schoolName}) agrees. Pupils of the two classes can write to each other on the days agreed.\n\nUnder “My classes”, “Links”, you can read messages before they leave, or end the link.`,
    }),
    declined: ({ by, className, schoolName, own }: About): Letter => ({
      subject: `${by} declines the link with your class ${own}`,
      text: `${by} (${className}, ${schoolName}) has declined the link. Nothing has changed for your pupils.`,
    }),
    ended: ({ by, className, schoolName, own }: About): Letter => ({
      subject: `The link between ${own} and ${className} has ended`,
      text: `${by} (${className}, ${schoolName}) has ended the link. Pupils of the two classes can no longer write to each other; messages received stay in the mailboxes.`,
    }),
  },
} as const;
