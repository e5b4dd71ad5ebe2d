import { de } from './elision.ts';
import { plural } from './plural-fr.ts';

const names = new Intl.ListFormat('fr', { type: 'conjunction' });

/** Words of the walls of classes, and of their books. Part of `fr.ts`. */
export const wallsFr = {
  nav: 'Le mur',
  all: 'Les murs',
  of: (name: string) => `Le mur ${de(name)}`,
  ofMyClass: 'Le mur de ma classe',
  classOf: (children: readonly string[]) => `la classe ${de(names.format(children))}`,
  noWalls: 'Vous n’avez pas de mur\u00a0: il y en a un par classe.',
  count: (count: number) =>
    count === 0
      ? 'rien pour le moment'
      : plural(count, 'dessin ou voix accroché', 'dessins et voix accrochés'),
  waitingBeside: 'à accrocher',
  waiting: (count: number) => `${count} à accrocher`,
  drawingOf: (name: string) => `Dessin ${de(name)}`,
  voiceOf: (name: string) => `Voix ${de(name)}`,
  shown: (count: number) => `Le mur, ${plural(count, 'dessin ou voix', 'dessins et voix')}`,
  nothing: {
    child: 'Le mur attend ses premiers dessins. Accroche un des tiens\u00a0!',
    adult: 'Rien au mur pour le moment\u00a0: les enfants y donnent leurs dessins et leurs voix.',
  },
  older: 'Avant',
  newest: 'Revenir aux derniers',
  notices: 'Les annonces',
  mine: 'Accrocher un dessin',
  minePage: 'Mes dessins et mes voix',
  mineLead:
    'Choisis ce que tu veux montrer à la classe et aux familles. Ta maîtresse ou ton maître regarde d’abord.',
  mineNothing:
    'Tu n’as encore rien dessiné ni enregistré ici. Écris un message, touche «\u00a0Dessiner\u00a0» ou «\u00a0Parler\u00a0», envoie-le, puis reviens.',
  give: 'Je veux l’accrocher',
  giveAgain: 'Redemander',
  takeBack: 'Décrocher',
  takeBackAsked: 'Ne plus l’accrocher',
  states: {
    asked: 'Attend ta maîtresse ou ton maître',
    hung: 'Au mur',
    refused: 'Pas cette fois',
  },
  decline: 'Non merci, je le garde',
  asksYou: (name: string) => `${name} aimerait l’accrocher au mur.`,
  asksAny: (name: string) =>
    `${name} aimerait un dessin ou une voix de toi pour le mur. Tu choisis, ou tu gardes tout pour toi.`,
  declineAny: 'Non merci, je garde tout',
  wished: (count: number) =>
    count === 1
      ? 'Une de tes créations est demandée pour le mur.'
      : `${count} de tes créations sont demandées pour le mur.`,
  ungiven: 'Faits pour vous',
  ungivenHint: 'Un dessin fait pour quelqu’un n’est accroché que si l’enfant le donne.',
  askAny: 'Demander à un enfant',
  askAnyWho: 'À qui',
  askAnyHint:
    'Aussi pour ce qu’un enfant a fait pour un camarade\u00a0: vous le verrez s’il le donne.',
  askedAny: (all: readonly string[]) => `Demandé, sans réponse\u00a0: ${all.join(', ')}`,
  askFor: 'Lui demander',
  askForOf: (name: string) => `\u00a0: ce que ${name} a fait`,
  wishes: {
    asked: 'Demandé\u00a0: l’enfant n’a pas répondu',
    declined: 'L’enfant préfère le garder',
  },
  toHang: (count: number) => (count === 0 ? 'À accrocher' : `${count} à accrocher`),
  toHangNothing: 'Rien n’attend\u00a0: ce que les enfants donnent vient ici.',
  hang: 'Au mur',
  hangOf: (name: string) => `\u00a0: ce que ${name} a donné`,
  refuse: 'Pas cette fois',
  refuseWord: 'Un mot pour l’enfant, si vous voulez',
  refuseDo: 'Le lui dire',
  takeOff: 'Décrocher',
  hint: 'Rien n’est accroché sans le oui de l’enfant, qui peut décrocher le sien à tout moment.',
  whoSees: 'Qui le voit',
  whoSeesWords: 'Les enfants de la classe et leurs familles. Prénoms seuls, jamais de photo.',
  ofTheYear: 'Le mur se vide à la fin de l’année scolaire.',
  actsFor: (what: string) => `Actions pour\u00a0: ${what}`,
  open: 'Agrandir',
  back: 'Le mur',
  hungOn: (day: string) => `au mur le ${day}`,
  givenOn: (day: string) => `donné le ${day}`,
  book: {
    title: 'Le cahier de l’année',
    lead: 'Tout ce qui est au mur, mois par mois, à imprimer.',
    ask: 'Demander le cahier',
    askAgain: 'Le refaire',
    coming: 'Il se fait cette nuit, et sera ici demain matin.',
    made: (day: string) => `Fait le ${day}`,
    none: 'Il se fera quand quelque chose sera au mur.',
    download: 'Télécharger le cahier',
    share: 'Les familles peuvent le télécharger',
    shareDo: 'Enregistrer',
    fileName: (name: string, year: string) => `Cahier ${name} ${year}`,
    cover: 'Le cahier de l’année',
    madeOn: (day: string) => `Imprimé le ${day}`,
    pageOf: (name: string, day: string) => `${name}, le ${day}`,
    voices: (some: readonly string[]) => `On a aussi entendu ${names.format(some)}.`,
    empty: 'Rien n’a été accroché cette année.',
  },
  said: {
    given: 'C’est donné. Ta maîtresse ou ton maître l’accroche bientôt.',
    back: 'C’est décroché.',
    hung: 'C’est au mur.',
    refused: 'C’est dit à l’enfant.',
    asked: 'Le cahier se fait cette nuit.',
    shared: 'C’est enregistré.',
    wished: 'C’est demandé. La réponse de l’enfant arrivera ici.',
    declined: 'C’est dit. Tu le gardes pour toi.',
  },
  troubles: {
    unknown:
      'On ne peut accrocher que ce que tu as dessiné ou enregistré ici, jamais une photo. Dessine-le sur la feuille, puis reviens.',
    'too-many': 'Douze attendent déjà. Attends que ta maîtresse ou ton maître les regarde.',
    full: 'Le mur est plein\u00a0: 400 cette année. Décrochez-en un pour en accrocher un autre.',
    gone: 'L’enfant l’a repris entre-temps.',
    hung: 'C’est déjà au mur.',
    refused: 'Ce n’est plus au mur\u00a0: c’est déjà dit à l’enfant.',
    asked: 'L’enfant vient de le donner une nouvelle fois\u00a0: regardez-le encore.',
  },
};
