import type {Line} from '../text/spans.ts';

/** Groups of lines under each other, a blank row between two where there is room for all of it. */
export function spaced(groups: readonly (readonly Line[])[], room: number): Line[] {
  const full = groups.filter(group => group.length > 0);
  const rows = full.reduce((sum, group) => sum + group.length, full.length - 1);
  return full.flatMap((group, i) => (i > 0 && rows <= room ? [[], ...group] : group));
}

/** The same, with words at its end that may be missing where all of it does not fit with them. */
export function withAside(groups: readonly (readonly Line[])[], aside: readonly Line[], room: number): Line[] {
  const all = spaced([...groups, aside], Number.POSITIVE_INFINITY);
  return all.length <= room ? all : spaced(groups, room);
}

/** The same, with words over it that may be missing where all of it does not fit with them. */
export function withHead(head: readonly Line[] | null, groups: readonly (readonly Line[])[], room: number): Line[] {
  const [first = [], ...others] = groups;
  const all = [[...(head ?? []), ...first], ...others];
  const rows = all.reduce((sum, group) => sum + group.length, 0);
  return spaced(rows <= room ? all : groups, room);
}
