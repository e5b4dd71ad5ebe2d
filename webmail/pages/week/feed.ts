import { renderSVG } from 'uqr';
import type { WithConfig } from '../../../core/ground/config.ts';
import { FEED_SAYS, type FeedSays } from '../../../core/roster/week/feed-says.ts';
import type { WeekFeed, WithWeekFeeds } from '../../../core/school/week/contract.ts';
import { tick } from '../../components/field.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { saidBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, markup, NOTHING, type Html } from '../../html.ts';
import { MISSING, page, type Answer } from '../../http/answer.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';

/** White modules around the square, as scanners want them (ISO/IEC 18004). */
const QUIET = 4;

/** Pupils have none, and agents have no class. */
const hasFeed = ({ viewer }: Visit): boolean => viewer.role !== 'pupil' && viewer.role !== 'agent';

type FeedPart = FramePart & WithConfig & WithWeekFeeds<'own' | 'renew' | 'say' | 'end'>;

/** GET /agenda: one's private feed; its address is shown once, as it is made. */
export async function feed(visit: Visit<FeedPart>, said: unknown): Promise<Answer> {
  return show(visit, { said, link: null });
}

/** POST /agenda: the feed is made, changed, renewed or ended. */
export async function changeFeed(visit: Visit<FeedPart>, form: Form): Promise<Answer> {
  if (!hasFeed(visit)) return MISSING;
  const { weekFeeds, config } = visit.core;
  const says = FEED_SAYS.filter((one) => fieldsOf(form, 'says').includes(one));
  switch (field(form, 'act')) {
    case 'say':
      await weekFeeds.say(visit.viewer, says);
      return { kind: 'go', to: '/agenda?said=kept' };
    case 'end':
      await weekFeeds.end(visit.viewer);
      return { kind: 'go', to: '/agenda?said=ended' };
    case 'make':
    case 'renew': {
      const name = await weekFeeds.renew(visit.viewer, null);
      return name === null
        ? MISSING
        : show(visit, { said: null, link: `${config.publicUrl}/agenda/${name}.ics` });
    }
    default:
      return { kind: 'wrong' };
  }
}

async function show(
  visit: Visit<FeedPart>,
  { said, link }: { readonly said: unknown; readonly link: string | null },
): Promise<Answer> {
  if (!hasFeed(visit)) return MISSING;
  const { feed: words } = visit.texts.weeks;
  const [surroundings, own] = await Promise.all([
    surroundingsOf(visit),
    visit.core.weekFeeds.own(visit.viewer),
  ]);
  const content = html`
    <h1>${words.title}</h1>
    <p class="soft under">${words.lead(visit.viewer.role === 'guardian' ? 'family' : 'teacher')}</p>
    ${saidBanner(visit, words.said, said)} ${link === null ? NOTHING : shownOnce(visit, link)}
    ${own === null ? making(visit) : open(visit, own)}
  `;
  return page(
    framed(visit, surroundings, {
      title: words.title,
      section: 'week',
      shelf: null,
      styles: ['week.css'],
      main: html`
        <main id="main" class="body narrow"><div class="stack wide">${content}</div></main>
      `,
    }),
  );
}

function making(visit: Visit): Html {
  const { feed: words } = visit.texts.weeks;
  return html`
    <form class="sheet pad feed-f" method="post" action="/agenda" novalidate>
      ${token(visit)}
      <p>${words.secret}</p>
      <p class="row">
        <button class="btn main" name="act" value="make">
          ${icon(visit, 'calendar')}${words.make}
        </button>
      </p>
    </form>
  `;
}

/** The link, as a text and as a picture for a phone; it is never shown again. */
function shownOnce(visit: Visit, link: string): Html {
  const { feed: words } = visit.texts.weeks;
  const webcal = link.replace(/^https?:/, 'webcal:');
  return html`
    <div class="feed-g">
      <section class="sheet" aria-labelledby="f1">
        <h2 id="f1">${words.link}</h2>
        <div class="field">
          <label for="lk">${words.paste}</label>
          <div class="own-link">
            <input class="input mono" id="lk" readonly value="${link}" />
            <button class="btn" type="button" data-copied="${words.copied}" hidden>
              ${icon(visit, 'copy')}
              <span>${words.copy}</span>
            </button>
          </div>
        </div>
        <p class="banner wait">
          ${icon(visit, 'lock')}
          <span class="grow">${words.once}${' '}${words.secret}</span>
        </p>
      </section>
      <aside class="sheet qr-c" aria-labelledby="qq">
        <h2 class="h3" id="qq">${words.phone}</h2>
        <div class="qr" role="img" aria-label="${words.square}">
          ${markup(renderSVG(webcal, { ecc: 'M', border: QUIET, pixelSize: 1 }))}
        </div>
        <p class="small soft">${words.aim}</p>
        <p class="row">
          <a class="btn" href="${webcal}">${icon(visit, 'calendar')}${words.here}</a>
        </p>
      </aside>
    </div>
  `;
}

function open(visit: Visit, { says, madeAt, readAt }: WeekFeed): Html {
  const { feed: words } = visit.texts.weeks;
  return html`
    <form class="sheet pad feed-f" method="post" action="/agenda" novalidate>
      ${token(visit)}
      <h2>${words.holds}</h2>
      ${FEED_SAYS.map((one: FeedSays) =>
        tick({
          type: 'checkbox',
          name: 'says',
          value: one,
          isOn: says.includes(one),
          words: words.says[one],
        }),
      )}
      <p class="row">
        <button class="btn main" name="act" value="say">
          ${icon(visit, 'check')}${words.keep}
        </button>
      </p>
    </form>
    <section class="sheet pad feed-f" aria-labelledby="f3">
      <h2 id="f3">${words.readers}</h2>
      <p>${words.madeAt(longDate(visit.clock, madeAt))}</p>
      <p>${readAt === null ? words.neverRead : words.readAt(longDate(visit.clock, readAt))}</p>
      <form method="post" action="/agenda" novalidate>
        ${token(visit)}
        <p class="row">
          <button class="btn no" name="act" value="renew">
            ${icon(visit, 'undo')}${words.renew}
          </button>
          <button class="btn quiet no" name="act" value="end">${words.end}</button>
        </p>
        <p class="hint">${words.renewHint}</p>
      </form>
    </section>
  `;
}
