import { describe, expect, test } from "vitest";
import { createTeamsWebhook } from "../../../src/emulator/teams/teams-webhook.ts";

const message = {
  type: "message",
  attachments: [
    {
      contentType: "application/vnd.microsoft.card.adaptive",
      content: {
        type: "AdaptiveCard",
        version: "1.4",
        body: [{ type: "TextBlock", text: "</script><b>Night</b>" }],
      },
    },
  ],
};

function setUp() {
  const teams = createTeamsWebhook({
    workflow: "alerts",
    signature: "a+b/c",
    now: () => "2026-11-21T01:04:00.000Z",
  });
  const request = {
    method: "POST",
    url: teams.address("https://teams.example"),
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(message),
  };
  return {
    teams,
    post: (changes: Partial<typeof request> = {}) => teams.handle({ ...request, ...changes }),
    get: (path: string) =>
      teams.handle({ method: "GET", url: `https://teams.example${path}`, headers: {}, body: "" }),
    address: request.url,
  };
}

describe("the webhook", () => {
  test("takes a card, answers nothing, and keeps it", async () => {
    const { teams, post } = setUp();
    expect(await post()).toEqual({ status: 202, headers: {}, body: "" });
    expect(teams.cards).toEqual([
      {
        number: 1,
        postedAt: "2026-11-21T01:04:00.000Z",
        card: message.attachments[0]?.content,
        bytes: JSON.stringify(message).length,
      },
    ]);
  });

  test("answers below its own path only", () => {
    const { teams, address } = setUp();
    expect(teams.handles(new URL(address))).toBe(true);
    expect(teams.handles(new URL("https://teams.example/teams/"))).toBe(true);
    expect(teams.handles(new URL("https://teams.example/subscriptions"))).toBe(false);
  });

  test("refuses and keeps nothing", async () => {
    const { teams, post, address } = setUp();
    const statuses = {
      "another signature": await post({ url: address.replace(/sig=.*/, "sig=guess") }),
      "no signature": await post({ url: address.replace(/&sig=.*/, "") }),
      "another workflow": await post({ url: address.replace("/alerts/", "/other/") }),
      "another method": await post({ method: "GET" }),
      "no JSON": await post({ headers: { "content-type": "text/plain" } }),
      "no card": await post({ body: "{}" }),
      "28 KB and more": await post({ body: JSON.stringify({ ...message, summary: "x".repeat(28 * 1024) }) }),
    };
    expect(Object.fromEntries(Object.entries(statuses).map(([name, { status }]) => [name, status]))).toEqual({
      "another signature": 401,
      "no signature": 401,
      "another workflow": 404,
      "another method": 405,
      "no JSON": 400,
      "no card": 400,
      "28 KB and more": 413,
    });
    expect(teams.cards).toEqual([]);
  });

  test("counts bytes, not characters", async () => {
    const { post } = setUp();
    const body = JSON.stringify({ ...message, summary: "é".repeat(15 * 1024) });
    expect(body.length).toBeLessThan(28 * 1024);
    expect((await post({ body })).status).toBe(413);
  });
});

describe("the pages", () => {
  test("list what was posted", async () => {
    const { post, get } = setUp();
    expect((await get("/teams/")).body).toContain("No card was posted yet.");
    await post();
    expect((await get("/teams/")).body).toContain('<a href="/teams/cards/1">Card 1</a>');
  });

  test("hold nothing of the card itself, and allow no script but files", async () => {
    const { post, get } = setUp();
    await post();
    const page = await get("/teams/cards/1");
    expect(page.body).not.toContain("Night");
    expect(page.body).not.toMatch(/<script(?! src="\/teams\/[\w-]+\.js"><\/script>)/);
    expect(page.headers["content-security-policy"]).toContain("script-src 'self'");
    expect(JSON.parse((await get("/teams/cards/1.json")).body)).toEqual(message.attachments[0]?.content);
  });

  test("load what they run from the packages' own files", async () => {
    const { get } = setUp();
    expect((await get("/teams/adaptivecards.js")).body).toContain("AdaptiveCards");
    expect((await get("/teams/markdown-it.js")).body).toContain("markdownit");
    expect((await get("/teams/page.js")).headers["content-type"]).toContain("text/javascript");
    expect((await get("/teams/page.css")).headers["content-type"]).toContain("text/css");
  });

  test.each(["/teams/cards/1", "/teams/cards/0", "/teams/cards/x", "/teams/cards/1.json", "/teams/else"])(
    "know no %s",
    async (path) => {
      expect((await setUp().get(path)).status).toBe(404);
    },
  );
});
