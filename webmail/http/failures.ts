import type { Outcome, Uid } from '../../core/core.ts';
import { Fault } from '../../core/fault.ts';
import { explain } from '../../core/rules/reasons.ts';
import { around, documentOf, framed, sheetMain, type FramePart } from '../frame/frame.ts';
import type { Around } from '../frame/mailbox-nav.ts';
import { icon } from '../frame/parts.ts';
import { scene } from '../frame/scenes.ts';
import { TEXTS, type Visit } from '../frame/visit.ts';
import { fileSize } from '../frame/when.ts';
import { html, NOTHING, TEXT_BEGINS, type Html } from '../html.ts';
import { littleLost } from '../pages/little/page.ts';
import { refusedView } from '../pages/writing/refused.ts';
import type { Answer } from './answer.ts';
import type { Reader } from './reader.ts';
import type { Typed } from './typed.ts';

/** An outcome on which the message did not go and the draft stays. */
type Unsent = Exclude<Outcome, { readonly kind: 'accepted' | 'held' }>;

/**
 * The one place where what core says becomes what a page says. A new kind of outcome doesn't
 * compile without a row here.
 */
const STATUS = {
  denied: 403,
  infected: 422,
  unscannable: 422,
  'scanner-silent': 202,
  'too-big': 413,
  'mailbox-full': 422,
  malformed: 400,
  'not-your-address': 403,
  'no-recipient': 422,
} as const satisfies Record<Unsent['kind'], number>;

/**
 * The page for a message that did not leave. Its draft is at `/write/<draft>`; null where there was
 * nothing to keep.
 */
export async function unsentAnswer(
  visit: Visit<FramePart | 'writings'>,
  outcome: Unsent,
  draft: Uid | null,
): Promise<Answer> {
  if (outcome.kind === 'denied') return refusedView(visit, outcome.refusals, draft);
  const { texts, audience, viewer, now } = visit;
  const silent = outcome.kind === 'scanner-silent';
  const title = (silent ? texts.trouble.later : texts.trouble.notSent)[audience];
  const why = explain(outcome.kind, wordsOf(visit, outcome), {
    language: viewer.language,
    audience,
    now,
  });
  const near = await around(visit);
  const draftPath = draft === null ? '/write' : `/write/${draft}`;
  const onward = silent ? '/mail/inbox' : draftPath;
  const content = html`
    <h1 id="t">${title}</h1>
    <div class="banner ${silent ? 'wait' : 'stop'}">
      ${icon(visit, silent ? 'hold' : 'warning')}
      <div class="grow">
        <p>${why.sentence}</p>
        <p>${why.next}</p>
      </div>
    </div>
    <div class="row">
      <a class="btn main big" href="${onward}">
        ${
          silent
            ? texts.done.back[audience]
            : html`
                ${icon(visit, 'write')} ${texts.write.title[audience]}
              `
        }
      </a>
      <a class="btn quiet big" href="/mail/drafts">${texts.shelf[audience].drafts}</a>
    </div>
  `;
  const main = sheetMain(visit, near, { shelf: null, content });
  return {
    kind: 'page',
    status: STATUS[outcome.kind],
    body: framed(visit, near, { title, section: 'messages', shelf: null, main }),
  };
}

function wordsOf({ viewer }: Visit, outcome: Unsent): Readonly<Record<string, string>> {
  switch (outcome.kind) {
    case 'infected':
    case 'unscannable':
      return { signature: outcome.signature };
    case 'too-big':
      return { limit: fileSize(viewer.language, outcome.limitBytes) };
    case 'denied':
    case 'scanner-silent':
    case 'mailbox-full':
    case 'malformed':
    case 'not-your-address':
    case 'no-recipient':
      return {};
  }
}

/** Why a file was left out of a draft, in one sentence. */
export function leftOutSentence(visit: Visit, outcome: Outcome): string {
  const { texts, audience, viewer, now } = visit;
  const said = texts.write.leftOut[audience];
  switch (outcome.kind) {
    case 'infected':
      return said.infected;
    case 'too-big':
    case 'mailbox-full':
      return said['too-big'];
    case 'scanner-silent':
      return said.silent;
    case 'denied': {
      const why = outcome.refusals[0];
      return why === undefined
        ? said.kind
        : explainBoth(explain(why.rule, why.words, { language: viewer.language, audience, now }));
    }
    case 'accepted':
    case 'held':
    case 'unscannable':
    case 'malformed':
    case 'not-your-address':
    case 'no-recipient':
      return said.kind;
  }
}

const explainBoth = ({
  sentence,
  next,
}: {
  readonly sentence: string;
  readonly next: string;
}): string => `${sentence} ${next}`;

export type Broken = 'missing' | 'forbidden' | 'pause' | 'wrong' | 'tooBig' | 'crowded' | 'late';

/** What was typed, to be copied, since the page that it stood on can't come back. */
function typedFields({ language, audience }: Reader, { title, text }: Typed): Html {
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
  visit: Reader & Pick<Visit, 'asset'>,
  what: Broken,
  typed: Typed | null = null,
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
const UNASKED: Around = {
  mailboxes: [],
  waiting: 0,
  reports: 0,
  questions: 0,
  standing: 0,
  settingUp: false,
  townName: '',
  leaves: false,
  toast: null,
};

/** The same in the frame of somebody signed in, whose places stay at hand. */
export function brokenWithin(visit: Visit, what: Broken, typed: Typed | null = null): Html {
  const { texts, audience, viewer, asset } = visit;
  if (audience === 'child' && viewer.reads === 'pictures') return littleLost(visit);
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

function brokenSheet(
  visit: Reader & Pick<Visit, 'asset'>,
  what: Broken,
  { typed, help }: { readonly typed: Typed | null; readonly help: Html },
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
  readonly what: Broken;
  readonly log: 'warn' | 'error' | 'debug';
} {
  if (error instanceof Fault)
    return {
      status: error.transient ? 503 : 500,
      what: 'pause',
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
