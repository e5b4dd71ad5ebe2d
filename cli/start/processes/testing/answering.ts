/** A process that answers whoever asks it, until it is told to hold its loop. */
process.on('message', (said) => {
  if (said === 'hold') for (;;);
  process.send?.('here');
});
process.on('SIGTERM', () => {}); // a loop that is held hears no signal either
process.send?.('here');
