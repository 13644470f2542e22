/** Observable Plot without a browser. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** A plot as the text of an SVG. */
export function drawFigure(options: Plot.PlotOptions): string {
  const page = parseHTML("<html><body></body></html>") as unknown as Pick<
    Required<Plot.PlotOptions>,
    "document"
  >;
  const figure = Plot.plot({ ...options, document: page.document });
  figure.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return figure.outerHTML;
}

/** Writes a plot to `examples/out/NAME.svg`. */
export function saveFigure(name: string, options: Plot.PlotOptions): void {
  const out = new URL("./out/", import.meta.url);
  Deno.mkdirSync(out, { recursive: true });
  Deno.writeTextFileSync(new URL(`${name}.svg`, out), drawFigure(options));
  console.log(`drew examples/out/${name}.svg`);
}
