import { dayAt } from '../../core/ground/clock.ts';
import { Fault } from '../../core/ground/fault.ts';
import type { Upload } from '../../core/mail/writing/contract.ts';
import { dayAfter } from '../../core/roster/days.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import type {
  ClassCupboardRef,
  FolderAt,
  Showing,
  WithCupboards,
} from '../../core/school/cupboard/contract.ts';
import type { WithHandIns } from '../../core/school/hand-in/contract.ts';
import { boatDrawing, snailDrawing } from './drawings.ts';
import { smallPdf } from './files.ts';

/** What teachers put into the cupboards of their classes needs. */
interface Filling {
  readonly core: WithCupboards & WithHandIns;
  /** The day of its boxes. */
  readonly now: Date;
  readonly timeZone: string;
  /** Somebody of the town, signed in. */
  readonly viewerOf: (local: string) => Promise<Viewer>;
}

interface DemoFolder {
  readonly name: string;
  readonly showing?: Showing;
  readonly files: readonly { readonly by: string; readonly file: Upload }[];
}

const CLAIRE = 'claire.lefevre';
const text = (name: string, words: string): Upload => ({
  name,
  mediaType: 'text/plain',
  bytes: Buffer.from(words),
});

/** Exercise books of CE1 A, in the order in which they were begun. */
const BOOKS: readonly DemoFolder[] = [
  {
    name: 'Français',
    files: [
      { by: CLAIRE, file: text('Les mots de la semaine.txt', 'hiver, neige, bonnet, flocon\n') },
      { by: CLAIRE, file: smallPdf('Dictée 12.pdf', ['Dictée 12', 'Le chat dort sur le mur.']) },
    ],
  },
  {
    name: 'Maths',
    files: [{ by: CLAIRE, file: smallPdf('Tables de 2 et de 5.pdf', ['2 x 3 = 6', '5 x 3 = 15']) }],
  },
  {
    name: 'Sorties',
    showing: { sees: 'families', isOpen: false },
    files: [
      { by: CLAIRE, file: smallPdf('Carnet de visite.pdf', ['Le musée', 'Je cherche…']) },
      { by: CLAIRE, file: snailDrawing('Un escargot au potager.png') },
    ],
  },
  {
    name: 'Nos dessins',
    showing: { sees: 'pupils', isOpen: true },
    files: [{ by: 'noe.garnier', file: boatDrawing('Mon bateau.png') }],
  },
];

/** A teacher puts worksheets into the cupboard of CE1 A, and opens a folder of it to the pupils. */
export async function fillCupboards(filling: Filling): Promise<void> {
  const { core, viewerOf } = filling;
  const { cupboards } = core;
  const claire = await viewerOf(CLAIRE);
  const refs = (await cupboards.list(claire)).map(({ ref }) => ref);
  const ref = refs.find((one) => 'classId' in one);
  if (ref === undefined) throw wrong('none');
  for (const { name, showing, files } of BOOKS) {
    const made = await cupboards.makeFolder(claire, ref, name);
    if (made.kind !== 'done') throw wrong(made.kind);
    if (showing !== undefined) await cupboards.show(claire, made.ref, showing);
    for (const { by, file } of files) await put(core, await viewerOf(by), { at: made.ref, file });
  }
  await fillBox(filling, claire, ref);
  await fillPlaces(filling, ref);
  await fillShelf(filling);
}

/** What one keeps for oneself, what colleagues share, and what a head shows to the school. */
async function fillPlaces(
  { core, viewerOf }: Filling,
  { school }: ClassCupboardRef,
): Promise<void> {
  const own = { school, place: 'own' } as const;
  const notes = text('Réunion de rentrée.txt', 'Présenter le cahier de vie.\n');
  await put(core, await viewerOf(CLAIRE), { at: own, file: notes });
  await put(core, await viewerOf('lina.moreau'), {
    at: own,
    file: snailDrawing('Mon escargot.png'),
  });
  const duties = smallPdf('Tableau de service.pdf', ['Lundi : cour nord', 'Mardi : cour sud']);
  await put(core, await viewerOf(CLAIRE), { at: { school, place: 'team' }, file: duties });
  const head = await viewerOf('mamadou.diallo');
  const at = { school, place: 'school' } as const;
  const rules = smallPdf('Règlement intérieur.pdf', ['On marche dans les couloirs.']);
  const became = await core.cupboards.put(head, at, rules);
  if (became?.kind !== 'put') throw wrong(became?.kind ?? 'missing');
  await core.cupboards.show(head, became.ref, { sees: 'families', isOpen: false });
}

/** What the little ones see on their shelf. */
async function fillShelf({ core, viewerOf }: Filling): Promise<void> {
  const sylvie = await viewerOf('sylvie.caradec');
  const refs = (await core.cupboards.list(sylvie)).map(({ ref }) => ref);
  const ref = refs.find((one) => 'classId' in one);
  if (ref === undefined) throw wrong('none of the little ones');
  await put(core, sylvie, { at: ref, file: boatDrawing('Le bateau de la classe.png') });
  await put(core, sylvie, { at: ref, file: snailDrawing('L’escargot du jardin.png') });
}

/** Two have handed in what a box asks for, and one of them has it back. */
async function fillBox(
  { core: { handIns }, viewerOf, now, timeZone }: Filling,
  claire: Viewer,
  cupboard: ClassCupboardRef,
): Promise<void> {
  const made = await handIns.make(claire, cupboard, {
    name: 'Mon animal préféré',
    asks: 'Dessine ton animal préféré. Écris trois phrases.',
    untilDay: dayAfter(dayAt(now, timeZone), 7),
  });
  if (made.kind !== 'made') throw wrong(made.kind);
  for (const local of ['noe.garnier', 'adele.vidal']) {
    const child = await viewerOf(local);
    const handed = await handIns.hand(child, made.ref, [snailDrawing('Mon escargot.png')]);
    if (handed.kind !== 'handed') throw wrong(handed.kind);
    if (local === 'adele.vidal')
      await handIns.giveBack(claire, made.ref, {
        pupil: child.addressId,
        stamp: 'bravo',
        word: 'Ta coquille est très bien dessinée.',
      });
  }
}

async function put(
  { cupboards }: WithCupboards,
  viewer: Viewer,
  { at, file }: { readonly at: FolderAt; readonly file: Upload },
): Promise<void> {
  const became = await cupboards.put(viewer, at, file);
  if (became?.kind !== 'put') throw wrong(`${file.name} ${became?.kind ?? 'missing'}`);
}

const wrong = (what: string): Fault =>
  new Fault('row-missing', `demo cupboards: ${what}`, { transient: false });
