import { Fault } from '../../ground/fault.ts';
import { schoolsReadiness } from '../../store/schools/readiness.ts';
import type { SchoolReadiness } from '../../store/town/contract.ts';
import { CHECKS, type Check } from './checks.ts';
import { needStore } from './checks/database.ts';
import type { Finding, ReadinessLine, ReadinessReport } from './contract.ts';
import { isDemo } from './demo.ts';
import { red, said } from './finding.ts';
import type { Look, ReadinessParts } from './surroundings.ts';

/** No check takes longer; what hasn't answered by then is red. */
const CHECK_MS = 9_000;

const LOOK_AT_LOG = said(
  'Regardez le journal du service à cette heure, puis demandez de nouveau.',
  'Look at the service’s log at this hour, then ask again.',
);
const TOO_LONG = red(
  said('Pas de réponse à temps.', 'No answer in time.'),
  said(
    'Regardez si la machine est très chargée, puis demandez de nouveau.',
    'See whether the machine is very busy, then ask again.',
  ),
);
const NO_DATABASE = red(
  said(
    'Pas vérifié : la base de données ne répond pas.',
    'Not looked at: the database doesn’t answer.',
  ),
  said('Rétablissez d’abord la base de données.', 'Put the database right first.'),
);

/**
 * Asks everything, or what `isWanted` says of the checks' names, side by side, each with its limit
 * of time. Never rejects.
 */
export async function askAll(
  parts: ReadinessParts,
  isWanted: (id: string) => boolean = () => true,
): Promise<ReadinessReport> {
  const schools = once(() =>
    needStore(parts).readTown((tx) => schoolsReadiness(tx, parts.clock())),
  );
  const look = { ...parts, isDemo: isDemo(parts.config), schools };
  const isHere = ({ ofCell }: Check): boolean => ofCell !== true || parts.config.machines > 1;
  const groups = await Promise.all(
    CHECKS.map(async ({ id, title, checks }) => ({
      id,
      title,
      lines: await Promise.all(
        checks
          .filter((check) => isHere(check) && isWanted(check.id))
          .map((check) => askOne(look, check)),
      ),
    })),
  );
  return { at: parts.clock(), groups: groups.filter(({ lines }) => lines.length > 0) };
}

type Answer = Omit<ReadinessLine, 'id' | 'asked'>;

async function askOne(
  look: Omit<Look, 'signal'>,
  { id, asked, ask }: Check,
): Promise<ReadinessLine> {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve({ ...TOO_LONG, isAnswered: false }), CHECK_MS);
  });
  const asking = async (): Promise<Answer> => ({
    ...(await ask({ ...look, signal: over.signal })),
    isAnswered: true,
  });
  const answer = asking().catch((error: unknown): Answer => {
    look.log.warn({ err: error, check: id }, 'a check of readiness failed');
    return { ...broken(error), isAnswered: false };
  });
  const finding = await Promise.race([answer, late]).finally(() => {
    clearTimeout(timer);
    over.abort();
  });
  return { id, asked, ...finding };
}

/** Whatever was thrown, a person reads a sentence; the log has the rest. */
function broken(error: unknown): Finding {
  if (error instanceof Fault && error.code === 'store-down' && error.transient) return NO_DATABASE;
  return red(said('Cette vérification a échoué.', 'This check has failed.'), LOOK_AT_LOG);
}

/** Asked by several, done once. */
function once(ask: () => Promise<readonly SchoolReadiness[]>): Look['schools'] {
  let asking: Promise<readonly SchoolReadiness[]> | null = null;
  return () => (asking ??= ask());
}

/** All lines, whatever they are about. */
export const linesOf = ({ groups }: ReadinessReport): readonly ReadinessLine[] =>
  groups.flatMap(({ lines }) => lines);
