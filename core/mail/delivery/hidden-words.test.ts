import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import type { Outcome } from '../../rules/outcome.ts';
import { HIDDEN, rawHidden } from './testing/doubtful-letters.ts';
import { openHoldTown, said } from './testing/hold-town.ts';

const { town, inSchool } = await openHoldTown();
const HURTS = { subject: 'Bille', text: 'Rends ma bille. T’es trop nul !' };
const setLook = (look: string): Promise<void> =>
  inSchool(1, `update class set second_look = '${look}' where school_id = 1 and name = 'CE1 A'`);
beforeEach(() => setLook('holds'));

/** Hands over what a child's own program sends. */
async function program(from: string, to: readonly string[], raw: Buffer): Promise<Outcome> {
  const viewer = await town.viewer(from);
  return town.core.delivery.accept(
    {
      sender: { kind: 'account', viewer },
      recipients: to.map(town.address),
      via: 'submission',
      peer: null,
      session: 't',
      trace: '',
    },
    Readable.from([raw]),
  );
}

const { some, rest } = sliced(5, HIDDEN);
it.each(some)('holds hurtful words wherever they are shown: $when', isHeld);
it.each(rest)('and holds them here too: $when', SOAKED, isHeld);

async function isHeld(hidden: (typeof HIDDEN)[number]): Promise<void> {
  const raw = rawHidden(town.address('lina.moreau'), town.address('noe.garnier'), hidden);
  expect(said(await program('lina.moreau', ['noe.garnier'], raw))).toBe('held doubtful-words');
  const held = await town.core.moderation.waiting(await town.viewer('claire.lefevre'));
  expect(held.at(-1)?.doubtfulWords).not.toEqual([]);
}

it('holds the title of an answer that a child writes on the pages, and no title of somebody else’s', async () => {
  await town.send('noe.garnier', ['lina.moreau'], { subject: 'Le match' });
  const lina = await town.viewer('lina.moreau');
  const [answered] = await town.rows('lina.moreau');
  if (!answered) throw new Error('no letter');
  const answer = async (subject: string): Promise<string> => {
    const writing = {
      to: [town.address('noe.garnier')],
      cc: [],
      subject,
      text: 'Salut',
      answers: 'sender' as const,
      answerTo: { mailbox: answered.mailbox, uid: answered.uid },
    };
    const asked = (await town.core.writings.secondLook(lina, writing)) !== null;
    const { ref } = await town.core.writings.save(lina, writing, {
      previous: null,
      add: [],
      drop: [],
    });
    return `${asked ? 'asked' : 'not asked'}, ${said(await town.core.writings.send(lina, ref))}`;
  };
  expect(await answer('Re: Le match')).toBe('not asked, accepted');
  expect(await answer('Re: T’es trop nul')).toBe('asked, held doubtful-words');
});

describe('the words of a letter that is answered', () => {
  const quoting = (title: string, id: string | null, to: string): Buffer =>
    rawHidden(town.address('lina.moreau'), town.address(to), {
      when: '',
      subject: title,
      fields: `In-Reply-To: ${id ?? '<nobody@x.example>'}\r\n`,
      body: 'Arrête.\r\n\r\nNoé a écrit :\r\n> Rends ma bille. T’es\r\n> trop nul !',
    });

  it('are its writer’s where it lies with the child and goes back to them; else the child’s', async () => {
    await setLook('off');
    await town.send('noe.garnier', ['lina.moreau'], HURTS);
    await setLook('holds');
    const [row] = await town.rows('lina.moreau');
    const lina = await town.viewer('lina.moreau');
    const read = row && (await town.core.mail.read(lina, row.mailbox, row.uid));
    const { rows } = await town.admin.query<{ id: string }>(
      'select header_id as id from message where school_id = 1 order by id desc limit 1',
    );
    const id = rows[0]?.id ?? '';
    expect(read).not.toBeNull();
    expect(
      said(await program('lina.moreau', ['noe.garnier'], quoting('Re: Bille', id, 'noe.garnier'))),
    ).toBe('accepted');
    expect(
      said(
        await program('lina.moreau', ['noe.garnier'], quoting('Re: Bille', null, 'noe.garnier')),
      ),
    ).toBe('held doubtful-words');
    expect(
      said(await program('lina.moreau', ['adele.vidal'], quoting('Re: Bille', id, 'adele.vidal'))),
    ).toBe('held doubtful-words');
    expect(
      said(
        await program(
          'noe.garnier',
          ['lina.moreau'],
          rawHidden(town.address('noe.garnier'), town.address('lina.moreau'), {
            when: '',
            fields: `In-Reply-To: ${id}\r\n`,
            body: 'Oui.\r\n> Rends ma bille. T’es trop nul !',
          }),
        ),
      ),
    ).toBe('held doubtful-words');
  });
});
