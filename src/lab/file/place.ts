import type {Endpoint} from '../../model/address.ts';
import {endpointText} from '../../model/address.ts';
import type {ServePlace} from '../../model/serve.ts';

const endOf = (place: ServePlace): Endpoint => (place.kind === 'unix' ? {path: place.path} : place);

/** `127.0.0.1:8080`, or a path. */
export const placeText = (place: ServePlace): string => endpointText(endOf(place));
