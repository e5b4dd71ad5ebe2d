import { Fault } from '../../core/ground/fault.ts';
import type { Upload } from '../../core/mail/writing/contract.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import type { FolderAt, Showing, WithCupboards } from '../../core/school/cupboard/contract.ts';
import { boatDrawing, snailDrawing } from './drawings.ts';
import { smallPdf } from './files.ts';

/** What teachers put into the cupboards of their classes needs. */
interface Filling {
  readonly core: WithCupboards;
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
export async function fillCupboards({ core, viewerOf }: Filling): Promise<void> {
  const { cupboards } = core;
  const claire = await viewerOf(CLAIRE);
  const [line] = await cupboards.list(claire);
  if (line === undefined) throw wrong('none');
  for (const { name, showing, files } of BOOKS) {
    const made = await cupboards.makeFolder(claire, line.ref, name);
    if (made.kind !== 'done') throw wrong(made.kind);
    if (showing !== undefined) await cupboards.show(claire, made.ref, showing);
    for (const { by, file } of files) await put(core, await viewerOf(by), made.ref, file);
  }
}

async function put(
  { cupboards }: WithCupboards,
  viewer: Viewer,
  at: FolderAt,
  file: Upload,
): Promise<void> {
  const became = await cupboards.put(viewer, at, file);
  if (became?.kind !== 'put') throw wrong(`${file.name} ${became?.kind ?? 'missing'}`);
}

const wrong = (what: string): Fault =>
  new Fault('row-missing', `demo cupboards: ${what}`, { transient: false });
