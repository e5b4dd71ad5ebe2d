import { noun, plural } from './plural-fr.ts';

/** Words of the home of the town's agents. Part of `fr.ts`. */
export const homeFr = {
  title: 'Accueil',
  service: 'Le service',
  verdict: {
    calm: 'Tout va bien.',
    waiting: (things: number) =>
      `Le courriel marche. ${things === 1 ? 'Une chose vous attend' : `${inWords(things)} choses vous attendent`}.`,
    stopped: (since: string) => `Le courriel ne part plus depuis ${since}.`,
  },
  at: (day: string, hour: string) => `${day.charAt(0).toUpperCase()}${day.slice(1)}, ${hour}.`,
  looked: (seconds: number) =>
    seconds < 2
      ? 'Vérifié à l’instant.'
      : `Vérifié il y a ${seconds < 120 ? plural(seconds, 'seconde', 'secondes') : `${Math.round(seconds / 60)} minutes`}.`,
  again: 'Vérifier',
  parts: {
    arrival: 'Réception',
    sending: 'Envoi',
    pages: 'Pages',
    imap: 'IMAP',
    database: 'Base',
    scanner: 'Antivirus',
    backup: 'Copie de nuit',
    certificates: 'Certificats',
    work: 'Travaux',
  },
  todo: 'À faire',
  nothing: 'Rien à faire.',
  nothingAbout: 'Ce qui demandera votre avis apparaîtra ici.',
  more: (count: number) => `Et ${count} de plus dans la liste des vérifications`,
  settle: 'Régler',
  decide: 'Décider',
  answer: 'Répondre',
  see: 'Voir',
  held: (count: number) => plural(count, 'message en attente', 'messages en attente'),
  heldAbout: 'retenus jusqu’à ce qu’un agent décide',
  standing: (count: number) =>
    plural(count, 'message n’est pas reparti', 'messages ne sont pas repartis'),
  standingAbout: 'depuis la remise de la sauvegarde',
  schools: 'Écoles',
  questions: (count: number) =>
    `${plural(count, 'école', 'écoles')} avec des questions sur ${noun(count, 'sa liste', 'leurs listes')}`,
  questionsAbout: 'le reste des listes est appliqué',
  charts: {
    letters: 'Messages par heure',
    taken: 'reçus',
    handed: 'remis',
    signIns: 'Connexions aux pages',
    today: 'aujourd’hui',
    last: (weekday: string) => `${weekday} dernier`,
    now: 'maintenant',
    lettersSaid: (today: readonly string[], before: readonly string[]) =>
      `Aujourd’hui\u00a0: ${today[0]} messages reçus, remis à ${today[1]} destinataires. Il y a une semaine à la même heure\u00a0: ${before[0]} reçus, remis à ${before[1]}.`,
    signInsSaid: (today: string, before: string) =>
      `Connexions aujourd’hui\u00a0: ${today}, contre ${before} il y a une semaine à la même heure.`,
  },
  numbers: {
    people: (schools: number) => `comptes, ${plural(schools, 'école', 'écoles')}`,
    letters: (count: number) => `${noun(count, 'message', 'messages')} aujourd’hui`,
    outbox: (count: number) => `${noun(count, 'message', 'messages')} à remettre dehors`,
    openings: (count: number) =>
      `${noun(count, 'école ouverte', 'écoles ouvertes')} par un agent, ce mois`,
  },
  stop: 'Arrêter les messages des élèves de toute la ville',
};

const WORDS = ['', '', 'Deux', 'Trois', 'Quatre', 'Cinq', 'Six', 'Sept', 'Huit', 'Neuf'];
function inWords(count: number): string {
  return WORDS[count] ?? String(count);
}
