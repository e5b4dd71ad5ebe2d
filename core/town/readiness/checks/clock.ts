import { databaseTime } from '../../../store/service-state.ts';
import type { Finding, BilingualSentence } from '../contract.ts';
import { amber, green, grey, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';
import { worldTime } from '../world-time.ts';
import { needStore } from './database.ts';

/**
 * Codes of a second factor live 30 s (RFC 6238 §5.2): a clock that is so far off locks people out.
 */
const FAR_OFF_MS = 30_000;
const OFF_MS = 2_000;

/** Ours against the database's: what is due is told by both. */
export async function databaseClock(look: Look): Promise<Finding> {
  const begun = look.clock().getTime();
  const theirs = await needStore(look).readTown(databaseTime);
  const ours = (begun + look.clock().getTime()) / 2;
  return judged(ours - theirs.getTime(), said('de la base de données', 'the database’s'));
}

/** Ours against the world's. */
export async function worldClock({ beyond, clock }: Look): Promise<Finding> {
  const { timeServer } = beyond;
  const time = await worldTime(timeServer, clock);
  if (time === null)
    return grey(
      said(
        `Aucun serveur de temps ne répond (${timeServer.host}) : pas connu.`,
        `No time server answers (${timeServer.host}): not known.`,
      ),
    );
  return judged(time.askedMs - time.timeMs, said('du monde', 'the world’s'));
}

function judged(offMs: number, whose: BilingualSentence): Finding {
  const seconds = Math.abs(offMs / 1_000).toFixed(1);
  const ahead = offMs > 0;
  const found = said(
    `L’horloge ${ahead ? 'avance' : 'retarde'} de ${seconds.replace('.', ',')} s sur celle ${whose.fr}.`,
    `The clock is ${seconds} s ${ahead ? 'ahead of' : 'behind'} ${whose.en}.`,
  );
  const todo = said(
    'Mettez les machines à l’heure (systemd-timesyncd ou chrony) : les codes du second facteur en dépendent.',
    'Set the machines’ clocks (systemd-timesyncd or chrony): codes of the second factor depend on it.',
  );
  if (Math.abs(offMs) >= FAR_OFF_MS) return red(found, todo);
  if (Math.abs(offMs) >= OFF_MS) return amber(found, todo);
  return green(
    said(`L’horloge est d’accord avec celle ${whose.fr}.`, `The clock agrees with ${whose.en}.`),
  );
}
