import { close, step } from './steps.ts';

close(await step('format', 'oxfmt', []));
