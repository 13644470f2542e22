import { assertEquals, assertThrows } from "@std/assert";
import { Jaxpr, jit, Literal, makeJaxpr, numpy as np, Var } from "../../mod.ts";
import { ShapedArray } from "../../core/aval.ts";
import { scalarArray } from "../../core/array.ts";
import { checkJaxpr, type Equation, evalJaxpr, liveEquations } from "../../core/jaxpr.ts";
import { arrayOfLiteral, evaluate } from "../../core/stage.ts";

type A = np.NDArray;

/** The program `a, b -> sin(a + b), a + b`. */
function sample(): Jaxpr {
  return makeJaxpr((x: A, y: A) => {
    const z = x.add(y);
    return [np.sin(z), z];
  })(np.ones(3), np.ones(3)).jaxpr;
}
/** The program with some of its parts replaced. */
function planted(change: (j: Jaxpr) => Partial<Jaxpr>): Jaxpr {
  const jaxpr = sample();
  const { constvars, invars, eqns, outvars } = { ...jaxpr, ...change(jaxpr) };
  return new Jaxpr(constvars, invars, eqns, outvars);
}
function replaced(j: Jaxpr, i: number, change: Partial<Equation>): Equation[] {
  return j.eqns.map((e, k) => k === i ? { ...e, ...change } : e);
}

Deno.test("`checkJaxpr()` accepts what tracing makes", () => {
  checkJaxpr(sample());
  checkJaxpr(makeJaxpr(() => [])().jaxpr);
  checkJaxpr(makeJaxpr((x: A) => [x, x, 1])(2).jaxpr);
  checkJaxpr(makeJaxpr(jit((x: A) => np.where(x.gt(0), x, 0).std()))(np.ones(4)).jaxpr);
});

Deno.test("`checkJaxpr()` finds planted faults", () => {
  const stranger = new Var(new ShapedArray([3], np.float32));
  const wider = new Var(new ShapedArray([4], np.float32));
  const faults: [string, Jaxpr][] = [
    [
      "an unbound operand",
      planted((j) => ({
        eqns: replaced(j, 1, { invars: [stranger] }),
      })),
    ],
    ["an unbound result", planted(() => ({ outvars: [stranger] }))],
    ["an operand bound later", planted((j) => ({ eqns: j.eqns.toReversed() }))],
    ["a missing input", planted((j) => ({ invars: j.invars.slice(1) }))],
    [
      "an input bound again",
      planted((j) => ({
        eqns: replaced(j, 0, { outvars: [j.invars[0]] }),
      })),
    ],
    ["a variable bound twice", planted((j) => ({ eqns: [...j.eqns, j.eqns[0]] }))],
    ["an input that is there twice", planted((j) => ({ invars: [j.invars[0], ...j.invars] }))],
    [
      "a wrong shape",
      planted((j) => ({
        eqns: replaced(j, 1, { outvars: [wider] }),
        outvars: [wider],
      })),
    ],
    [
      "a wrong dtype",
      planted((j) => {
        const v = new Var(new ShapedArray([3], np.int32));
        return { eqns: replaced(j, 1, { outvars: [v] }), outvars: [v] };
      }),
    ],
    [
      "a wrong weakness",
      planted((j) => {
        const v = new Var(new ShapedArray([3], np.float32, true));
        return { eqns: replaced(j, 1, { outvars: [v] }), outvars: [v] };
      }),
    ],
    ["too few results", planted((j) => ({ eqns: replaced(j, 1, { outvars: [] }), outvars: [] }))],
    [
      "too many results",
      planted((j) => ({
        eqns: replaced(j, 1, { outvars: [...j.eqns[1].outvars, stranger] }),
      })),
    ],
  ];
  for (const [fault, jaxpr] of faults) {
    assertThrows(() => checkJaxpr(jaxpr), TypeError, "denojax made a wrong program", fault);
  }
  const bad = planted((j) => ({ eqns: replaced(j, 0, { invars: [wider, j.invars[0]] }) }));
  assertThrows(() => checkJaxpr(bad), TypeError);
});

Deno.test("a call has the operands that its program takes", () => {
  const jaxpr = makeJaxpr(jit((x: A) => x.add(1)))(np.ones(3)).jaxpr;
  const [call] = jaxpr.eqns;
  const others = [[], [new Var(new ShapedArray([4], np.float32))], [
    jaxpr.invars[0],
    jaxpr.invars[0],
  ]];
  for (const invars of others) {
    const inputs = [...new Set([...jaxpr.invars, ...invars])];
    assertThrows(
      () => checkJaxpr(new Jaxpr([], inputs, [{ ...call, invars }], jaxpr.outvars)),
      TypeError,
      "for a program that takes (float32[3])",
    );
  }
});

Deno.test("`liveEquations()` keeps what the outputs need, in order", () => {
  const { eqns } = makeJaxpr((x: A) => {
    const y = x.add(1);
    return [y, np.sin(x.mul(2)), y.sub(3)];
  })(np.ones(2)).jaxpr;
  const names = (kept: readonly Equation[]) => kept.map((e) => e.primitive.name);
  assertEquals(names(eqns), ["add", "mul", "sin", "sub"]);
  assertEquals(names(liveEquations(eqns, [eqns[2].outvars[0]])), ["mul", "sin"]);
  assertEquals(names(liveEquations(eqns, [eqns[3].outvars[0]])), ["add", "sub"]);
  assertEquals(names(liveEquations(eqns, [])), []);
});

Deno.test("`evalJaxpr()` runs a program, literals included", () => {
  const { jaxpr, consts } = makeJaxpr((x: A) => x.mul(2).add(np.arange(3)))(np.ones(3));
  const [y] = evalJaxpr(jaxpr, consts, [np.arange(3).astype("float32")], arrayOfLiteral);
  assertEquals(y.tolist(), [0, 3, 6]);
  const weak = new Literal(3, new ShapedArray([], np.float32, true));
  const [out] = evaluate(new Jaxpr([], [], [], [weak]), []);
  assertEquals(String(out.aval), "~float32[]");
  assertEquals(out.item(), 3);
  for (const value of [-0, NaN, -Infinity]) {
    assertEquals(arrayOfLiteral(new Literal(value, weak.aval)).item(), value);
  }
  assertEquals(scalarArray(2, np.int32).item(), 2);
});
