import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { createTeamsChannel, type Fetch } from "../../../src/adapters/teams/webhook.ts";
import { SourceError } from "../../../src/application/source-error.ts";
import { createTeamsWebhook } from "../../../src/emulator/teams/teams-webhook.ts";
import { driftAlert } from "../../support/example-alerts.ts";

const signature = "bearer-SECRET-of-the-flow";

/** A channel posting to an emulated webhook; `answers` come first, one per request, before the webhook's own. */
function setUp(answers: readonly (Response | Error)[] = []) {
  const teams = createTeamsWebhook({ workflow: "alerts", signature, now: () => "2026-11-21T01:04:00.000Z" });
  const waiting = [...answers];
  const pauses: number[] = [];
  const requests: RequestInit[] = [];
  const fetch: Fetch = async (url, init) => {
    requests.push(init);
    const next = waiting.shift();
    if (next instanceof Error) throw next;
    if (next) return next;
    const headers = Object.fromEntries(new Headers(init.headers));
    const answer = await teams.handle({
      method: init.method ?? "GET",
      url,
      headers,
      body: String(init.body),
    });
    return new Response(answer.body, { status: answer.status, headers: { ...answer.headers } });
  };
  const send = (address = teams.address("https://teams.example")) =>
    createTeamsChannel({
      address: async () => address,
      publicUrl: null,
      portalUrl: "https://portal.azure.com",
      timeoutInMs: 5_000,
      sleep: async (durationInMs) => {
        pauses.push(durationInMs);
      },
      fetch,
    }).send(driftAlert);
  return { teams, send, pauses, requests };
}

async function failureOf(sending: Promise<void>): Promise<SourceError> {
  const error = await sending.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SourceError)) throw new Error("expected a SourceError", { cause: error });
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain("SECRET");
  return error;
}

function refusing(status: number, headers: Record<string, string> = {}): Response {
  return new Response(`https://flow.example/?sig=${signature}`, { status, headers });
}

function networkError(code: string): Error {
  return new TypeError(`fetch failed for ?sig=${signature}`, {
    cause: Object.assign(new Error(`connect to ?sig=${signature}`), { code }),
  });
}

describe("a card sent", () => {
  test("is posted once as JSON and taken", async () => {
    const { teams, send, requests } = setUp();
    await send();
    expect(teams.cards).toHaveLength(1);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/json; charset=utf-8" },
    });
  });

  test("is sent again after a throttling, when Teams says", async () => {
    const { teams, send, pauses } = setUp([refusing(429, { "retry-after": "7" }), refusing(429)]);
    await send();
    expect(teams.cards).toHaveLength(1);
    expect(pauses).toEqual([7_000, 2_000]);
  });

  test("is sent again after a server's failure, a time-out and a broken connection", async () => {
    const { teams, send, pauses } = setUp([
      refusing(503),
      new DOMException("timed out", "TimeoutError"),
      networkError("ECONNRESET"),
    ]);
    await send();
    expect(teams.cards).toHaveLength(1);
    expect(pauses).toEqual([1_000, 2_000, 4_000]);
  });
});

describe("an answer that is a success by its status", () => {
  const page = "<html><title>Sign in to your account</title></html>";
  const failed = `Webhook message delivery failed with error: HTTP 429 for ?sig=${signature}`;

  test.each([
    ["HTTP 202", 202, ""],
    ["HTTP 202, whatever it says", 202, "irrelevant"],
    ["HTTP 200 without a word", 200, ""],
    ["HTTP 204", 204, null],
  ])("means that the card was taken: %s", async (_, status, body) => {
    const { send, requests } = setUp([new Response(body, { status })]);
    await send();
    expect(requests).toHaveLength(1);
  });

  test.each([
    ["a page to sign in", 200, page],
    ["an error in words", 200, failed],
    ["a blank", 201, " "],
    ["what the retired connectors said", 200, "1"],
  ])("is a failure, and is not tried again at once, when it carries %s", async (_, status, body) => {
    const { send, requests } = setUp([new Response(body, { status })]);
    const error = await failureOf(send());
    expect(error).toMatchObject({ reason: "unavailable", remedy: expect.stringContaining("address") });
    expect(error.message).toBe(
      `The Teams webhook answered HTTP ${status} with a text of its own; a card that was taken gets HTTP 202.`,
    );
    expect(requests).toHaveLength(1);
  });

  test("is believed by its status when its body breaks off, and doubted when it does not say 202", async () => {
    const broken = () =>
      new ReadableStream({ start: (controller) => controller.error(networkError("ECONNRESET")) });
    const taken = setUp([new Response(broken(), { status: 202 })]);
    await taken.send();
    expect(taken.requests).toHaveLength(1);
    const doubted = setUp([new Response(broken(), { status: 200 })]);
    await doubted.send();
    expect(doubted.requests).toHaveLength(2);
  });
});

