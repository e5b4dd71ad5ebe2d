import { renderSVG } from 'uqr';
import type { SecondFactorState, WithSecondFactor } from '../../../core/entry/accounts/contract.ts';
import { CODE_FIELD } from '../../components/code-field.ts';
import { formOf } from '../../components/form.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import { type FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { doneBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, markup, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';
import { recoverySheet } from './recovery.ts';

/** White modules around the square, as scanners want them (ISO/IEC 18004). */
const QUIET = 4;
const GROUP = 4;

const PROTECT_FORM = formOf({ key: {}, code: CODE_FIELD });

interface ProtectSaid {
  readonly said: unknown;
  readonly trouble: string | null;
  /** The key that a form brought back: the phone has it already. */
  readonly again: string | null;
}

/**
 * GET /protect: a code of one's phone besides the password; how to begin, or how it ends. Adults
 * only.
 */
export async function protect(
  visit: Visit<FramePart & WithSecondFactor>,
  said: unknown,
): Promise<Answer> {
  return visit.audience === 'child' ? MISSING : show(visit, { said, trouble: null, again: null });
}

async function show(
  visit: Visit<FramePart & WithSecondFactor>,
  told: ProtectSaid,
): Promise<Answer> {
  const words = visit.texts.protect;
  const state = await visit.core.secondFactor.state(visit.viewer);
  const { said } = told;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      ${
        state === null
          ? html`
              <p class="soft">${visit.viewer.role === 'agent' ? words.leadAgent : words.lead}</p>
            `
          : NOTHING
      }
    </div>
    ${said === 'ended' && state === null ? doneBanner(visit, words.ended) : NOTHING}
    ${said === 'began' && state !== null ? doneBanner(visit, words.began) : NOTHING}
    ${said === 'kept' && state !== null ? doneBanner(visit, words.kept) : NOTHING}
    ${state === null ? begin(visit, told) : protectedSince(visit, state, told.trouble)}
  `;
  return narrowPage(visit, {
    title: words.title,
    section: 'none',
    styles: ['protect.css'],
    content,
  });
}

function begin(visit: Visit<WithSecondFactor>, { again, trouble }: ProtectSaid): Html {
  const words = visit.texts.protect;
  const { steps } = words;
  const { key, uri } = visit.core.secondFactor.begin(visit.viewer, again);
  return html`
    <form class="sheet pad" method="post" action="/protect" novalidate>
      <ol class="steps">
        <li>
          <p>${steps.app}</p>
          <p class="soft">${steps.appHint}</p>
        </li>
        <li>
          <p>${steps.scan}</p>
          ${keyToScan(visit, key, uri)}
        </li>
        <li>
          <p>${steps.code}</p>
          ${phoneCode(visit, trouble)}
        </li>
      </ol>
      <div class="stack">
        <p class="banner">
          ${icon(visit, 'info')}
          <span class="grow">
            ${words.before}${' '}
            <a class="link" href="/devices">${words.toDevices}</a>
          </span>
        </p>
        <div class="row">
          ${token(visit)}
          <input type="hidden" name="key" value="${key}" />
          <button class="btn main">${icon(visit, 'lock')}${words.protect}</button>
        </div>
      </div>
    </form>
  `;
}

/** The key as a picture for another device, as a link for this one, and to be typed. */
function keyToScan({ texts }: Visit, key: string, uri: string): Html {
  const { steps } = texts.protect;
  const groups = Array.from({ length: Math.ceil(key.length / GROUP) }, (_, index) =>
    key.slice(index * GROUP, (index + 1) * GROUP),
  );
  return html`
    <div class="aim">
      <div class="qr" role="img" aria-label="${steps.picture}">
        ${markup(renderSVG(uri, { ecc: 'M', border: QUIET, pixelSize: 1 }))}
      </div>
      <div class="stack">
        <p class="soft">${steps.scanHint}</p>
        <p><a class="link" href="${uri}">${steps.sameDevice}</a></p>
        <div>
          <p>${steps.byHand}</p>
          <p class="key" role="group" aria-label="${steps.key}">
            ${groups.map(
              (group) => html`
                <span>${group}</span>
                ${' '}
              `,
            )}
          </p>
        </div>
      </div>
    </div>
  `;
}

function protectedSince(visit: Visit, state: SecondFactorState, trouble: string | null): Html {
  const words = visit.texts.protect;
  return html`
    <section class="sheet pad stack">
      <p>${words.on(longDate(visit.clock, state.since))}</p>
      <p>
        ${words.programs}${' '}
        <a class="link" href="/devices">${words.toDevices}</a>
      </p>
    </section>
    ${recovery(visit, state)}
    <section class="sheet pad stack" aria-labelledby="lost">
      <h2 id="lost">${words.lostTitle}</h2>
      <p>${words.lost}</p>
    </section>
    <form
      class="sheet pad stack"
      method="post"
      action="/protect/end"
      aria-labelledby="end"
      novalidate
    >
      <h2 id="end">${words.endTitle}</h2>
      <p>${words.endLead}</p>
      ${phoneCode(visit, trouble)}
      <div class="row">
        ${token(visit)}
        <button class="btn no">${icon(visit, 'close')}${words.end}</button>
      </div>
    </form>
  `;
}

/** How many codes are left, and a new sheet; an agent must have said that they have it. */
function recovery(visit: Visit, { recoveryCodes, sheetKept }: SecondFactorState): Html {
  const words = visit.texts.protect.recovery;
  const owed = visit.viewer.role === 'agent' && !sheetKept;
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="/protect/codes"
      aria-labelledby="rc"
      novalidate
    >
      <h2 id="rc">${words.title}</h2>
      <p>${owed ? words.owed : words.left(recoveryCodes)}${' '}${words.lead}</p>
      <div class="row">
        ${token(visit)}
        <button class="btn${owed ? ' main' : ''}">${icon(visit, 'file')}${words.again}</button>
        <span class="small soft">${words.againHint}</span>
      </div>
    </form>
  `;
}

