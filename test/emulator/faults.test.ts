import { ContainerServiceClient } from "@azure/arm-containerservice";
import type { QueryResponse } from "@azure/arm-resourcegraph";
import { describe, expect, it } from "vitest";
import { createEmulatedAzure, type EmulatedAzure } from "../../src/emulator/azure.ts";
import { emulatedCredential } from "../../src/emulator/emulated-credential.ts";
import type { GraphFault } from "../../src/emulator/fault-kinds.ts";
import { createEmulatedTransport } from "../../src/emulator/transport.ts";
import { aksClient, allPages, column, graphClient } from "../support/emulated-clients.ts";
import { estateOf, payments } from "../support/world-small.ts";

const read = (azure: EmulatedAzure, abortSignal?: AbortSignal) =>
  aksClient(azure, payments).managedClusters.get("rg-aks-pay-1", "aks-pay-1", abortSignal && { abortSignal });

const query =
  "resources | where type =~ 'microsoft.containerservice/managedclusters' | project id | order by id asc";

describe("a fault", () => {
  it.each(["401", "403", "404", "409", "422", "500", "502", "503", "504"] as const)(
    "answers %s",
    async (kind) => {
      const azure = createEmulatedAzure({ estate: estateOf() });
      azure.faults.add({ match: {}, kind });
      await expect(read(azure)).rejects.toMatchObject({ statusCode: Number(kind), code: expect.any(String) });
      expect(azure.requests.at(-1)?.status).toBe(Number(kind));
    },
  );

  it("answers 429 with and without a time to come back", async () => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    azure.faults.add({ match: {}, kind: "429", retryAfterInSeconds: 7, times: 1 });
    azure.faults.add({ match: {}, kind: "429-without-retry-after" });
    const retryAfter = async () => {
      const error = await read(azure).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ statusCode: 429 });
      return (error as { response: { headers: Headers } }).response.headers.get("retry-after");
    };
    expect(await retryAfter()).toBe("7");
    expect(await retryAfter()).toBeUndefined();
  });

  it("is outlived by the client's own retries when it ends", async () => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    azure.faults.add({ match: {}, kind: "429", retryAfterInSeconds: 0, times: 2 });
    const client = new ContainerServiceClient(emulatedCredential(azure), payments, {
      httpClient: createEmulatedTransport(azure),
      retryOptions: { maxRetries: 2 },
    });
    await expect(client.managedClusters.get("rg-aks-pay-1", "aks-pay-1")).resolves.toMatchObject({
      name: "aks-pay-1",
    });
    expect(azure.requests.map(({ status }) => status)).toEqual([429, 429, 200]);
  });

  it.each([
    ["html", 200],
    ["html-503", 503],
  ] as const)("answers a web page: %s", async (kind, status) => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    azure.faults.add({ match: {}, kind });
    const url = "https://management.azure.com/subscriptions";
    const answer = await azure.handle({ method: "GET", url, headers: {}, body: "" });
    expect(answer).toMatchObject({
      status,
      headers: { "content-type": expect.stringContaining("text/html") },
    });
  });

  it("cuts JSON after a good start", async () => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    azure.faults.add({ match: {}, kind: "truncatedJson" });
    await expect(graphClient(azure).resources({ query })).rejects.toMatchObject({ code: "PARSE_ERROR" });
  });

  it("hangs until the caller gives up", async () => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    azure.faults.add({ match: {}, kind: "hang" });
    const controller = new AbortController();
    const reading = read(azure, controller.signal);
    controller.abort();
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  });

  it("hangs until the request's own timeout", async () => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    azure.faults.add({ match: {}, kind: "hang" });
    const reading = graphClient(azure).resources({ query }, { requestOptions: { timeout: 5 } });
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  });

  it("breaks the connection", async () => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    azure.faults.add({ match: {}, kind: "reset" });
    await expect(read(azure)).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(azure.requests.at(-1)?.status).toBe("reset");
  });
});

