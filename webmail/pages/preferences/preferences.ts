import type { WithAccounts, WithAppPasswords } from '../../../core/entry/accounts/contract.ts';
import type { WithPresence } from '../../../core/mail/presence/contract.ts';
import type { SignedWords } from '../../../core/mail/writing/contract.ts';
import type { OwnHours } from '../../../core/roster/own-hours.ts';
import type { WithDailyWord } from '../../../core/school/daily-word/contract.ts';
import type { OwnAbsence } from '../../../core/store/people/contract.ts';
import { hasDay } from '../../components/own-day-offer.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, formPage, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { absenceSheet } from './absence.ts';
import { comfortOf } from './comfort-form.ts';
import { devicesSheet } from './elsewhere.ts';
import { hoursSheet } from './hours.ts';
import { noticesSheet } from './notices.ts';
import {
  savedAt,
  savedLine,
  told,
  type SheetOutcome,
  type PreferenceSheet,
  switchRow,
} from './parts.ts';
import { portraitSheet } from './portrait.ts';
import { signatureSheet } from './signature.ts';

type SavingPart = WithAccounts<'setComfort' | 'setHabits' | 'setLanguage'>;

/** What the sheets say of what was just sent from them. */
export interface AllSaid {
  readonly signature: SheetOutcome<SignedWords>;
  readonly absence: SheetOutcome<OwnAbsence>;
  readonly hours: SheetOutcome<OwnHours>;
}

type ShowingPart = FramePart &
  WithAccounts<'otherSessions'> &
  WithAppPasswords<'list'> &
  WithDailyWord<'wanted'> &
  WithPresence;

/** GET /settings: what an adult sets for themselves. A child has « Mon confort ». */
export function preferences(visit: Visit<ShowingPart>, said: unknown): Promise<Answer> {
  return showPreferences(visit, { said, trouble: {} });
}

/** The page; `trouble` is what was wrong with a sheet just sent, and what stood in it. */
export async function showPreferences(
  visit: Visit<ShowingPart>,
  { said, trouble }: { readonly said: unknown; readonly trouble: Partial<AllSaid> },
): Promise<Answer> {
  const { core, viewer, texts } = visit;
  const own = await core.presence.of(viewer);
  if (visit.audience === 'child' || own === null) return MISSING;
  const [surroundings, devices, sessions, dailyWord] = await Promise.all([
    surroundingsOf(visit),
    core.appPasswords.list(viewer),
    core.accounts.otherSessions(visit.sessionToken),
    core.dailyWord.wanted(viewer),
  ]);
  const line = (sheet: PreferenceSheet): Html => savedLine(visit, sheet, said);
  const { signature, absence, hours } = trouble;
  const main = html`
    <main id="main" class="body">
      <div class="prefs">
        ${contents(visit)}
        <div class="sheets">
          ${portraitSheet(visit, own.portrait, line('portrait'))}
          ${signatureSheet(visit, own, signature ?? told(line('signature')))}
          ${absenceSheet(visit, own.absence, absence ?? told(line('absence')))}
          ${hoursSheet(visit, own.hours, hours ?? told(line('hours')))}
          ${noticesSheet(visit, line('notices'), dailyWord)} ${reading(visit, line('reading'))}
          ${devicesSheet(visit, { devices, sessions }, line('devices'))} ${account(visit)}
        </div>
      </div>
    </main>
  `;
  const sheet = {
    section: 'none',
    shelf: null,
    main,
    styles: ['preferences.css'],
    scripts: ['template.js'],
    foot: 'below',
  } as const;
  const body = framed(visit, surroundings, { title: texts.preferences.title, ...sheet });
  return formPage(body, { refused: Object.keys(trouble).length > 0 });
}

/** POST /settings: all of « Lecture et langue » at once. */
export async function savePreferences(visit: Visit<SavingPart>, form: Form): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const { accounts } = visit.core;
  const { viewer } = visit;
  const language = field(form, 'language');
  if (language !== 'fr' && language !== 'en') return { kind: 'wrong' };
  await accounts.setLanguage(viewer, language);
  await accounts.setComfort(viewer, comfortOf(form));
  await accounts.setHabits(viewer, {
    byConversation: field(form, 'by') !== 'message',
    shortcuts: field(form, 'shortcuts') === 'on',
    ...(hasDay(visit) ? { ownDay: field(form, 'day') === 'on' } : {}),
  });
  return { kind: 'go', to: savedAt('reading') };
}

