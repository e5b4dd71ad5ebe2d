import { Fault } from '../core/ground/fault.ts';

/** How a command ends that was asked what can't be: with a sentence that says what to do. */
export const refused = (sentence: string): Fault =>
  new Fault('configuration', sentence, { transient: false });
