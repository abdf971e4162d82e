import { describe, expect, it } from "vitest";
import { createEmulatedAzure } from "../../src/emulator/azure.ts";
import { textOf } from "../../src/emulator/service.ts";
import { assignment, initiative, policyWorld, restricted, root, shop } from "../support/policy-world.ts";
import { closed, estateOf, payments, search } from "../support/world-small.ts";

const arm = "https://management.azure.com";
const own = initiative(shop, "own-pods", { policyDefinitions: [] });
const azure = createEmulatedAzure({
  estate: estateOf(
    policyWorld([
      own,
      assignment(root, "at-root", restricted),
      assignment(shop, "at-shop", restricted),
      assignment(`/subscriptions/${payments}`, "at-payments", restricted),
      assignment(`/subscriptions/${search}`, "at-search", restricted),
    ]),
  ),
});

async function get(path: string, version: string) {
  const { token } = azure.issueToken(arm);
  const answer = await azure.handle({
    method: "GET",
    url: `${arm}${path}?api-version=${version}`,
    headers: { authorization: `Bearer ${token}` },
    body: "",
  });
  if (typeof answer === "string") throw new Error(answer);
  return { status: answer.status, body: JSON.parse(textOf(answer)) };
}

function assignmentsOf(subscriptionId: string) {
  return get(
    `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/policyAssignments`,
    "2023-04-01",
  );
}

describe("policies in the emulated Resource Manager", () => {
  it("are listed for a subscription with those of the management groups above it", async () => {
    const namesIn = async (id: string) =>
      (await assignmentsOf(id)).body.value.map(({ name }: { readonly name: string }) => name).sort();
    expect(await namesIn(payments)).toEqual(["at-payments", "at-root", "at-shop"]);
    expect(await namesIn(search)).toEqual(["at-root", "at-search"]);
  });

  it("are refused where the subscription is", async () => {
    expect(await assignmentsOf(closed)).toMatchObject({
      status: 403,
      body: { error: { code: "AuthorizationFailed" } },
    });
  });

  it("have their initiatives by id, or not at all", async () => {
    expect(await get(String(own.id), "2023-04-01")).toMatchObject({
      status: 200,
      body: { name: "own-pods" },
    });
    expect(await get(restricted, "2023-04-01")).toMatchObject({ status: 404 });
  });
});
