/** Timing that can be trusted on a noisy machine: interleaved runs in one process, and medians. */

/** Something to time, by name. */
export type Contestants = Readonly<Record<string, () => unknown>>;

/** The median of some numbers. */
export function median(xs: readonly number[]): number {
  const sorted = [...xs].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * The median time of each contestant in milliseconds a call. They take turns, `rounds` times, each
 * turn of `calls` calls; the first `warmup` rounds don't count, so that V8 has optimised them all.
 */
export function race<C extends Contestants>(
  contestants: C,
  { rounds = 30, warmup = 10, calls = 1 } = {},
): Record<keyof C, number> {
  const times = new Map<string, number[]>(Object.keys(contestants).map((name) => [name, []]));
  for (let round = -warmup; round < rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const start = performance.now();
      for (let i = 0; i < calls; i++) run();
      const time = (performance.now() - start) / calls;
      if (round >= 0) times.get(name)!.push(time);
    }
  }
  return Object.fromEntries([...times].map(([name, ts]) => [name, median(ts)])) as Record<
    keyof C,
    number
  >;
}

let missed = 0;

/** Prints a figure beside its bar. */
export function report(
  what: string,
  figure: number,
  bar: number,
  better: "<" | ">",
  unit: string,
): void {
  const met = better === "<" ? figure <= bar : figure >= bar;
  if (!met) missed++;
  const sign = better === "<" ? "≤" : "≥";
  const value = figure.toPrecision(3);
  console.log(
    `${met ? "met   " : "MISSED"}  ${what.padEnd(62)} ${value} ${unit}  (bar ${sign} ${bar})`,
  );
}

/** Prints the times of a race. */
export function table(title: string, times: Readonly<Record<string, number>>): void {
  console.log(`\n${title}`);
  for (const [name, ms] of Object.entries(times)) {
    console.log(`  ${name.padEnd(44)} ${ms.toPrecision(4).padStart(9)} ms`);
  }
}

/** Ends the process with an error if a bar was missed. */
export function finish(): void {
  console.log(missed === 0 ? "\nAll bars are met." : `\n${missed} bars are missed.`);
  if (missed > 0) Deno.exitCode = 1;
}
