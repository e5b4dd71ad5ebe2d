import type { WithSecondFactor } from '../../../core/entry/accounts/contract.ts';
import type { WithSetup } from '../../../core/town/town/contract.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeDay } from '../../frame/when.ts';
import { html, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { fieldsOf, type Form } from '../../http/forms.ts';
import { drawLines } from '../../sheets/draw-sheet.ts';
import { sheetFileName } from '../../sheets/file-name.ts';

/** As core writes them; what a form brings back for its PDF is held to it. */
const CODE = /^[A-Z0-9]{3,8}(?:-[A-Z0-9]{3,8}){1,3}$/;
const MOST_CODES = 20;

/**
 * The codes that take the phone's place, once each; they are shown on this page and never again.
 * `done`: what was just done.
 */
export async function recoverySheet(
  visit: Visit<FramePart>,
  codes: readonly string[],
  done: string,
): Promise<Answer> {
  const words = visit.texts.protect.sheet;
  const { displayName, address } = visit.viewer;
  const body = framed(visit, await surroundingsOf(visit), {
    title: words.title,
    section: 'none',
    shelf: null,
    styles: ['setup.css'],
    main: html`
      <main id="main" class="body narrow">
        <div class="stack wide">
          <div>
            <h1>${words.title}</h1>
            <p class="soft">${words.lead}</p>
          </div>
          <p class="banner ok screen-only" role="status">
            ${icon(visit, 'check')}
            <span class="grow">${done}</span>
          </p>
          <section class="sheet pad stack" aria-label="${words.sheet}">
            <p>
              <b>${displayName}</b>
              <br />
              ${address}
            </p>
            <ol class="keys">
              ${codes.map(
                (code) => html`
                  <li>${code}</li>
                `,
              )}
            </ol>
            <p>${words.how}</p>
            <p class="small soft">${words.made(wholeDay(visit.clock, visit.now))}</p>
            <div class="row screen-only">${printing(visit, codes)}${keeping(visit)}</div>
          </section>
        </div>
      </main>
    `,
  });
  return { kind: 'page', status: 200, body };
}

/** On paper: by the browser where it can, as a file everywhere. */
function printing(visit: Visit, codes: readonly string[]): Html {
  const words = visit.texts.protect.sheet;
  return html`
    <button class="btn" type="button" hidden data-print>
      ${icon(visit, 'print')}${words.print}
    </button>
    <form method="post" action="/protect/codes.pdf">
      ${token(visit)}
      ${codes.map(
        (code) => html`
          <input type="hidden" name="code" value="${code}" />
        `,
      )}
      <button class="btn">${icon(visit, 'file')}${words.pdf}</button>
    </form>
  `;
}

function keeping(visit: Visit): Html {
  return html`
    <form method="post" action="/protect/codes/kept">
      ${token(visit)}
      <button class="btn main">${icon(visit, 'check')}${visit.texts.protect.sheet.kept}</button>
    </form>
  `;
}

/** POST /protect/codes: ten new ones; those before are void. */
export async function newRecoveryCodes(
  visit: Visit<FramePart & WithSecondFactor<'newRecoveryCodes'>>,
): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const codes = await visit.core.secondFactor.newRecoveryCodes(visit.viewer);
  return codes === null
    ? { kind: 'go', to: '/protect' }
    : recoverySheet(visit, codes, visit.texts.protect.recovery.renewed);
}

/** POST /protect/codes.pdf: the codes of the page that is open, which nobody else has. */
export async function recoveryPdf(visit: Visit, form: Form): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const codes = fieldsOf(form, 'code');
  if (codes.length === 0 || codes.length > MOST_CODES || !codes.every((one) => CODE.test(one)))
    return { kind: 'wrong' };
  const words = visit.texts.protect.sheet;
  const { displayName, address, language } = visit.viewer;
  const bytes = await drawLines({
    language,
    title: words.title,
    lead: [`${displayName}, ${address}`, words.how],
    lines: codes.map((code, at) => ({ label: `${at + 1}.`, texts: [code], note: '' })),
    size: 18,
    foot: words.made(wholeDay(visit.clock, visit.now)),
  });
  const name = `${sheetFileName(words.fileName(displayName))}.pdf`;
  return { kind: 'download', file: { name, mediaType: 'application/pdf', bytes } };
}

/**
 * POST /protect/codes/kept: the sheet is safe; an agent goes on to what is left of putting the town
 * into service.
 */
export async function keptSheet(
  visit: Visit<FramePart & WithSecondFactor<'keepSheet'> & WithSetup<'progress'>>,
): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  if (!(await visit.core.secondFactor.keepSheet(visit.viewer)))
    return { kind: 'go', to: '/protect' };
  const progress = await visit.core.setup.progress(visit.viewer);
  const unopened = progress !== null && progress.openedAt === null;
  return { kind: 'go', to: unopened ? '/setup' : '/protect?said=kept' };
}
