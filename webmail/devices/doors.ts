import type { FastifyInstance, FastifyReply } from 'fastify';
import { mailServers } from '../../core/config.ts';
import type { CoreWith } from '../../core/core.ts';
import type { Html } from '../html.ts';
import { autoconfig } from './autoconfig.ts';
import { askedAddress, autodiscover, notOurs } from './autodiscover.ts';

/** The most that Outlook's question takes. */
const MAX_QUESTION_BYTES = 16_384;

/**
 * Where mail programs ask for settings, on whatever name of the domain leads here (`autoconfig.`,
 * `autodiscover.`, the domain itself). What they are told is the same for everybody and holds no
 * secret.
 */
export const SETTINGS_PATHS: ReadonlySet<string> = new Set([
  '/.well-known/autoconfig/mail/config-v1.1.xml',
  '/mail/config-v1.1.xml',
  '/autodiscover/autodiscover.xml',
  '/Autodiscover/Autodiscover.xml',
  '/AutoDiscover/AutoDiscover.xml',
]);

export async function openSettings(
  app: FastifyInstance,
  { config }: CoreWith<'config'>,
): Promise<void> {
  const servers = mailServers(config);
  const thunderbird = autoconfig(config.domain, servers, `${config.publicUrl}/devices`);
  await app.register(async (scope) => {
    scope.addContentTypeParser(
      ['text/xml', 'application/xml'],
      { parseAs: 'string', bodyLimit: MAX_QUESTION_BYTES },
      (_request, body, done) => done(null, body),
    );
    for (const path of SETTINGS_PATHS) {
      if (path.endsWith('config-v1.1.xml'))
        scope.get(path, (_request, reply) => sendXml(reply, thunderbird));
      else
        scope.post(path, ({ body }, reply) => {
          const address = typeof body === 'string' ? askedAddress(body)?.toLowerCase() : undefined;
          return sendXml(
            reply,
            address?.endsWith(`@${config.domain}`) ? autodiscover(address, servers) : notOurs(),
          );
        });
    }
  });
}

function sendXml(reply: FastifyReply, document: Html): FastifyReply {
  return reply
    .headers({ 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'max-age=3600' })
    .send(String(document));
}
