/** How far a lesson has been taken. `passed`: to the end with every prediction made; `skipped`: some were passed over. */
export type Status = 'new' | 'seen' | 'skipped' | 'passed';
