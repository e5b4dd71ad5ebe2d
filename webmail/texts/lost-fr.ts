/** Words for whoever has lost their password. Part of `fr.ts`. */
export const lostFr = {
  link: 'Mot de passe oublié',
  ask: 'Demander un nouveau mot de passe',
  title: 'Mot de passe oublié\u00a0?',
  lead: 'Demandez un nouveau code à quelqu’un de l’école\u00a0: il se fait en une minute. Personne ne vous l’enverra par courriel, et personne ne vous demandera votre mot de passe.',
  whom: [
    {
      who: 'Vous êtes parent',
      asks: 'Demandez à la direction de l’école, ou à l’enseignant de votre enfant.',
    },
    {
      who: 'Vous enseignez, vous travaillez à l’école',
      asks: 'Demandez à la direction de l’école.',
    },
    { who: 'Vous dirigez une école', asks: 'Demandez au service des écoles de la ville.' },
    { who: 'Tu es élève', asks: 'Demande à ta maîtresse ou à ton maître.' },
  ],
  then: 'Avec ce code, vous choisissez vous-même un nouveau mot de passe.',
  contacts: 'Joindre la ville',
  back: 'Retour',
};
