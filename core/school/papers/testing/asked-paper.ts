import { randomUUID } from 'node:crypto';
import type { AddressId, LetterId } from '../../../ground/ids.ts';
import type { Upload, WithWritings } from '../../../mail/writing/contract.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { Asked, PaperWish, WithPapers } from '../contract.ts';
import type { PaperRef } from '../contract/slips.ts';

/** An outing two days from the morning of the tests' town. */
export const OUTING: PaperWish = {
  text: 'J’autorise {prénom} à participer à la sortie au musée.',
  place: 'musée des Tisserands',
  price: 'gratuite',
  day: '2026-11-26',
  lastDay: '',
  from: '08:30',
  to: '16:30',
  question: 'yes-no',
  options: [],
  needed: 'one',
  untilDay: '2026-11-25',
  untilTime: '18:00',
  reminds: true,
  asksNumber: true,
};

/** A letter that asks: to whom, and what it says. */
interface PaperLetter {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly add: readonly Upload[];
}

type AskingCore = WithPapers<'ask'> & WithWritings<'keep'>;

/** The draft of such a letter. */
export async function paperDraft(
  { writings }: WithWritings<'keep'>,
  by: Viewer,
  {
    to,
    subject = 'Sortie au musée',
    text = 'Bonjour, nous sortons.',
    add = [],
  }: Partial<PaperLetter>,
) {
  const hand = { letter: randomUUID() as LetterId, window: randomUUID(), turn: 0, previous: null };
  const kept = await writings.keep(
    by,
    { to: to ?? [], cc: [], subject, text, answers: 'sender', answerTo: null },
    { hand, add, drop: [] },
  );
  if (kept.kind === 'sent') throw new Error('sent before');
  return { draft: kept.ref, letter: kept.letter };
}

/** Asks families for an answer, as a page does. */
export async function askPaper(
  core: AskingCore,
  by: Viewer,
  letter: Partial<PaperLetter>,
  wish: Partial<PaperWish> = {},
): Promise<Asked> {
  const written = await paperDraft(core, by, letter);
  return core.papers.ask(by, { ...written, wish: { ...OUTING, ...wish } });
}

/** Notes a sheet with a photo of it; gives the photo's name. */
export async function enterSheet(
  { papers }: WithPapers<'enter' | 'state'>,
  by: Viewer,
  { ref, child }: { readonly ref: PaperRef; readonly child: AddressId },
): Promise<number> {
  const bytes = Buffer.from('%PDF-1.4\n%%EOF\n');
  const entered = await papers.enter(by, ref, {
    child,
    signer: null,
    name: 'sa mère',
    says: { kind: 'yes' },
    note: '',
    photo: { name: 'feuille.pdf', mediaType: 'application/pdf', bytes },
  });
  const state = await papers.state(by, ref);
  const photo = state?.children.find(({ id }) => id === child)?.answers[0]?.photo;
  if (!photo) throw new Error(entered.kind);
  return photo;
}
