export async function showRecording(..._: unknown[]): Promise<number> {
  return 1;
}
export async function showLessons(..._: unknown[]): Promise<number> {
  return 1;
}
