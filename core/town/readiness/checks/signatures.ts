import { signingKeys } from '../../../store/town/signing-keys.ts';
import { shownKey } from '../../signing/keys.ts';
import type { Finding, PublishedRecord } from '../contract.ts';
import { keyRecords } from '../dns-records.ts';
import { amber, green, grey, red, said } from '../finding.ts';
import { published, undotted } from '../published.ts';
import type { Look } from '../surroundings.ts';

const PUBLISH = said(
  'Mettez dans la zone les lignes _domainkey que donne preau dns ; elles servent dix minutes après.',
  'Put into the zone the _domainkey records that preau dns gives; they are used ten minutes later.',
);

/** DKIM (RFC 6376): whether letters of each domain leave signed, by keys that others can see. */
export async function signatures({ store, beyond, config }: Look): Promise<Finding> {
  if (store === null) return grey(said('Attend la base de données.', 'Waits for the database.'));
  const keys = (await store.readTown(signingKeys)).map(shownKey);
  const wanted = keys.filter(({ state }) => state !== 'leaving');
  const records = await Promise.all(
    keyRecords(wanted).map((record) => published(beyond.names, record)),
  );
  const hidden = records.filter(({ state }) => state !== 'published');
  const signs = keys.filter(({ state }) => state === 'signing');
  if (!signs.some(({ domain }) => domain === config.domain)) return unsigned(config.domain, hidden);
  const lost = signs.filter(({ name }) => hidden.some((record) => undotted(record.name) === name));
  if (lost.length > 0) return keysLost(lost.map(({ name }) => name));
  if (hidden.length > 0) return keysToCome(hidden);
  const domains = [...new Set(signs.map(({ domain }) => domain))].join(', ');
  return green(
    said(`Les lettres partent signées : ${domains}.`, `Letters leave signed: ${domains}.`),
  );
}

function unsigned(domain: string, hidden: readonly PublishedRecord[]): Finding {
  if (hidden.length === 0)
    return amber(
      said(
        `Les clés de ${domain} servent dans dix minutes : leurs lignes sont là.`,
        `The keys of ${domain} are used within ten minutes: their records are there.`,
      ),
      said('Attendez un peu.', 'Wait a little.'),
    );
  return red(
    said(
      `Les lettres de ${domain} partent sans signature : beaucoup de serveurs s’en méfient.`,
      `Letters of ${domain} leave unsigned: many servers are wary of them.`,
    ),
    PUBLISH,
  );
}

function keysLost(names: readonly string[]): Finding {
  return red(
    said(
      `Des clés qui signent ne sont plus publiées : ${names.join(', ')}.`,
      `Keys that sign are no longer published: ${names.join(', ')}.`,
    ),
    PUBLISH,
  );
}

function keysToCome(hidden: readonly PublishedRecord[]): Finding {
  const names = hidden.map(({ name }) => undotted(name)).join(', ');
  return amber(
    said(
      `De nouvelles clés attendent d’être publiées : ${names}. Les anciennes signent encore.`,
      `New keys wait to be published: ${names}. The old ones still sign.`,
    ),
    PUBLISH,
  );
}
