import { TOWN } from '../../../ground/ids.ts';
import { testLetters } from '../../../store/service-state.ts';
import type { Finding } from '../contract.ts';
import { amber, green, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';
import { TEST_LETTER_ID } from '../test-letter.ts';
import { needStore } from './database.ts';

const SEND = said(
  'Envoyez une lettre d’essai à une adresse de chez vous, depuis « Mise en service ».',
  'Send a test letter to an address of your own, from “Setting up”.',
);

/** What became of the last letter that an agent sent outside to see whether mail leaves. */
export async function testLetterArrived(look: Look): Promise<Finding> {
  const { last } = await needStore(look).read(TOWN, (tx) =>
    testLetters(tx, { idPrefix: TEST_LETTER_ID, since: look.clock() }),
  );
  if (last === null)
    return amber(
      said('Aucune lettre d’essai n’est encore partie.', 'No test letter has left yet.'),
      SEND,
    );
  const reply = last.lastReply === null ? '' : ` « ${last.lastReply} »`;
  switch (last.state) {
    case 'sent':
      return green(
        said(
          `La lettre d’essai a été prise :${reply}. Elle doit être dans la boîte de ${last.recipient}.`,
          `The test letter was taken:${reply}. It must be in the mailbox of ${last.recipient}.`,
        ),
      );
    case 'failed':
      return red(
        said(`La lettre d’essai a été refusée :${reply}.`, `The test letter was refused:${reply}.`),
        said(
          'La réponse dit pourquoi. Corrigez (SPF, relais, adresse), puis envoyez-en une autre.',
          'The answer says why. Mend it (SPF, relay, address), then send another.',
        ),
      );
    case 'due':
      return last.attempts === 0
        ? amber(
            said('La lettre d’essai va partir.', 'The test letter is about to leave.'),
            said('Regardez de nouveau dans une minute.', 'Look again in a minute.'),
          )
        : amber(
            said(
              `La lettre d’essai n’est pas encore prise (essais : ${last.attempts}) :${reply}.`,
              `The test letter isn’t taken yet (tries: ${last.attempts}):${reply}.`,
            ),
            said(
              'Elle est essayée de nouveau d’elle-même. Regardez le relais et le port 25.',
              'It is tried again by itself. Look at the relay and port 25.',
            ),
          );
  }
}
