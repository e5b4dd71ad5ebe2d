import type { AccountId, Language, SchoolId } from '../../../ground/ids.ts';
import { noticeReader } from '../../../store/people/accounts.ts';
import type { TownTx } from '../../../store/store.ts';
import type { TownParts } from '../parts.ts';

/** Addresses written out in one notice; more are a number. */
const MAX_NAMED = 20;

/**
 * Tells the writer of a stopped account which of their letters an agent has dropped, in the
 * transaction that drops them; who began it announces it.
 */
export async function tellDropped(
  { notices }: Pick<TownParts, 'notices'>,
  tx: TownTx,
  dropped: {
    readonly school: SchoolId;
    readonly account: AccountId;
    readonly recipients: readonly string[];
  },
): Promise<void> {
  const { school, account, recipients } = dropped;
  const writer = await noticeReader(await tx.in(school), account);
  if (writer === null) return; // erased meanwhile
  const addresses = [...new Set(recipients)];
  const words = WORDS[writer.language];
  const more = addresses.length - MAX_NAMED;
  const named = addresses.slice(0, MAX_NAMED).join('\n');
  const raw = await notices.writeTo(
    { ...writer, account },
    {
      subject: words.subject,
      text: `${words.first}\n\n${named}${more > 0 ? `\n${words.more(more)}` : ''}\n\n${words.last}\n`,
    },
  );
  await notices.place(tx, { school, account }, raw);
}

const WORDS: Readonly<
  Record<
    Language,
    {
      readonly subject: string;
      readonly first: string;
      readonly more: (count: number) => string;
      readonly last: string;
    }
  >
> = {
  fr: {
    subject: 'Des messages vers l’extérieur ne sont pas partis',
    first:
      'Beaucoup de messages partaient de votre compte, et un agent de la ville a écarté ceux qui attendaient. Ceux pour ces adresses ne partiront pas :',
    more: (count) => (count === 1 ? 'et une autre' : `et ${count} autres`),
    last: 'Vous pouvez de nouveau écrire vers l’extérieur. Si c’est bien vous qui les aviez écrits, écrivez-les de nouveau. Sinon, changez votre mot de passe maintenant, et dites-le à la direction.',
  },
  en: {
    subject: 'Messages to outside have not left',
    first:
      'Many messages were leaving your account, and an agent of the town dropped those that waited. Those to these addresses will not leave:',
    more: (count) => (count === 1 ? 'and one more' : `and ${count} more`),
    last: 'You may write outside again. If it was you who wrote them, write them again. If it wasn’t, change your password now, and tell the head of the school.',
  },
};
