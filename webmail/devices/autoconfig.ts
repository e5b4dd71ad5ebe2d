import type { MailServers } from '../../core/ground/config.ts';
import { html, type Html } from '../html.ts';
import { XML } from './xml.ts';

/**
 * What Thunderbird and its cousins ask for (Mozilla's autoconfig, config file format 1.1): the same
 * for every address of the domain, so that nobody learns from it who exists. The program itself
 * puts the address in.
 */
export function autoconfig(domain: string, servers: MailServers, helpUrl: string): Html {
  const server = (
    kind: 'incoming' | 'outgoing',
    type: 'imap' | 'smtp',
    [port, socket]: readonly [number, 'SSL' | 'STARTTLS'],
  ) => html`<${kind}Server type="${type}">
<hostname>${servers.host}</hostname>
<port>${port}</port>
<socketType>${socket}</socketType>
<authentication>password-cleartext</authentication>
<username>%EMAILADDRESS%</username>
</${kind}Server>`;
  return html`
    ${XML}
    <clientConfig version="1.1">
      <emailProvider id="${domain}">
        <domain>${domain}</domain>
        <displayName>Préau (${domain})</displayName>
        <displayShortName>Préau</displayShortName>
        ${server('incoming', 'imap', [servers.imaps, 'SSL'])}
        ${server('incoming', 'imap', [servers.imap, 'STARTTLS'])}
        ${server('outgoing', 'smtp', [servers.submissions, 'SSL'])}
        ${server('outgoing', 'smtp', [servers.submission, 'STARTTLS'])}
        <documentation url="${helpUrl}">
          <descr lang="fr">Mon courriel sur mon téléphone</descr>
          <descr lang="en">My mail on my phone</descr>
        </documentation>
      </emailProvider>
    </clientConfig>
  `;
}
