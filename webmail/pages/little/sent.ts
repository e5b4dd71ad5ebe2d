import type { LetterId } from '../../../core/ground/ids.ts';
import type { Attachment } from '../../../core/letters/message/message.ts';
import type { Leaving } from '../../../core/mail/writing/contract.ts';
import type { Refusal } from '../../../core/rules/outcome.ts';
import { explain } from '../../../core/rules/reasons.ts';
import type { Face } from '../../../core/rules/viewer.ts';
import { littlePage } from '../../components/little-page.ts';
import { inWords } from '../../frame/called.ts';
import {
  art,
  littleFace,
  picture,
  sentenceEar,
  stamp,
  stepLink,
} from '../../frame/little-parts.ts';
import { isPicture, isSound, token } from '../../frame/parts.ts';
import { scene } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { madeBy, type LetterKind } from './made.ts';
import { peopleOf, type TowardsPart } from './towards.ts';
import { giveForm } from './wall/mine.ts';
import type { LittleWallPart } from './wall/parts.ts';

/** A letter that has gone or is about to, as its page shows it. */
interface Gone {
  readonly letter: LetterId;
  readonly made: LetterKind;
  readonly to: Face | null;
  /** What is seen in its envelope. */
  readonly inside: Html;
  readonly files: readonly Attachment[];
  /** For how long it can still come back; 0 once it has left. */
  readonly seconds: number;
  /** Who keeps it for now, and why. */
  readonly held: Refusal | null;
}

/**
 * GET /write/sent/:letter: the envelope with its stamp; for ten seconds the arrow takes it back.
 */
export async function littleSent(
  visit: Visit<TowardsPart & LittleWallPart>,
  letter: LetterId,
  query: { readonly made: unknown },
): Promise<Answer> {
  const leaving = await visit.core.writings.leaving(visit.viewer, letter);
  const made = madeBy(query.made);
  if (leaving === null) {
    const draft = await visit.core.writings.draftOfLetter(visit.viewer, letter);
    const to = draft === null ? '/mail/inbox' : `/write/letter/${letter}?made=${made}`;
    return { kind: 'go', to };
  }
  const gone = { letter, made, ...(await goneOf(visit, leaving)) };
  const words = visit.texts.littleWrite.sent;
  const title = titleOf(visit, gone.held);
  return littlePage(visit, {
    title,
    at: 'inside',
    says: gone.held === null ? 'sent' : 'waits',
    styles: ['answers.css'],
    scripts: ['answers.js'],
    main: html`
      <main id="main" class="body gone-page">
        <div class="hello"><h1>${title}</h1></div>
        <span class="envelope">
          ${art(visit, 'lettre')} ${gone.to === null ? NOTHING : stamp(visit, gone.to)}
          ${gone.inside}
        </span>
        ${gone.held === null ? NOTHING : heldLine(visit, gone.held, await readerOf(visit, gone.held))}
        <div class="again">
          ${gone.seconds > 0 ? takeBack(visit, gone) : NOTHING} ${await toWall(visit, gone)}
          ${stepLink(visit, { path: '/album', picture: 'album', words: visit.texts.album.title })}
          <a class="go" href="/mail/inbox">
            ${picture(visit, 'maison')}
            <span class="w">${words.home}</span>
          </a>
        </div>
      </main>
    `,
  });
}

function titleOf({ texts }: Visit, held: Refusal | null): string {
  const words = texts.littleWrite.sent;
  if (held === null) return words.title;
  return held.rule === 'on-the-road' ? words.road : words.waits;
}

async function goneOf(
  visit: Visit<TowardsPart>,
  leaving: Leaving,
): Promise<Omit<Gone, 'letter' | 'made'>> {
  if (leaving.kind === 'left') {
    const { to, attachments, uid, state, refusal } = leaving.message;
    return {
      to: to[0] ?? null,
      inside: insideOf(visit, attachments, `/mail/sent/${uid}`),
      files: attachments,
      seconds: 0,
      held: state === 'waiting' || state === 'travelling' ? refusal : null,
    };
  }
  const { writing, ref, at, held } = leaving;
  const draft = await visit.core.writings.draft(visit.viewer, ref);
  const [to] = inWords(visit, await visit.core.writings.among(visit.viewer, writing.to));
  return {
    to: to ?? null,
    inside: insideOf(visit, draft?.attachments ?? [], `/mail/drafts/${ref.uid}`),
    files: draft?.attachments ?? [],
    seconds: Math.max(0, Math.round((at.getTime() - visit.now.getTime()) / 1_000)),
    held: held[0] ?? null,
  };
}

function insideOf(visit: Visit, files: readonly Attachment[], where: string): Html {
  const drawing = files.find(isPicture);
  if (drawing !== undefined)
    return html`
      <img class="inside" src="${where}/picture/${drawing.path}" alt="" />
    `;
  return files.some(isSound)
    ? html`
        <svg class="inside" viewBox="0 0 96 96" aria-hidden="true">
          <use href="${visit.asset('pictures.svg')}#voix" />
        </svg>
      `
    : NOTHING;
}

const FOR_NOBODY: ReadonlySet<Refusal['rule']> = new Set([
  'school-closed',
  'way-closed',
  'on-the-road',
]);

/** Who reads it first: a teacher, but where the letter waits for the clock alone. */
async function readerOf(visit: Visit<TowardsPart>, { rule }: Refusal): Promise<Face | null> {
  if (FOR_NOBODY.has(rule)) return null;
  return (await peopleOf(visit)).find(({ group }) => group === 'teachers') ?? null;
}

/** « Ta maîtresse le lit d'abord. » With its words covered: her face, and an ear. */
function heldLine(visit: Visit, { rule, words }: Refusal, reader: Face | null): Html {
  const { audience, clock } = visit;
  const why = explain(rule, words, { ...clock, audience });
  const said = `${why.sentence} ${why.next}`;
  return html`
    <p class="coming">
      ${reader === null ? NOTHING : littleFace(visit, reader)}
      ${rule === 'on-the-road' ? scene('road') : NOTHING} ${sentenceEar(visit, said)}
      <span class="why">${said}</span>
    </p>
  `;
}

/** What was drawn or spoken here may hang on the wall, too. */
async function toWall(
  visit: Visit<LittleWallPart>,
  { letter, made, files }: Gone,
): Promise<Html | typeof NOTHING> {
  const file = files.find(({ mark }) => mark !== undefined);
  if (file === undefined || (made !== 'draw' && made !== 'voice')) return NOTHING;
  const [line] = await visit.core.walls.list(visit.viewer);
  return line === undefined ? NOTHING : giveForm(visit, line.ref, { letter, part: file.path });
}

function takeBack(visit: Visit, { letter, made, seconds }: Gone): Html {
  return html`
    <form
      method="post"
      action="/write/sent/${letter}"
      ${attributes({ 'data-until': String(seconds) })}
    >
      ${token(visit)}
      <input type="hidden" name="made" value="${made}" />
      <button class="disc">
        ${picture(visit, 'retour')}
        <span class="vh">${visit.texts.littleWrite.sent.takeBack}</span>
      </button>
    </form>
  `;
}

/** POST /write/sent/:letter: takes it back, where it hasn't left yet. */
export async function takeBackLittle(
  visit: Visit<TowardsPart>,
  letter: LetterId,
  made: unknown,
): Promise<Answer> {
  const isBack = await visit.core.writings.callBack(visit.viewer, letter);
  const page = isBack ? 'letter' : 'sent';
  return { kind: 'go', to: `/write/${page}/${letter}?made=${madeBy(made)}` };
}
