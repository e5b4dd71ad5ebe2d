import type { FastifyReply, FastifyRequest } from 'fastify';
import { MAX_FIELDS_BYTES } from './forms.ts';
import type { WebLimits } from './limits.ts';
import { openTally, type CrowdedBy, type PeerOf } from './peers.ts';

/**
 * Lets requests in: so many of one peer at once, and so many bytes of what their forms may bring
 * into memory.
 */
export interface Gate {
  /** Null: it is in, until its answer is over. */
  enter(request: FastifyRequest, reply: FastifyReply): CrowdedBy | null;
  /** Its answer is a stream from now on, which has limits of its own. */
  leave(request: FastifyRequest): void;
}

export function openGate(limits: WebLimits, peerOf: PeerOf): Gate {
  const requests = openTally(Infinity); // each has a connection, and those have a limit
  const bytes = openTally(limits.formBytes);
  const leaving = new WeakMap<FastifyRequest, () => void>();

  function leave(request: FastifyRequest): void {
    leaving.get(request)?.();
    leaving.delete(request);
  }

  return {
    leave,
    enter(request, reply) {
      const peer = peerOf(request.ip);
      const brings = formBytesOf(request);
      const crowded = requests.take(peer.key, peer.requests);
      if (crowded !== null) return crowded;
      const tooMuch = bytes.take(peer.key, peer.formBytes, brings);
      if (tooMuch !== null) {
        requests.giveBack(peer.key);
        return tooMuch;
      }
      leaving.set(request, () => {
        requests.giveBack(peer.key);
        bytes.giveBack(peer.key, brings);
      });
      reply.raw.once('close', () => leave(request));
      return null;
    },
  };
}

/**
 * The most bytes that the fields of a request can take of memory: files go to disk, and a body that
 * doesn't say its length may have any.
 */
function formBytesOf({ headers }: FastifyRequest): number {
  if (headers['transfer-encoding'] !== undefined) return MAX_FIELDS_BYTES;
  return Math.min(Number(headers['content-length'] ?? 0) || 0, MAX_FIELDS_BYTES);
}
