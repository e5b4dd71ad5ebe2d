/** A process that answers whoever asks it, until it is told to hold its loop. */
process.on('message', (said) => {
  // Without the processor, which others want.
  if (said === 'hold') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  process.send?.('here');
});
process.on('SIGTERM', () => {}); // a loop that is held hears no signal either
process.send?.('here');
