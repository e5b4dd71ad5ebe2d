import { hash } from 'node:crypto';
import type { MailServers } from '../../core/ground/config.ts';
import { html, markup, type Html } from '../html.ts';
import { XML } from './xml.ts';

interface Profile {
  readonly address: string;
  readonly displayName: string;
  /** The password of this device: the person types none. */
  readonly password: string;
  readonly domain: string;
  readonly servers: MailServers;
  readonly words: { readonly name: string; readonly description: string };
}

/** The document type of property lists (Apple, plist(5)). */
const PLIST_TYPE = markup(
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN"' +
    ' "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
);

/**
 * A configuration profile for iPhone, iPad and Mac (Apple, Configuration Profile Reference:
 * com.apple.mail.managed), not yet signed.
 */
export function profileXml(profile: Profile): string {
  const { address, password, domain, words } = profile;
  const identifier = `${domain.split('.').reverse().join('.')}.mail`;
  return String(html`
    ${XML} ${PLIST_TYPE}
    <plist version="1.0">
      <dict>
        <key>PayloadContent</key>
        <array>${mailPayload(profile, identifier)}</array>
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
}

/** The account: the password goes both ways, so that the person types none. */
function mailPayload(
  { address, displayName, password, servers, words }: Profile,
  identifier: string,
): Html {
  return html`
    <dict>
      ${text('PayloadType', 'com.apple.mail.managed')} ${number('PayloadVersion', 1)}
      ${text('PayloadIdentifier', `${identifier}.account`)}
      ${text('PayloadUUID', uuidOf(`account ${address} ${password}`))}
      ${text('PayloadDisplayName', words.name)} ${text('EmailAccountDescription', words.name)}
      ${text('EmailAccountName', displayName)} ${text('EmailAccountType', 'EmailTypeIMAP')}
      ${text('EmailAddress', address)}
      ${mailServer('Incoming', { host: servers.host, port: servers.imaps, address })}
      ${text('IncomingPassword', password)}
      ${mailServer('Outgoing', { host: servers.host, port: servers.submissions, address })}
      ${yes('OutgoingPasswordSameAsIncomingPassword')}
    </dict>
  `;
}

interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly address: string;
}

function mailServer(way: 'Incoming' | 'Outgoing', { host, port, address }: MailServer): Html {
  return html`
    ${text(`${way}MailServerHostName`, host)} ${number(`${way}MailServerPortNumber`, port)}
    ${yes(`${way}MailServerUseSSL`)} ${text(`${way}MailServerAuthentication`, 'EmailAuthPassword')}
    ${text(`${way}MailServerUsername`, address)}
  `;
}

function text(key: string, value: string): Html {
  return html`
    <key>${key}</key>
    <string>${value}</string>
  `;
}

function number(key: string, value: number): Html {
  return html`
    <key>${key}</key>
    <integer>${value}</integer>
  `;
}

function yes(key: string): Html {
  return html`
    <key>${key}</key>
    <true />
  `;
}

/**
 * A UUID that follows from a text (RFC 9562 §5.8): the same profile installed twice takes its own
 * place.
 */
function uuidOf(text: string): string {
  const hex = hash('sha256', text);
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`, // version 8
    `a${hex.slice(17, 20)}`, // variant 10 (RFC 9562 §4.1)
    hex.slice(20, 32),
  ];
  return groups.join('-').toUpperCase();
}
