import type { FastifyInstance } from 'fastify';
import type { Pages } from '../http/route.ts';
import { MAIL_PAGES, type MailPart } from '../routes/mail-routes.ts';
import { OUTSIDE_LOADS } from '../routes/routes.ts';
import { webmail } from '../server.ts';
import { signedIn, type Guest } from './guest.ts';
import { fillTown } from './letters.ts';
import { openTown } from './town.ts';
import type { Town } from './world.ts';

export const LINA = 'lina@ecoles.preau.test';
export const CLAIRE = 'claire.lefevre@ecoles.preau.test';
export const ROSA = 'rosa@ecoles.preau.test';

const PAGES: Pages<MailPart | 'outside.list'> = {
  loads: { ...MAIL_PAGES.loads, ...OUTSIDE_LOADS },
  posts: MAIL_PAGES.posts,
};

interface MailPages {
  readonly town: Town;
  readonly app: FastifyInstance;
  readonly lina: Guest;
  readonly claire: Guest;
}

/** The pages of one's own mail in a town with letters; a pupil and a teacher are signed in. */
export async function openMailPages(): Promise<MailPages> {
  const town = await openTown();
  fillTown(town);
  const app = await webmail(town.core, PAGES, { clock: () => town.now });
  return {
    town,
    app,
    lina: await signedIn(app, LINA),
    claire: await signedIn(app, CLAIRE),
  };
}