describe("giving up", () => {
  test("comes after four tries", async () => {
    const { teams, send, requests } = setUp(Array.from({ length: 4 }, () => refusing(500)));
    expect(await failureOf(send())).toMatchObject({ reason: "unavailable" });
    expect(requests).toHaveLength(4);
    expect(teams.cards).toHaveLength(0);
  });

  test("comes at once when Teams asks for a longer wait than is worth waiting here", async () => {
    const { send, requests, pauses } = setUp([refusing(429, { "retry-after": "3600" })]);
    expect(await failureOf(send())).toMatchObject({ reason: "throttled", retryAfterInMs: 3_600_000 });
    expect(requests).toHaveLength(1);
    expect(pauses).toEqual([]);
  });

  test.each([
    [400, "malformed"],
    [401, "accessDenied"],
    [403, "accessDenied"],
    [404, "notFound"],
    [410, "notFound"],
    [413, "malformed"],
    [302, "malformed"],
  ] as const)("comes at once on HTTP %i: %s", async (status, reason) => {
    const { send, requests } = setUp([refusing(status, { location: "https://elsewhere.example" })]);
    const error = await failureOf(send());
    expect(error).toMatchObject({ reason });
    expect(error.message).toContain(`HTTP ${status}`);
    expect(requests).toHaveLength(1);
  });

  test("says what became of the network, and nothing that came with it", async () => {
    const { send } = setUp(Array.from({ length: 4 }, () => networkError("ECONNREFUSED")));
    expect((await failureOf(send())).message).toBe("The Teams webhook could not be reached (ECONNREFUSED).");
  });

  test("keeps to the kind of error when its code could hold anything", async () => {
    const { send } = setUp(Array.from({ length: 4 }, () => networkError(`?sig=${signature}`)));
    expect((await failureOf(send())).message).toBe("The Teams webhook could not be reached (TypeError).");
  });
});

describe("the address", () => {
  test.each(["", `not an address ${signature}`, `http://teams.example/?sig=${signature}`])(
    "is refused when it is “%s”",
    async (address) => {
      const { send, requests } = setUp();
      expect(await failureOf(send(address))).toMatchObject({ reason: "malformed" });
      expect(requests).toHaveLength(0);
    },
  );

  test("with a wrong signature is told apart from a deleted workflow", async () => {
    const { teams, send } = setUp();
    const address = teams.address("https://teams.example");
    expect(await failureOf(send(address.replace("sig=", "sig=not-")))).toMatchObject({
      reason: "accessDenied",
    });
    expect(await failureOf(send(address.replace("/alerts/", "/gone/")))).toMatchObject({
      reason: "notFound",
    });
  });
});

test("a real connection that is refused is a failure to reach Teams", async () => {
  const channel = createTeamsChannel({
    address: async () => `https://127.0.0.1:1/?sig=${signature}`,
    publicUrl: null,
    portalUrl: "https://portal.azure.com",
    timeoutInMs: 5_000,
    sleep: () => Promise.resolve(),
  });
  const error = await failureOf(channel.send(driftAlert));
  expect(error.reason).toBe("unavailable");
});
