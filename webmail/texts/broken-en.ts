import type { brokenFr } from './broken-fr.ts';

export const brokenEn: typeof brokenFr = {
  missing: {
    title: { child: 'This page does not exist.', adult: 'This page does not exist.' },
    text: {
      child: 'It is not here any more, or its address is not complete.',
      adult: 'It was moved, or the address is not complete.',
    },
  },
  forbidden: {
    title: { child: 'This page is too old.', adult: 'This form is no longer valid.' },
    text: {
      child: 'Go back and try again. Nothing has changed.',
      adult: 'Go back to the page and try again. Nothing was changed.',
    },
  },
  pause: {
    title: { child: 'Mail is taking a break.', adult: 'Mail is taking a break.' },
    text: {
      child: 'Nothing is lost. Try again in two minutes.',
      adult: 'Nothing is lost. Try again in two minutes.',
    },
  },
  away: {
    title: {
      child: 'This message can’t be opened just now.',
      adult: 'This message can’t be opened just now.',
    },
    text: {
      child: 'It is big and old. It is not lost. Try again later.',
      adult:
        'It is old and large, and the place where it lies doesn’t answer. Nothing is lost, and the rest of the mail works. Try again in a few minutes.',
    },
  },
  wrong: {
    title: { child: 'Mail did not understand.', adult: 'This request was not understood.' },
    text: { child: 'Go back and try again.', adult: 'Go back to the page and try again.' },
  },
  tooBig: {
    title: { child: 'That is too big to be sent.', adult: 'That is too big to be sent.' },
    text: {
      child: 'Go back and choose a smaller file.',
      adult: 'Go back and choose a smaller file.',
    },
  },
  crowded: {
    title: { child: 'Too many requests at once.', adult: 'Too many requests at once.' },
    text: {
      child: 'Wait a little, then try again.',
      adult: 'Too many requests come from your network at once. Try again in thirty seconds.',
    },
  },
  late: {
    title: { child: 'Your text was not sent.', adult: 'Your text was not sent.' },
    text: {
      child:
        'The page was open for too long. Your text is here. Copy it, go back to where you wrote it, then paste it.',
      adult:
        'The page was open for too long: your session is over. Copy your text, go back to where you wrote it, then paste it.',
    },
  },
  typed: { child: 'Your text', adult: 'Your text' },
  home: { child: 'Back to my messages', adult: 'Back to the messages' },
};
