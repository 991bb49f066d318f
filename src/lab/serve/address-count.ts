/** How many clients there are from each IP address. */
export class AddressCount {
  readonly #counts = new Map<string, number>();

  /**
   * One more. False where there is no room for it: then it is not counted.
   *
   * @param host undefined where a client has none
   * @param most from one address; null: any number
   */
  enter(host: string | undefined, most: number | null): boolean {
    const count = this.of(host);
    if (most !== null && host !== undefined && count >= most) return false;
    if (host !== undefined) this.#counts.set(host, count + 1);
    return true;
  }

  leave(host: string | undefined): void {
    if (host === undefined) return;
    const left = this.of(host) - 1;
    if (left > 0) this.#counts.set(host, left);
    else this.#counts.delete(host);
  }

  of(host: string | undefined): number {
    return host === undefined ? 0 : (this.#counts.get(host) ?? 0);
  }
}
