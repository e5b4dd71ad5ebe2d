import { randomUUID } from 'node:crypto';
import { dayAt } from '../../core/ground/clock.ts';
import { Fault } from '../../core/ground/fault.ts';
import { newLetterId } from '../../core/ground/ids.ts';
import type { WithWritings } from '../../core/mail/writing/contract.ts';
import { dayAfter } from '../../core/roster/days.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import type { WithPapers } from '../../core/school/papers/contract.ts';
import type { Says } from '../../core/school/papers/contract/slips.ts';
import { thursdayAfter } from './class-weeks.ts';

/** What asking for a paper takes. */
export type PaperPart = WithPapers<'ask' | 'slips' | 'answer'> & WithWritings;

/** Days from the making of the town to the outing at least, and from the last answers to it. */
const OUTING_DAYS = 8;
const ANSWER_DAYS = 2;

/** Who has answered by now: the separated parents of one child are still to come. */
const ANSWERED: readonly (readonly [local: string, says: Says['kind'] & ('yes' | 'no')])[] = [
  ['karine.moreau', 'yes'],
  ['teresa.marques', 'yes'],
  ['elodie.garnier', 'no'],
];

interface Asking {
  readonly core: PaperPart;
  readonly domain: string;
  readonly timeZone: string;
  readonly now: Date;
  readonly viewerOf: (local: string) => Promise<Viewer>;
}

/** A teacher asks the families of her class about an outing, and some have answered. */
export async function askAboutOuting(asking: Asking): Promise<void> {
  const { core, domain, timeZone, now, viewerOf } = asking;
  const claire = await viewerOf('claire.lefevre');
  const outing = thursdayAfter(dayAt(now, timeZone), OUTING_DAYS);
  const hand = { letter: newLetterId(), window: randomUUID(), turn: 0, previous: null };
  const kept = await core.writings.keep(
    claire,
    {
      to: [`familles.ce1-a.tilleuls@${domain}`],
      cc: [],
      subject: 'Sortie au musée des Tisserands',
      text: 'Bonjour,\n\nLa classe va au musée des Tisserands, en car. Il faut un pique-nique, une gourde et un manteau chaud. La sortie est gratuite.\n\nClaire Lefèvre',
      answers: 'sender',
      answerTo: null,
    },
    { hand, add: [], drop: [] },
  );
  if (kept.kind === 'sent') throw wrong('sent before');
  const asked = await core.papers.ask(claire, {
    draft: kept.ref,
    letter: kept.letter,
    wish: {
      text: 'J’autorise {prénom} à participer à la sortie au musée des Tisserands, en car.',
      place: 'musée des Tisserands',
      price: 'gratuit',
      day: outing,
      lastDay: '',
      from: '08:30',
      to: '16:30',
      question: 'yes-no',
      options: [],
      needed: 'one',
      untilDay: dayAfter(outing, -ANSWER_DAYS),
      untilTime: '18:00',
      reminds: true,
      asksNumber: true,
    },
  });
  if (asked.kind !== 'asked') throw wrong(JSON.stringify(asked));
  for (const [local, says] of ANSWERED) {
    const guardian = await viewerOf(local);
    const [slip] = await core.papers.slips(guardian);
    const note = says === 'no' ? 'Nous avons rendez-vous chez le dentiste.' : '';
    const answered =
      slip &&
      (await core.papers.answer(guardian, slip.ref, {
        version: 1,
        says: { kind: says },
        note,
        number: says === 'yes' ? '06 00 00 00 00' : '',
        way: 'password',
      }));
    if (answered?.kind !== 'done') throw wrong(`${local} ${answered?.kind}`);
  }
}

const wrong = (what: string): Fault =>
  new Fault('row-missing', `demo paper: ${what}`, { transient: false });
