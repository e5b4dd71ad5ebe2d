/** Words of the page of who writes in the town's name. Part of `fr.ts`. */
export const sendersFr = {
  link: 'Qui écrit en notre nom',
  title: 'Qui écrit en notre nom',
  heading: {
    none: 'Aucun rapport n’est encore arrivé',
    clean: 'Tout ce qui porte notre nom est prouvé',
    unproved: (count: string) => `${count} au nom de nos écoles, sans preuve`,
  },
  lead: (days: number) =>
    `Ce que les messageries du monde rapportent depuis ${days} jours (DMARC)\u00a0: des machines et des nombres, aucune lettre.`,
  how: 'Gmail, Orange et d’autres envoient un rapport par jour à l’adresse que dit la zone du domaine. Vérifiez cette ligne avec «\u00a0preau dns\u00a0».',
  whatToDo:
    'Une machine de la mairie dans cette liste\u00a0? Faites-la écrire par Préau, ou sous un autre domaine. Les autres se servent de notre nom\u00a0: leurs lettres sont refusées là où elles arrivent.',
  letters: (count: number) => (count === 1 ? '1 lettre' : `${count.toLocaleString('fr')} lettres`),
  line: (letters: string, reporters: number, last: string) =>
    `${letters}, d’après ${reporters === 1 ? 'une messagerie' : `${reporters} messageries`}, jusqu’au ${last}.`,
  stopped: (letters: string) => `Arrêtées\u00a0: ${letters}.`,
  proved: 'prouvé',
  unproved: (letters: string) => `${letters} sans preuve`,
  tls: {
    none: 'Comment le courrier arrive\u00a0: aucun rapport encore',
    clean: 'Le courrier arrive chiffré jusqu’à nous',
    failed: (count: number) =>
      count === 1
        ? '1 connexion vers nous a échoué'
        : `${count.toLocaleString('fr')} connexions vers nous ont échoué`,
    lead: (well: number, days: number) =>
      `${well.toLocaleString('fr')} connexions chiffrées depuis ${days} jours, d’après les serveurs qui nous écrivent (TLS-RPT).`,
    results: {
      'starttls-not-supported':
        'Notre serveur n’a pas proposé de chiffrement. Regardez le certificat avec «\u00a0preau doctor\u00a0».',
      'certificate-host-mismatch':
        'Le certificat ne porte pas ce nom. Demandez-en un pour le nom du MX.',
      'certificate-expired': 'Le certificat avait expiré. Renouvelez-le.',
      'certificate-not-trusted':
        'Personne ne connaît le signataire du certificat. Prenez-en un d’une autorité connue.',
      'sts-policy-fetch-error':
        'Notre règle MTA-STS ne se lit pas\u00a0: le nom mta-sts du domaine mène-t-il aux pages, avec un certificat à ce nom\u00a0?',
      'sts-policy-invalid':
        'Notre règle MTA-STS est fausse. Voyez «\u00a0preau dns --check\u00a0».',
      'sts-webpki-invalid':
        'Le certificat des pages ne porte pas le nom mta-sts du domaine. Ajoutez-le.',
      'tlsa-invalid': 'La ligne TLSA du DNS ne va pas avec le certificat. Refaites-la.',
      'dnssec-invalid': 'Les signatures du DNS sont fausses. Voyez qui tient la zone.',
    },
    other: (result: string) => `Une connexion a échoué (${result}).`,
    line: (count: number, reporters: number, last: string) =>
      `${count.toLocaleString('fr')} fois, d’après ${reporters === 1 ? 'un serveur' : `${reporters} serveurs`}, jusqu’au ${last}.`,
  },
};
