/** What all measurements are told. */
export interface Setting {
  /** Few repetitions, to see that it works: the figures are worth little. */
  readonly isQuick: boolean;
  /** The Nodes to start with: paths of their programs. */
  readonly nodes: readonly string[];
  /** A folder that is removed afterwards. */
  readonly folder: string;
  /** Says how far it is; nothing that belongs to the results. */
  readonly tell: (progress: string) => void;
}
