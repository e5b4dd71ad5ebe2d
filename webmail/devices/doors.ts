import type { FastifyInstance, FastifyReply } from 'fastify';
import { type WithConfig, mailServers } from '../../core/ground/config.ts';
import { mtaStsPolicy } from '../../core/ground/mta-sts.ts';
import type { Html } from '../html.ts';
import { autoconfig } from './autoconfig.ts';
import { askedAddress, autodiscover, notOurs } from './autodiscover.ts';

/** The most that Outlook's question takes. */
const MAX_QUESTION_BYTES = 16_384;
/** Where other servers read how mail is brought to us (RFC 8461 §3.3), on the name `mta-sts.`. */
const POLICY_PATH = '/.well-known/mta-sts.txt';

const THUNDERBIRD_PATHS = [
  '/.well-known/autoconfig/mail/config-v1.1.xml',
  '/mail/config-v1.1.xml',
] as const;
const OUTLOOK_PATHS = [
  '/autodiscover/autodiscover.xml',
  '/Autodiscover/Autodiscover.xml',
  '/AutoDiscover/AutoDiscover.xml',
] as const;

/**
 * Where mail programs ask for settings and other servers for our policy, on whatever name of the
 * domain leads here (`autoconfig.`, `autodiscover.`, `mta-sts.`, the domain itself). What they are
 * told is the same for everybody and holds no secret.
 */
export const DEVICE_PATHS: ReadonlySet<string> = new Set([
  POLICY_PATH,
  ...THUNDERBIRD_PATHS,
  ...OUTLOOK_PATHS,
]);

export async function openDevices(app: FastifyInstance, { config }: WithConfig): Promise<void> {
  const servers = mailServers(config);
  const thunderbird = autoconfig(config.domain, servers, `${config.publicUrl}/devices`);
  const policy = mtaStsPolicy(config);
  await app.register(async (scope) => {
    if (policy !== null)
      scope.get(POLICY_PATH, (_request, reply) =>
        reply.headers({ 'content-type': 'text/plain' }).send(policy.text),
      );
    scope.addContentTypeParser(
      ['text/xml', 'application/xml'],
      { parseAs: 'string', bodyLimit: MAX_QUESTION_BYTES },
      (_request, body, done) => done(null, body),
    );
    for (const path of THUNDERBIRD_PATHS)
      scope.get(path, (_request, reply) => sendXml(reply, thunderbird));
    for (const path of OUTLOOK_PATHS)
      scope.post(path, ({ body }, reply) => {
        const address = typeof body === 'string' ? askedAddress(body)?.toLowerCase() : undefined;
        return sendXml(
          reply,
          address?.endsWith(`@${config.domain}`) ? autodiscover(address, servers) : notOurs(),
        );
      });
  });
}

function sendXml(reply: FastifyReply, document: Html): FastifyReply {
  return reply
    .headers({ 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'max-age=3600' })
    .send(String(document));
}
