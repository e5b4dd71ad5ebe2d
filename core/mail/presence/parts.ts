import type { Directory } from '../../directory/directory.ts';
import type { MailEvents } from '../../store/mail-events.ts';
import type { Store } from '../../store/store.ts';

export interface PresenceParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly mailEvents: MailEvents;
  readonly clock: () => Date;
}
