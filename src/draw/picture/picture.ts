import type {PictureName} from '../../model/lesson.ts';
import type {Picture} from '../pane.ts';
import {hostsPicture} from './hosts-picture.ts';
import {layersPicture} from './layers-picture.ts';
import {tcpStatesPicture} from './tcp-states-picture.ts';

/** How each picture is drawn. */
const pictures: Readonly<Record<PictureName, Picture>> = {
  layers: layersPicture,
  hosts: hostsPicture,
  'tcp-states': tcpStatesPicture,
};

/** The picture that a lesson has beside its calls. */
export const pictureLines: Picture = (data, look, size) =>
  data.lesson.picture ? pictures[data.lesson.picture](data, look, size) : [];
