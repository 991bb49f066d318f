import type {PictureName} from '../src/model/lesson.ts';
import {layersPicture} from './layers-picture.ts';
import type {Look} from './look.ts';
import type {PaneData, Size} from './panes.ts';
import type {Line} from './spans.ts';
import {tcpStatesPicture} from './tcp-states-picture.ts';

export type Picture = (data: PaneData, look: Look, size: Size) => Line[];

/** How each picture is drawn. */
const pictures: Readonly<Record<PictureName, Picture>> = {layers: layersPicture, 'tcp-states': tcpStatesPicture};

/** The picture that a lesson has beside its calls. */
export const pictureLines: Picture = (data, look, size) =>
  data.lesson.picture ? pictures[data.lesson.picture](data, look, size) : [];
