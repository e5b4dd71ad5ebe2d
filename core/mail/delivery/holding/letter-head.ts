import type { openFaces } from '../../../directory/faces.ts';
import { traceId } from '../../../letters/message/trace-id.ts';
import type { SchoolClass } from '../../../roster/snapshot.ts';
import type { StoredHead } from '../../../store/mail/stored-messages.ts';
import type { DecidedLetter } from './contract.ts';

/** The cover of what belongs to no class. */
const NO_CLASS = 8;

/** What is shown on top of a letter that is or was held. */
export const headOf = (
  { envelope, senderAddressId: addressId, senderRole: role }: StoredHead,
  schoolClass: SchoolClass | undefined,
  faces: Pick<Awaited<ReturnType<typeof openFaces>>, 'sender'>,
): Pick<DecidedLetter, 'subject' | 'className' | 'cover' | 'from' | 'trace'> => ({
  subject: envelope.subject ?? '',
  className: schoolClass?.name ?? '',
  cover: schoolClass?.cover ?? NO_CLASS,
  from: faces.sender({ addressId, role, from: envelope.from }),
  trace: traceId(envelope.messageId),
});
