import type { CodeSheet } from '../../core/entry/codes/contract.ts';
import type { WithConfig } from '../../core/ground/config.ts';
import { atSchool, type Visit } from '../frame/visit.ts';
import { wholeDay } from '../frame/when.ts';
import { drawSheet } from '../sheets/draw-sheet.ts';

/** A sheet as PDF, in the words of whoever asks. */
export function drawn(visit: Visit<WithConfig>, sheet: CodeSheet): Promise<Buffer> {
  const { core, viewer } = visit;
  const webAddress = core.config.publicUrl.replace(/^https?:\/\//, '').replace(/\/$/, '');
  return drawSheet({
    sheet,
    language: viewer.language,
    webAddress,
    madeOn: wholeDay(atSchool(visit, sheet).clock, sheet.madeAt),
    until: untilOf(visit, sheet),
  });
}

/** The last day of a sheet's codes, by the clock of the school that hands it out. */
export function untilOf(visit: Visit, sheet: CodeSheet): string {
  return wholeDay(atSchool(visit, sheet).clock, sheet.expiresAt);
}