function contents(visit: Visit): Html {
  const words = visit.texts.preferences;
  const { portrait, signature, absence, hours } = visit.texts.presence;
  const link = (sheet: string, look: string, title: string) => html`
    <a href="#${sheet}">${icon(visit, look)}${title}</a>
  `;
  return html`
    <nav class="places" aria-label="${words.title}">
      <h1 class="h2">${words.title}</h1>
      ${link('portrait', 'person', portrait.title)} ${link('signature', 'write', signature.title)}
      ${link('absence', 'sun', absence.title)} ${link('hours', 'clock', hours.title)}
      ${link('notices', 'bell', words.notices.title)}
      ${link('reading', 'text', words.reading.title)}
      ${link('devices', 'laptop', words.devices.title)}
      ${link('account', 'lock', words.account.title)}
    </nav>
  `;
}

function reading(visit: Visit, said: Html): Html {
  const { texts, viewer, comfort, habits } = visit;
  const words = texts.preferences.reading;
  const by = habits.byConversation ? 'conversation' : 'message';
  const shortcuts = html`
    <input
      type="checkbox"
      role="switch"
      name="shortcuts"
      value="on"
      ${attributes({ checked: habits.shortcuts })}
    />
  `;
  return html`
    <form class="sheet" id="reading" method="post" action="/settings" aria-labelledby="reading-t">
      ${token(visit)}
      <h2 id="reading-t">${icon(visit, 'text')}${words.title}</h2>
      ${said}
      <p class="soft small">${words.lead}</p>
      <div class="mini-form">
        ${choice('language', words.language, { options: words.languages, is: viewer.language })}
        ${choice('paper', words.paper, { options: words.papers, is: comfort.paper ?? '' })}
        ${choice('size', words.size, { options: words.sizes, is: comfort.size ?? '' })}
        ${choice('font', words.font, { options: words.fonts, is: comfort.font ?? '' })}
        ${choice('by', words.by, { options: words.bys, is: by })}
        ${choice('rows', words.rows, { options: words.rowses, is: comfort.rows ?? '' })}
        ${choice('after', words.after, { options: words.afters, is: comfort.after ?? '' })}
      </div>
      <label class="switch">
        <span>
          ${words.shortcuts}
          <br />
          <span class="small soft">${words.shortcutsHint}</span>
        </span>
        ${shortcuts}
      </label>
      ${
        hasDay(visit)
          ? switchRow({
              name: 'day',
              on: habits.ownDay !== false,
              label: texts.ownDay.switch,
              hint: texts.ownDay.switchHint,
            })
          : NOTHING
      }
      <div class="row">
        <button class="btn main">${icon(visit, 'check')}${texts.preferences.save}</button>
        <a class="btn quiet" href="/keys">${icon(visit, 'keys')}${words.keys}</a>
      </div>
    </form>
  `;
}

function choice(
  name: string,
  label: string,
  { options, is }: { readonly options: Readonly<Record<string, string>>; readonly is: string },
): Html {
  return html`
    <div class="field">
      <label for="${name}">${label}</label>
      <select id="${name}" name="${name}">
        ${Object.entries(options).map(
          ([value, word]) => html`
            <option
              value="${value}"
              ${attributes({ selected: value === is, lang: name === 'language' ? value : null })}
            >
              ${word}
            </option>
          `,
        )}
      </select>
    </div>
  `;
}

/** What is the account's own: its protection, its mail to take along, a guardian's name. */
function account(visit: Visit): Html {
  const { texts, viewer } = visit;
  const family = html`
    <a class="btn" href="/family">${icon(visit, 'people')}${texts.names.link}</a>
  `;
  return html`
    <section class="sheet" id="account" aria-labelledby="account-t">
      <h2 id="account-t">${icon(visit, 'lock')}${texts.preferences.account.title}</h2>
      <p class="row">
        <a class="btn" href="/password">${icon(visit, 'lock')}${texts.password.link}</a>
        <a class="btn" href="/protect">${icon(visit, 'phone')}${texts.protect.link}</a>
        <a class="btn" href="/my-mail">${icon(visit, 'file')}${texts.people.own.link}</a>
        ${viewer.role === 'guardian' ? family : NOTHING}
      </p>
    </section>
  `;
}
