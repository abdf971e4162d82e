import { describe, expect, it } from "vitest";
import { inspect } from "../support/inspect.ts";
import { rawPod } from "../support/raw-objects.ts";
import { page, status } from "../support/scripted-api-server.ts";
import { pods, usualLists } from "../support/usual-lists.ts";

describe("a list of many pages", () => {
  const many = Array.from({ length: 3 }, (_, index) => rawPod({ name: `api-${index}` }));

  it("is read to its end, page after page", async () => {
    const { readings, asked } = await inspect({
      lists: usualLists,
      say: ({ path, query }) => {
        if (path !== pods) return undefined;
        const at = Number(query.get("continue") ?? 0);
        return page(many.slice(at, at + 1), at < 2 ? String(at + 1) : undefined);
      },
    });
    expect(readings.environmentSecrets).toMatchObject({
      state: "collected",
      value: { value: { workloads: 3 } },
    });
    expect(asked.filter(({ path }) => path === pods).map(({ query }) => query.toString())).toEqual([
      "limit=500",
      "limit=500&continue=1",
      "limit=500&continue=2",
    ]);
  });

  it("is begun again once when it expired, and counts nothing twice", async () => {
    let expired = 0;
    const { readings } = await inspect({
      lists: usualLists,
      say: ({ path, query }) => {
        if (path !== pods) return undefined;
        if (!query.has("continue")) return page(many.slice(0, 2), "more");
        expired += 1;
        return expired === 1 ? status(410, "Expired") : page(many.slice(2));
      },
    });
    expect(readings.namespaceIsolation).toMatchObject({
      state: "collected",
      value: { value: [{ pods: 3 }] },
    });
  });

  it("is unread when it expires again", async () => {
    const { readings, asked } = await inspect({
      lists: usualLists,
      say: ({ path, query }) => {
        if (path !== pods) return undefined;
        return query.has("continue") ? status(410, "Expired") : page(many, "more");
      },
    });
    expect(readings.podImages).toMatchObject({
      state: "unavailable",
      gap: {
        reason: "incomplete",
        detail: expect.stringMatching(/in full: it changes faster than it is read/),
      },
    });
    expect(readings.inspectedWorkloads?.state).toBe("unavailable");
    expect(asked.filter(({ path }) => path === pods)).toHaveLength(4);
  });

  it.each([
    ["that go round in a circle", () => "same", 2],
    ["that never end", (at: number) => String(at + 1), 400],
  ])("with pages %s is unread", async (_, next, pages) => {
    const { readings, asked } = await inspect({
      lists: usualLists,
      say: ({ path, query }) => {
        if (path !== pods) return undefined;
        return page([], next(Number(query.get("continue") ?? 0)));
      },
    });
    expect(asked.filter(({ path }) => path === pods)).toHaveLength(pages);
    expect(readings.podImages).toMatchObject({
      state: "unavailable",
      gap: { reason: "incomplete", detail: expect.stringContaining("the pages do not end") },
    });
  });

  it.each([
    ["without its entries", { metadata: { resourceVersion: "1" } }, "malformed"],
    ["whose entries are no list", { metadata: { resourceVersion: "1" }, items: {} }, "malformed"],
    ["without metadata", { items: [] }, "malformed"],
    ["whose metadata is null", { metadata: null, items: [] }, "malformed"],
    ["whose metadata is empty", { metadata: {}, items: [] }, "malformed"],
    ["that goes on at a number", { metadata: { resourceVersion: "1", continue: 7 }, items: [] }, "malformed"],
    [
      "that promises more and names no way to it",
      { metadata: { resourceVersion: "1", remainingItemCount: 3 }, items: [] },
      "incomplete",
    ],
  ])("%s is unread", async (_, body, reason) => {
    const { readings } = await inspect({
      lists: usualLists,
      say: ({ path }) => (path === pods ? { body } : undefined),
    });
    expect(readings.podImages).toMatchObject({ state: "unavailable", gap: { reason } });
    expect(readings.kubernetesBindings).toMatchObject({ state: "collected" });
  });
});