function phoneCode(visit: Visit, trouble: string | null): Html {
  const { code, codeHint } = visit.texts.protect;
  return PROTECT_FORM.shown(visit, {
    ...PROTECT_FORM.blank(),
    wrong: trouble === null ? {} : { code: trouble },
  }).line('code', { label: code, hint: codeHint, look: 'code' });
}

/** POST /protect: the code shows that the phone has the key; the sheet of codes follows. */
export async function beginProtection(
  visit: Visit<FramePart & WithSecondFactor>,
  form: Form,
): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const { key, code } = PROTECT_FORM.typedIn(form);
  if (code === '') return wrong(visit, { ...unwritten(visit), again: key });
  const done = await visit.core.secondFactor.confirm(visit.viewer, key, code);
  if (done.kind === 'no-match')
    return wrong(visit, { trouble: visit.texts.protect.noMatch, again: key, status: 422 });
  return done.kind === 'done'
    ? recoverySheet(visit, done.recoveryCodes, visit.texts.protect.began)
    : { kind: 'go', to: '/protect' };
}

/** POST /protect/end */
export async function endProtection(
  visit: Visit<FramePart & WithSecondFactor>,
  form: Form,
): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const { code } = PROTECT_FORM.typedIn(form);
  if (code === '') return wrong(visit, { ...unwritten(visit), again: null });
  const done = await visit.core.secondFactor.end(visit.viewer, code);
  if (done.kind === 'no-match')
    return wrong(visit, { trouble: visit.texts.protect.noMatch, again: null, status: 422 });
  if (done.kind === 'wait')
    return wrong(visit, {
      trouble: visit.texts.signIn.wait(done.seconds),
      again: null,
      status: 429,
    });
  return { kind: 'go', to: '/protect?said=ended' };
}

const unwritten = ({ texts }: Visit) => ({ trouble: texts.protect.step.empty, status: 422 });

async function wrong(
  visit: Visit<FramePart & WithSecondFactor>,
  {
    trouble,
    again,
    status,
  }: Pick<ProtectSaid, 'again'> & { readonly trouble: string; readonly status: number },
): Promise<Answer> {
  const answer = await show(visit, { said: null, trouble, again });
  return answer.kind === 'page' ? { ...answer, status } : answer;
}
