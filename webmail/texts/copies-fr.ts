/** Words of copies of class mail at one's own address. Part of `fr.ts`. */
export const copiesFr = {
  link: 'Copie à mon adresse',
  title: 'Copie à mon adresse',
  lead: 'Recevez une copie des messages de classe à l’adresse que vous regardez tous les jours. Vos messages restent dans Préau, où vous y répondez.',
  address: 'Votre adresse, hors de l’école',
  addressHint: 'Nous y envoyons un code à six chiffres, pour être sûrs qu’elle est à vous.',
  ask: 'Envoyer le code',
  asked: (address: string) => `Un code est parti à ${address}.`,
  askedLead:
    'Ouvrez cette boîte et écrivez ici les six chiffres. Ils sont bons trente minutes. Rien\u00a0? Regardez dans les indésirables.',
  returned: (address: string) =>
    `Notre message à ${address} est revenu\u00a0: cette adresse ne le prend pas. Vérifiez-la, ou donnez-en une autre.`,
  code: 'Code à six chiffres',
  confirm: 'Recevoir les copies',
  other: 'Une autre adresse, ou un nouveau code',
  on: (address: string) => `Les messages de classe sont copiés à ${address}.`,
  since: (day: string) => `Depuis\u00a0: ${day}.`,
  end: 'Arrêter les copies',
  ended: 'Aucune copie ne part plus. Nous avons oublié votre adresse.',
  stopped: (address: string) =>
    `Aucune copie ne part plus\u00a0: trois sont revenues de ${address}.`,
  stoppedLead:
    'Vos messages sont tous dans Préau. Si cette adresse marche de nouveau, demandez un code\u00a0; sinon, donnez-en une autre.',
  whatTitle: 'Ce qui part, et ce qui reste',
  what: [
    'Partent\u00a0: les messages que les enseignants et la direction écrivent à la classe ou à ses familles. Le texte et le nom des fichiers, dix minutes après.',
    'Restent dans Préau\u00a0: les fichiers, ce que les élèves écrivent, et les messages pour vous seul.',
    'Répondre à une copie ne mène à personne. Ouvrez le message dans Préau pour répondre.',
    'Un message repris par son auteur dans les dix minutes n’est pas copié. Après, la copie est déjà chez vous.',
    'Une copie quitte le serveur de la ville pour celui de votre adresse. L’école sait que vous en recevez, pas à quelle adresse.',
  ],
  troubles: {
    'not-theirs': 'Votre école n’écrit pas à l’extérieur\u00a0: aucune copie ne peut partir.',
    'not-an-address': 'Ce n’est pas une adresse. Elle s’écrit comme prenom.nom@exemple.fr.',
    'of-the-town':
      'Cette adresse est une boîte de Préau. Donnez celle que vous avez chez un autre fournisseur.',
    'too-many': 'Trois codes sont déjà partis en un jour. Réessayez demain.',
    'no-match': 'Ce code ne va pas. Regardez le dernier message que nous vous avons envoyé.',
    over: 'Ce code ne vaut plus. Demandez-en un nouveau.',
  },
};
