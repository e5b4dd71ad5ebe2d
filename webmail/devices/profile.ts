import { createHash } from 'node:crypto';
import type { MailServers } from '../../core/config.ts';
import { html, type Html } from '../html.ts';
import { XML } from './xml.ts';

export interface Profile {
  readonly address: string;
  readonly displayName: string;
  /** The password of this device: the person types none. */
  readonly password: string;
  readonly domain: string;
  readonly servers: MailServers;
  readonly words: { readonly name: string; readonly description: string };
}

/**
 * A configuration profile for iPhone, iPad and Mac (Apple, Configuration Profile Reference:
 * com.apple.mail.managed), not yet signed.
 */
export function profileXml({
  address,
  displayName,
  password,
  domain,
  servers,
  words,
}: Profile): string {
  const identifier = `${domain.split('.').reverse().join('.')}.mail`;
  const text = (key: string, value: string) => html`
    <key>${key}</key>
    <string>${value}</string>
  `;
  const number = (key: string, value: number) => html`
    <key>${key}</key>
    <integer>${value}</integer>
  `;
  const yes = (key: string) => html`
    <key>${key}</key>
    <true />
  `;
  const mail = html`
    <dict>
      ${text('PayloadType', 'com.apple.mail.managed')} ${number('PayloadVersion', 1)}
      ${text('PayloadIdentifier', `${identifier}.account`)}
      ${text('PayloadUUID', uuidOf(`account ${address} ${password}`))}
      ${text('PayloadDisplayName', words.name)} ${text('EmailAccountDescription', words.name)}
      ${text('EmailAccountName', displayName)} ${text('EmailAccountType', 'EmailTypeIMAP')}
      ${text('EmailAddress', address)}
      ${side('Incoming', servers.imaps)}${text('IncomingPassword', password)}
      ${side('Outgoing', servers.submissions)}${yes('OutgoingPasswordSameAsIncomingPassword')}
    </dict>
  `;
  return String(html`
    ${XML}
    <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
    <plist version="1.0">
      <dict>
        <key>PayloadContent</key>
        <array>${mail}</array>
        ${text('PayloadType', 'Configuration')} ${number('PayloadVersion', 1)}
        ${text('PayloadIdentifier', identifier)}
        ${text('PayloadUUID', uuidOf(`profile ${address} ${password}`))}
        ${text('PayloadDisplayName', words.name)} ${text('PayloadDescription', words.description)}
        ${text('PayloadOrganization', domain)}
        <key>PayloadRemovalDisallowed</key>
        <false />
      </dict>
    </plist>
  `);

  function side(way: 'Incoming' | 'Outgoing', port: number): Html {
    return html`
      ${text(`${way}MailServerHostName`, servers.host)}
      ${number(`${way}MailServerPortNumber`, port)} ${yes(`${way}MailServerUseSSL`)}
      ${text(`${way}MailServerAuthentication`, 'EmailAuthPassword')}
      ${text(`${way}MailServerUsername`, address)}
    `;
  }
}

/**
 * A UUID that follows from a text (RFC 9562 §5.8): the same profile installed twice takes its own
 * place.
 */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`.toUpperCase();
}
