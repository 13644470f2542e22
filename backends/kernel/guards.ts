/** Which nodes of a kernel are computed only where a `select` takes them. See Note [Guards]. */
import type { Apply, Expr, Load } from "../../core/expr.ts";

/** A side of a `select` of more nodes than this is not computed in vain. */
const COSTLY_NODES = 8;

// Note [Guards]
//
// A side of a `select` is guarded if it loads or is costly: then it is computed only when taken.
// A node's guards are the sides that all its uses lie in, from the outside in. A node that is used
// in sides of several selects is computed once, outside of them, and so perhaps in vain: a load
// there is speculative, and its index, which those sides may be there to check, is clamped.

/** The sides that a node is computed inside of. */
export type Guards = ReadonlyMap<Expr, readonly string[]>;

/** The name of a side of a `select`: 0 is where its condition holds. */
export function guardOf(e: Apply, side: number): string {
  return `${e.id}:${side}`;
}
/** The guards of every node. `order` has operands before what uses them. */
export function findGuards(
  roots: readonly Expr[],
  order: readonly Expr[],
  operands: (e: Expr) => readonly Expr[],
): Guards {
  const guards = new Map<Expr, readonly string[]>();
  const meet = (e: Expr, path: readonly string[]) => {
    const before = guards.get(e);
    if (before === undefined) {
      guards.set(e, path);
      return;
    }
    let n = 0;
    while (n < path.length && path[n] === before[n]) n++;
    if (n < before.length) guards.set(e, path.slice(0, n));
  };
  const heavy = findHeavy(order, operands);
  for (const r of roots) meet(r, []);
  for (let i = order.length - 1; i >= 0; i--) {
    const e = order[i];
    const path = guards.get(e)!;
    operands(e).forEach((c, k) => {
      const guarded = e.kind === "apply" && e.op === "select" && k > 0 && heavy.has(c);
      meet(c, guarded ? [...path, guardOf(e, k - 1)] : path);
    });
  }
  return guards;
}
/** Loads that may happen though no side of a select that was taken asked for them. */
export function findSpeculative(
  roots: readonly Expr[],
  order: readonly Expr[],
  operands: (e: Expr) => readonly Expr[],
  guards: Guards,
): Set<Load> {
  const asked = new Set<Expr>(roots);
  for (const e of order.toReversed()) {
    if (!asked.has(e)) continue;
    const depth = guards.get(e)!.length;
    operands(e).forEach((c, k) => {
      const inSide = e.kind === "apply" && e.op === "select" && k > 0;
      if (guards.get(c)!.length === depth + Number(inSide)) asked.add(c);
    });
  }
  return new Set(
    order.filter((e): e is Load => e.kind === "load" && !asked.has(e) && !isSurelyInside(e)),
  );
}
/** Whether an index is in bounds at first sight. */
function isSurelyInside({ index, buffer: { shape } }: Load): boolean {
  return index.every((x, i) => {
    if (x.kind === "axis") return x.size <= shape[i];
    return x.kind === "const" && Number(x.value) >= 0 && Number(x.value) < shape[i];
  });
}
/** Nodes not worth computing in vain: those that load, and large ones. */
function findHeavy(
  order: readonly Expr[],
  operands: (e: Expr) => readonly Expr[],
): Set<Expr> {
  const heavy = new Set<Expr>();
  const sizes = new Map<Expr, number>();
  for (const e of order) {
    const size = operands(e).reduce((n, c) => n + sizes.get(c)!, 1);
    sizes.set(e, Math.min(size, COSTLY_NODES + 1));
    const loads = e.kind === "load" && e.index.length > 0;
    if (loads || size > COSTLY_NODES || operands(e).some((c) => heavy.has(c))) heavy.add(e);
  }
  return heavy;
}
/** Whether an operand of a `select` lies in a side of it. */
export function isGuarded(guards: Guards, e: Apply, operand: Expr): boolean {
  const path = guards.get(operand)!;
  return e.args.slice(1).some((a, i) => a === operand && path.includes(guardOf(e, i)));
}
