import type { ListedMailbox } from '../core/core.ts';
import type { Session } from './session.ts';
import { encodeName } from './wire/names.ts';
import { mailboxList } from './wire/write.ts';

/** \Subscribed and whether there are mailboxes below, as LIST of one mailbox tells them unasked. */
export function attributesOf({ subscribed, hasChildren }: ListedMailbox): string[] {
  return [
    hasChildren ? '\\HasChildren' : '\\HasNoChildren',
    ...(subscribed ? ['\\Subscribed'] : []),
  ];
}

/** RFC 9051 §6.3.9.7 (OLDNAME): the name by which a client knew a mailbox is another one now. */
export function tellOldName(
  { output, intake }: Session,
  mailbox: ListedMailbox,
  oldName: string,
): void {
  const { utf8 } = intake.state;
  output.write(
    mailboxList('LIST', mailbox.path, {
      attributes: attributesOf(mailbox),
      utf8,
      extended: `"OLDNAME" (${encodeName(oldName, { utf8 })})`,
    }),
  );
}
