import { describe, expect, it } from "vitest";
import { createEmulatedAzure } from "../../src/emulator/azure.ts";
import type { Fault } from "../../src/emulator/faults.ts";
import { type TextResponse, textOf } from "../../src/emulator/service.ts";
import { clusterRow, estateOf, payments, smallWorld } from "../support/world-small.ts";

const body = JSON.stringify({
  query: "resources | where type =~ 'microsoft.containerservice/managedclusters' | order by id asc",
});

/** The answer to one query while a fault is on. */
async function answerUnder(fault?: Omit<Fault, "match">): Promise<TextResponse> {
  const azure = createEmulatedAzure({ estate: estateOf() });
  if (fault) azure.faults.add({ match: {}, ...fault });
  const { token } = azure.issueToken("https://management.azure.com");
  const answer = await azure.handle({
    method: "POST",
    url: "https://management.azure.com/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01",
    headers: { authorization: `Bearer ${token}` },
    body,
  });
  if (typeof answer === "string") throw new Error(`There was no answer but ${answer}.`);
  return { ...answer, body: textOf(answer) };
}

const sound = async () => JSON.parse((await answerUnder()).body);

describe("an answer that is no object", () => {
  it.each([
    ["emptyBody", ""],
    ["jsonNull", "null"],
  ] as const)("%s is %j with a good status", async (kind, expected) => {
    expect(await answerUnder({ kind })).toMatchObject({ status: 200, body: expected });
  });

  it("comes in a list, or as a text", async () => {
    const whole = await sound();
    expect(JSON.parse((await answerUnder({ kind: "jsonArray" })).body)).toEqual([whole]);
    expect(JSON.parse(JSON.parse((await answerUnder({ kind: "jsonText" })).body))).toEqual(whole);
  });
});

describe("wrong types", () => {
  it("are the same for the same seed, and others for another", async () => {
    const texts = await Promise.all(
      [1, 1, 2, 3].map(async (seed) => (await answerUnder({ kind: "wrongTypes", seed })).body),
    );
    expect(texts[1]).toBe(texts[0]);
    expect(new Set(texts).size).toBe(3);
  });

  it("strike as many properties as they are told to", async () => {
    const whole = JSON.stringify(await sound());
    const once = differences(JSON.parse(whole), JSON.parse((await answerUnder({ kind: "wrongTypes" })).body));
    expect(once).toHaveLength(1);
    const often = (await answerUnder({ kind: "wrongTypes", alterations: 1_000 })).body;
    const untouched = differences(JSON.parse(whole), JSON.parse(often));
    expect(untouched).toContain("data");
  });

  it("never leave a property null, empty or of its own type", async () => {
    const whole = await sound();
    for (let seed = 1; seed <= 300; seed += 1) {
      const altered = JSON.parse((await answerUnder({ kind: "wrongTypes", seed })).body);
      for (const path of differences(whole, altered)) {
        const [was, is] = [at(whole, path), at(altered, path)];
        expect(typeOf(is), `${path} at seed ${seed}`).not.toBe(typeOf(was));
        if (!/\.\d+$/.test(path)) expect(is, `${path} at seed ${seed}`).not.toBeNull();
        expect(is, `${path} at seed ${seed}`).not.toBe("");
      }
    }
  });

  it("leave answers alone that are no JSON", async () => {
    const azure = createEmulatedAzure({
      estate: estateOf(),
      teams: {
        handles: ({ pathname }) => pathname === "/teams/hook",
        handle: async () => ({ status: 202, headers: {}, body: "" }),
      },
    });
    azure.faults.add({ match: {}, kind: "wrongTypes" });
    const request = { method: "POST", url: "https://teams.invalid/teams/hook", headers: {}, body: "" };
    expect(await azure.handle(request)).toMatchObject({ status: 202, body: "" });
  });
});

describe("null properties", () => {
  it("are null and were not, and no entry of a list is", async () => {
    const whole = await sound();
    const altered = JSON.parse((await answerUnder({ kind: "nullProperties", alterations: 5 })).body);
    const paths = differences(whole, altered);
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) {
      expect(at(altered, path)).toBeNull();
      expect(path).not.toMatch(/\.\d+$/);
    }
  });
});

