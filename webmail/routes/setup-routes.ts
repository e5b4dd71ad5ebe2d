import type { SetupStep, WithSetup } from '../../core/town/town/contract.ts';
import type { Visit } from '../frame/visit.ts';
import { MISSING, type Answer } from '../http/answer.ts';
import { domainPdf, setupDomain } from '../pages/setup/setup-domain.ts';
import { addHoliday, giveCalendar, removeHoliday } from '../pages/setup/setup-holiday-acts.ts';
import { nextStep, progressOf, stepAfter, stepPath } from '../pages/setup/setup-parts.ts';
import { setupPupils } from '../pages/setup/setup-pupils.ts';
import { setupSchools } from '../pages/setup/setup-schools.ts';
import { saveTown, setupTown } from '../pages/setup/setup-town.ts';
import { openTheTown, sendLetter, setupTrial } from '../pages/setup/setup-trial.ts';
import { addAgent, agents, limitAgent, removeAgent, resetAgent } from '../pages/town/agents.ts';
import { home } from '../pages/town/home.ts';
import { askToOpen, isolation, proofsCsv } from '../pages/town/isolation.ts';
import { nightWork } from '../pages/town/night-work.ts';
import { quotas, sayOfFilms, sayOfPerson, sayOfRole } from '../pages/town/quotas.ts';
import { senders } from '../pages/town/senders.ts';
import { loads, posts, type CorePages } from './table.ts';

const LOADS = loads({
  '/agents': (visit, _params, query) => agents(visit, query['said']),
  '/agents/isolation': (visit, _params, query) => isolation(visit, query['said']),
  '/agents/isolation/proofs.csv': (visit) => proofsCsv(visit),
  '/agents/quotas': (visit, _params, query) =>
    quotas(visit, { said: query['said'], address: query['address'] }),
  '/agents/nights': (visit) => nightWork(visit),
  '/agents/senders': (visit) => senders(visit),
  '/home': (visit, _params, query) => home(visit, query['look']),
  '/setup': (visit) => setup(visit),
  '/setup/town': (visit, _params, query) => setupTown(visit, { kind: 'said', said: query['said'] }),
  '/setup/domain': (visit) => setupDomain(visit),
  '/setup/domain/records.pdf': (visit) => domainPdf(visit),
  '/setup/schools': (visit) => setupSchools(visit),
  '/setup/pupils': (visit) => setupPupils(visit),
  '/setup/trial': (visit, _params, query) =>
    setupTrial(visit, { said: query['said'], look: query['look'] }),
});

const POSTS = posts({
  '/agents/:account/communes': (visit, { account }, form) => limitAgent(visit, account, form),
  '/agents/quotas': (visit, _params, form) => sayOfRole(visit, form),
  '/agents/quotas/films': (visit, _params, form) => sayOfFilms(visit, form),
  '/agents/quotas/person': (visit, _params, form) => sayOfPerson(visit, form),
  '/agents': (visit, _params, form) => addAgent(visit, form),
  '/agents/isolation/open': (visit, _params, form) => askToOpen(visit, form),
  '/agents/:account/code': (visit, { account }, form) => resetAgent(visit, account, form),
  '/agents/:account/remove': (visit, { account }) => removeAgent(visit, account),
  '/setup/town': (visit, _params, form) => saveTown(visit, form),
  '/setup/town/holidays': (visit, _params, form) => giveCalendar(visit, form),
  '/setup/town/holidays/add': (visit, _params, form) => addHoliday(visit, form),
  '/setup/town/holidays/:holiday/remove': (visit, { holiday }) => removeHoliday(visit, holiday),
  '/setup/domain': (visit) => goOn(visit, 'domain'),
  '/setup/schools': (visit) => goOn(visit, 'schools'),
  '/setup/pupils': (visit) => goOn(visit, 'pupils'),
  '/setup/trial': (visit) => openTheTown(visit),
  '/setup/trial/letter': (visit, _params, form) => sendLetter(visit, form),
});

/** Where an agent puts the town into service, and sees who the agents are. */
export const SETUP_PAGES: CorePages = { loads: LOADS, posts: POSTS };

/** GET /setup: the step at which it was left. */
async function setup(visit: Visit<WithSetup<'progress'>>): Promise<Answer> {
  const progress = await visit.core.setup.progress(visit.viewer);
  return progress === null ? MISSING : { kind: 'go', to: stepPath(nextStep(progressOf(progress))) };
}

/** POST of a step: it is noted as done, the next one opens; without a town, that comes first. */
async function goOn(
  visit: Visit<WithSetup<'progress' | 'stepDone'>>,
  from: SetupStep,
): Promise<Answer> {
  const { core, viewer } = visit;
  if ((await core.setup.progress(viewer)) === null) return MISSING;
  const done = await core.setup.stepDone(viewer, from);
  return { kind: 'go', to: stepPath(done ? stepAfter(from) : 'town') };
}
