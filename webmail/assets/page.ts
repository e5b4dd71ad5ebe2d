import { hearMail } from './live.ts';
import { offerListening } from './listen.ts';

hearMail();
offerListening();
