import { isIP } from 'node:net';
import { isLoopback } from '../../../ground/listen.ts';
import type { DnsRecord, Finding, PublishedRecord, BilingualSentence } from '../contract.ts';
import { publicHost } from '../demo.ts';
import { dnsRecords } from '../dns-records.ts';
import { amber, green, grey, red, said } from '../finding.ts';
import { published, termsOf, undotted, unquoted } from '../published.ts';
import type { Ask, Look } from '../surroundings.ts';

/** Under which name the town is seen; without one nothing can be published. */
export function publicName({ config }: Look): Finding {
  const host = publicHost(config);
  if (isLoopback(host))
    return red(
      said(
        `Les pages n’ont pas encore de nom public : elles sont annoncées à ${config.publicUrl}, que cette machine seule atteint.`,
        `The pages have no public name yet: they are announced at ${config.publicUrl}, which this machine alone reaches.`,
      ),
      said(
        'Réglez PREAU_PUBLIC_URL, par exemple https://courrier.ville.fr, et redémarrez.',
        'Set PREAU_PUBLIC_URL, for instance https://courrier.ville.fr, and start again.',
      ),
    );
  if (isIP(host) !== 0)
    return red(
      said(
        `PREAU_PUBLIC_URL est une adresse (${host}), et non un nom.`,
        `PREAU_PUBLIC_URL is an address (${host}), not a name.`,
      ),
      said(
        'Donnez un nom : MX, SRV et certificat n’acceptent pas d’adresse.',
        'Give a name: MX, SRV and certificates take no address.',
      ),
    );
  if (!config.publicUrl.startsWith('https:'))
    return red(
      said(
        `Les pages sont annoncées sans chiffrement (${config.publicUrl}).`,
        `The pages are announced without encryption (${config.publicUrl}).`,
      ),
      said('Mettez https:// dans PREAU_PUBLIC_URL.', 'Put https:// into PREAU_PUBLIC_URL.'),
    );
  return green(said(`Les pages sont vues sous ${host}.`, `The pages are seen under ${host}.`));
}

/** A check that needs the public name: as long as there is none, that line alone is red. */
export function withPublicName(ask: Ask): Ask {
  return (look) =>
    publicName(look).state === 'green'
      ? ask(look)
      : grey(said('Attend le nom public.', 'Waits for the public name.'));
}

/** Whether the name of the server leads to an address. */
export async function hostAddress({ config, beyond }: Look): Promise<Finding> {
  const host = publicHost(config);
  const answer = await beyond.names.addresses(host);
  if (answer.kind === 'silent') return silent(host);
  if (answer.kind === 'none')
    return red(
      said(`${host} n’a pas d’adresse dans le DNS.`, `${host} has no address in the DNS.`),
      said(`Ajoutez une ligne A ou AAAA pour ${host}.`, `Add an A or AAAA record for ${host}.`),
    );
  const addresses = answer.records.join(', ');
  return green(said(`${host} mène à ${addresses}.`, `${host} leads to ${addresses}.`));
}

/** MX (RFC 5321 §5.1): where others bring mail for the town. */
export async function mailExchanger(look: Look): Promise<Finding> {
  const record = await only(look, ({ type }) => type === 'MX');
  switch (record.state) {
    case 'silent':
      return silent(undotted(record.name));
    case 'published':
      return green(said(`Le courrier du domaine vient ici.`, 'The mail of the domain comes here.'));
    case 'missing':
      return red(
        said(
          `${undotted(record.name)} n’a pas de ligne MX : personne ne sait où porter le courrier.`,
          `${undotted(record.name)} has no MX record: nobody knows where to bring mail.`,
        ),
        add([record]),
      );
    case 'other':
      return red(
        said(
          `Le courrier du domaine va ailleurs : ${record.found.join(', ')}.`,
          `The mail of the domain goes elsewhere: ${record.found.join(', ')}.`,
        ),
        add([record]),
      );
  }
}

