import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { renderRows } from "../../../src/emulator/resource-graph/rendered-rows.ts";

const names = ["Zürich", "東京", "a,b", '"', "", "🚢"];
const rendered = renderRows({
  columns: new Map([
    ["name", "string"],
    ["properties", "dynamic"],
  ]),
  rows: [...names.map((name, index) => ({ name, properties: { index }, other: "not asked for" })), {}],
});

function read(...rows: readonly number[]): unknown {
  return JSON.parse(`[${Buffer.concat(rendered.jsonOf(rows)).toString("utf8")}]`);
}

describe("rendered rows", () => {
  it("read as the columns asked for, missing strings as empty", () => {
    expect(rendered.rows).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(read(...rendered.rows)).toEqual([
      ...names.map((name, index) => ({ name, properties: { index } })),
      { name: "", properties: null },
    ]);
  });

  it.each([[[]], [[5]], [[6]], [[2, 3]], [[3, 2]], [[1, 1]], [[0, 1, 2, 0]], [[6, 0, 1, 4]]])(
    "come in any order, also twice: %j",
    (rows) => {
      expect(read(...rows)).toEqual(rows.flatMap((row) => read(row)));
    },
  );

  it("come in one piece as long as they are neighbours", () => {
    expect(rendered.jsonOf([1, 2, 3, 4])).toHaveLength(1);
    expect(rendered.jsonOf([1, 2, 4])).toHaveLength(3);
  });

  it("are all that is kept: the objects they were made from are let go", async () => {
    const made: object[] = [{ name: "a" }, { name: "b" }];
    const [first] = made.map((row) => new WeakRef(row));
    const kept = renderRows({ columns: new Map([["name", "string"]]), rows: made.splice(0).map(asRow) });
    // What a promise or a microtask was given lives until the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect(first?.deref()).toBeUndefined();
    expect(kept.rows).toHaveLength(2);
  });
});

function asRow(row: object): Record<string, unknown> {
  return { ...row, of: row };
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}
