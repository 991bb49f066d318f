import {availableEnd, type Header, hexOf, type Inside, missing, partOf, stopped} from './layout.ts';

/** All that there is, as one field. */
export function readData({protocol, layer, ...scope}: Inside): Header {
  const {bytes, start, end} = scope;
  const length = availableEnd(scope) - start;
  const name = protocol === 'data' ? 'data' : 'other';
  const fields = [{name, offset: start, length, value: hexOf(bytes.subarray(start, start + length))}] as const;
  const part = length > 0 ? partOf(protocol, layer, start, fields) : null;
  return stopped(part, missing(scope, start, end - start));
}
