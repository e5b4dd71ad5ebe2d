import type { Finding } from '../contract.ts';
import { publicHost } from '../demo.ts';
import { amber, green, red, said } from '../finding.ts';
import { greetingOf, type Greeting } from '../greeting.ts';
import type { Look } from '../surroundings.ts';

const SMTPS_PORT = 465;
const SMTP_PORT = 25;

/**
 * Whether our own greeting comes back where the world knocks: the public name of the server. Seen
 * from inside, so that a firewall before the network may still be closed.
 */
export async function fromOutside({ config, beyond, signal }: Look): Promise<Finding> {
  const host = publicHost(config);
  const answer = await beyond.names.addresses(host);
  const [address] = answer.kind === 'found' ? answer.records : [];
  if (address === undefined)
    return red(
      said(
        `${host} n’a pas d’adresse : rien à joindre.`,
        `${host} has no address: nothing to reach.`,
      ),
      said('Réglez d’abord le nom du serveur.', 'Settle the name of the server first.'),
    );
  const greeting = await knock(address, beyond.smtpPort, signal);
  const door = `${host}:${beyond.smtpPort} (${address})`;
  if (greeting.kind === 'greeted') return ours(greeting.line, door, config.domain);
  if (greeting.kind === 'silent')
    return amber(
      said(
        `${door} ne répond pas à cette machine ; certains réseaux ne laissent pas une machine se joindre par son adresse publique.`,
        `${door} doesn’t answer this machine; some networks don’t let a machine reach itself by its public address.`,
      ),
      said(
        'Essayez d’un autre réseau, par un téléphone par exemple ; ouvrez le port 25 s’il est fermé.',
        'Try from another network, with a telephone for instance; open port 25 where it is closed.',
      ),
    );
  return red(
    said(
      `Rien n’écoute sur ${door} : le courrier du dehors n’arrive pas.`,
      `Nothing listens on ${door}: mail from outside doesn’t arrive.`,
    ),
    said(
      `Menez le port 25 à PREAU_MX_PORT (${config.mxPort}) et ouvrez le pare-feu.`,
      `Lead port 25 to PREAU_MX_PORT (${config.mxPort}) and open the firewall.`,
    ),
  );
}

function ours(line: string, door: string, domain: string): Finding {
  if (line.startsWith(`220 ${domain} `))
    return green(
      said(
        `${door} répond par l’accueil de Préau, vu de cette machine.`,
        `${door} answers with Préau’s greeting, seen from this machine.`,
      ),
    );
  return red(
    said(
      `${door} répond, mais ce n’est pas Préau : « ${line} ».`,
      `${door} answers, but it isn’t Préau: “${line}”.`,
    ),
    said('Menez le port 25 de cette adresse à Préau.', 'Lead port 25 of this address to Préau.'),
  );
}

/** Whether mail can leave: to the relay that is named, else to a server of the world. */
export async function toOutside(look: Look): Promise<Finding> {
  const { smarthost } = look.config;
  return smarthost === null ? toTheWorld(look) : toRelay(look, new URL(smarthost));
}

async function toRelay({ signal }: Look, url: URL): Promise<Finding> {
  const isTls = url.protocol === 'smtps:';
  const preset = isTls ? SMTPS_PORT : SMTP_PORT;
  const port = url.port === '' ? preset : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const greeting = await greetingOf({
    host,
    port,
    tls: isTls ? 'at-once' : 'none',
    say: null,
    signal,
  });
  if (greeting.kind === 'greeted' && greeting.line.startsWith('220'))
    return green(said(`Le relais ${host}:${port} répond.`, `The relay ${host}:${port} answers.`));
  const why = greeting.kind === 'greeted' ? ` (« ${greeting.line} »)` : '';
  return red(
    said(
      `Le relais ${host}:${port} ne prend pas de courrier${why} : ce qui part dehors attend.`,
      `The relay ${host}:${port} takes no mail${why}: what goes outside waits.`,
    ),
    said(
      'Vérifiez PREAU_SMARTHOST et le pare-feu vers ce port.',
      'Look at PREAU_SMARTHOST and the firewall towards that port.',
    ),
  );
}

/** Without a relay mail is brought to the servers of whoever it is for. */
async function toTheWorld({ beyond, signal }: Look): Promise<Finding> {
  const reached = await firstReached(beyond.outsideDomains.map(knockAt));
  if (reached === null)
    return red(
      said(
        `Le port 25 vers l’extérieur est fermé (essayé : ${beyond.outsideDomains.join(', ')}), et aucun relais n’est nommé.`,
        `Port 25 to outside is closed (tried: ${beyond.outsideDomains.join(', ')}), and no relay is named.`,
      ),
      said(
        'Ouvrez le port 25 vers l’extérieur, ou nommez un relais par PREAU_SMARTHOST : le courrier attend ici.',
        'Open port 25 to outside, or name a relay by PREAU_SMARTHOST: mail waits here.',
      ),
    );
  return green(
    said(
      `Le port 25 vers l’extérieur est ouvert (${reached} répond) : le courrier part sans relais.`,
      `Port 25 to outside is open (${reached} answers): mail leaves without a relay.`,
    ),
  );

  async function knockAt(domain: string): Promise<string | null> {
    const answer = await beyond.names.mailExchangers(domain);
    const [exchanger] = answer.kind === 'found' ? answer.records : [];
    if (exchanger === undefined) return null;
    const found = await beyond.names.addresses(exchanger.host);
    const [address] = found.kind === 'found' ? found.records : [];
    if (address === undefined) return null;
    const greeting = await knock(address, beyond.smtpPort, signal);
    return greeting.kind === 'greeted' && greeting.line.startsWith('220') ? domain : null;
  }
}

/** The first that is reached; null where none is. */
function firstReached(knocks: readonly Promise<string | null>[]): Promise<string | null> {
  const reached = knocks.map(async (knocking) => {
    const domain = await knocking;
    if (domain === null) throw new Error('not reached');
    return domain;
  });
  return Promise.any(reached).catch(() => null);
}

const knock = (host: string, port: number, signal: AbortSignal): Promise<Greeting> =>
  greetingOf({ host, port, tls: 'none', say: null, signal });
