/**
 * Words of the page that protects an account by a code, and of the second step of signing in. Part
 * of `fr.ts`.
 */
export const protectFr = {
  link: 'Protéger mon compte par un code',
  title: 'Protéger mon compte',
  lead: 'Après votre mot de passe, Préau vous demandera un code à six chiffres, que seul votre téléphone connaît. Un mot de passe volé ne suffira plus.',
  leadAgent:
    'Un agent de la ville ouvre toutes les écoles\u00a0: un mot de passe seul ne suffit pas. À chaque connexion, Préau vous demandera aussi un code à six chiffres, que seul votre téléphone connaît.',
  steps: {
    app: 'Installez une application de codes sur votre téléphone',
    appHint:
      'Par exemple Aegis, FreeOTP, Google Authenticator ou Microsoft Authenticator. Si vous en avez déjà une, gardez-la.',
    scan: 'Montrez-lui ce carré',
    scanHint: 'Dans l’application, choisissez «\u00a0Ajouter\u00a0», puis visez ce carré.',
    picture: 'Carré à viser avec l’application de codes\u00a0; la même clé est écrite dessous.',
    sameDevice: 'Cette page est sur le même téléphone\u00a0? Ouvrez l’application d’ici',
    byHand: 'Ou écrivez cette clé dans l’application\u00a0:',
    key: 'La clé',
    code: 'Écrivez le code que l’application montre',
  },
  code: 'Code à six chiffres',
  codeHint: 'Il change toutes les trente secondes.',
  protect: 'Protéger mon compte',
  before:
    'Vos logiciels de courrier n’ouvriront plus avec votre mot de passe\u00a0: donnez à chacun le mot de passe d’un appareil.',
  toDevices: 'Mon courriel sur mon téléphone',
  noMatch:
    'Ce code ne va pas, ou il a déjà servi. Attendez le suivant dans l’application, et écrivez-le. S’il ne va jamais, vérifiez que votre téléphone est à l’heure.',
  began: 'Votre compte est protégé. À la prochaine connexion, un code vous sera demandé.',
  ended: 'Votre compte n’est plus protégé par un code. Le mot de passe suffit.',
  on: (since: string) =>
    `Protection mise en place\u00a0: ${since}. Un code à six chiffres est demandé après votre mot de passe.`,
  programs:
    'Vos logiciels de courrier n’ouvrent plus avec votre mot de passe\u00a0: chacun prend le mot de passe d’un appareil.',
  lostTitle: 'Téléphone perdu ou changé\u00a0?',
  lost: 'Connectez-vous avec un code de secours de votre feuille. Sans la feuille, demandez un nouveau code d’ouverture à la direction de votre école ou à la mairie. Avec lui vous choisissez un nouveau mot de passe, et cette protection s’arrête. Vous pourrez la remettre avec votre nouveau téléphone.',
  endTitle: 'Ne plus protéger mon compte',
  endLead: 'Écrivez un code de l’application, pour montrer que c’est bien vous.',
  end: 'Arrêter la protection',
  kept: 'Votre feuille de codes de secours est à l’abri.',
  step: {
    title: 'Votre code',
    intro:
      'Ouvrez l’application de codes de votre téléphone, et écrivez les six chiffres qu’elle montre pour Préau.',
    open: 'Ouvrir ma messagerie',
    back: 'Revenir',
    recovery: 'Téléphone perdu\u00a0? Prendre un code de secours',
    recoveryCode: 'Code de secours',
    recoveryNoMatch: 'Ce code ne va pas, ou il a déjà servi. Prenez le suivant de la feuille.',
    recoveryHint: 'L’un des dix de votre feuille, pas encore barré. Les tirets ne comptent pas.',
    lost: 'Pas de feuille non plus\u00a0? Demandez un nouveau code d’ouverture à la direction de votre école ou à la mairie, puis',
    lostLink: 'ouvrez votre compte avec ce code',
    empty: 'Écrivez les six chiffres que montre l’application de votre téléphone.',
    tooOld: 'Le code est venu trop tard. Connectez-vous encore une fois.',
  },
  sheet: {
    title: 'Codes de secours',
    lead: 'Gardez cette feuille maintenant\u00a0: ces codes ne seront plus montrés.',
    sheet: 'La feuille à garder',
    how: 'Si vous perdez votre téléphone, un code remplace les six chiffres, une seule fois chacun. Rangez la feuille sous clé, loin du téléphone.',
    made: (day: string) => `Préau, feuille faite le ${day}`,
    print: 'Imprimer',
    pdf: 'Télécharger le PDF',
    kept: 'J’ai mis cette feuille à l’abri',
    fileName: (name: string) => `Codes de secours ${name}`,
  },
  recovery: {
    title: 'Codes de secours',
    left: (count: number) =>
      count === 0
        ? 'Il ne vous reste aucun code de secours.'
        : `Il vous reste ${count} ${count < 2 ? 'code' : 'codes'} de secours, sur la feuille que vous avez mise à l’abri.`,
    owed: 'Vous n’avez pas encore confirmé votre feuille\u00a0: faites-en une nouvelle, gardez-la, puis dites-le.',
    lead: 'Si vous perdez votre téléphone, l’un d’eux remplace les six chiffres.',
    renewed: 'Voici vos nouveaux codes. Ceux de l’ancienne feuille ne marchent plus.',
    again: 'Faire une nouvelle feuille',
    againHint: 'Les codes de l’ancienne feuille ne marchent plus.',
  },
};
