/** A letter that an agent sends to see whether mail goes and comes back. */

import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type { WithWritings } from '../../../core/mail/writing/contract.ts';
import type { WithReadiness } from '../../../core/town/readiness/contract.ts';
import { proofFor } from '../../../tests/shared/town.ts';
import { visitOf } from '../../http/visit-of.ts';
import { serveTown } from '../../testing/served.ts';
import { lastTrial, sendTrial } from './trial-letter.ts';

const { town } = await serveTown();
const AGENT = 'hugues.armand';
const FRIEND = 'ami@dehors.example';

async function visitOfAgent() {
  const viewer = await town.viewer(AGENT);
  return visitOf<WithMail & WithReadiness & WithWritings>(
    town.core,
    {
      viewer,
      csrf: 'x',
      mustProtect: false,
      habits: { byConversation: true, shortcuts: true },
      comfort: {},
    },
    {
      now: town.clock.now,
      csrf: 'x',
      sessionToken: 'x',
      here: '/',
      ownComputer: false,
      sent: null,
      hasVoice: false,
      cameFrom: '/mail/inbox',
      asset: (name) => name,
    },
  );
}

/** The Message-ID of the letter that the agent sent last. */
async function letterId(): Promise<string> {
  const { rows } = await town.admin.query<{ header_id: string }>(
    `select header_id from message where subject like 'Lettre d’essai%' order by id desc limit 1`,
  );
  return rows[0]?.header_id ?? '';
}

it('to oneself is back at once', async () => {
  const visit = await visitOfAgent();
  expect((await sendTrial(visit, visit.viewer.address)).kind).toBe('accepted');
  expect(await lastTrial(visit)).toMatchObject({
    to: visit.viewer.address,
    kind: 'awaited',
    back: expect.any(Date) as Date,
  });
});

it('to somebody of a school is in their inbox at once; they may not answer an agent', async () => {
  const visit = await visitOfAgent();
  const teacher = town.address('claire.lefevre');
  expect((await sendTrial(visit, teacher)).kind).toBe('accepted');
  expect(await lastTrial(visit)).toMatchObject({ to: teacher, kind: 'handed' });
  expect((await town.rows('claire.lefevre')).map(({ subject }) => subject)).toContain(
    'Lettre d’essai de Préau',
  );
});

it('to outside is back once an answer to it comes in', async () => {
  const visit = await visitOfAgent();
  expect(await town.core.readiness.sendTestLetter(visit.viewer, FRIEND)).toBe('sent');
  expect(await lastTrial(visit)).toMatchObject({ to: FRIEND, back: null });
  const answer = `From: ${FRIEND}\r\nTo: ${town.address('postmaster')}\r\nSubject: Re: Lettre\r\nIn-Reply-To: ${await letterId()}\r\n\r\nBien.\r\n`;
  const outcome = await town.core.delivery.accept(
    {
      sender: { kind: 'outside', address: FRIEND },
      recipients: [town.address('postmaster')],
      via: 'mx',
      peer: null,
      session: 'test',
      trace: '',
    },
    Readable.from([Buffer.from(answer)]),
    () => Promise.resolve(proofFor(FRIEND)),
  );
  expect(outcome.kind).toBe('accepted');
  expect(await lastTrial(visit)).toMatchObject({ to: FRIEND, back: expect.any(Date) as Date });
});

it('to nobody leaves no draft behind', async () => {
  const visit = await visitOfAgent();
  const before = (await town.rows(AGENT, 'drafts')).length;
  const outcome = await sendTrial(visit, town.address('personne.ici'));
  expect(outcome.kind).toBe('denied');
  expect((await town.rows(AGENT, 'drafts')).length).toBe(before);
});
