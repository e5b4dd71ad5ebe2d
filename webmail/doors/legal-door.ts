import type { FastifyInstance } from 'fastify';
import type { WithConfig } from '../../core/ground/config.ts';
import { keysOf } from '../../core/ground/keys.ts';
import type { WithRetention } from '../../core/town/readiness/contract.ts';
import type { WithTown } from '../../core/town/town/contract.ts';
import type { Assets } from '../assets.ts';
import { LEGAL_PATHS } from '../frame/legal-foot.ts';
import { chosenOf, languageOf, rememberLanguage } from '../http/reader.ts';
import { sendPage } from '../http/reply.ts';
import { asked } from '../http/route.ts';
import { legalPage } from '../pages/about/legal.ts';

/** What these pages ask of core. */
export type LegalDoorPart = WithConfig & WithRetention & WithTown<'settings'>;

/** The pages that the law has everybody read, signed in or not. */
export function openLegalDoor(app: FastifyInstance, core: LegalDoorPart, assets: Assets): void {
  for (const which of keysOf(LEGAL_PATHS))
    app.get(LEGAL_PATHS[which], async (request, reply) => {
      const chosen = chosenOf(asked(request).query['language']);
      if (chosen !== null) rememberLanguage(request, reply, chosen);
      const door = {
        language: languageOf(request, chosen),
        asset: assets.address,
        config: core.config,
        retention: core.retention,
        town: await core.town.settings(),
      };
      return sendPage(request, reply, { status: 200, body: legalPage(door, which) });
    });
}
