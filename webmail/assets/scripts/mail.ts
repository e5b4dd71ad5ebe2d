import './page.ts';
import { actInPlace } from './acts.ts';
import { dragIntoFolders } from './drag.ts';
import { findFolders } from './find-folder.ts';
import { hearKeys } from './keys.ts';
import { goOn } from './roll.ts';
import { offerChoosing } from './selection.ts';
import { drawRowsAside } from './swipe.ts';

offerChoosing();
actInPlace();
hearKeys();
findFolders();
dragIntoFolders();
drawRowsAside();
// Asks where the rows are: after what changes the page, so that it is laid out once.
goOn();
