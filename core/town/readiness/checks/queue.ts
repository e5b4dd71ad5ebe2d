import { MINUTE_MS } from '../../../ground/spans.ts';
import { lastBeat, lateSince } from '../../../store/service-state.ts';
import type { Finding } from '../contract.ts';
import { counted, green, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';
import { needStore } from './database.ts';

const ANSWER_MS = 3_000;
/** What is due is taken within seconds; after so long nobody takes it. */
const LATE_MS = 5 * MINUTE_MS;
/** A worker writes down that it lives four times a minute. */
const DEAD_MS = 2 * MINUTE_MS;

/** Whether the queue takes jobs. */
export async function queueTakes({ queueAnswers, config }: Look): Promise<Finding> {
  if (queueAnswers !== null && (await queueAnswers(ANSWER_MS)))
    return green(said('La file d’attente répond.', 'The queue answers.'));
  return red(
    said(
      'La file d’attente ne répond pas : ce qui part dehors part en retard.',
      'The queue doesn’t answer: what goes outside goes late.',
    ),
    config.redisUrl === null
      ? said(
          'Elle est dans la base de données : voyez ses lignes.',
          'It is in the database: see its lines.',
        )
      : said(
          'Démarrez Redis ou Valkey, ou vérifiez PREAU_REDIS_URL.',
          'Start Redis or Valkey, or look at PREAU_REDIS_URL.',
        ),
  );
}

/** Whether somebody does what is due. */
export async function workerLives(look: Look): Promise<Finding> {
  const beat = await needStore(look).readTown((tx) => lastBeat(tx, 'worker'));
  const start = said(
    'Démarrez leur rôle : preau start --roles worker (preau start seul le démarre avec le reste).',
    'Start it: preau start --roles worker (preau start alone starts it with the rest).',
  );
  if (beat === null)
    return red(said('Les tâches de fond n’ont jamais tourné.', 'The worker has never run.'), start);
  const silentMs = look.clock().getTime() - beat.at.getTime();
  if (silentMs < DEAD_MS) return green(said('Les tâches de fond tournent.', 'The worker runs.'));
  const ago = counted(
    Math.floor(silentMs / MINUTE_MS),
    said('minute', 'minute'),
    said('minutes', 'minutes'),
  );
  return red(
    said(
      `Les tâches de fond ne tournent plus depuis ${ago.fr} : rien ne part dehors, rien n’est fait à son heure.`,
      `The worker has been silent for ${ago.en}: nothing goes outside, nothing is done in time.`,
    ),
    start,
  );
}

/** Whether something has been due for too long. */
export async function nothingLate(look: Look): Promise<Finding> {
  const before = new Date(look.clock().getTime() - LATE_MS);
  const { outside, inside } = await needStore(look).readTown((tx) => lateSince(tx, before));
  if (outside + inside === 0) return green(said('Rien n’est en retard.', 'Nothing is late.'));
  const letters = counted(outside, said('lettre', 'letter'), said('lettres', 'letters'));
  const tasks = counted(
    inside,
    said('autre tâche', 'other task'),
    said('autres tâches', 'other tasks'),
  );
  return red(
    said(
      `En retard de plus de 5 minutes : ${letters.fr} pour l’extérieur, ${tasks.fr}.`,
      `More than 5 minutes late: ${letters.en} to outside, ${tasks.en}.`,
    ),
    said(
      'Regardez les tâches de fond et la file d’attente, puis le journal du service.',
      'Look at the worker and the queue, then at the service’s log.',
    ),
  );
}
