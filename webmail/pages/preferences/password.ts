import type {
  AppPasswords,
  PasswordChange,
  WithAccounts,
  WithAppPasswords,
  WithSecondFactor,
} from '../../../core/entry/accounts/contract.ts';
import { CODE_FIELD } from '../../components/code-field.ts';
import { tick } from '../../components/field.ts';
import { formOf } from '../../components/form.ts';
import { EYE_SCRIPT, passwordField, passwordOf } from '../../components/password-field.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { backLink, icon, token } from '../../frame/parts.ts';
import { doneBanner, fieldTrouble } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, page, type Answer } from '../../http/answer.ts';
import { fieldsOf, type Form } from '../../http/forms.ts';
import { appPasswordIdOf } from '../../ids.ts';

type PasswordPart = FramePart &
  WithAccounts<'changePassword'> &
  WithAppPasswords<'list'> &
  WithSecondFactor<'state'>;
type Devices = Awaited<ReturnType<AppPasswords['list']>>;

const PASSWORD_FORM = formOf({
  password: passwordOf('current-password'),
  code: CODE_FIELD,
  chosen: passwordOf('new-password'),
});

/** What is wrong with a form just sent, and where; what was ticked in it. */
interface Refused {
  readonly at: 'password' | 'code' | 'chosen' | 'form';
  readonly sentence: string;
  readonly status: number;
  readonly devices: readonly string[];
}

/** GET /password: an adult gives themselves another one. A child's comes by a code. */
export async function password(visit: Visit<PasswordPart>, said: unknown): Promise<Answer> {
  return visit.audience === 'child' ? MISSING : page(await shown(visit, said, null));
}

async function shown(
  visit: Visit<PasswordPart>,
  said: unknown,
  refused: Refused | null,
): Promise<Html> {
  const { core, texts, viewer } = visit;
  const words = texts.password;
  const [surroundings, devices, factor] = await Promise.all([
    surroundingsOf(visit),
    core.appPasswords.list(viewer),
    core.secondFactor.state(viewer),
  ]);
  const content = html`
    ${backLink(visit, '/settings#account', words.back)}
    <h1>${words.title}</h1>
    ${said === 'changed' ? doneBanner(visit, words.changed) : NOTHING}
    <form class="sheet pad stack" method="post" action="/password" novalidate>
      <p class="soft">${words.lead}</p>
      ${passwords(visit, { hasCode: factor !== null, refused })}
      ${devicesToEnd(visit, devices, refused?.devices ?? null)}
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'lock')}${words.change}</button>
      </div>
    </form>
  `;
  return framed(visit, surroundings, {
    title: words.title,
    section: 'none',
    shelf: null,
    styles: ['protect.css'],
    scripts: [EYE_SCRIPT],
    main: html`
      <main id="main" class="body narrow"><div class="stack wide">${content}</div></main>
    `,
  });
}

/** The old one, the code of their phone where they have one, the new one. */
function passwords(
  visit: Visit,
  { hasCode, refused }: { readonly hasCode: boolean; readonly refused: Refused | null },
): Html {
  const { texts, asset, viewer } = visit;
  const words = texts.password;
  const yard = { language: viewer.language, asset };
  const fields = PASSWORD_FORM.shown(visit, {
    ...PASSWORD_FORM.blank(),
    wrong: refused === null ? {} : { [refused.at]: refused.sentence },
  });
  const isAt = (where: Refused['at']): boolean => refused?.at === where;
  const before = fields.filled('password', {
    id: 'before',
    label: words.before,
    ...(isAt('form') && { as: { autofocus: true } }),
  });
  const chosen = fields.filled('chosen', {
    label: words.chosen,
    hint: texts.codes.activate.rule.adult,
  });
  const code = fields.line('code', {
    label: texts.protect.code,
    hint: words.codeHint,
    look: 'code',
  });
  return html`
    ${isAt('form') ? fieldTrouble(visit, 'whole', refused?.sentence ?? '') : NOTHING}
    ${passwordField(yard, before)} ${hasCode ? code : NOTHING} ${passwordField(yard, chosen)}
  `;
}

/** Passwords of phones and programs, ticked: who changes theirs after a theft forgets them. */
function devicesToEnd(visit: Visit, devices: Devices, ticked: readonly string[] | null): Html {
  if (devices.length === 0) return NOTHING;
  const words = visit.texts.password;
  const { never, seen } = visit.texts.preferences.devices;
  return html`
    <fieldset class="field" aria-describedby="devices-hint">
      <legend>${words.devices}</legend>
      ${devices.map(({ id, name, lastUsedAt }) =>
        tick({
          type: 'checkbox',
          name: 'device',
          value: id,
          isOn: ticked === null || ticked.includes(String(id)),
          words: html`
            ${name}${' '}
            <span class="small soft">
              ${lastUsedAt === null ? never : seen(longDate(visit.clock, lastUsedAt))}
            </span>
          `,
        }),
      )}
      <p class="hint" id="devices-hint">${words.devicesHint}</p>
    </fieldset>
  `;
}

/** POST /password: this session goes on under another token, and no other does. */
export async function changePassword(visit: Visit<PasswordPart>, form: Form): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const ticked = fieldsOf(form, 'device');
  const given = PASSWORD_FORM.typedIn(form);
  const refuse = async (refused: Omit<Refused, 'devices'>): Promise<Answer> => ({
    kind: 'page',
    status: refused.status,
    body: await shown(visit, null, { ...refused, devices: ticked }),
  });
  if (given.password === '' || given.chosen === '')
    return refuse({ at: 'form', sentence: visit.texts.password.empty, status: 422 });
  const done = await visit.core.accounts.changePassword(visit.viewer, visit.sessionToken, {
    ...given,
    devices: ticked.map(appPasswordIdOf).filter((id) => id !== null),
  });
  return done.kind === 'changed'
    ? { kind: 'renewed', session: done.token, to: '/password?said=changed' }
    : refuse(complaint(visit, done));
}

function complaint(
  { texts }: Visit,
  done: Exclude<PasswordChange, { readonly kind: 'changed' }>,
): Omit<Refused, 'devices'> {
  const words = texts.password;
  switch (done.kind) {
    case 'faulty': {
      const sentence =
        done.why === 'same' ? words.same : texts.codes.activate.fault.adult[done.why];
      return { at: 'chosen', sentence, status: 422 };
    }
    case 'no-match':
      return done.what === 'password'
        ? { at: 'password', sentence: words.wrong, status: 422 }
        : { at: 'code', sentence: texts.protect.noMatch, status: 422 };
    case 'wait':
      return { at: 'form', sentence: texts.signIn.wait(done.seconds), status: 429 };
    case 'too-late':
      return { at: 'form', sentence: words.tooLate, status: 409 };
  }
}
