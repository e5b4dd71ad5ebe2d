/** Notices to somebody about their own way in: nobody uses or changes it unseen. */
import type { Notices } from '../../mail/delivery/telling/notice.ts';
import { SERVICE_LETTERS } from '../../mail/delivery/telling/service-letters.ts';
import type { Viewer } from '../../rules/viewer.ts';

/** Fewer are soon none. */
const FEW = 3;

/**
 * A notice to somebody that one of their recovery codes has opened their account: whoever found the
 * sheet doesn't come in unseen, and whoever uses it up knows in time.
 */
export async function tellOfRecovery(parts: Told, viewer: Viewer, left: number): Promise<void> {
  await parts.notices.tell(
    viewer,
    SERVICE_LETTERS[viewer.language].recoveryCode({ left, isLow: left <= FEW }),
  );
}

/** A notice to somebody that their password is another one by now. */
export async function tellOfPassword(parts: Told, viewer: Viewer): Promise<void> {
  await parts.notices.tell(viewer, SERVICE_LETTERS[viewer.language].newPassword);
}

interface Told {
  readonly notices: Notices;
}
