import { dayAt } from '../../ground/clock.ts';
import type { Night } from '../../ground/night-job.ts';
import { dayAfter } from '../../roster/days.ts';
import { eraseBoxesBefore } from '../../store/cupboard/boxes.ts';
import { allSchools } from '../../store/schools/roster.ts';
import type { PuttingParts } from '../cupboard/parts.ts';
import { change, close, make } from './asking.ts';
import type { HandIns } from './contract.ts';
import { giveBack, notebook, pageContent, takeAlong } from './giving-back.ts';
import { hand, takeBack } from './handing.ts';
import { KEPT_BOX_DAYS } from './parts.ts';
import { box, boxes, content } from './reading.ts';

/** Boxes into which pupils hand what they made, and what was given back to them. */
export function openHandIns(parts: PuttingParts): HandIns {
  return {
    boxes: (viewer, cupboard) => boxes(parts, viewer, cupboard),
    box: (viewer, ref, looked) => box({ parts, viewer }, ref, looked),
    make: (viewer, cupboard, wish) => make({ parts, viewer }, cupboard, wish),
    change: (viewer, ref, wish) => change({ parts, viewer }, ref, wish),
    close: (viewer, ref, isClosed) => close({ parts, viewer }, ref, { isClosed }),
    hand: (viewer, ref, files) => hand({ parts, viewer }, ref, files),
    takeBack: (viewer, ref, file) => takeBack({ parts, viewer }, ref, file),
    giveBack: (viewer, ref, said) => giveBack({ parts, viewer }, ref, said),
    content: (viewer, ref, file) => content({ parts, viewer }, ref, file),
    notebook: (viewer) => notebook(parts, viewer),
    takeAlong: (viewer) => takeAlong(parts, viewer),
    pageContent: (viewer, page) => pageContent(parts, viewer, page),
    tidy: (night) => tidy(parts, night),
  };
}

/** Erases boxes a year after their day; what was given back lies in notebooks. */
async function tidy({ store, clock }: PuttingParts, night: Night): Promise<void> {
  const last = dayAfter(dayAt(clock(), 'UTC'), -KEPT_BOX_DAYS);
  for (const school of await store.readTown(allSchools)) {
    await night.breathe();
    await store.write(school, (tx) => eraseBoxesBefore(tx, last));
  }
}
