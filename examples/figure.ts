/** Observable Plot without a browser. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** Writes a plot to `examples/out/NAME.svg`. */
export function saveFigure(name: string, options: Plot.PlotOptions): void {
  const page = parseHTML("<html><body></body></html>") as unknown as Pick<
    Required<Plot.PlotOptions>,
    "document"
  >;
  const figure = Plot.plot({ ...options, document: page.document });
  figure.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const out = new URL("./out/", import.meta.url);
  Deno.mkdirSync(out, { recursive: true });
  Deno.writeTextFileSync(new URL(`${name}.svg`, out), figure.outerHTML);
  console.log(`drew examples/out/${name}.svg`);
}
