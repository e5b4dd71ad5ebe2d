import { randomUUID } from 'node:crypto';
import { Fault } from '../../core/ground/fault.ts';
import { newLetterId } from '../../core/ground/ids.ts';
import type { WithMail } from '../../core/mail/reading/contract.ts';
import type { Upload, WithWritings } from '../../core/mail/writing/contract.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import type { WallRef, WithWalls } from '../../core/school/wall/contract.ts';
import { boatDrawing, flowersDrawing, houseDrawing, snailDrawing } from './drawings.ts';

/** What children give to the walls of their classes needs. */
interface Giving {
  readonly core: WithMail<'erase'> & WithWritings<'keep' | 'drawing'> & WithWalls;
  /** Somebody of the town, signed in. */
  readonly viewerOf: (local: string) => Promise<Viewer>;
}

interface DemoGift {
  readonly by: string;
  readonly drawing: Upload;
  /** Null: it waits for its teacher. */
  readonly hungBy: string | null;
}

const [CLAIRE, SYLVIE] = ['claire.lefevre', 'sylvie.caradec'];
const NAME = 'dessin.png';

/** The walls of CE1 A and of those who don't read yet, the oldest first. */
const GIFTS: readonly DemoGift[] = [
  { by: 'noe.garnier', drawing: houseDrawing(NAME), hungBy: CLAIRE },
  { by: 'adele.vidal', drawing: flowersDrawing(NAME), hungBy: CLAIRE },
  { by: 'gael.tanguy', drawing: boatDrawing(NAME), hungBy: CLAIRE },
  { by: 'lina.moreau', drawing: snailDrawing(NAME), hungBy: CLAIRE },
  { by: 'noe.garnier', drawing: flowersDrawing(NAME), hungBy: null },
  { by: 'lila.ziani', drawing: boatDrawing(NAME), hungBy: SYLVIE },
  { by: 'malo.tanguy', drawing: flowersDrawing(NAME), hungBy: SYLVIE },
  { by: 'tom.moreau', drawing: houseDrawing(NAME), hungBy: SYLVIE },
  { by: 'lila.ziani', drawing: snailDrawing(NAME), hungBy: null },
  { by: 'tom.moreau', drawing: snailDrawing(NAME), hungBy: null },
];

/** Children draw for the wall of their class, and teachers hang most of it up. */
export async function fillWalls({ core, viewerOf }: Giving): Promise<void> {
  for (const { by, drawing, hungBy } of GIFTS) {
    const child = await viewerOf(by);
    const [line] = await core.walls.list(child);
    if (line === undefined) throw wrong(`no wall of ${by}`);
    const letter = newLetterId();
    const kept = await core.writings.keep(
      child,
      { to: [], cc: [], subject: '', text: '', answers: 'sender', answerTo: null },
      {
        hand: { letter, previous: null, window: randomUUID(), turn: 0 },
        add: [core.writings.drawing(drawing)],
        drop: [],
      },
    );
    if (kept.kind === 'sent') throw wrong('a draft that has left');
    const given = await core.walls.give(child, line.ref, { letter, part: '2' });
    if (given !== 'given') throw wrong(given);
    await core.mail.erase(child, kept.ref.mailbox, [kept.ref.uid]);
    if (hungBy !== null) await hangNewest(core, await viewerOf(hungBy), line.ref);
  }
}

async function hangNewest({ walls }: WithWalls, teacher: Viewer, ref: WallRef): Promise<void> {
  const asked = (await walls.wall(teacher, ref, null))?.asked.at(-1);
  const hung = asked === undefined ? 'missing' : await walls.hang(teacher, asked.ref);
  if (hung !== 'hung') throw wrong(hung);
}

const wrong = (what: string): Fault =>
  new Fault('row-missing', `demo walls: ${what}`, { transient: false });
