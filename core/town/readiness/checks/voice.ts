import { say } from '../../../letters/voice/say.ts';
import type { Finding } from '../contract.ts';
import { amber, green, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';

const INSTALL = said(
  'Installez le paquet espeak-ng (apt-get install espeak-ng) et redémarrez, ou donnez PREAU_VOICE.',
  'Install the package espeak-ng (apt-get install espeak-ng) and restart, or set PREAU_VOICE.',
);

/** Whether those who don't read yet can be read to, where their browser has no voice of its own. */
export async function voiceSpeaks({ config: { voice } }: Look): Promise<Finding> {
  if (voice === null)
    return amber(
      said(
        'Il n’y a pas de voix ici : les petits n’entendent leurs lettres que si leur navigateur en a une.',
        'There is no voice here: the little ones hear their letters only if their browser has one.',
      ),
      INSTALL,
    );
  const spoken = await say(voice, 'Bonjour', { language: 'fr', apart: false });
  return spoken === null
    ? amber(said('La voix ne dit rien.', 'The voice says nothing.'), INSTALL)
    : green(said('La voix lit les lettres.', 'The voice reads letters aloud.'));
}
