import { check, close } from './steps.ts';

close(await check());
