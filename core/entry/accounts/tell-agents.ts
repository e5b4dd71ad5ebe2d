import type { Directory } from '../../directory/directory.ts';
import { TOWN, type Language } from '../../ground/ids.ts';
import type { Notices, ServiceWords } from '../../mail/delivery/telling/notice.ts';

/**
 * A notice to each agent of the town, in their inbox: somebody guesses passwords. It names nobody.
 */
export async function tellAgentsOfGuessing({
  directory,
  notices,
}: {
  readonly directory: Directory;
  readonly notices: Notices;
}): Promise<void> {
  const people =
    (await directory.rosters([TOWN], { maxAgeMs: 0 })).get(TOWN)?.people.values() ?? [];
  for (const person of people)
    if (person.role === 'agent' && person.state === 'active')
      await notices.tell({ ...person, school: TOWN }, WORDS[person.language]);
}

const WORDS: Readonly<Record<Language, ServiceWords>> = {
  fr: {
    subject: 'Beaucoup de mots de passe faux',
    text: `Depuis moins d’une heure, beaucoup de mots de passe ou de codes sont faux\u00a0: quelqu’un essaie peut-être de les deviner.

Le service ralentit ces essais de lui-même. Personne n’est bloqué, et qui connaît son mot de passe entre comme d’habitude.

Ce que vous pouvez faire\u00a0:

- Dans le journal du service, cherchez «\u00a0many wrong sign-ins from one network\u00a0»\u00a0: la ligne dit de quel réseau cela vient.
- Un réseau inconnu\u00a0: faites-le fermer au pare-feu.
- Un réseau de vos écoles\u00a0: ajoutez-le à PREAU_SCHOOL_NETWORKS. Si la ligne dit «\u00a0isSchool\u00a0», demandez à l’école.
- Toujours le même réseau, celui de votre mandataire (proxy)\u00a0: dites-le dans PREAU_TRUSTED_PROXY.

Cet avis vient une fois par heure au plus.`,
  },
  en: {
    subject: 'Many wrong passwords',
    text: `Within the last hour many passwords or codes were wrong: somebody may be trying to guess them.

The service slows such tries down by itself. Nobody is locked out, and whoever knows their password comes in as usual.

What you can do:

- In the log of the service look for “many wrong sign-ins from one network”: the line says from which network they come.
- A network that you don’t know: have it shut out at the firewall.
- A network of your schools: add it to PREAU_SCHOOL_NETWORKS. Where the line says “isSchool”, ask the school.
- Always the same network, that of your proxy: name it in PREAU_TRUSTED_PROXY.

This notice comes once an hour at most.`,
  },
};
