import { describe, expect, it } from 'vitest';
import type { ThreadSource } from '../core/store/mail/contract.ts';
import { SOAKED } from '../tests/shared/slice.ts';
import { threadText } from './threading.ts';

/**
 * A message: its id, the ids it refers to, its subject (`re:` before it makes it an answer); dates
 * in the order of the list unless given.
 */
interface Message {
  readonly id?: string;
  readonly refs?: string;
  readonly subject?: string;
  readonly at?: number;
}

function sources(messages: readonly Message[]): ThreadSource[] {
  return messages.map(({ id, refs = '', subject = '', at }, index) => ({
    uid: index + 1,
    messageId: id ? `<${id}>` : null,
    references: refs
      .split(' ')
      .filter((ref) => ref !== '')
      .map((ref) => `<${ref}>`),
    baseSubject: subject.replace(/^re:/, ''),
    isReply: subject.startsWith('re:'),
    sentAt: at ?? index,
  }));
}
const threads = (
  algorithm: 'REFERENCES' | 'ORDEREDSUBJECT',
  messages: readonly Message[],
): string => threadText(algorithm, sources(messages), ({ uid }) => uid);

describe('REFERENCES (RFC 5256 §3)', () => {
  it.each<{ when: string; given: Message[]; then: string }>([
    { when: 'nothing', given: [], then: '' },
    { when: 'strangers to each other', given: [{ id: 'a' }, { id: 'b' }], then: '(1)(2)' },
    {
      when: 'an answer and its answer',
      given: [{ id: 'a' }, { id: 'b', refs: 'a' }, { id: 'c', refs: 'a b' }],
      then: '(1 2 3)',
    },
    {
      when: 'two answers',
      given: [
        { id: 'a' },
        { id: 'b', refs: 'a' },
        { id: 'c', refs: 'a' },
        { id: 'd', refs: 'a c' },
      ],
      then: '(1 (2)(3 4))',
    },
    {
      when: 'the answer lies before its question',
      given: [
        { id: 'b', refs: 'a', at: 9 },
        { id: 'a', at: 1 },
      ],
      then: '(2 1)',
    },
    {
      when: 'a parent that is not there holds two together',
      given: [
        { id: 'b', refs: 'x' },
        { id: 'c', refs: 'x' },
      ],
      then: '((1)(2))',
    },
    {
      when: 'a parent that is not there with one child is nothing',
      given: [{ id: 'b', refs: 'x y' }],
      then: '(1)',
    },
    {
      when: 'placeholders in the middle go',
      given: [{ id: 'a' }, { id: 'd', refs: 'a b c' }],
      then: '(1 2)',
    },
    {
      when: 'a loop',
      given: [
        { id: 'a', refs: 'b' },
        { id: 'b', refs: 'a' },
      ],
      then: '(2 1)',
    },
    {
      when: 'a loop of what others say: its own References part a message from the parent that others gave it',
      given: [
        { id: 'a', at: 3 },
        { id: 'b', refs: 'a c', at: 1 },
        { id: 'c', refs: 'b', at: 2 },
      ],
      then: '(3 2)(1)',
    },
    { when: 'a message that refers to itself', given: [{ id: 'a', refs: 'a' }], then: '(1)' },
    {
      when: 'two messages of one id',
      given: [{ id: 'a' }, { id: 'a' }, { id: 'b', refs: 'a' }],
      then: '(1 3)(2)',
    },
    {
      when: 'an answer without references, by its subject',
      given: [
        { id: 'a', subject: 's' },
        { id: 'b', subject: 're:s' },
      ],
      then: '(1 2)',
    },
    {
      when: 'two beginnings of one subject',
      given: [
        { id: 'a', subject: 's' },
        { id: 'b', subject: 's' },
        { id: 'c', subject: 's' },
      ],
      then: '((1)(2)(3))',
    },
    {
      when: 'two answers of one subject whose question is later',
      given: [
        { id: 'a', subject: 're:s' },
        { id: 'b', subject: 're:s' },
        { id: 'c', subject: 's' },
      ],
      then: '(3 (1)(2))',
    },
    {
      when: 'two placeholders of one subject',
      given: [
        { id: 'a', refs: 'x', subject: 's' },
        { id: 'b', refs: 'x', subject: 's' },
        { id: 'c', refs: 'y', subject: 's' },
        { id: 'd', refs: 'y', subject: 's' },
      ],
      then: '((1)(2)(3)(4))',
    },
    {
      when: 'siblings by date',
      given: [
        { id: 'a', at: 1 },
        { id: 'b', refs: 'a', at: 5 },
        { id: 'c', refs: 'a', at: 3 },
      ],
      then: '(1 (3)(2))',
    },
    {
      when: 'threads by date',
      given: [
        { id: 'a', at: 7 },
        { id: 'b', at: 2 },
      ],
      then: '(2)(1)',
    },
  ])('$when', ({ given, then }) => expect(threads('REFERENCES', given)).toBe(then));

  it('a thread of 10,000 is no matter', () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => ({
      id: `m${i}`,
      refs: Array.from({ length: Math.min(i, 20) }, (__, j) => `m${i - Math.min(i, 20) + j}`).join(
        ' ',
      ),
    }));
    const before = process.threadCpuUsage();
    expect(threads('REFERENCES', chain)).toBe(`(${chain.map((_, i) => i + 1).join(' ')})`);
    expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(3_000);
  });
});

it.each<{ given: Message[]; then: string }>([
  {
    given: [{ subject: 'a' }, { subject: 'b' }, { subject: 're:a' }, { subject: 'a' }],
    then: '(1 (3)(4))(2)',
  },
  {
    given: [
      { subject: 'a', at: 5 },
      { subject: 're:a', at: 1 },
    ],
    then: '(2 1)',
  },
])('ORDEREDSUBJECT $then', ({ given, then }) =>
  expect(threads('ORDEREDSUBJECT', given)).toBe(then),
);

type Answers = Readonly<{ of: string; refs: (at: number) => string }>;
const ANSWERS: readonly Answers[] = [
  { of: 'answers to one', refs: () => '0' },
  { of: 'answers to the one before', refs: (at) => String(at - 1) },
];
it.each(ANSWERS)('a mailbox of 30,000 $of is threaded in some time', (answers) =>
  isThreaded(30_000, answers),
);
it.each(ANSWERS)('a mailbox of 150,000 $of is threaded in some time', SOAKED, (answers) =>
  isThreaded(150_000, answers),
);

/** In 33 µs a letter: it grows as the mailbox does. */
function isThreaded(length: number, { refs }: Answers): void {
  const all = Array.from({ length }, (_, at) => ({
    id: String(at),
    refs: at === 0 ? '' : refs(at),
  }));
  const begun = process.threadCpuUsage();
  expect(threads('REFERENCES', all).match(/\d+/g)).toHaveLength(all.length);
  expect(process.threadCpuUsage(begun).user).toBeLessThan(length * 33);
}