/** SPF (RFC 7208): who may send in the town's name. */
export async function senderPolicy(look: Look): Promise<Finding> {
  const record = await only(look, ({ value }) => value.startsWith('"v=spf1'));
  const [text = '', ...others] = record.found.map(unquoted);
  switch (record.state) {
    case 'silent':
      return silent(undotted(record.name));
    case 'published':
      return green(
        said(
          'SPF dit que ce serveur envoie pour le domaine, et lui seul.',
          'SPF says that this server sends for the domain, and no other.',
        ),
      );
    case 'missing':
      return red(
        said(
          'Aucune ligne SPF : nos lettres passent pour des faux.',
          'No SPF record: our letters are taken for forgeries.',
        ),
        add([record]),
      );
    case 'other':
      if (others.length > 0)
        return red(
          said(
            `${record.found.length} lignes SPF : il n’en faut qu’une, sinon aucune ne vaut.`,
            `${record.found.length} SPF records: there must be one, or none counts.`,
          ),
          said(`Gardez seulement : ${record.value}.`, `Keep this alone: ${record.value}.`),
        );
      return softly(record, text);
  }
}

/** A policy that lets us send and doesn't forbid others is half of what is wanted. */
function softly(record: PublishedRecord, text: string): Finding {
  const terms = termsOf(text);
  const lets = termsOf(unquoted(record.value)).filter((term) => term !== '-all');
  if (lets.every((term) => terms.includes(term)))
    return amber(
      said(
        `SPF laisse encore passer d’autres que nous : ${text}.`,
        `SPF still lets others than us pass: ${text}.`,
      ),
      said('Finissez la ligne par -all.', 'Let the record end in -all.'),
    );
  return red(
    said(`SPF n’autorise pas ce serveur : ${text}.`, `SPF doesn’t allow this server: ${text}.`),
    add([record]),
  );
}

/** DMARC (RFC 9989): what others do with our name come from elsewhere. */
export async function forgeryPolicy(look: Look): Promise<Finding> {
  const record = await only(look, ({ name }) => name.startsWith('_dmarc.'));
  const [text = ''] = record.found.map(unquoted);
  switch (record.state) {
    case 'silent':
      return silent(undotted(record.name));
    case 'published':
      return green(
        said(
          'DMARC fait refuser notre nom venu d’ailleurs.',
          'DMARC has our name from elsewhere refused.',
        ),
      );
    case 'missing':
      return red(
        said(
          'Aucune ligne DMARC : n’importe qui peut écrire en notre nom.',
          'No DMARC record: anybody may write in our name.',
        ),
        add([record]),
      );
    case 'other':
      return amber(
        said(
          `DMARC ne fait pas encore refuser les faux : ${text}.`,
          `DMARC doesn’t have forgeries refused yet: ${text}.`,
        ),
        said('Mettez p=reject une fois que SPF est juste.', 'Put p=reject once SPF is right.'),
      );
  }
}

/** MTA-STS and the reports of TLS (RFC 8461, RFC 8460): mail comes encrypted, or it is told. */
export async function transport(look: Look): Promise<Finding> {
  const records = await all(look, ({ name }) => /^(_?mta-sts|_smtp\._tls)\./.test(name));
  return together(records, {
    good: said(
      'Les autres serveurs savent nous écrire chiffré, et dire ce qui a manqué.',
      'Other servers know how to write to us encrypted, and to tell what failed.',
    ),
    bad: said(
      'D’autres serveurs ne savent pas que le courrier nous arrive chiffré',
      'Other servers don’t know that mail comes to us encrypted',
    ),
  });
}

/** The names that Thunderbird and Outlook ask for their settings. */
export async function autoconfig(look: Look): Promise<Finding> {
  const records = await all(
    look,
    ({ name }) => name.startsWith('auto') || name.startsWith('_autodiscover.'),
  );
  return together(records, {
    good: said(
      'Thunderbird et Outlook trouvent leurs réglages.',
      'Thunderbird and Outlook find their settings.',
    ),
    bad: said(
      'Thunderbird ou Outlook ne trouvent pas leurs réglages',
      'Thunderbird or Outlook don’t find their settings',
    ),
  });
}

