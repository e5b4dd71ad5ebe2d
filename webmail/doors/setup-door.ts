import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WithAccounts } from '../../core/entry/accounts/contract.ts';
import type { WithConfig } from '../../core/ground/config.ts';
import type { FirstAgentMade, LinkRefused, WithSetup } from '../../core/town/town/contract.ts';
import type { Yard } from '../frame/yard.ts';
import { field, readForm } from '../http/forms.ts';
import { COOKIE, DOOR_COOKIE, SESSION_COOKIE } from '../http/guard.ts';
import { chosenOf, languageOf } from '../http/reader.ts';
import { sendPage } from '../http/reply.ts';
import { asked } from '../http/route.ts';
import { BEGIN_FORM, beginPage, deadLinkPage } from '../pages/setup/setup-begin.ts';
import type { Exchange, Site } from '../site.ts';
import { TEXTS } from '../texts/texts.ts';
import { doorToken, hasDoorToken, sendUnread } from './door-form.ts';

/** What the link of a new town asks of core. */
type SetupDoorPart = WithAccounts<'openSession' | 'setLanguage' | 'signIn'> &
  WithConfig &
  WithSetup<'makeFirstAgent' | 'openLink'>;

interface DoorParts extends Pick<Site, 'assets'> {
  readonly core: SetupDoorPart;
}

type Beginning = Parameters<typeof beginPage>[1];

const PATH = '/mettre-en-service/:code';

/** GET and POST of the link that `start` prints for a town without agents. */
export function openSetupDoor(
  app: FastifyInstance,
  core: SetupDoorPart,
  assets: Site['assets'],
): void {
  const site = { core, assets };
  app.get(PATH, (request, reply) => linkAsked(site, { request, reply }));
  app.post(PATH, (request, reply) => firstAgent(site, { request, reply }));
}

const codeOf = (request: FastifyRequest): string => String(asked(request).params['code'] ?? '');

const yardOf = ({ assets }: DoorParts, request: FastifyRequest, chosen: unknown): Yard => ({
  language: languageOf(request, chosen),
  asset: assets.address,
});

async function linkAsked(site: DoorParts, exchange: Exchange): Promise<FastifyReply> {
  const { request } = exchange;
  const chosen = asked(request).query['language'];
  const opened = await site.core.setup.openLink(codeOf(request), { ip: request.ip });
  return opened.kind === 'open'
    ? sendForm(site, exchange, { chosen, status: 200, filled: BEGIN_FORM.blank(), said: null })
    : sendDead(site, exchange, { refused: opened, chosen });
}

interface FormShown extends Pick<Beginning, 'filled' | 'said'> {
  readonly chosen: unknown;
  readonly status: number;
}

function sendForm(
  site: DoorParts,
  exchange: Exchange,
  { chosen, status, ...shown }: FormShown,
): Promise<FastifyReply> {
  const { request, reply } = exchange;
  const body = beginPage(yardOf(site, request, chosen), {
    code: codeOf(request),
    csrf: doorToken(exchange),
    domain: site.core.config.domain,
    ...shown,
  });
  return sendPage(request, reply, { status, body });
}

function sendDead(
  site: DoorParts,
  { request, reply }: Exchange,
  { refused, chosen }: { readonly refused: LinkRefused; readonly chosen: unknown },
): Promise<FastifyReply> {
  if (refused.kind === 'wait') void reply.header('retry-after', String(refused.seconds));
  return sendPage(request, reply, {
    status: refused.kind === 'wait' ? 429 : 404,
    body: deadLinkPage(yardOf(site, request, chosen), refused, codeOf(request)),
  });
}

async function firstAgent(site: DoorParts, exchange: Exchange): Promise<FastifyReply> {
  const { request } = exchange;
  const form = await readForm(request);
  if (form.kind !== 'form') return sendUnread(site, exchange);
  const chosen = field(form, 'language');
  const typed = BEGIN_FORM.typedIn(form);
  if (!hasDoorToken(request, form)) {
    const said = TEXTS[languageOf(request, chosen)].setup.begin.tooOld;
    return sendForm(site, exchange, { chosen, status: 403, filled: { typed }, said });
  }
  const local = typed.local.toLowerCase().split('@')[0] ?? '';
  const made = await site.core.setup.makeFirstAgent(
    { ...typed, code: codeOf(request), local: local === '' ? null : local },
    { ip: request.ip },
  );
  switch (made.kind) {
    case 'made':
      return enter(site, exchange, { address: made.address, password: typed.password, chosen });
    case 'trouble':
    case 'password': {
      const wrong = wrongOf(made, yardOf(site, request, chosen));
      return sendForm(site, exchange, {
        chosen,
        status: 422,
        filled: { typed, wrong },
        said: null,
      });
    }
    default:
      return sendDead(site, exchange, { refused: made, chosen });
  }
}

/** What can't be so, under its field, in the words of whoever reads. */
function wrongOf(
  made: Extract<FirstAgentMade, { readonly kind: 'trouble' | 'password' }>,
  { language }: Yard,
): NonNullable<Beginning['filled']['wrong']> {
  const texts = TEXTS[language];
  if (made.kind === 'password') return { password: texts.codes.activate.fault.adult[made.why] };
  const words = texts.setup.begin.trouble;
  const address = made.why.find((one) => one !== 'name');
  return {
    ...(made.why.includes('name') ? { givenName: words.name } : {}),
    ...(address === undefined ? {} : { local: words[address] }),
  };
}

interface FirstSignIn {
  readonly address: string;
  readonly password: string;
  readonly chosen: string;
}

/** The account is there: in, as by its password, and on to its second factor. */
async function enter(
  { core }: DoorParts,
  { request, reply }: Exchange,
  given: FirstSignIn,
): Promise<FastifyReply> {
  const signed = await core.accounts.signIn(given.address, given.password, {
    ip: request.ip,
    way: 'web',
  });
  const token =
    signed.kind === 'welcome' && signed.ownPassword !== null
      ? await core.accounts.openSession(signed.viewer, {
          kind: 'password',
          mark: signed.ownPassword,
        })
      : null;
  if (token === null || signed.kind !== 'welcome') return reply.redirect('/signin?adult=1', 303);
  const language = chosenOf(given.chosen);
  if (language !== null) await core.accounts.setLanguage(signed.viewer, language);
  void reply.setCookie(SESSION_COOKIE, token, COOKIE);
  void reply.clearCookie(DOOR_COOKIE, COOKIE);
  return reply.redirect('/setup', 303);
}
