import { Fault } from '../../../ground/fault.ts';
import { isolationFaults } from '../../../store/isolation.ts';
import { stepNames } from '../../../store/migrate.ts';
import { databaseState } from '../../../store/service-state.ts';
import type { Store } from '../../../store/store.ts';
import type { Finding } from '../contract.ts';
import { amber, counted, green, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';

const GIGABYTE = 1_000_000_000;
/** The version that Préau is tried with. */
const LEAST_POSTGRES = 17;
/** So many faults are named. */
const NAMED = 4;

const NO_DATABASE = said(
  'Démarrez la base de données (preau start), ou vérifiez PREAU_DATABASE_URL.',
  'Start the database (preau start), or look at PREAU_DATABASE_URL.',
);

/**
 * The store, for a check that can't do without. Throws a `Fault` 'store-down' where there is none.
 */
export function needStore({ store }: Pick<Look, 'store'>): Store {
  if (store === null) throw new Fault('store-down', 'no address', { transient: true });
  return store;
}

/** Whether it answers, which one it is, what it holds. */
export async function databaseAnswers({ store }: Look): Promise<Finding> {
  if (store === null)
    return red(
      said(
        'La base de données n’a pas d’adresse : Préau ne tourne pas ici, et PREAU_DATABASE_URL n’est pas réglé.',
        'The database has no address: Préau doesn’t run here, and PREAU_DATABASE_URL is not set.',
      ),
      NO_DATABASE,
    );
  const state = await store.readTown(databaseState).catch(() => null);
  if (state === null)
    return red(
      said('La base de données ne répond pas.', 'The database doesn’t answer.'),
      NO_DATABASE,
    );
  const [version = ''] = state.version.split(' ');
  const size = (state.sizeBytes / GIGABYTE).toFixed(1);
  const found = said(
    `PostgreSQL ${version} répond et garde ${size.replace('.', ',')} Go.`,
    `PostgreSQL ${version} answers and keeps ${size} GB.`,
  );
  if (Number.parseInt(version, 10) >= LEAST_POSTGRES) return green(found);
  return amber(
    found,
    said(
      `Passez à PostgreSQL ${LEAST_POSTGRES} : Préau n’est pas essayé avec une version plus ancienne.`,
      `Change to PostgreSQL ${LEAST_POSTGRES}: Préau isn’t tried with an older one.`,
    ),
  );
}

/** Whether the schema is that of this version. */
export async function migrationsDone(look: Look): Promise<Finding> {
  const state = await needStore(look).readTown(databaseState);
  const steps = stepNames();
  const at = steps.indexOf(state?.lastStep ?? '');
  if (at === steps.length - 1)
    return green(said('Le schéma est à jour.', 'The schema is up to date.'));
  const isNewer = at < 0 && (state?.lastStep ?? '') > (steps.at(-1) ?? '');
  if (isNewer)
    return red(
      said(
        'La base de données vient d’une version plus récente de Préau.',
        'The database is of a newer version of Préau.',
      ),
      said('Mettez Préau à jour sur cette machine.', 'Update Préau on this machine.'),
    );
  const left = counted(steps.length - 1 - at, said('étape', 'step'), said('étapes', 'steps'));
  return red(
    said(`Le schéma attend ${left.fr}.`, `The schema waits for ${left.en}.`),
    said(
      'Lancez preau migrate, avec PREAU_DATABASE_ADMIN_URL.',
      'Run preau migrate, with PREAU_DATABASE_ADMIN_URL.',
    ),
  );
}

/** The application's role owns nothing and passes by no policy. */
export function databaseRoles(look: Look): Promise<Finding> {
  return isolated(look, 'roles');
}

/** Every table of a school is closed to the other schools by the database itself. */
export function databasePolicies(look: Look): Promise<Finding> {
  return isolated(look, 'tables');
}

const ISOLATED = {
  roles: said(
    'Le rôle de l’application ne possède rien et n’échappe à aucune règle.',
    'The application’s role owns nothing and escapes no policy.',
  ),
  tables: said(
    'La base elle-même sépare les écoles, table par table.',
    'The database itself keeps the schools apart, table by table.',
  ),
} as const;

async function isolated(look: Look, about: keyof typeof ISOLATED): Promise<Finding> {
  needStore(look);
  const faults = await isolationFaults(look.config.databaseUrl ?? '', [about]);
  if (faults.length === 0) return green(ISOLATED[about]);
  const more = faults.length > NAMED ? ` ; +${faults.length - NAMED}` : '';
  const named = `${faults.slice(0, NAMED).join(' ; ')}${more}`;
  return red(
    said(
      `La base ne sépare pas les écoles : ${named}.`,
      `The database doesn’t keep the schools apart: ${named}.`,
    ),
    said(
      'Arrêtez le service, donnez à PREAU_DATABASE_URL le rôle de l’application, puis lancez preau migrate.',
      'Stop the service, give PREAU_DATABASE_URL the application’s role, then run preau migrate.',
    ),
  );
}
