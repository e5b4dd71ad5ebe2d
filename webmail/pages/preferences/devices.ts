import type { AppPasswords, WithAppPasswords } from '../../../core/entry/accounts/contract.ts';
import { type WithConfig, mailServers } from '../../../core/ground/config.ts';
import type { AppPasswordId } from '../../../core/ground/ids.ts';
import { loadCertificate } from '../../../core/town/certificate/certificate.ts';
import { formOf, type Filled } from '../../components/form.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import { profileXml } from '../../devices/profile.ts';
import { type FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { doneBanner, fieldTrouble } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { savedAt } from './parts.ts';

/** What iOS and macOS take for a configuration profile. */
const APPLE_PROFILE = 'application/x-apple-aspen-config';

/** A child reads the page with a grown-up, and is told « tu ». */
const wordsFor = ({ texts: { devices: words }, audience }: Visit) =>
  audience === 'child' ? { ...words, ...words.child } : words;

const DEVICE_FORM = formOf({
  name: { most: 60, isRequired: true, as: { autocomplete: 'off' } },
  kind: {},
});

type Device = Awaited<ReturnType<AppPasswords['list']>>[number];

interface DevicesSaid {
  readonly stopped: boolean;
  readonly refused: Refused | null;
}

/** Why there is no new password, and what stood in the form. */
interface Refused {
  readonly trouble: string;
  readonly typed: Filled<'name' | 'kind'>['typed'];
}

/**
 * GET /devices: the mail on one's own phone, and which devices read it. Children where their school
 * lets them.
 */
export async function devices(
  visit: Visit<FramePart & WithAppPasswords>,
  said: unknown,
): Promise<Answer> {
  return visit.viewer.mailPrograms
    ? show(visit, { stopped: said === 'stopped', refused: null })
    : MISSING;
}

async function show(
  visit: Visit<FramePart & WithAppPasswords>,
  { stopped, refused }: DevicesSaid,
): Promise<Answer> {
  const words = wordsFor(visit);
  const own = await visit.core.appPasswords.list(visit.viewer);
  const stoppedBanner = doneBanner(visit, words.stopped);
  const protectLink = html`
    <p>
      <a class="link" href="/protect">${icon(visit, 'lock')}${' '}${visit.texts.protect.link}</a>
    </p>
  `;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${words.lead}</p>
    </div>
    ${stopped ? stoppedBanner : NOTHING} ${newDeviceForm(visit, refused)}
    <section class="sheet pad stack" aria-labelledby="own">
      <h2 id="own">${words.list}</h2>
      ${deviceList(visit, own)}
    </section>
    ${visit.audience === 'child' ? NOTHING : protectLink}
    <p>
      <a class="link" href="/my-mail">${icon(visit, 'file')}${' '}${visit.texts.people.own.link}</a>
    </p>
  `;
  return devicesPage(visit, { title: words.title, content, refused: refused !== null });
}

function newDeviceForm(visit: Visit, refused: Refused | null): Html {
  const words = wordsFor(visit);
  const fields = DEVICE_FORM.shown(
    visit,
    refused === null
      ? DEVICE_FORM.blank({ name: words.preset })
      : { typed: refused.typed, wrongBy: { name: 'trouble' } },
  );
  return html`
    <form class="sheet pad stack" method="post" action="/devices" aria-labelledby="new" novalidate>
      <h2 id="new">${words.new}</h2>
      ${refused === null ? NOTHING : fieldTrouble(visit, 'trouble', refused.trouble)}
      ${fields.line('name', { label: words.name, hint: words.nameHint })}
      <div class="row">
        ${token(visit)}
        <button class="btn main" name="kind" value="other">
          ${icon(visit, 'phone')}
          <span>${words.other}</span>
        </button>
        <button class="btn" name="kind" value="apple">
          ${icon(visit, 'phone')}
          <span>${words.apple}</span>
        </button>
      </div>
      <ul class="small soft">
        <li>
          <b>${words.other}</b>
          – ${words.otherHint}
        </li>
        <li>
          <b>${words.apple}</b>
          – ${words.appleHint}${' '}${words.appleSteps}
        </li>
      </ul>
    </form>
  `;
}

function deviceList(visit: Visit, own: readonly Device[]): Html {
  if (own.length === 0)
    return html`
      <p class="soft">${wordsFor(visit).none}</p>
    `;
  return html`
    <ul class="lines">
      ${own.map((one) => deviceLine(visit, one))}
    </ul>
  `;
}

function deviceLine(visit: Visit, { id, name, madeAt, lastUsedAt }: Device): Html {
  const words = wordsFor(visit);
  const day = (at: Date) => longDate(visit.clock, at);
  const used = lastUsedAt === null ? words.unused : words.used(day(lastUsedAt));
  return html`
    <li class="line row">
      <span class="grow">
        <b>${name}</b>
        <br />
        <span class="small soft">${words.made(day(madeAt))}, ${used}</span>
      </span>
      <form method="post" action="/devices/${id}/stop">
        ${token(visit)}
        <button class="btn no">
          ${icon(visit, 'close')}${words.stop}
          <span class="vh">${words.stopFor(name)}</span>
        </button>
      </form>
    </li>
  `;
}

/**
 * POST /devices: a password for one more device; on a page with the steps, or in a profile that an
 * iPhone installs.
 */
export async function addDevice(
  visit: Visit<FramePart & WithAppPasswords & WithConfig>,
  form: Form,
): Promise<Answer> {
  if (!visit.viewer.mailPrograms) return MISSING;
  const words = wordsFor(visit);
  const typed = DEVICE_FORM.typedIn(form);
  const made = await visit.core.appPasswords.make(visit.viewer, typed.name);
  if (made.kind !== 'made') {
    const trouble = made.kind === 'nameless' ? words.nameless : words.tooMany(made.most);
    return show(visit, { stopped: false, refused: { trouble, typed } });
  }
  return typed.kind === 'apple'
    ? appleProfile(visit, made.text)
    : devicesPage(visit, { title: words.madeTitle(made.name), content: stepsFor(visit, made) });
}

async function appleProfile(visit: Visit<WithConfig>, password: string): Promise<Answer> {
  return {
    kind: 'download',
    file: {
      name: visit.texts.devices.profileFile,
      mediaType: APPLE_PROFILE,
      bytes: await profile(visit, password),
    },
  };
}

/** What is to be typed into a mail program, once: the password is shown on no other page. */
function stepsFor(
  visit: Visit<WithConfig>,
  made: { readonly name: string; readonly text: string },
): Html {
  const words = wordsFor(visit);
  const { steps } = words;
  const address = html`
    <p class="code-text small">${visit.viewer.address}</p>
  `;
  const password = html`
    <p class="code-text" aria-label="${words.password}">${made.text}</p>
  `;
  return html`
    <h1>${words.madeTitle(made.name)}</h1>
    <p class="banner" role="status">
      ${icon(visit, 'info')}
      <span class="grow">${words.once}</span>
    </p>
    <ol class="sheet pad steps">
      <li>
        <p>${steps.open}</p>
        <p class="soft">${steps.openHint}</p>
      </li>
      <li>
        <p>${steps.address}</p>
        ${copied(visit, address)}
      </li>
      <li>
        <p>${steps.password}</p>
        ${copied(visit, password)}
        <p class="soft">${steps.passwordHint}</p>
      </li>
    </ol>
    <section class="sheet pad stack" aria-labelledby="srv">
      <h2 id="srv">${words.servers}</h2>
      <p>${words.rest}</p>
      ${mailServersOf(visit)}
    </section>
    <p><a class="btn main" href="/devices">${icon(visit, 'check')}${words.back}</a></p>
  `;
}

/** What is to be written elsewhere; the button shows where the browser can copy. */
function copied(visit: Visit, what: Html): Html {
  const words = wordsFor(visit);
  return html`
    <div class="copied">
      ${what}
      <button class="btn" type="button" hidden data-copied="${words.copied}">
        ${icon(visit, 'copy')}
        <span aria-live="polite">${words.copy}</span>
      </button>
    </div>
  `;
}

function mailServersOf(visit: Visit<WithConfig>): Html {
  const words = wordsFor(visit);
  const { host, imaps, submissions } = mailServers(visit.core.config);
  const server = (name: string, port: number) => html`
    <div>
      <h3>${name}</h3>
      <dl>
        ${[
          [words.host, host],
          [words.port, port],
          [words.security, words.tls],
          [words.user, visit.viewer.address],
        ].map(
          ([what, value]) => html`
            <dt>${what}</dt>
            <dd>${value}</dd>
          `,
        )}
      </dl>
    </div>
  `;
  return html`
    <div class="doors">${server(words.incoming, imaps)}${server(words.outgoing, submissions)}</div>
  `;
}

async function profile(
  { core, viewer, texts }: Visit<WithConfig>,
  password: string,
): Promise<Buffer> {
  const { config } = core;
  const words = {
    name: texts.devices.profileName(viewer.schoolName || texts.brand),
    description: texts.devices.profileText,
  };
  const xml = profileXml({
    address: viewer.address,
    displayName: viewer.displayName,
    password,
    domain: config.domain,
    servers: mailServers(config),
    words,
  });
  // Loaded by the first who asks for a profile: it weighs more than all pages of ours.
  const { signed } = await import('../../devices/signed.ts');
  return signed(xml, await loadCertificate(config));
}

/** POST /devices/:device/stop: this device reads and sends no more, at once. */
export async function stopDevice(
  visit: Visit<WithAppPasswords>,
  id: AppPasswordId,
  form: Form,
): Promise<Answer> {
  if (!(await visit.core.appPasswords.revoke(visit.viewer, id))) return MISSING;
  const fromSettings = field(form, 'from') === 'settings';
  return { kind: 'go', to: fromSettings ? savedAt('stopped') : '/devices?said=stopped' };
}

interface DevicesSheet {
  readonly title: string;
  readonly content: Html;
  readonly refused?: boolean;
}

const devicesPage = (visit: Visit<FramePart>, page: DevicesSheet): Promise<Answer> =>
  narrowPage(visit, { ...page, section: 'none', styles: ['devices.css'] });
