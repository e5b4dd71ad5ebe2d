import { KeyCounts } from '../core/ground/counts.ts';
import type { Viewer } from '../core/rules/viewer.ts';
import type { ImapLimits } from './limits.ts';

/** More is coming in than there is room for at this moment. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
}

/** Bytes of the messages that are being put in by one client. */
export interface AppendFlight {
  /** The same bytes, counted as they come; throws `NoRoom` where there is none for more. */
  counted(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
  /** The messages are kept, or forgotten. */
  end(): void;
}

/** Room for those of all sessions of a process, of which no account has more than a part. */
export function openFlights(
  limits: Pick<ImapLimits, 'bytesInFlight' | 'bytesInFlightEach'>,
): (viewer: Viewer) => AppendFlight {
  const by = new KeyCounts();
  let all = 0;
  return ({ school, account }) => {
    const key = `${school}.${account}`;
    let own = 0;
    return {
      async *counted(bytes) {
        for await (const chunk of bytes) {
          const fits = all + chunk.length <= limits.bytesInFlight;
          if (!fits || !by.take(key, limits.bytesInFlightEach, chunk.length)) throw new NoRoom();
          all += chunk.length;
          own += chunk.length;
          yield chunk;
        }
      },
      end() {
        all -= own;
        by.add(key, -own);
        own = 0;
      },
    };
  };
}
