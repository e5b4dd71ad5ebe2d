import type {
  AppPasswords,
  OtherSession,
  WithAccounts,
  WithAppPasswords,
} from '../../../core/entry/accounts/contract.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { uuidOf } from '../../ids.ts';
import { savedAt } from './parts.ts';

/** Where one's mail is open. */
interface OpenElsewhere {
  readonly devices: Awaited<ReturnType<AppPasswords['list']>>;
  /** Where else the pages are open. */
  readonly sessions: readonly OtherSession[];
}

/** « Appareils »: this computer, others where the pages are open, phones and programs. */
export function devicesSheet(visit: Visit, { devices, sessions }: OpenElsewhere, said: Html): Html {
  const words = visit.texts.preferences.devices;
  return html`
    <section class="sheet" id="devices" aria-labelledby="devices-t">
      <h2 id="devices-t">${icon(visit, 'laptop')}${words.title}</h2>
      ${said}
      <ul class="machines">
        ${thisComputer(visit)} ${sessions.map((one) => otherComputer(visit, one))}
        ${devices.map((one) => device(visit, one))}
      </ul>
      <div class="row">
        <a class="btn" href="/devices">${icon(visit, 'plus')}${words.add}</a>
      </div>
      ${sessions.length + devices.length === 0 ? NOTHING : closeOthers(visit)}
    </section>
  `;
}

function thisComputer(visit: Visit): Html {
  const words = visit.texts.preferences.devices;
  return html`
    <li>
      ${icon(visit, 'laptop')}
      <span>
        <b>${words.this}</b>
        <br />
        <span class="small soft">${words.now}</span>
      </span>
      <span class="badge ok">${icon(visit, 'check')}${words.here}</span>
    </li>
  `;
}

const PHONES: ReadonlySet<string> = new Set(['iPhone', 'iPad', 'Android']);

function otherComputer(visit: Visit, { id, seenAt, browser }: OtherSession): Html {
  const words = visit.texts.preferences.devices;
  const name = browser.name === '' ? words.other : words.on(browser);
  const when = words.seen(longDate(visit.clock, seenAt));
  return html`
    <li>
      ${icon(visit, PHONES.has(browser.platform) ? 'phone' : 'laptop')}
      <span>
        <b>${name}</b>
        <br />
        <span class="small soft">${when}</span>
      </span>
      <form method="post" action="/settings/others">
        ${token(visit)}
        <input type="hidden" name="session" value="${id}" />
        <button class="btn mini no">
          ${words.stop}
          <span class="vh">${' '}${name}, ${when}</span>
        </button>
      </form>
    </li>
  `;
}

function device(visit: Visit, { id, name, lastUsedAt }: OpenElsewhere['devices'][number]): Html {
  const words = visit.texts.preferences.devices;
  const seen = lastUsedAt === null ? words.never : words.seen(longDate(visit.clock, lastUsedAt));
  return html`
    <li>
      ${icon(visit, 'phone')}
      <span>
        <b>${name}</b>
        <br />
        <span class="small soft">${seen}</span>
      </span>
      <form method="post" action="/devices/${id}/stop">
        ${token(visit)}
        <input type="hidden" name="from" value="settings" />
        <button class="btn mini no">
          ${words.stop}
          <span class="vh">${' '}${name}</span>
        </button>
      </form>
    </li>
  `;
}

/** Two presses: the first says what the second ends. */
function closeOthers(visit: Visit): Html {
  const words = visit.texts.preferences.devices;
  return html`
    <details class="change">
      <summary>${words.closeOthers}</summary>
      <form method="post" action="/settings/others">
        ${token(visit)}
        <p>${words.closeOthersHint}</p>
        <div class="row"><button class="btn no">${words.closeNow}</button></div>
      </form>
    </details>
  `;
}

/**
 * POST /settings/others: the pages are closed on another computer, the one that is named; where
 * none is, everywhere but here, and phones and programs are out too.
 */
export async function closeElsewhere(
  visit: Visit<WithAccounts<'closeOtherSessions'> & WithAppPasswords<'revokeAll'>>,
  form: Form,
): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const { accounts, appPasswords } = visit.core;
  const named = field(form, 'session');
  if (named === '') {
    await accounts.closeOtherSessions(visit.sessionToken, 'all');
    await appPasswords.revokeAll(visit.viewer);
    return { kind: 'go', to: savedAt('alone') };
  }
  const id = uuidOf(named);
  if (id === null) return MISSING;
  await accounts.closeOtherSessions(visit.sessionToken, { id });
  return { kind: 'go', to: savedAt('closed') };
}
