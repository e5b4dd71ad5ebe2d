import './page.ts';
import { actInPlace } from './acts.ts';
import { dragIntoFolders } from './drag.ts';
import { drawEdge } from './edge.ts';
import { findFolders } from './find-folder.ts';
import { hearKeys } from './keys.ts';
import { goOn } from './roll.ts';
import { offerChoosing } from './selection.ts';
import { bringForFingers } from './touch.ts';

offerChoosing();
actInPlace();
hearKeys();
findFolders();
dragIntoFolders();
bringForFingers();
drawEdge();
// Asks where the rows are: after what changes the page, so that it is laid out once.
goOn();