/** SRV (RFC 6186, RFC 8314 §5.1): where mail programs read and send. */
export async function serviceRecords(look: Look): Promise<Finding> {
  const records = await all(
    look,
    ({ name, type }) => type === 'SRV' && !name.startsWith('_autodiscover.'),
  );
  return together(records, {
    good: said(
      'Les programmes de courrier trouvent où lire et où envoyer.',
      'Mail programs find where to read and to send.',
    ),
    bad: said(
      'Des programmes de courrier ne trouvent pas où lire ou envoyer',
      'Some mail programs don’t find where to read or to send',
    ),
  });
}

/** What the zone of a school's own domain must hold: mail comes, and leaves in its name. */
export async function schoolDomains(look: Look): Promise<Finding> {
  const own = (await look.schools()).flatMap(({ domain }) => (domain === null ? [] : [domain]));
  const domains = [...new Set(own)];
  if (domains.length === 0)
    return green(said('Aucune école n’a de domaine à elle.', 'No school has a domain of its own.'));
  const records = await Promise.all(
    domains.map((domain) =>
      all(
        { ...look, config: { ...look.config, domain } },
        ({ type, value }) => type === 'MX' || /^"v=(spf1|DMARC1)/.test(value),
      ),
    ),
  );
  const wrong = records.flat().filter(({ state }) => state !== 'published');
  if (wrong.length === 0)
    return green(
      said(`Bien publiés : ${domains.join(', ')}.`, `Well published: ${domains.join(', ')}.`),
    );
  const named = wrong.map(({ name, type }) => `${undotted(name)} ${type}`).join(', ');
  return red(
    said(
      `Des domaines d’écoles n’ont pas leurs lignes : ${named}.`,
      `Domains of schools lack their records: ${named}.`,
    ),
    said(
      'Mettez-y les lignes MX, SPF et DMARC que donne preau dns, au nom de ce domaine.',
      'Put there the MX, SPF and DMARC records that preau dns gives, in that domain’s name.',
    ),
  );
}

/** Without these mail comes and goes all the same: amber. */
function together(
  records: readonly PublishedRecord[],
  says: { readonly good: BilingualSentence; readonly bad: BilingualSentence },
): Finding {
  const wrong = records.filter(({ state }) => state !== 'published');
  const [first] = wrong;
  if (first === undefined) return green(says.good);
  if (wrong.every(({ state }) => state === 'silent')) return silent(undotted(first.name));
  const names = wrong.map(({ name }) => undotted(name)).join(', ');
  return amber(said(`${says.bad.fr} : ${names}.`, `${says.bad.en}: ${names}.`), add(wrong));
}

function all(
  { config, beyond }: Look,
  wanted: (record: DnsRecord) => boolean,
): Promise<PublishedRecord[]> {
  const records = dnsRecords(config).filter(wanted);
  return Promise.all(records.map((record) => published(beyond.names, record)));
}

async function only(look: Look, wanted: (record: DnsRecord) => boolean): Promise<PublishedRecord> {
  const [record] = await all(look, wanted);
  if (record === undefined) throw new Error('no such record');
  return record;
}

/** The line of the zone that is missing; where there are several, who gives them. */
function add(records: readonly DnsRecord[]): BilingualSentence {
  const [first, ...others] = records;
  if (first === undefined || others.length > 0)
    return said(
      'Mettez dans la zone les lignes que donne preau dns.',
      'Put into the zone the lines that preau dns gives.',
    );
  const line = `${first.name} IN ${first.type} ${first.value}`;
  return said(`Mettez dans la zone : ${line}`, `Put into the zone: ${line}`);
}

const silent = (name: string): Finding =>
  red(
    said(`Le DNS ne répond pas à la question de ${name}.`, `The DNS doesn’t answer about ${name}.`),
    said(
      'Regardez le résolveur de cette machine (/etc/resolv.conf), ou nommez-en un par PREAU_RESOLVER.',
      'Look at this machine’s resolver (/etc/resolv.conf), or name one by PREAU_RESOLVER.',
    ),
  );
