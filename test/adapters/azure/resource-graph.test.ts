import { describe, expect, it } from "vitest";
import { createPace } from "../../../src/adapters/azure/pace.ts";
import { clustersQuery } from "../../../src/adapters/azure/queries.ts";
import { createResourceGraph } from "../../../src/adapters/azure/resource-graph.ts";
import { emulatedAccess } from "../../support/emulated-access.ts";
import { listed } from "../../support/outcomes.ts";
import {
  graphAnswer,
  type ScriptedAnswer,
  type SentRequest,
  scriptedAccess,
} from "../../support/scripted-client.ts";
import { payments, wideWorld } from "../../support/world-small.ts";

const query = { query: clustersQuery, subscriptions: [payments], task: "the clusters", remedy: "Grant it." };

describe("reading a query", () => {
  it("follows the token to the end with pages of 1,000 rows, asking the same each time", async () => {
    const { access, azure } = emulatedAccess(wideWorld(2_100));
    const rows = await listed(createResourceGraph(access, access.pace)(query));
    expect(new Set(rows.map(idOf)).size).toBe(2_100);
    expect(azure.requests.filter(({ service }) => service === "resourceGraph")).toHaveLength(3);
  });

  it("stays within the quota by itself", async () => {
    const { access, azure, pauses } = emulatedAccess(wideWorld(1), { quota: "enforced" });
    const graph = createResourceGraph(access, access.pace);
    for (let index = 0; index < 40; index += 1) await listed(graph(query));
    expect(azure.requests.filter(({ status }) => status === 429)).toEqual([]);
    expect(pauses.length).toBeGreaterThan(0);
  });

  it("drops a row that comes again under another spelling of its id", async () => {
    const rows = await read(() => graphAnswer([{ id: "/A" }, { id: "/a" }, { id: "/b" }], 2));
    expect(rows.map(idOf)).toEqual(["/A", "/b"]);
  });

  it("keeps rows without an id apart", async () => {
    expect(await read(() => graphAnswer([{ name: "x" }, { name: "y" }, "text"], 3))).toHaveLength(3);
  });

  it("reads again when a row vanished between two pages and drew another past the reader", async () => {
    const script = [
      graphAnswer([{ id: "/a" }, { id: "/b" }], 4, "1"),
      graphAnswer([{ id: "/d" }], 3),
      graphAnswer([{ id: "/b" }, { id: "/c" }], 3, "2"),
      graphAnswer([{ id: "/d" }], 3),
    ];
    const rows = await read((_, nth) => script[nth - 1] ?? graphAnswer([], 0));
    expect(rows.map(idOf)).toEqual(["/a", "/b", "/d", "/c"]);
  });

  it("gives up when the rows never add up", async () => {
    const { access, sent } = scriptedAccess(() => graphAnswer([{ id: "/a" }], 2));
    await expect(listed(createResourceGraph(access, createPace())(query))).rejects.toMatchObject({
      reason: "incomplete",
      message: "Could not read the clusters in full: 1 rows came, Resource Graph counts 2.",
    });
    expect(sent).toHaveLength(3);
  });

  it("reads several pages again until nothing new comes, where nothing else would tell of a row that slipped by", async () => {
    const script = [
      graphAnswer([{ id: "/a" }, { id: "/b" }], 3, "1"),
      graphAnswer([{ id: "/d" }], 3),
      graphAnswer([{ id: "/b" }, { id: "/c" }], 3, "2"),
      graphAnswer([{ id: "/d" }], 3),
      graphAnswer([{ id: "/b" }, { id: "/c" }], 3, "3"),
      graphAnswer([{ id: "/d" }], 3),
    ];
    const { access, sent } = scriptedAccess((_, nth) => script[nth - 1] ?? graphAnswer([], 0));
    const pages = await listed(createResourceGraph(access, createPace())({ ...query, isReadAgain: true }));
    expect(pages.flat().map(idOf)).toEqual(["/a", "/b", "/d", "/c"]);
    expect(sent).toHaveLength(6);
  });

  it("gives up when something new comes every time", async () => {
    const { access, sent } = scriptedAccess((_, nth) =>
      graphAnswer([{ id: `/${nth}` }], 2, nth % 2 === 1 ? "next" : undefined),
    );
    const reading = listed(createResourceGraph(access, createPace())({ ...query, isReadAgain: true }));
    await expect(reading).rejects.toMatchObject({
      reason: "incomplete",
      message: "Could not read the clusters in full: its rows keep changing while they are read.",
    });
    expect(sent).toHaveLength(6);
  });

  it("reads a single page once, whatever hangs on it", async () => {
    const { access, sent } = scriptedAccess(() => graphAnswer([{ id: "/a" }], 1));
    await listed(createResourceGraph(access, createPace())({ ...query, isReadAgain: true }));
    expect(sent).toHaveLength(1);
  });

  it("asks for fewer rows when a page would be too large, and loses none", async () => {
    const all = Array.from({ length: 300 }, (_, index) => ({ id: `/${index}` }));
    const rows = await read(({ body: { options } }) => {
      const { $top = 0, $skipToken = 0 } = { ...(options as object) } as Readonly<Record<string, number>>;
      if ($top > 100) return tooLarge;
      const from = Number($skipToken);
      const next = from + $top < all.length ? String(from + $top) : undefined;
      return graphAnswer(all.slice(from, from + $top), all.length, next);
    });
    expect(rows).toHaveLength(300);
  });

  it("names the failure when even one row is too large", async () => {
    await expect(read(() => tooLarge)).rejects.toMatchObject({ reason: "unavailable" });
  });

  it.each([
    ["no total", { count: 0, data: [] }],
    ["a table instead of objects", { totalRecords: 0, count: 0, data: { columns: [], rows: [] } }],
    ["a token that is no text", { totalRecords: 0, count: 0, data: [], $skipToken: 1 }],
  ])("takes an answer with %s for no page", async (_, body) => {
    await expect(read(() => ({ body }))).rejects.toMatchObject({ reason: "malformed" });
  });

  it("misses the rows a page says it has and has not", async () => {
    const body = { totalRecords: 1, count: 2, data: [{ id: "/a" }] };
    await expect(read(() => ({ body }))).rejects.toMatchObject({ reason: "incomplete" });
  });

  it("knows that more than 10,000 subscriptions are not all looked at", async () => {
    const answer = {
      ...graphAnswer([{ id: "/a" }], 1),
      headers: { "x-ms-tenant-subscription-limit-hit": "true" },
    };
    await expect(read(() => answer)).rejects.toMatchObject({
      reason: "incomplete",
      remedy: expect.stringContaining("management groups"),
    });
  });
});

const tooLarge: ScriptedAnswer = {
  status: 400,
  body: {
    error: { code: "BadRequest", message: "…", details: [{ code: "ResponsePayloadTooLarge", message: "…" }] },
  },
};

async function read(
  answer: (request: SentRequest, nth: number) => ScriptedAnswer,
): Promise<readonly unknown[]> {
  return listed(createResourceGraph(scriptedAccess(answer).access, createPace())(query));
}

function idOf(row: unknown): unknown {
  return typeof row === "object" && row !== null && "id" in row ? row.id : undefined;
}
