/** Words of the page where an adult changes their own password. Part of `fr.ts`. */
export const passwordFr = {
  link: 'Changer mon mot de passe',
  title: 'Changer mon mot de passe',
  lead: 'Préau se fermera sur vos autres ordinateurs, et un code sur papier qui attend encore ne vaudra plus.',
  before: 'Mot de passe actuel',
  chosen: 'Nouveau mot de passe',
  codeHint: 'De l’application de codes sur votre téléphone.',
  devices: 'Déconnecter aussi',
  devicesHint:
    'Décochez un appareil qui est bien à vous\u00a0: il a un mot de passe à lui, et continuera d’ouvrir votre courriel.',
  change: 'Changer le mot de passe',
  back: 'Retour aux réglages',
  changed:
    'Votre mot de passe est changé. Préau n’est plus ouvert que sur cet ordinateur, et un message vous le dit.',
  wrong: 'Ce n’est pas votre mot de passe actuel. Vérifiez la touche Majuscule.',
  same: 'C’est le même qu’avant. Prenez-en un autre.',
  empty: 'Écrivez votre mot de passe actuel et le nouveau.',
  tooLate:
    'Votre mot de passe vient d’être changé ailleurs. Rien n’a été changé d’ici. Connectez-vous de nouveau\u00a0; si ce n’était pas vous, demandez un nouveau code.',
};
