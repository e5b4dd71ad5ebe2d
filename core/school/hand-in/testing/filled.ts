import { dayAt } from '../../../ground/clock.ts';
import { dayAfter } from '../../../roster/days.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { WithCupboards } from '../../cupboard/contract.ts';
import type { WithHandIns } from '../contract.ts';

const FILE = { name: 'plan.txt', mediaType: 'text/plain', bytes: Buffer.from('Un plan') };

/** A file of a class's cupboard that its teacher shows to nobody; a box, and what came of it. */
export async function fillCupboard(
  { cupboards, handIns }: WithCupboards & WithHandIns,
  { teacher, child, now }: { readonly teacher: Viewer; readonly child: Viewer; readonly now: Date },
): Promise<Readonly<Record<'item' | 'box' | 'handed' | 'leaf', number>>> {
  const refs = (await cupboards.list(teacher)).map(({ ref }) => ref);
  const ref = refs.find((one) => 'classId' in one);
  const put = ref && (await cupboards.put(teacher, ref, FILE));
  if (put?.kind !== 'put') throw new Error(JSON.stringify(put));
  await cupboards.show(teacher, put.ref, { sees: 'author', isOpen: false });
  const untilDay = dayAfter(dayAt(now, 'UTC'), 7);
  const made = ref && (await handIns.make(teacher, ref, { name: 'Dessin', asks: '', untilDay }));
  if (made?.kind !== 'made') throw new Error(JSON.stringify(made));
  await handIns.hand(child, made.ref, [FILE]);
  const part = (await handIns.box(child, made.ref, null))?.own;
  const said = { pupil: child.addressId, stamp: 'bravo', word: '' } as const;
  const gave = await handIns.giveBack(teacher, made.ref, said);
  if (gave.kind !== 'given') throw new Error(gave.kind);
  const [page] = await handIns.notebook(child);
  return {
    item: put.ref.item,
    box: made.ref.box,
    handed: part?.files[0]?.id ?? 0,
    leaf: page?.page ?? 0,
  };
}
