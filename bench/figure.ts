/** One line of the results. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly goal: Goal | null;
  /** What the value was made of. */
  readonly detail: string;
}

export interface Goal {
  readonly text: string;
  /** By how much it was missed, with the unit; null when it was met. */
  readonly shortBy: string | null;
}

/** A goal that names the greatest value allowed. */
export const atMost = (limit: number, value: number, unit = ''): Goal => ({
  text: `at most ${limit}${unit}`,
  shortBy: value <= limit ? null : `${(value - limit).toPrecision(2)}${unit}`,
});

/** A goal that names the least value allowed. */
export const atLeast = (limit: number, value: number, unit = ''): Goal => ({
  text: `at least ${limit}${unit}`,
  shortBy: value >= limit ? null : `${(limit - value).toPrecision(2)}${unit}`,
});

export const verdict = (goal: Goal | null): string =>
  goal === null ? 'no goal' : `goal ${goal.text}: ${goal.shortBy === null ? 'met' : `short by ${goal.shortBy}`}`;

export const figureText = (figure: Figure): string =>
  `${figure.name}\n  ${figure.value}   ${verdict(figure.goal)}\n  ${figure.detail}\n`;
