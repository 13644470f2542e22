/** The time that `import "mod.ts"` takes, cached, in fresh processes. */
import { finish, median, report } from "./timing.ts";

const mod = new URL("../mod.ts", import.meta.url).href;
const code = `const t = performance.now(); await import(${JSON.stringify(mod)}); ` +
  "console.log(performance.now() - t)";

async function importTime(): Promise<number> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", code],
    stderr: "inherit",
  }).output();
  return Number(new TextDecoder().decode(stdout));
}

await importTime(); // Fills the cache.
const times: number[] = [];
for (let i = 0; i < 20; i++) times.push(await importTime());
report("import of mod.ts, cached", median(times), 60, "<", "ms");
finish();
