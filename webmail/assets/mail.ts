import './page.ts';
import { openInPlace } from './panes.ts';
import { goOn } from './roll.ts';

goOn();
openInPlace();
