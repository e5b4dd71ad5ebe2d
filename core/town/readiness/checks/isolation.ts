import { DAY_MS } from '../../../ground/spans.ts';
import type { ClosedWay } from '../../../roster/closed-ways.ts';
import { closedWays } from '../../../store/town/closed-ways.ts';
import { isProven, summed } from '../../isolation/contract.ts';
import { readProofs } from '../../isolation/isolation.ts';
import type { Finding } from '../contract.ts';
import { amber, counted, green, grey, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';
import { needStore } from './database.ts';

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
      counted(
        summed(last, 'lacks'),
        said(
          'personne ne joint pas un enfant qu’elle a le droit de joindre.',
          'person doesn’t reach a child whom they may reach.',
        ),
        said(
          'personnes ne joignent pas un enfant qu’elles ont le droit de joindre.',
          'people don’t reach a child whom they may reach.',
        ),
      ),
      READ_LINES,
    );
  const closed = [...(await needStore(look).readTown(closedWays)).values()].flat();
  if (closed.length > 0) return stillClosed(closed);
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

/** The last proof found nothing, and what an earlier one closed still is. */
function stillClosed(ways: readonly ClosedWay[]): Finding {
  const closed = counted(
    ways.length,
    said('chemin vers des élèves reste fermé', 'way to pupils is still closed'),
    said('chemins vers des élèves restent fermés', 'ways to pupils are still closed'),
  );
  return amber(
    said(
      `${closed.fr}\u00a0: les messages qui le prendraient attendent.`,
      `${closed.en}: messages that would go that way wait.`,
    ),
    ways.every(({ asked }) => asked !== null)
      ? said(
          'La prochaine preuve qui ne trouve rien l’ouvre\u00a0: cette nuit, ou par preau prove-isolation.',
          'The next proof that finds nothing opens it: tonight, or by preau prove-isolation.',
        )
      : said(
          'Dites pourquoi le rouvrir, sur la page «\u00a0Isolement\u00a0».',
          'Say why it may be opened, on the page “Isolation”.',
        ),
  );
}
