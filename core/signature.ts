/** The parameter names of a function, for error texts and `staticArgnames`. */

const OPEN = "([{";
const CLOSE = ")]}";

/**
 * The names of a function's parameters, read off its source: a destructured parameter has the
 * name `""`, a rest parameter its dots. `undefined` where there is no source to read.
 */
export function parameterNames(f: (...args: never[]) => unknown): string[] | undefined {
  const list = parameterList(Function.prototype.toString.call(f));
  return list?.map((parameter) => {
    const name = /^(\.\.\.)?[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(parameter);
    return name?.[0] ?? "";
  });
}

/** The source of each parameter. */
function parameterList(source: string): string[] | undefined {
  const text = withoutComments(source).trim();
  const arrow = /^(?:async\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=>/u.exec(text);
  if (arrow !== null) return [arrow[1]];
  const start = text.indexOf("(");
  if (start < 0 || text.includes("[native code]")) return undefined;
  const parameters: string[] = [];
  let depth = 0;
  let from = start + 1;
  let quote = "";
  for (let i = start; i < text.length; i++) {
    const c = text[i];
    if (quote !== "") {
      if (c === "\\") i++;
      else if (c === quote) quote = "";
    } else if (c === '"' || c === "'" || c === "`") {
      quote = c;
    } else if (OPEN.includes(c)) {
      depth++;
    } else if (CLOSE.includes(c)) {
      depth--;
    }
    if (quote === "" && (depth === 0 || (depth === 1 && c === ","))) {
      parameters.push(text.slice(from, i).trim());
      from = i + 1;
      if (depth === 0) break;
    }
  }
  return parameters.filter((p) => p !== "");
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|(^|[^"'`:\\])\/\/[^\n]*/g, "$1");
}
