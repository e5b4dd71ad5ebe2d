import type { MailServers } from '../../core/ground/config.ts';
import { html, type Html } from '../html.ts';
import { XML } from './xml.ts';

const RESPONSE = 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006';
const OUTLOOK = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';

/**
 * The address that Outlook asks about, in its request; null for what is no such request (MS-OXDSCLI
 * §2.2.3).
 */
export function askedAddress(body: string): string | null {
  return /<EMailAddress>\s*([^<>&\s]{3,254})\s*<\/EMailAddress>/.exec(body)?.[1] ?? null;
}

/**
 * The answer for an address of the domain, whoever it may be (MS-OXDSCLI §2.2.4): IMAP and SMTP
 * with TLS from the first byte.
 */
export function autodiscover(address: string, servers: MailServers): Html {
  const protocol = (type: 'IMAP' | 'SMTP', port: number) => html`
    <Protocol>
      <Type>${type}</Type>
      <Server>${servers.host}</Server>
      <Port>${port}</Port>
      <LoginName>${address}</LoginName>
      <DomainRequired>off</DomainRequired>
      <SPA>off</SPA>
      <SSL>on</SSL>
      <AuthRequired>on</AuthRequired>
      ${
        type === 'SMTP'
          ? html`
              <UsePOPAuth>off</UsePOPAuth>
              <SMTPLast>off</SMTPLast>
            `
          : ''
      }
    </Protocol>
  `;
  return html`
    ${XML}
    <Autodiscover xmlns="${RESPONSE}">
      <Response xmlns="${OUTLOOK}">
        <Account>
          <AccountType>email</AccountType>
          <Action>settings</Action>
          ${protocol('IMAP', servers.imaps)} ${protocol('SMTP', servers.submissions)}
        </Account>
      </Response>
    </Autodiscover>
  `;
}

/**
 * What Outlook is told of an address that isn't ours (MS-OXDSCLI §2.2.4.1.1.2.5, error 500: not
 * found).
 */
export function notOurs(): Html {
  return html`
    ${XML}
    <Autodiscover xmlns="${RESPONSE}">
      <Response>
        <Error Time="00:00:00" Id="1">
          <ErrorCode>500</ErrorCode>
          <Message>The address is not of this service.</Message>
          <DebugData />
        </Error>
      </Response>
    </Autodiscover>
  `;
}
