/**
 * A pretty printer in the manner of Wadler, "A prettier printer" (2003): documents whose groups
 * print on one line where they fit, and with all their breaks as new lines where they do not.
 */

/** A document. */
export type Doc =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "break"; readonly flat: string }
  | { readonly kind: "concat"; readonly docs: readonly Doc[] }
  | { readonly kind: "nest"; readonly by: number; readonly doc: Doc }
  | { readonly kind: "group"; readonly doc: Doc };

/** Text without line breaks. */
export function text(text: string): Doc {
  return { kind: "text", text };
}
/** A new line, or `flat` where the enclosing group fits on its line. */
export function breakable(flat = " "): Doc {
  return { kind: "break", flat };
}
/** Documents in sequence. */
export function concat(...docs: Doc[]): Doc {
  return { kind: "concat", docs };
}
/** Documents with a separator between them. */
export function join(separator: Doc, docs: readonly Doc[]): Doc {
  return concat(...docs.flatMap((d, i) => i === 0 ? [d] : [separator, d]));
}
/** Indents the new lines inside by some more columns. */
export function nest(by: number, doc: Doc): Doc {
  return { kind: "nest", by, doc };
}
/** All on one line if that fits. */
export function group(doc: Doc): Doc {
  return { kind: "group", doc };
}

/** Whether a document, printed flat, takes at most `width` columns. */
function fits(doc: Doc, width: number): boolean {
  const agenda: Doc[] = [doc];
  while (agenda.length > 0) {
    if (width < 0) return false;
    const d = agenda.pop()!;
    switch (d.kind) {
      case "text":
        width -= d.text.length;
        break;
      case "break":
        width -= d.flat.length;
        break;
      case "concat":
        agenda.push(...[...d.docs].reverse());
        break;
      default:
        agenda.push(d.doc);
    }
  }
  return width >= 0;
}

/** Prints a document. */
export function format(doc: Doc, width = 80): string {
  let out = "";
  let column = 0;
  const agenda: { indent: number; flat: boolean; doc: Doc }[] = [{ indent: 0, flat: false, doc }];
  while (agenda.length > 0) {
    const { indent, flat, doc: d } = agenda.pop()!;
    switch (d.kind) {
      case "text":
        out += d.text;
        column += d.text.length;
        break;
      case "break":
        out += flat ? d.flat : "\n" + " ".repeat(indent);
        column = flat ? column + d.flat.length : indent;
        break;
      case "concat":
        for (const child of [...d.docs].reverse()) agenda.push({ indent, flat, doc: child });
        break;
      case "nest":
        agenda.push({ indent: indent + d.by, flat, doc: d.doc });
        break;
      case "group":
        agenda.push({ indent, flat: flat || fits(d.doc, width - column), doc: d.doc });
        break;
    }
  }
  return out;
}
