/** `02:00:00:00:00:01`. */
export const macText = (bytes: Uint8Array): string =>
  [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join(':');

/** `127.0.0.1`. */
export const ipv4Text = (bytes: Uint8Array): string => bytes.join('.');

/** As RFC 5952 recommends, and as the kernel's own tables are shown: `::1`, `fe80::1`, `::ffff:192.0.2.1`. */
export function ipv6Text(bytes: Uint8Array): string {
  const groups = Array.from({length: 8}, (_, i) => (bytes[2 * i] ?? 0) * 256 + (bytes[2 * i + 1] ?? 0));
  if (isMapped(groups)) return `::ffff:${ipv4Text(bytes.subarray(12))}`;
  const {start, length} = longestZeros(groups);
  const text = (some: readonly number[]): string => some.map(group => group.toString(16)).join(':');
  return length < 2 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}

/** RFC 4291 section 2.5.5.2. */
const isMapped = (groups: readonly number[]): boolean =>
  groups.slice(0, 5).every(group => group === 0) && groups[5] === 0xffff;

/** The first of the longest runs of groups that are 0. */
function longestZeros(groups: readonly number[]): {start: number; length: number} {
  let longest = {start: 0, length: 0};
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > longest.length) longest = {start, length};
  }
  return longest;
}
