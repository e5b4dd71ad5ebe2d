import { dayAt } from '../../../ground/clock.ts';
import { clockOfTown } from '../../../ground/time-zones.ts';
import { dayInWords } from '../../../roster/days.ts';
import { holidaysOfTown } from '../../../store/town/holidays.ts';
import { readTown } from '../../../store/town/settings.ts';
import type { Finding } from '../contract.ts';
import { amber, green, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';
import { needStore } from './database.ts';

/**
 * Whether holidays to come are known: without them what waits is told of, and goes on to the next
 * person, on days on which nobody is at school (decision 78).
 */
export async function holidaysKnown(look: Look): Promise<Finding> {
  const town = await needStore(look).readTown(readTown);
  const today = dayAt(look.clock(), clockOfTown(town));
  const periods = await needStore(look).readTown((tx) => holidaysOfTown(tx, today));
  const next = periods.find(({ from }) => from > today);
  if (next === undefined)
    return amber(
      said(
        'Aucunes vacances à venir ne sont connues : ce qui attend est annoncé comme un jour d’école.',
        'No holidays to come are known: what waits is told of as on a day of school.',
      ),
      said(
        'Donnez le calendrier officiel dans « Mise en service », étape « La ville », ou par preau holidays import.',
        'Give the official calendar in “Setting up”, step “The town”, or by preau holidays import.',
      ),
    );
  return green(
    said(
      `Les prochaines commencent le ${dayInWords(next.from, 'fr')}.`,
      `The next ones begin on ${dayInWords(next.from, 'en')}.`,
    ),
  );
}
