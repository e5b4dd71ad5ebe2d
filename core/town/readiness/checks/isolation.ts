import { isProven, summed } from '../../isolation/contract.ts';
import { readProofs } from '../../isolation/isolation.ts';
import type { Finding } from '../contract.ts';
import { amber, counted, green, grey, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';
import { needStore } from './database.ts';

const DAY_MS = 86_400_000;
/** A night may be missed, and the one after it. */
const LATE_DAYS = 3;

const READ_LINES = said(
  'Lisez la page « Isolement » ; pour refaire la preuve : preau prove-isolation.',
  'Read the page “Isolation”; to prove it again: preau prove-isolation.',
);

/** Whether the last night's proof found that nobody reaches a child who may not (decision 89). */
export async function isolationProved(look: Look): Promise<Finding> {
  const [last] = await readProofs(needStore(look), 1);
  if (last === undefined) {
    const never = said(
      'L’isolement des enfants n’a pas encore été prouvé.',
      'The isolation of children hasn’t been proved yet.',
    );
    return look.isDemo ? grey(never) : amber(never, READ_LINES);
  }
  const passes = summed(last, 'passes');
  if (passes > 0 || last.faults.length > 0) {
    const ways = counted(
      passes + last.faults.length,
      said('chemin ouvert', 'way open'),
      said('chemins ouverts', 'ways open'),
    );
    return red(
      said(
        `${ways.fr} vers des enfants, ou depuis eux, que la règle n’ouvre pas.`,
        `${ways.en} to children, or from them, that the rule doesn’t open.`,
      ),
      READ_LINES,
    );
  }
  const days = Math.floor((look.clock().getTime() - last.begunAt.getTime()) / DAY_MS);
  if (!isProven(last))
    return amber(
      said(
        `${summed(last, 'lacks')} personnes ne joignent pas un enfant qu’elles ont le droit de joindre.`,
        `${summed(last, 'lacks')} people don’t reach a child whom they may reach.`,
      ),
      READ_LINES,
    );
  const found = said(
    `Personne n’a joint un enfant sans en avoir le droit (${summed(last, 'tries')} essais).`,
    `Nobody reached a child who may not (${summed(last, 'tries')} tries).`,
  );
  if (days < LATE_DAYS) return green(found);
  return amber(
    said(`La dernière preuve a ${days} jours.`, `The last proof is ${days} days old.`),
    READ_LINES,
  );
}
