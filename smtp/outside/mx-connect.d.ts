/** As much of mx-connect 2.0.0 as is used here; it brings no types of its own. */
declare module 'mx-connect' {
  import type { X509Certificate } from 'node:crypto';
  import type { Socket } from 'node:net';

  interface TlsaRecord {
    readonly usage: number;
    readonly selector: number;
    readonly mtype: number;
    readonly cert: Buffer;
    readonly ttl: number;
  }

  interface Options {
    /** The domain. */
    readonly target: string;
    readonly port: number;
    /** In milliseconds, of each host. */
    readonly maxConnectTime: number;
    readonly mx: readonly { readonly exchange: string; readonly priority: number }[];
    /** Addresses that were tried. */
    readonly ignoreMXHosts: readonly string[];
    readonly dnsOptions: {
      readonly blockLocalAddresses?: boolean;
      readonly blockReservedNetworks?: boolean;
      resolveRecords(name: string, type: string): Promise<readonly unknown[]>;
    };
    readonly dane: DaneOptions;
  }

  interface DaneOptions {
    readonly enabled: boolean;
    resolveTlsa(name: string): Promise<readonly TlsaRecord[]>;
    checkDnssecSecure(host: string): Promise<{ readonly secure: boolean }>;
  }

  interface Connection {
    readonly socket: Socket;
    /** The host's name, as its MX says it. */
    readonly hostname: string;
    /** The address that was reached. */
    readonly host: string;
    readonly port: number;
    /** DANE: there are TLSA records, and the certificate must fit one of them. */
    readonly daneVerifier?: (
      hostname: string,
      certificate: X509Certificate,
      chain: readonly X509Certificate[],
    ) => Error | undefined;
  }

  /** What it throws: `temporary` where the same may succeed later. */
  interface ConnectError extends Error {
    readonly temporary?: boolean;
    readonly category?: string;
    readonly code?: string;
  }

  export default function mxConnect(options: Options): Promise<Connection>;
}

declare module 'mx-connect/lib/tools.js' {
  /** Why mail is not brought to an address, or false where it may be. */
  export function isInvalid(
    delivery: {
      readonly dnsOptions: {
        readonly blockLocalAddresses: boolean;
        readonly blockReservedNetworks: boolean;
      };
    },
    address: string,
  ): string | false;
}