describe("new enum values", () => {
  it("are values that nobody knows, and nothing else changes", async () => {
    const whole = await sound();
    const altered = JSON.parse((await answerUnder({ kind: "newEnumValues", alterations: 1_000 })).body);
    const changes = differences(whole, altered).map(
      (path) => `${path}: ${at(whole, path)} -> ${at(altered, path)}`,
    );
    expect(changes.filter((change) => change.startsWith("data.0.")).sort()).toEqual([
      "data.0.properties.agentPoolProfiles.0.mode: System -> NovelSystem",
      "data.0.properties.agentPoolProfiles.0.osSKU: AzureLinux3 -> NovelAzureLinux3",
      "data.0.properties.agentPoolProfiles.1.mode: User -> NovelUser",
      "data.0.properties.agentPoolProfiles.1.osSKU: Ubuntu -> NovelUbuntu",
      "data.0.properties.powerState.code: Running -> NovelRunning",
      "data.0.sku.tier: Standard -> NovelStandard",
    ]);
    expect(changes).toHaveLength(12);
  });
});

describe("headers that say strange things", () => {
  it.each(["86400", "Fri, 31 Dec 9999 23:59:59 GMT", "-5", "soon", ""])(
    "ask to come back after %j",
    async (retryAfter) => {
      for (const kind of ["429", "503", "html-503"] as const)
        expect((await answerUnder({ kind, retryAfter })).headers["retry-after"]).toBe(retryAfter);
    },
  );

  it("tell nothing of the quota, or nonsense", async () => {
    const quotaHeaders = async (fault?: Omit<Fault, "match">) =>
      Object.entries((await answerUnder(fault)).headers).filter(([name]) =>
        name.startsWith("x-ms-user-quota"),
      );
    expect(await quotaHeaders()).toEqual([
      ["x-ms-user-quota-remaining", "1000000"],
      ["x-ms-user-quota-resets-after", "00:00:05"],
    ]);
    expect(await quotaHeaders({ kind: "noQuotaHeaders" })).toEqual([]);
    const odd = await Promise.all(
      [1, 2, 3, 4, 5].map((seed) => quotaHeaders({ kind: "oddQuotaHeaders", seed })),
    );
    expect(new Set(odd.map(String)).size).toBeGreaterThan(1);
  });
});

describe("the next night", () => {
  it("comes between two requests, and the last one stays", async () => {
    const azure = createEmulatedAzure({
      estate: estateOf(smallWorld(), smallWorld({ rows: [clusterRow(payments, "aks-new")] })),
    });
    azure.faults.add({ match: { nth: 2 }, kind: "nextNight" });
    azure.faults.add({ match: { nth: 3 }, kind: "nextNight" });
    const { token } = azure.issueToken("https://management.azure.com");
    const read = async () => {
      const url = `https://management.azure.com${clusterRow(payments, "aks-new").id}?api-version=2026-04-01`;
      const answer = await azure.handle({
        method: "GET",
        url,
        headers: { authorization: `Bearer ${token}` },
        body: "",
      });
      return [typeof answer === "string" ? answer : answer.status, azure.night];
    };
    expect([await read(), await read(), await read(), await read()]).toEqual([
      [404, 0],
      [200, 1],
      [200, 1],
      [200, 1],
    ]);
  });
});

/** Paths of the outermost values that differ. */
function differences(was: unknown, is: unknown, path: readonly string[] = []): readonly string[] {
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  if (typeOf(was) !== typeOf(is) || typeof was !== "object") return [path.join(".")];
  return Object.keys(was ?? {}).flatMap((key) =>
    differences(property(was, key), property(is, key), [...path, key]),
  );
}

function at(json: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>(property, json);
}

function property(json: unknown, key: string): unknown {
  return typeof json === "object" && json !== null
    ? Object.entries(json).find(([one]) => one === key)?.[1]
    : json;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}
