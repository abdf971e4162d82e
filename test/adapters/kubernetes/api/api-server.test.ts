import { describe, expect, it } from "vitest";
import { strangeAuthority } from "../../../../src/emulator/kubernetes/strange-authority.ts";
import { allUnread } from "../support/all-unread.ts";
import { inspect } from "../support/inspect.ts";
import { notFound, status } from "../support/scripted-api-server.ts";
import { pods, usualLists } from "../support/usual-lists.ts";

describe("an API server that answers otherwise", () => {
  it.each([
    [
      "a web page",
      { headers: { "content-type": "text/html" }, body: "<html>Sign in</html>" },
      "malformed",
      /was not the JSON/,
    ],
    ["nothing", { body: " " }, "malformed", /was not the JSON/],
    ["a list of JSON", { body: [1] }, "malformed", /was not the JSON/],
    ["half of its JSON", { body: '{"items":[' }, "malformed", /was not the JSON/],
    ["401", status(401, "Unauthorized"), "accessDenied", /answered 401 Unauthorized/],
    ["404 for what every cluster has", notFound, "notFound", /answered 404/],
    [
      "429 and again 429",
      status(429, "TooManyRequests", { "retry-after": "1" }),
      "throttled",
      /answered 429/,
    ],
    ["500", status(500, "InternalError"), "unavailable", /answered 500 InternalError/],
    ["503 as a page", { status: 503, body: "<html>" }, "unavailable", /answered 503/],
  ] as const)("%s is unread as a whole", async (_, said, reason, detail) => {
    const { readings } = await inspect({ say: () => said });
    expect(readings).toEqual(
      allUnread(reason, detail, reason === "accessDenied" ? expect.stringContaining("tenant") : null),
    );
  });

  it.each([
    ["of unknown length", {}, /the connection failed \(ERR_STREAM_PREMATURE_CLOSE\)/],
    // The client does not notice, and waits for the rest.
    ["of known length", { "content-length": "5000" }, /no answer came in time/],
  ])("that breaks off in the middle of a body %s is unread", async (_, headers, detail) => {
    const { readings } = await inspect({
      say: () => ({ headers, body: '{"items":[]}', breaksOffAfter: 5 }),
      time: { requestInMs: 300, clusterInMs: 30_000 },
    });
    expect(readings).toEqual(allUnread("unavailable", detail));
  });

  it("that resets connections is tried again, and unread in the end", async () => {
    const { readings, asked, waits } = await inspect({ say: () => "reset" });
    expect(readings).toEqual(
      allUnread(
        "unavailable",
        /the connection failed \(ECONNRESET\)/,
        expect.stringContaining("authorized ranges"),
      ),
    );
    expect(asked).toHaveLength(3);
    expect(waits).toHaveLength(2);
  });

  it("that never answers is tried once, since it lies behind something that drops what comes", async () => {
    const { readings, asked } = await inspect({
      say: () => "hang",
      time: { requestInMs: 100, clusterInMs: 30_000 },
    });
    expect(readings).toEqual(
      allUnread("unavailable", /no answer came in time/, expect.stringContaining("authorized ranges")),
    );
    expect(asked).toHaveLength(1);
  });

  it("is waited for as long as it asks, and read after that", async () => {
    let times = 0;
    const { readings, waits } = await inspect({
      lists: usualLists,
      say: ({ path }) => {
        if (path !== pods) return undefined;
        times += 1;
        return times === 1 ? status(429, "TooManyRequests", { "retry-after": "7" }) : undefined;
      },
    });
    expect(readings.podImages).toMatchObject({ state: "collected" });
    expect(waits).toEqual([7000]);
  });

  it("gets no more than its time in all", async () => {
    const { readings } = await inspect({
      lists: usualLists,
      say: ({ path }) => (path === pods ? "hang" : undefined),
      time: { requestInMs: 10_000, clusterInMs: 400 },
    });
    expect(readings.podImages).toMatchObject({
      state: "unavailable",
      gap: { detail: expect.stringContaining("the cluster took longer than 0.4 s in all") },
    });
    expect(readings.kubernetesBindings).toMatchObject({ state: "collected" });
  });
});

describe("the connection to an API server", () => {
  it("is trusted by the cluster's own authority alone", async () => {
    const { readings, asked } = await inspect({ lists: usualLists, authority: strangeAuthority });
    expect(readings).toEqual(
      allUnread(
        "unavailable",
        /its certificate is none that the cluster's own authority vouches for/,
        expect.stringContaining("unopened"),
      ),
    );
    expect(asked).toEqual([]);
  });

  it("is unread where nobody listens", async () => {
    const { readings } = await inspect({ lists: usualLists, server: "https://127.0.0.1:1" });
    expect(readings).toEqual(allUnread("unavailable", /the connection failed \(ECONNREFUSED\)/));
  });

  it("is not made to another address than one of https", async () => {
    const { readings, asked } = await inspect({ lists: usualLists, server: "http://127.0.0.1:1" });
    expect(readings).toEqual(allUnread("malformed", /names no https address/, null));
    expect(asked).toEqual([]);
  });

  it("is not made without an authority", async () => {
    const { readings } = await inspect({ lists: usualLists, authority: "nobody" });
    expect(readings).toEqual(allUnread("malformed", /names no certificate authority/, null));
  });
});
