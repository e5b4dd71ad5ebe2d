import type { Mailboxes, MailboxStop } from '../../core/core.ts';

const missing = async (): Promise<MailboxStop> => ({ kind: 'nonexistent' });
const nothing = async (): Promise<null> => null;
async function* none(): AsyncGenerator<never> {}

/** A town without mail programs: pages have nothing to do with them. */
export const NO_MAILBOXES: Mailboxes = {
  namespaces: { personal: '', others: 'Partagés/', separator: '/' },
  list: async () => [],
  find: nothing,
  deleted: async () => ({ total: 0, bytes: 0 }),
  create: missing,
  rename: missing,
  remove: missing,
  subscribe: missing,
  open: nothing,
  since: nothing,
  resync: nothing,
  fetch: none,
  sections: none,
  structure: nothing,
  store: missing,
  receive: missing,
  appendLimit: () => 0,
  append: missing,
  replace: missing,
  copy: missing,
  move: missing,
  expunge: missing,
  search: nothing,
  threads: nothing,
  quota: nothing,
  rights: missing,
  grant: missing,
  grantable: missing,
  annotations: missing,
  annotationMarks: async () => [],
  annotate: missing,
};
