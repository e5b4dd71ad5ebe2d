import type { AppPasswords } from '../../core/core.ts';
import { MISSING, type Answer } from '../answer.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { icon, token } from '../parts.ts';
import type { Visit } from '../visit.ts';
import { longDate } from '../when.ts';
import { savedAt } from './preferences-parts.ts';

/** Where one's mail is open. */
interface OpenElsewhere {
  readonly devices: Awaited<ReturnType<AppPasswords['list']>>;
  /** When the other sessions of the pages were last seen. */
  readonly sessions: readonly Date[];
}

/** « Appareils »: this computer, others where the pages are open, phones and programs. */
export function devicesSheet(visit: Visit, { devices, sessions }: OpenElsewhere, said: Html): Html {
  const words = visit.texts.preferences.devices;
  return html`
    <section class="sheet" id="devices" aria-labelledby="devices-t">
      <h2 id="devices-t">${icon(visit, 'laptop')}${words.title}</h2>
      ${said}
      <ul class="machines">
        ${thisComputer(visit)} ${sessions.map((seen) => otherComputer(visit, seen))}
        ${devices.map((one) => device(visit, one))}
      </ul>
      <div class="row">
        <a class="btn" href="/devices">${icon(visit, 'plus')}${words.add}</a>
        ${sessions.length === 0 ? NOTHING : closeOthers(visit)}
      </div>
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

function otherComputer(visit: Visit, seen: Date): Html {
  const words = visit.texts.preferences.devices;
  return html`
    <li>
      ${icon(visit, 'laptop')}
      <span>
        <b>${words.other}</b>
        <br />
        <span class="small soft">
          ${words.seen(longDate(visit.viewer.language, seen, visit.now))}
        </span>
      </span>
    </li>
  `;
}

function device(visit: Visit, { id, name, lastUsedAt }: OpenElsewhere['devices'][number]): Html {
  const words = visit.texts.preferences.devices;
  const seen =
    lastUsedAt === null
      ? words.never
      : words.seen(longDate(visit.viewer.language, lastUsedAt, visit.now));
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

function closeOthers(visit: Visit): Html {
  return html`
    <form method="post" action="/settings/others">
      ${token(visit)}
      <button class="btn quiet no">${visit.texts.preferences.devices.closeOthers}</button>
    </form>
  `;
}

/** POST /settings/others: the pages stay open here alone; phones and programs go on. */
export async function closeOtherSessions(
  visit: Visit<'accounts.closeOtherSessions'>,
): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  await visit.core.accounts.closeOtherSessions(visit.token);
  return { kind: 'go', to: savedAt('closed') };
}