describe("a fault of Resource Graph", () => {
  const pagesUnder = (kind: GraphFault | undefined, nth?: number, rowsPerPage = 3) => {
    const azure = createEmulatedAzure({ estate: estateOf(), rowsPerPage });
    if (kind) azure.faults.add({ match: nth === undefined ? {} : { nth }, kind });
    return allPages(azure, { query }, 5);
  };
  const names = (pages: readonly QueryResponse[]) =>
    column(pages, "id").map((id) => String(id).split("/").at(-1));

  it("promises another page for ever", async () => {
    const pages = await pagesUnder("endlessPages");
    expect(pages).toHaveLength(5);
    expect(pages.every(({ skipToken, totalRecords }) => skipToken !== undefined && totalRecords === 4)).toBe(
      true,
    );
  });

  it("gives a row twice, and still every row", async () => {
    const sound = column(await pagesUnder(undefined), "id");
    const ids = column(await pagesUnder("duplicateRows"), "id");
    expect(ids).toHaveLength(6);
    expect(new Set(ids)).toEqual(new Set(sound));
  });

  it("gives rows in reverse, each once", async () => {
    const sound = column(await pagesUnder(undefined), "id");
    expect(column(await pagesUnder("reorderedPages"), "id")).toEqual([...sound].reverse());
  });

  it("cuts a page and does not say where to go on", async () => {
    const pages = await pagesUnder("truncatedWithoutToken");
    expect(pages).toHaveLength(1);
    expect(pages[0]).toMatchObject({ count: 1, totalRecords: 4, resultTruncated: "true" });
  });

  it.each([
    ["rowsVanish", [4, 2], [2, 0], ["aks-pay-1", "aks-pay-2", "AKS-Search-2"]],
    ["rowsVanishUncounted", [4, 4], [2, 0], ["aks-pay-1", "aks-pay-2", "AKS-Search-2"]],
    [
      "rowsAppear",
      [4, 6],
      [3, 3],
      ["aks-pay-1", "aks-pay-2", "AKS-Search-2", "aks-pay-2", "AKS-Search-2", "aks-search-1"],
    ],
  ] as const)("moves the rows behind those already read: %s", async (kind, totals, counts, seen) => {
    const pages = await pagesUnder(kind, 2);
    expect(pages.map(({ totalRecords }) => totalRecords)).toEqual(totals);
    expect(names(pages)).toEqual(seen);
    expect(pages.map(({ count }) => count).slice(1)).toEqual(counts.slice(1));
  });

  it.each([
    ["countTooHigh", [4, 2], [4, 4]],
    ["countTooLow", [2, 0], [4, 4]],
    ["totalTooHigh", [3, 1], [5, 5]],
    ["totalTooLow", [3, 1], [3, 3]],
  ] as const)("says wrong figures and leaves out no row: %s", async (kind, counts, totals) => {
    const pages = await pagesUnder(kind);
    expect(pages.map(({ count }) => count)).toEqual(counts);
    expect(pages.map(({ totalRecords }) => totalRecords)).toEqual(totals);
    expect(names(pages)).toEqual(names(await pagesUnder(undefined)));
  });

  it("may put fewer rows on a page than were asked for, and cuts no summary", async () => {
    const azure = createEmulatedAzure({ estate: estateOf(), rowsPerPage: 1 });
    expect(await allPages(azure, { query, options: { top: 3 } })).toHaveLength(4);
    const counts = "resources | summarize clusters = count() by subscriptionId";
    expect(await allPages(azure, { query: counts })).toMatchObject([{ count: 2, resultTruncated: "false" }]);
  });

  it("does nothing to other services", async () => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    azure.faults.add({ match: {}, kind: "endlessPages" });
    await expect(read(azure)).resolves.toMatchObject({ name: "aks-pay-1" });
  });
});

describe("a fault strikes", () => {
  async function statuses(azure: EmulatedAzure): Promise<readonly unknown[]> {
    await Promise.allSettled([allPages(azure, { query })]);
    await Promise.allSettled([read(azure)]);
    await Promise.allSettled([read(azure)]);
    return azure.requests.map(({ status }) => status);
  }

  it.each([
    ["one service", { service: "resourceGraph" }, [500, 200, 200]],
    ["part of a path", { pathIncludes: "/MANAGEDclusters/" }, [200, 500, 500]],
    ["part of a query", { bodyIncludes: "| project id" }, [500, 200, 200]],
    ["the nth that fits", { service: "managedClusters", nth: 2 }, [200, 200, 500]],
    ["the nth that fits and all after", { from: 2 }, [200, 500, 500]],
    ["nobody", { service: "keyVault" }, [200, 200, 200]],
  ] as const)("%s", async (_, match, expected) => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    azure.faults.add({ match, kind: "500" });
    expect(await statuses(azure)).toEqual(expected);
  });

  it("what a function picks, so often and no more", async () => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    azure.faults.add({ match: ({ method }) => method === "GET", kind: "503", times: 1 });
    expect(await statuses(azure)).toEqual([200, 503, 200]);
  });

  it("nobody after all are cleared", async () => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    azure.faults.add({ match: {}, kind: "500" });
    azure.faults.clear();
    expect(await statuses(azure)).toEqual([200, 200, 200]);
  });
});
