/** A progress bar on one line of the terminal. */

/** Shows how much of a task is done; where there is no terminal, it shows nothing until the end. */
export class Progress {
  readonly #start = performance.now();
  constructor(
    /** What is being done. */
    readonly label: string,
    /** The number of steps. */
    readonly total: number,
  ) {
    this.update(0);
  }
  /** Shows that some of the steps are done. */
  update(done: number): void {
    if (Deno.stdout.isTerminal()) this.#write(`\r${this.#line(done)}`);
  }
  /** Shows that all is done, and leaves the line. */
  finish(): void {
    const start = Deno.stdout.isTerminal() ? "\r" : "";
    this.#write(`${start}${this.#line(this.total)}\n`);
  }
  #line(done: number): string {
    const filled = Math.round(30 * done / this.total);
    const seconds = ((performance.now() - this.#start) / 1000).toFixed(1);
    const bar = "█".repeat(filled) + "░".repeat(30 - filled);
    return `${this.label} ${bar} ${done}/${this.total} ${seconds} s`;
  }
  #write(text: string): void {
    Deno.stdout.writeSync(new TextEncoder().encode(text));
  }
}
