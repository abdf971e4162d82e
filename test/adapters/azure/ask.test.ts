import { describe, expect, it } from "vitest";
import { ask, askOrThrow, type Request } from "../../../src/adapters/azure/ask.ts";
import { patienceOf } from "../../../src/adapters/azure/azure-access.ts";
import { createResourceManager } from "../../../src/adapters/azure/resource-manager.ts";
import type { SourceError } from "../../../src/application/source-error.ts";
import { failureOf } from "../../support/outcomes.ts";
import { type ScriptedAnswer, type SentRequest, scriptedAccess } from "../../support/scripted-client.ts";

const error = (code: string) => ({ error: { code, message: "Bearer eyJ is no good." } });
const fine: ScriptedAnswer = { body: { id: "/a" } };

describe("asking Azure", () => {
  it("waits as long as Azure asks", async () => {
    const { waits, outcome } = await asked((_, nth) =>
      nth === 1 ? throttled({ "retry-after": "7" }) : fine,
    );
    expect(outcome).toMatchObject({ answer: { body: { id: "/a" } } });
    expect(waits).toEqual([7_000]);
  });

  it.each([
    ["milliseconds", { "retry-after-ms": "250" }, 250],
    ["Azure's own header", { "x-ms-retry-after-ms": "300" }, 300],
    ["a moment gone by", { "retry-after": "Sat, 01 Jan 2000 00:00:00 GMT" }, 0],
  ])("understands %s", async (_, headers, expected) => {
    const { waits } = await asked((_request, nth) => (nth === 1 ? throttled(headers) : fine));
    expect(waits).toEqual([expected]);
  });

  it("backs off by itself when Azure does not say", async () => {
    const { waits, sent } = await asked(() => throttled());
    expect(sent).toHaveLength(4);
    expect(waits).toEqual([between(500, 1_000), between(1_000, 2_000), between(2_000, 4_000)]);
  });

  it.each(["-5", "soon", "", "1e400"])("backs off by itself when Azure says %j", async (retryAfter) => {
    const { waits } = await asked((_, nth) => (nth === 1 ? throttled({ "retry-after": retryAfter }) : fine));
    expect(waits).toEqual([between(500, 1_000)]);
  });

  it("does not sleep for hours: who asks for that is left a gap", async () => {
    const { waits, sent, outcome } = await asked(() => throttled({ "retry-after": "86400" }));
    expect(waits).toEqual([]);
    expect(sent).toHaveLength(1);
    expect(outcome).toMatchObject({ failure: { reason: "throttled", retryAfterInMs: 86_400_000 } });
  });

  it("waits no longer in all than its patience", async () => {
    const { waits } = await asked(() => throttled({ "retry-after": "25" }));
    expect(waits).toEqual([25_000, 25_000]);
  });

  it("tries a 401 once more and no oftener", async () => {
    const { sent } = await asked(() => ({ status: 401, body: error("InvalidAuthenticationToken") }));
    expect(sent).toHaveLength(2);
  });

  it.each([400, 403, 404, 405, 422])("does not repeat a %d", async (status) => {
    const { sent } = await asked(() => ({ status, body: error("Whatever") }));
    expect(sent).toHaveLength(1);
  });

  it("says what it could not read, in Azure's code, without token or body, and what mends it", async () => {
    const failure = await refusalTo(() => ({ status: 403, body: error("AuthorizationFailed") }));
    expect(failure.message).toBe("Could not read the thing: Azure answered 403 AuthorizationFailed.");
    expect(failure.remedy).toBe("Grant it.");
    expect(failure.cause).toBeUndefined();
  });

  it("takes no code for Azure's own that does not stand in its error", async () => {
    const { outcome } = await asked(() => ({ status: 404, body: { code: "NotFound", message: "no" } }));
    expect(outcome).toMatchObject({ failure: { reason: "unavailable", codes: [] } });
  });

  it("quotes the flat error of a resource provider all the same", async () => {
    const failure = await refusalTo(() => ({ status: 400, body: { code: "BadRequest", subcode: "" } }));
    expect(failure.message).toBe("Could not read the thing: Azure answered 400 BadRequest.");
  });

  it("survives error bodies of any shape", async () => {
    for (const body of [
      "<html>",
      [],
      7,
      { error: "x" },
      { error: { details: "x" } },
      { error: { code: 7, details: [null, { code: 1 }] } },
    ]) {
      expect(await refusalTo(() => ({ status: 500, body }))).toMatchObject({
        reason: "unavailable",
        message: "Could not read the thing: Azure answered 500.",
      });
    }
  });

  it.each([
    ["nothing", ""],
    ["a list", []],
    ["null", null],
  ])("takes %s with status 200 for no answer", async (_, body) => {
    expect(await refusalTo(() => ({ body }))).toMatchObject({ reason: "malformed" });
  });

  it("gives a try up whose client never comes back, even from an aborted request", async () => {
    const { access } = scriptedAccess(() => fine);
    const patience = { ...patienceOf(access), tries: 2, tryTimeoutInMs: 20 };
    const request = { task: "the thing", remedy: "Grant it.", send: () => new Promise(() => undefined) };
    await expect(askOrThrow(request, patience)).rejects.toMatchObject({
      reason: "unavailable",
      message: "Could not read the thing: no answer came in time.",
    });
  });

  it.each(["CredentialUnavailableError", "AuthenticationError", "AggregateAuthenticationError"])(
    "names a missing sign-in (%s) and does not insist",
    async (name) => {
      const failure = await failureToSend(Object.assign(new Error("secret"), { name }));
      expect(failure).toMatchObject({
        reason: "accessDenied",
        message: `Could not read the thing: got no token (${name}).`,
        remedy: "Sign in with az login, or give the function app its identity.",
      });
      expect(String(failure.cause)).not.toContain("secret");
    },
  );

  it("passes on no more of an SDK error than its name", async () => {
    const failure = await failureToSend(
      Object.assign(new Error("whole body with Bearer eyJ"), { name: "RestError", code: "ECONNRESET" }),
    );
    expect(failure.message).toBe("Could not read the thing: the connection failed (ECONNRESET).");
    expect(failure.cause).toEqual(new Error("RestError (ECONNRESET)"));
  });
});

function throttled(headers: Readonly<Record<string, string>> = {}): ScriptedAnswer {
  return { status: 429, headers, body: error("TooManyRequests") };
}

async function asked(answer: (request: SentRequest, nth: number) => ScriptedAnswer) {
  const { access, sent, waits } = scriptedAccess(answer);
  const outcome = await ask(
    requestOf(createResourceManager(access).get("/thing", "2022-12-01")),
    patienceOf(access),
  );
  return { outcome, sent, waits };
}

async function refusalTo(answer: () => ScriptedAnswer): Promise<SourceError> {
  const { access } = scriptedAccess(answer);
  return failureOf(
    askOrThrow(requestOf(createResourceManager(access).get("/thing", "2022-12-01")), patienceOf(access)),
  );
}

async function failureToSend(cause: Error): Promise<SourceError> {
  const { access } = scriptedAccess(() => fine);
  return failureOf(
    askOrThrow(
      requestOf(() => Promise.reject(cause)),
      patienceOf(access),
    ),
  );
}

function requestOf(send: Request["send"]): Request {
  return { task: "the thing", remedy: "Grant it.", send };
}

function between(least: number, most: number) {
  return expect.toSatisfy((value: number) => value >= least && value <= most, `between ${least} and ${most}`);
}
