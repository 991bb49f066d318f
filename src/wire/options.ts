import {availableEnd, missing, type Problem, type Scope} from './layout.ts';

/** One option of IPv4 or TCP: its kind, and where it lies, kind and length included. */
export interface Option {
  readonly kind: number;
  readonly offset: number;
  readonly length: number;
}

/**
 * The options of a header, which have the same form in IPv4 (RFC 791 section 3.1) and TCP (RFC 9293 section 3.1): a kind,
 * a length that counts both, and what the option holds. 0 ends the list, and all after it is padding; 1 stands alone.
 *
 * @param scope from the first option to the end of the header
 */
export function readOptions(scope: Scope): {options: Option[]; problem: Problem | null} {
  const options: Option[] = [];
  for (let offset = scope.start; offset < scope.end; ) {
    const option = optionAt(scope, offset);
    if ('at' in option) return {options, problem: option};
    options.push(option);
    offset += option.length;
  }
  return {options, problem: null};
}

const endOfList = 0;
const noOperation = 1;

function optionAt(scope: Scope, offset: number): Option | Problem {
  const {bytes, end} = scope;
  const kind = bytes[offset];
  if (kind === undefined) return {kind: 'not-captured', at: offset};
  if (kind === endOfList) return {kind, offset, length: availableEnd(scope) - offset};
  if (kind === noOperation) return {kind, offset, length: 1};
  if (offset + 1 >= end) return {kind: 'bad-option', at: offset};
  const length = bytes[offset + 1];
  if (length === undefined) return {kind: 'not-captured', at: offset + 1};
  if (length < 2 || offset + length > end) return {kind: 'bad-option', at: offset};
  return missing(scope, offset, length) ?? {kind, offset, length};
}
