import type { Language } from '../../ground/ids.ts';
import type { Notices } from '../../mail/delivery/telling/notice.ts';
import type { Viewer } from '../../rules/viewer.ts';

/** Fewer are soon none. */
const FEW = 3;

/**
 * A notice to somebody that one of their recovery codes has opened their account: whoever found the
 * sheet doesn't come in unseen, and whoever uses it up knows in time.
 */
export async function tellOfRecovery(
  { notices }: { readonly notices: Notices },
  { school, account, displayName, address, language }: Viewer,
  left: number,
): Promise<void> {
  const { subject, text } = WORDS[language](left);
  const raw = await notices.write({ to: { name: displayName, address }, subject, text });
  await notices.deliver(school, account, raw, async () => {});
}

const WORDS: Readonly<
  Record<Language, (left: number) => { readonly subject: string; readonly text: string }>
> = {
  fr: (left) => ({
    subject: 'Un code de secours a ouvert votre compte',
    text: `Quelqu’un vient d’entrer dans votre compte avec votre mot de passe et un de vos codes de secours. Il en reste ${left} sur la feuille.

C’était vous\u00a0: ${left <= FEW ? 'faites-en dix nouveaux' : 'protégez votre compte avec votre nouveau téléphone'}, page «\u00a0Protéger mon compte\u00a0».

Ce n’était pas vous\u00a0: changez votre mot de passe et faites dix nouveaux codes tout de suite, et parlez-en à la mairie.`,
  }),
  en: (left) => ({
    subject: 'A recovery code has opened your account',
    text: `Somebody has just come into your account with your password and one of your recovery codes. ${left === 1 ? 'One is' : `${left} are`} left on the sheet.

It was you: ${left <= FEW ? 'make ten new ones' : 'protect your account with your new phone'}, on the page “Protect my account”.

It was not you: change your password and make ten new codes at once, and talk to the town.`,
  }),
};
