import type { BenchLoad } from './load.ts';

const KB5 = { attachmentBytes: 0 };
const MB2 = { attachmentBytes: 2_097_152 };

/** How many messages each load has; the counts only have to be large enough for a rate. */
interface Size {
  readonly one: number;
  readonly stream: number;
  readonly attached: number;
}

const WHOLE: Size = { one: 900, stream: 100, attached: 40 };
const QUICK: Size = { one: 600, stream: 60, attached: 20 };

/** All loads of one round, in their order. A class is 30 mailboxes, a town's list 1,000. */
export function loadsOf(size: 'whole' | 'quick'): readonly BenchLoad[] {
  const { one, stream, attached } = size === 'whole' ? WHOLE : QUICK;
  return [
    {
      name: '5k to 1, 10 connections',
      messages: one,
      connections: 10,
      recipients: 1,
      users: 30,
      ...KB5,
    },
    { name: '5k to 30, single', messages: 1, connections: 1, recipients: 30, users: 30, ...KB5 },
    {
      name: '5k to 30, stream',
      messages: stream,
      connections: 10,
      recipients: 30,
      users: 30,
      ...KB5,
    },
    {
      name: '5k to 1000, single',
      messages: 1,
      connections: 1,
      recipients: 1_000,
      users: 1_000,
      ...KB5,
    },
    {
      name: '2M to 1, 10 connections',
      messages: attached,
      connections: 10,
      recipients: 1,
      users: 30,
      ...MB2,
    },
    { name: '2M to 30, single', messages: 1, connections: 1, recipients: 30, users: 30, ...MB2 },
    {
      name: '2M to 1000, single',
      messages: 1,
      connections: 1,
      recipients: 1_000,
      users: 1_000,
      ...MB2,
    },
  ];
}

/** The stream in which a default Dovecot puts deliveries off. */
export const CLASS_STREAM: BenchLoad = {
  name: '5k to 30, stream',
  messages: 100,
  connections: 10,
  recipients: 30,
  users: 30,
  ...KB5,
};
