import { DAY_MS } from '../../../ground/spans.ts';
import { lastOfCell } from '../../journals/heads.ts';
import type { Finding } from '../contract.ts';
import { amber, counted, green, grey, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';
import { needStore } from './database.ts';

/** A night may be missed, and the one after it. */
const LATE_DAYS = 3;
const LOOKED_BACK_DAYS = 30;

const LOOK_AGAIN = said(
  'Lancez preau verify, qui nomme chaque ligne.',
  'Run preau verify, which names each row.',
);

/** Whether the journals were as they had been written in the last night (decision 90). */
export async function journalsWhole(look: Look): Promise<Finding> {
  const store = needStore(look);
  const now = look.clock().getTime();
  const since = new Date(now - LOOKED_BACK_DAYS * DAY_MS);
  const last = await lastOfCell(store, look.config.dataDir, since);
  if (last === null) {
    const never = said(
      'Les journaux n’ont pas encore été comparés à leurs chaînes.',
      'The journals haven’t been held against their chains yet.',
    );
    return look.isDemo ? grey(never) : amber(never, LOOK_AGAIN);
  }
  if (last.faults > 0) {
    const rows = counted(
      last.faults,
      said('ligne des journaux n’est plus', 'row of the journals isn’t'),
      said('lignes des journaux ne sont plus', 'rows of the journals aren’t'),
    );
    return red(
      said(
        `${rows.fr} comme on l’a écrite : changée ou retirée à la main.`,
        `${rows.en} as it was written: changed or taken out by hand.`,
      ),
      LOOK_AGAIN,
    );
  }
  const days = Math.floor((now - last.at.getTime()) / DAY_MS);
  if (days < LATE_DAYS)
    return green(
      said('Rien n’y a été changé ni retiré.', 'Nothing was changed in them or taken out.'),
    );
  return amber(
    said(`Comparés il y a ${days} jours.`, `Held against their chains ${days} days ago.`),
    LOOK_AGAIN,
  );
}
