import { NIGHT_JOBS } from '../../../ground/night-job.ts';
import { nightJobs } from '../../../store/town/night-jobs.ts';
import { workOf } from '../../nights/nights.ts';
import type { Finding } from '../contract.ts';
import { amber, counted, green, grey, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';
import { needStore } from './database.ts';

const READ_WHY = said(
  'La page « Travaux de la nuit » dit lequel ; le journal du service dit pourquoi.',
  'The page “Work of the night” says which; the log of the service says why.',
);

/** Whether the heavy work comes to its end by night (decision 91). */
export async function nightsWork(look: Look): Promise<Finding> {
  const rows = await needStore(look).readTown(nightJobs);
  const now = look.clock();
  const work = NIGHT_JOBS.flatMap((name) => {
    const row = rows.get(name);
    return row === undefined ? [] : [workOf(name, row, now)];
  });
  const late = work.filter(({ isLate }) => isLate).length;
  if (late > 0) {
    const jobs = counted(
      late,
      said('travail n’est plus fait', 'piece of work isn’t done any more'),
      said('travaux ne sont plus faits', 'pieces of work aren’t done any more'),
    );
    return red(said(`${jobs.fr} depuis trois nuits.`, `${jobs.en} for three nights.`), READ_WHY);
  }
  const failed = work.filter(({ result }) => result === 'failed').length;
  if (failed > 0) {
    const jobs = counted(
      failed,
      said('travail de la nuit n’a pas abouti', 'piece of work of the night has failed'),
      said('travaux de la nuit n’ont pas abouti', 'pieces of work of the night have failed'),
    );
    return amber(said(`${jobs.fr}.`, `${jobs.en}.`), READ_WHY);
  }
  const done = work.filter(({ doneAt }) => doneAt !== null).length;
  return done === 0
    ? grey(said('Rien n’a encore été fait de nuit.', 'Nothing has been done by night yet.'))
    : green(said('Le travail de la nuit est fait.', 'The work of the night is done.'));
}
