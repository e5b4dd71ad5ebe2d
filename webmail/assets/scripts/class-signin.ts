import { offerHearing } from './hear.ts';

offerHearing();
