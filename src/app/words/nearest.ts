import leven from 'leven';

/** The known word that is most like the one given. `known` must not be empty. */
export function nearest(word: string, known: readonly string[]): string {
  const [first = '', ...others] = known;
  return others.reduce(
    (best, candidate) => (distance(word, candidate) < distance(word, best) ? candidate : best),
    first,
  );
}

/** Edit distance; the beginning of a word counts as very near. */
const distance = (word: string, candidate: string): number =>
  word !== '' && candidate.startsWith(word) ? 0.5 : leven(word.toLowerCase(), candidate.toLowerCase());

/** Whether somebody may have meant the one who wrote the other: at most half of it is different. */
export const isNear = (word: string, candidate: string): boolean => distance(word, candidate) <= word.length / 2;
