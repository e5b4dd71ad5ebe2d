import type { Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';

/** The same connection under TLS, the server's side of it. */
export function withTls(socket: Socket, secureContext: SecureContext): TLSSocket {
  return new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ['imap'] });
}

/** Resolves once TLS is there, or the client is gone. */
export async function handshakeOf(secure: TLSSocket): Promise<void> {
  await new Promise<void>((resolve) => {
    secure.once('secure', resolve);
    secure.once('close', resolve);
  });
  secure.removeAllListeners('secure');
}
