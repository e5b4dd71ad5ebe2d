import { Fault } from '../../core/ground/fault.ts';
import { documentOf, framed, sheetMain } from '../frame/frame.ts';
import { littleDocument } from '../frame/little-frame.ts';
import { picture } from '../frame/little-parts.ts';
import type { PageSurroundings } from '../frame/mailbox-nav.ts';
import { icon } from '../frame/parts.ts';
import { scene } from '../frame/scenes.ts';
import type { Visit } from '../frame/visit.ts';
import { html, NOTHING, TEXT_BEGINS, type Html } from '../html.ts';
import { TEXTS } from '../texts/texts.ts';
import type { AnswerReader } from './reader.ts';
import type { TypedLetter } from './typed.ts';

export type FailureKind =
  | 'missing'
  | 'forbidden'
  | 'pause'
  | 'away'
  | 'wrong'
  | 'tooBig'
  | 'crowded'
  | 'late';

/** What was typed, to be copied, since the page that it stood on can't come back. */
export function typedFields(
  { language, audience }: AnswerReader,
  { title, text }: TypedLetter,
): Html {
  const texts = TEXTS[language];
  const titleField = html`
    <label class="lab" for="typed-title">${texts.write.subject[audience]}</label>
    <input class="input" id="typed-title" readonly value="${title}" />
  `;
  const textField = html`
    <label class="lab" for="typed">${texts.broken.typed[audience]}</label>
    <textarea class="input" id="typed" rows="10" readonly>${TEXT_BEGINS}${text}</textarea>
  `;
  return html`
    ${title === '' ? NOTHING : titleField}${text === '' ? NOTHING : textField}
  `;
}

/**
 * A page that needs nothing of core, so that it can be shown when core is down. It gives back what
 * was typed into a form.
 */
export function brokenPage(
  visit: AnswerReader & Pick<Visit, 'asset'>,
  what: FailureKind,
  typed: TypedLetter | null = null,
): Html {
  const texts = TEXTS[visit.language];
  const { audience } = visit;
  return documentOf({
    lang: visit.language,
    title: texts.titled(texts.broken[what].title[audience]),
    audience: audience === 'child' ? 'pupil' : 'adult',
    skip: texts.skip,
    asset: visit.asset,
    styles: [visit.asset('base.css')],
    scripts: [],
    body: html`
      <header class="top">
        <a class="brand" href="/mail/inbox">${icon(visit, 'preau')}${texts.brand}</a>
      </header>
      <main id="main" class="body narrow">
        ${brokenSheet(visit, what, { typed, help: NOTHING })}
      </main>
    `,
  });
}

/** Around a page that asks core nothing: the places are there, without their counts. */
const UNASKED: PageSurroundings = {
  mailboxes: [],
  waiting: 0,
  reports: 0,
  questions: 0,
  standing: 0,
  settingUp: false,
  townName: '',
  toSign: 0,
  leaves: false,
  toast: null,
};

/** The same in the frame of somebody signed in, whose places stay at hand. */
export function brokenWithin(visit: Visit, what: FailureKind, typed: TypedLetter | null): Html {
  const { texts, audience, viewer, asset } = visit;
  if (audience === 'child' && viewer.reads === 'pictures') return littleLost(visit, what);
  const help = html`
    <a class="btn" href="/help">
      ${icon(visit, 'help')}${audience === 'child' ? texts.guide.forPupil : texts.guide.link}
    </a>
  `;
  const reader = { language: viewer.language, audience, asset };
  const content = brokenSheet(reader, what, { typed, help });
  const main = sheetMain(visit, UNASKED, { shelf: null, content });
  const title = texts.broken[what].title[audience];
  return framed(visit, UNASKED, { title, section: 'none', shelf: null, main });
}

/** A page that isn't there, won't open now, or broke: the house, large, leads to one's letters. */
function littleLost(visit: Visit, what: FailureKind): Html {
  const words = visit.texts.little;
  const says = what === 'away' ? 'away' : 'lost';
  return littleDocument(visit, {
    title: words[says],
    at: 'inside',
    says,
    main: html`
      <main id="main" class="body gone-page">
        <div class="hello"><h1>${words[says]}</h1></div>
        <a class="say c3" href="/mail/inbox">
          ${picture(visit, 'maison')}
          <span class="w">${words.home}</span>
        </a>
      </main>
    `,
  });
}

function brokenSheet(
  visit: AnswerReader & Pick<Visit, 'asset'>,
  what: FailureKind,
  { typed, help }: { readonly typed: TypedLetter | null; readonly help: Html },
): Html {
  const { broken } = TEXTS[visit.language];
  const { audience } = visit;
  return html`
    <div class="state sheet">
      ${scene(what === 'missing' || what === 'forbidden' ? 'signpost' : 'rain')}
      <h1 id="t">${broken[what].title[audience]}</h1>
      <p>${broken[what].text[audience]}</p>
      ${typed === null ? NOTHING : typedFields(visit, typed)}
      <p class="row">
        <a class="btn main" href="/mail/inbox">${broken.home[audience]}</a>
        ${help}
      </p>
    </div>
  `;
}

/**
 * What was thrown, as a status and a page. A fault that may pass is a pause; anything else is too,
 * but a person must look at the log.
 */
export function thrown(error: unknown): {
  readonly status: number;
  readonly what: FailureKind;
  readonly log: 'warn' | 'error' | 'debug';
} {
  if (error instanceof Fault)
    return {
      status: error.transient ? 503 : 500,
      what: error.code === 'body-away' ? 'away' : 'pause',
      log: error.transient ? 'warn' : 'error',
    };
  const status = statusOf(error);
  if (status === 413) return { status, what: 'tooBig', log: 'debug' };
  if (status === 404) return { status, what: 'missing', log: 'debug' };
  if (status >= 400 && status < 500) return { status, what: 'wrong', log: 'debug' };
  return { status: 500, what: 'pause', log: 'error' };
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500;
}
