import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { WithConfig } from '../../core/ground/config.ts';
import { Fault } from '../../core/ground/fault.ts';
import type { WithLog } from '../../core/ground/log.ts';
import type { WithMetrics } from '../../core/ground/metrics.ts';
import type { WithHealth } from '../../core/town/readiness/contract.ts';
import type { WebLimits } from '../http/limits.ts';
import { openListener } from '../http/listener.ts';
import { openProbes } from '../http/probes.ts';
import { commonHeaders, HSTS } from '../http/reply.ts';

/** A token of ACME's HTTP-01 is base64url (RFC 8555 §8.3), so no path and no hidden file. */
const TOKEN = /^[\w-]{1,200}$/;
/** What answers a challenge is its token and a thumbprint: some 90 bytes. */
const MAX_CHALLENGE_BYTES = 1_024;
const CHALLENGES = '/.well-known/acme-challenge';
const PROBES: ReadonlySet<string> = new Set(['/healthz', '/metrics']);

/**
 * What plain HTTP is for where the pages are served over TLS: it leads there, shows a certificate's
 * issuer that the host is ours, and answers probes. `base` gives the pages' public address.
 */
export async function openPlainDoor(
  core: WithConfig & WithHealth & WithLog & WithMetrics,
  limits: WebLimits,
  base: () => string,
): Promise<FastifyInstance> {
  const { acmeFolder } = core.config;
  const challenges = join(acmeFolder, CHALLENGES);
  await mkdir(challenges, { recursive: true }).catch((cause: unknown) => {
    throw new Fault(
      'configuration',
      `PREAU_ACME_FOLDER : ce dossier ne peut pas être créé / this folder can’t be made (${acmeFolder}).`,
      { transient: false, cause },
    );
  });
  // RFC 6797 §7.2: never over plain HTTP.
  const { [HSTS]: _, ...headers } = commonHeaders(core.config);
  const { app } = openListener(core, {
    limits,
    headers,
    certificate: null,
    failed: (_error, _request, reply) => void reply.code(400).send(),
  });
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(headers);
    const path = request.url.split('?')[0] ?? '';
    if (PROBES.has(path) || path.startsWith(`${CHALLENGES}/`)) return undefined;
    // Before the body is read: what it brings has been said in the clear already, and is asked for
    // again (RFC 9110 §15.4.9).
    return reply.redirect(there(base(), request.url), 308);
  });
  openProbes(app, core);
  app.get<{ Params: { token: string } }>(`${CHALLENGES}/:token`, async (request, reply) => {
    const { token } = request.params;
    const answer = TOKEN.test(token) ? await smallFile(join(challenges, token)) : null;
    if (answer === null) return reply.callNotFound();
    return reply.header('content-type', 'application/octet-stream').send(answer);
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send());
  return app;
}

/** The same page over TLS: below our own address, whatever was asked for. */
function there(base: string, url: string): string {
  const wanted = url.startsWith('/') ? `${base}${url}` : base;
  return URL.canParse(wanted) ? new URL(wanted).href : base;
}

/** Null where there is none, or something else than a small plain file. */
async function smallFile(path: string): Promise<Buffer | null> {
  const file = await open(
    path,
    constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
  ).catch(() => null);
  if (file === null) return null;
  try {
    const found = await file.stat();
    return found.isFile() && found.size <= MAX_CHALLENGE_BYTES ? await file.readFile() : null;
  } finally {
    await file.close();
  }
}
