import { describe, expect, it } from "vitest";
import { readGraphRows } from "../../../src/adapters/azure/graph-rows.ts";
import type { GraphQuery, ResourceGraph } from "../../../src/adapters/azure/resource-graph.ts";
import { SourceError } from "../../../src/application/source-error.ts";

const wide = { query: "resources", what: "the route tables", role: "Reader" } as const;

/** A Resource Graph of some rows for each subscription; those whose queries hold `failing` end early. */
function graphOf(
  failing: string | null = null,
  reason: "accessDenied" | "throttled" = "accessDenied",
  rowsOfEach = 1,
): { graph: ResourceGraph; asked: GraphQuery[] } {
  const asked: GraphQuery[] = [];
  return {
    asked,
    graph: async function* graph(query) {
      asked.push(query);
      const subscriptions = (query.subscriptions ?? []).flatMap((id) => Array<string>(rowsOfEach).fill(id));
      yield subscriptions.slice(0, 1);
      if (failing !== null && subscriptions.includes(failing))
        throw new SourceError("Azure refused.", { reason });
      yield subscriptions.slice(1);
    },
  };
}

const ids = (count: number) => Array.from({ length: count }, (_, index) => `sub-${index}`);

describe("rows of many subscriptions", () => {
  it("come from as many at a time as Resource Graph likes", async () => {
    const { graph, asked } = graphOf();
    const rows: unknown[] = [];
    const failureOf = await readGraphRows(graph, wide, ids(301), (row) => rows.push(row));
    expect(asked.map(({ subscriptions }) => subscriptions?.length)).toEqual([300, 1]);
    expect(asked.map(({ task }) => task)).toEqual([
      "the route tables of 300 subscriptions",
      "the route tables of subscription sub-300",
    ]);
    expect(rows).toHaveLength(301);
    expect(failureOf("sub-7")).toBeNull();
  });

  it("are asked for once for each subscription, whatever its case, and of nobody for none", async () => {
    const { graph, asked } = graphOf();
    await readGraphRows(graph, wide, ["sub-a", "SUB-A"], () => undefined);
    await readGraphRows(graph, wide, [], () => undefined);
    expect(asked.map(({ subscriptions }) => subscriptions)).toEqual([["sub-a"]]);
  });

  it("may be missing of the subscriptions that were asked for along with a failure, and of no other", async () => {
    const { graph } = graphOf("sub-300");
    const rows: unknown[] = [];
    const failureOf = await readGraphRows(graph, wide, ids(302), (row) => rows.push(row));
    expect(failureOf("SUB-301")?.reason).toBe("accessDenied");
    expect(failureOf("sub-299")).toBeNull();
    expect(rows).toHaveLength(301);
  });

  it("are not asked for any further once Azure has given up under load, and share the reason", async () => {
    const { graph, asked } = graphOf("sub-7", "throttled");
    const failureOf = await readGraphRows(graph, wide, ids(700), () => undefined);
    expect(asked).toHaveLength(1);
    expect(failureOf("sub-7")?.reason).toBe("throttled");
    expect(failureOf("sub-699")?.reason).toBe("throttled");
  });

  it("come from so few at a time, where several pages would be read again, that they go on one page", async () => {
    const { graph, asked } = graphOf(null, "throttled", 40);
    const again = { ...wide, isReadAgain: true, expectedRows: 8_500 };
    await readGraphRows(graph, again, ids(100), () => undefined);
    // Ten by what was expected; then as many as their rows leave room for.
    expect(asked.map(({ subscriptions }) => subscriptions?.length)).toEqual([10, 21, 21, 21, 21, 6]);
  });

  it("come from all again after a subscription that has many", async () => {
    const { graph, asked } = graphOf(null, "throttled", 1);
    await readGraphRows(
      graph,
      { ...wide, isReadAgain: true, expectedRows: 85_000 },
      ids(100),
      () => undefined,
    );
    expect(asked.map(({ subscriptions }) => subscriptions?.length)).toEqual([1, 99]);
  });

  it("do not hide an error that is no failure of Azure's", async () => {
    // biome-ignore lint/correctness/useYield: it fails before the first page
    const graph: ResourceGraph = async function* graph() {
      throw new TypeError("ours");
    };
    await expect(readGraphRows(graph, wide, ["sub-a"], () => undefined)).rejects.toThrow(TypeError);
  });
});
