/** Notices to somebody about their own way in: nobody uses or changes it unseen. */
import type { Language } from '../../ground/ids.ts';
import type { Notices, ServiceWords } from '../../mail/delivery/telling/notice.ts';
import type { Viewer } from '../../rules/viewer.ts';

/** Fewer are soon none. */
const FEW = 3;

/**
 * A notice to somebody that one of their recovery codes has opened their account: whoever found the
 * sheet doesn't come in unseen, and whoever uses it up knows in time.
 */
export async function tellOfRecovery(parts: Told, viewer: Viewer, left: number): Promise<void> {
  await parts.notices.tell(viewer, RECOVERY[viewer.language](left));
}

/** A notice to somebody that their password is another one by now. */
export async function tellOfPassword(parts: Told, viewer: Viewer): Promise<void> {
  await parts.notices.tell(viewer, PASSWORD[viewer.language]);
}

interface Told {
  readonly notices: Notices;
}

const PASSWORD: Readonly<Record<Language, ServiceWords>> = {
  fr: {
    subject: 'Votre mot de passe a été changé',
    text: `Le mot de passe de votre compte vient d’être changé dans vos réglages. Préau est fermé sur vos autres ordinateurs, et l’ancien mot de passe n’ouvre plus rien.

C’était vous\u00a0: il n’y a rien à faire.

Ce n’était pas vous\u00a0: demandez tout de suite un nouveau code à la direction de l’école ou à la mairie. Il donne un nouveau mot de passe et ferme votre compte partout ailleurs.`,
  },
  en: {
    subject: 'Your password has been changed',
    text: `The password of your account has just been changed in your settings. Préau is closed on your other computers, and the old password opens nothing any more.

It was you: there is nothing to do.

It was not you: ask the head of the school or the town for a new code at once. It gives a new password and closes your account everywhere else.`,
  },
};

const RECOVERY: Readonly<Record<Language, (left: number) => ServiceWords>> = {
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
