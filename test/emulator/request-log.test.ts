import { describe, expect, it } from "vitest";
import { createRequestLog } from "../../src/emulator/request-log.ts";
import type { EmulatedResponse } from "../../src/emulator/service.ts";

const asked = (path: string, body = "") => ({
  method: "POST",
  url: `https://management.azure.com${path}`,
  headers: {},
  body,
});
const answered = (status: number, rows?: number): EmulatedResponse => ({
  status,
  headers: {},
  body: "",
  ...(rows !== undefined && { rows }),
});

describe("the request log", () => {
  it("counts answers by service and status, rows, cards, and the quota's refusals apart from faults", () => {
    const log = createRequestLog();
    log.add(asked("/graph"), "resourceGraph", answered(200, 1_000), false);
    log.add(asked("/graph"), "resourceGraph", answered(200, 12), false);
    log.add(asked("/graph"), "resourceGraph", answered(429), false);
    log.add(asked("/graph"), "resourceGraph", answered(429), true);
    log.add(asked("/pricing"), "pricings", answered(429), false);
    log.add(asked("/pricing"), "pricings", "hang", true);
    log.add(asked("/teams"), "teams", answered(202), false);
    log.add(asked("/teams"), "teams", answered(400), false);
    expect(log.tally()).toEqual({
      requests: 8,
      answers: {
        resourceGraph: { "200": 2, "429": 2 },
        pricings: { "429": 1, hang: 1 },
        teams: { "202": 1, "400": 1 },
      },
      queries: 4,
      rows: 1_012,
      throttled: 1,
      cards: 1,
    });
    log.clear();
    expect(log.tally()).toMatchObject({ requests: 0, answers: {}, rows: 0 });
    expect(log.requests).toEqual([]);
  });

  it("remembers the latest requests, up to as many as it was told", () => {
    const all = createRequestLog();
    const some = createRequestLog(2);
    const none = createRequestLog(0);
    for (const path of ["/a", "/b", "/c"]) {
      for (const log of [all, some, none]) log.add(asked(path), "other", answered(404), false);
    }
    expect(all.requests.map(({ path }) => path)).toEqual(["/a", "/b", "/c"]);
    expect(some.requests.map(({ path }) => path)).toEqual(["/b", "/c"]);
    expect(none.requests).toEqual([]);
    expect(none.tally().requests).toBe(3);
  });

  it("tells the text of queries, and none of a broken body", () => {
    const log = createRequestLog();
    log.add(asked("/graph", '{"query": "resources"}'), "resourceGraph", answered(200), false);
    log.add(asked("/graph", "{"), "resourceGraph", answered(400), false);
    expect(log.requests.map(({ query }) => query)).toEqual(["resources", undefined]);
  });
});
