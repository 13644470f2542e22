/**
 * A stand-in for `jsr:@std/testing/snapshot`, over Deno's own snapshots, which share its file
 * format. `deno task test --update-snapshots` writes them.
 *
 * @module
 */

/** The options of {@linkcode assertSnapshot}. */
export type SnapshotOptions<T = unknown> = Deno.TestSnapshotOptions<T>;

/** Asserts that `actual` is what the snapshot file beside the test holds. */
export function assertSnapshot<T>(
  context: Deno.TestContext,
  actual: T,
  options?: SnapshotOptions<T>,
): Promise<void>;
/** Asserts that `actual` is what the snapshot file beside the test holds. */
export function assertSnapshot<T>(
  context: Deno.TestContext,
  actual: T,
  message?: string,
): Promise<void>;
export function assertSnapshot<T>(
  context: Deno.TestContext,
  actual: T,
  msgOrOptions: SnapshotOptions<T> | string = {},
): Promise<void> {
  const options = typeof msgOrOptions === "string" ? { msg: msgOrOptions } : msgOrOptions;
  return context.assertSnapshot(actual, options);
}
