import { offerListening } from './listen.ts';

offerListening();
