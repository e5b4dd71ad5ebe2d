/** What bulk mail is made of. */
export const SUBJECTS: readonly [string, ...string[]] = [
  'Les mots de la semaine', 'La sortie au musée', 'Les devoirs pour lundi', 'Le livre à rapporter', 'Piscine jeudi', 'La dictée de vendredi', 'Notre potager',
  'Exposés : qui passe quand', 'La chorale', 'Mon exposé', 'Une question sur l’exercice', 'Les billes', 'Le cahier de lecture', 'Photo de classe', 'Goûter de Noël',
  'Le conte de la semaine', 'Tables de multiplication', 'Sport : pensez aux baskets', 'La météo de la classe', 'Le petit journal',
];

export const SENTENCES: readonly [string, ...string[]] = [
  'Bonjour à tous, voici la leçon du jour.', 'Apprenez la poésie jusqu’à la troisième strophe.', 'Il faut rapporter le cahier signé demain matin.',
  'Le car part à huit heures quarante-cinq, devant l’école.', 'Pensez à prendre une gourde, un goûter et un manteau chaud.', 'L’escargot glisse lentement sous la pluie.',
  'Nous avons planté des radis et des fèves dans le potager.', 'Le tilleul de la cour a perdu toutes ses feuilles.', 'Qui a trouvé une trousse bleue avec des étoiles ?',
  'Relisez la page douze et répondez aux trois premières questions.', 'La bibliothécaire vient jeudi avec une malle de livres sur les volcans.', 'Je suis très fière de votre travail en géométrie.',
  'Demain nous mesurons la cour avec une corde à nœuds.', 'La piscine est fermée cette semaine, nous ferons du hockey.', 'Les correspondants ont répondu : ils ont trois poules !',
  'Écrivez deux phrases avec un verbe au futur.', 'N’oubliez pas de souligner le sujet en bleu et le verbe en rouge.', 'Le goûter de l’école est offert par les parents.',
  'J’ai vu un hérisson derrière la haie.', 'Est-ce que je peux apporter mon encyclopédie des dinosaures ?', 'La photo de classe est en ligne, demandez à vos parents.',
  'Pour la chorale, apprenez le deuxième couplet.', 'La lune cache parfois le soleil : cela s’appelle une éclipse.', 'On a gagné le tournoi de ballon prisonnier contre les CM2.',
  'Mercredi, la mairie plante un arbre avec nous.', 'Comptez de sept en sept jusqu’à soixante-dix.', 'Le maître de musique apporte son violoncelle lundi.',
  'Si vous êtes absent, votre voisin de table garde vos feuilles.', 'La classe de mer aura lieu au mois de mai.', 'Dessinez le cycle de l’eau et coloriez les flèches.',
  'Le mot mystère de la semaine a huit lettres.', 'Merci de penser aux vieux journaux pour l’atelier de peinture.', 'La fête aura lieu sous le préau, même s’il pleut.',
  'Bonne soirée et à demain.', 'Je vous lirai la suite du conte vendredi après-midi.', 'Rangez bien vos casiers avant les vacances.',
];
