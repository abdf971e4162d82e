import { describe, expect, it } from "vitest";
import type { AssignedPolicy } from "../../../../src/domain/workloads.ts";
import { readFacts } from "../../../support/fact-source.ts";
import {
  assignment,
  assignmentId,
  clusterId,
  componentState,
  definitionId,
  exemption,
  initiative,
  policyState,
  policyWorld,
  restricted,
  root,
  shop,
} from "../../../support/policy-world.ts";
import { payments, search } from "../../../support/world-small.ts";

const privileged = "95edb821-ddaf-4404-9732-666045e056b4";
const volumes = "16697877-1118-4fb1-9b65-9898ec2509ec";
const subscription = `/subscriptions/${payments}`;
const one = clusterId(payments, "aks-pay-1");
const group = one.slice(0, one.indexOf("/providers/"));

async function policiesOn(
  name: string,
  rows: Parameters<typeof policyWorld>[0],
): Promise<readonly AssignedPolicy[]> {
  const { of } = await readFacts("assignedPolicies", policyWorld(rows));
  const reading = of(name).assignedPolicies;
  if (reading?.state !== "collected") throw new Error("The policies were not collected.");
  return reading.value.policies;
}

describe("assigned policies", () => {
  it("are the members of an initiative, with the parameters it hands on", async () => {
    const found = await policiesOn("aks-pay-1", [
      assignment(shop, "pods", restricted, { effect: "Deny", excludedNamespaces: ["legacy"] }),
    ]);
    expect(found).toHaveLength(8);
    expect(found.find(({ definition }) => definition === privileged)).toEqual({
      assignmentId: `${shop}/providers/Microsoft.Authorization/policyAssignments/pods`,
      definition: privileged,
      version: "9.*.*",
      initiative: "42b8ef37-b724-4e24-bbc8-7a7708edfe00",
      reference: "NoPrivilegedContainers",
      effect: "deny",
      isEnforced: true,
      parameters: { excludednamespaces: ["legacy"] },
      unreadable: [],
      exemptions: [],
    });
    expect(found.find(({ definition }) => definition === volumes)?.parameters).toMatchObject({
      allowedvolumetypes: expect.arrayContaining(["configMap"]),
    });
  });

  it.each([
    ["the tenant's root group", root, true],
    ["the management group", shop, true],
    ["the subscription", subscription, true],
    [
      "the resource group, in other casing",
      group.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions"),
      true,
    ],
    ["the cluster", one, true],
    ["another cluster", clusterId(payments, "aks-pay-2"), false],
    ["another subscription", `/subscriptions/${search}`, false],
  ])("count when assigned at %s: %s", async (_, scope, counts) => {
    const found = await policiesOn("aks-pay-1", [assignment(scope, "own", definitionId(privileged))]);
    expect(found).toHaveLength(counts ? 1 : 0);
  });

  it("of one management group do not reach a subscription beside it", async () => {
    const rows = [assignment(shop, "own", definitionId(privileged))];
    expect(await policiesOn("aks-search-1", rows)).toEqual([]);
  });

  it.each([
    ["not for a scope above the cluster", { notScopes: [group.toUpperCase()] }, 0],
    ["not for another scope", { notScopes: [`${group}-2`] }, 1],
    [
      "only for resources of another region",
      { resourceSelectors: [{ name: "r", selectors: [{ kind: "resourceLocation", in: ["eastus"] }] }] },
      0,
    ],
    [
      "only for resources of some regions, its own among them",
      {
        resourceSelectors: [
          { name: "r", selectors: [{ kind: "resourceLocation", in: ["eastus"] }] },
          { name: "s", selectors: [{ kind: "resourceLocation", notIn: ["eastus"] }] },
        ],
      },
      1,
    ],
    [
      "only for another type",
      { resourceSelectors: [{ selectors: [{ kind: "resourceType", in: ["Microsoft.Web/sites"] }] }] },
      0,
    ],
  ])("hold %s", async (_, properties, count) => {
    const rows = [assignment(shop, "own", definitionId(privileged), {}, properties)];
    expect(await policiesOn("aks-pay-1", rows)).toHaveLength(count);
  });

  it.each([
    ["the assignment's parameter", { effect: "audit" }, {}, "audit"],
    ["the definition's default", {}, {}, "deny"],
    [
      "an override",
      { effect: "Deny" },
      { overrides: [{ kind: "policyEffect", value: "Disabled" }] },
      "disabled",
    ],
    [
      "no override of another region",
      { effect: "Deny" },
      {
        overrides: [
          {
            kind: "policyEffect",
            value: "Disabled",
            selectors: [{ kind: "resourceLocation", in: ["eastus"] }],
          },
        ],
      },
      "deny",
    ],
    [
      "an override by what this version does not know",
      { effect: "Deny" },
      {
        overrides: [
          { kind: "policyEffect", value: "Audit", selectors: [{ kind: "moonPhase", in: ["full"] }] },
        ],
      },
      null,
    ],
  ])("have the effect of %s", async (_, parameters, properties, effect) => {
    const rows = [assignment(shop, "own", definitionId(privileged), parameters, properties)];
    expect((await policiesOn("aks-pay-1", rows))[0]?.effect).toBe(effect);
  });

  it("differ by region where the assignment does", async () => {
    const selectors = [{ kind: "resourceLocation", in: ["eastus"] }];
    const overrides = [{ kind: "policyEffect", value: "Audit", selectors }];
    const world = policyWorld([assignment(shop, "own", definitionId(privileged), {}, { overrides })]);
    const rows = world.rows.map((row) => (row.name === "aks-pay-2" ? { ...row, location: "eastus" } : row));
    const { of } = await readFacts("assignedPolicies", { ...world, rows });
    expect(of("aks-pay-1").assignedPolicies).toMatchObject({ value: { policies: [{ effect: "deny" }] } });
    expect(of("aks-pay-2").assignedPolicies).toMatchObject({ value: { policies: [{ effect: "audit" }] } });
  });

  it("have an override of one member alone, by the initiative's name for it", async () => {
    const selectors = [{ kind: "policyDefinitionReferenceId", in: ["noprivilegedcontainers"] }];
    const found = await policiesOn("aks-pay-1", [
      assignment(
        shop,
        "pods",
        restricted,
        {},
        {
          overrides: [{ kind: "policyEffect", value: "Deny", selectors }],
        },
      ),
    ]);
    const denying = found.filter(({ effect }) => effect === "deny");
    expect(denying.map(({ definition }) => definition)).toEqual([privileged]);
  });

  it("say when they are not enforced", async () => {
    const rows = [assignment(shop, "own", definitionId(privileged), {}, { enforcementMode: "DoNotEnforce" })];
    expect((await policiesOn("aks-pay-1", rows))[0]?.isEnforced).toBe(false);
  });

  it("come from initiatives of somebody's own, with expressions that cannot be told", async () => {
    const own = initiative(shop, "own-pods", {
      parameters: { mode: { type: "String", defaultValue: "Audit" } },
      policyDefinitions: [
        {
          policyDefinitionId: definitionId(privileged),
          policyDefinitionReferenceId: "p",
          parameters: {
            effect: { value: "[parameters('mode')]" },
            excludedNamespaces: { value: "[concat(parameters('a'), parameters('b'))]" },
          },
        },
        { policyDefinitionId: definitionId("00000000-0000-0000-0000-000000000000"), parameters: {} },
      ],
    });
    const found = await policiesOn("aks-pay-1", [own, assignment(subscription, "own", String(own.id))]);
    expect(found).toMatchObject([
      { definition: privileged, effect: "audit", unreadable: ["excludednamespaces"], parameters: {} },
    ]);
    expect(found[0]?.initiative).toBe(String(own.id).toLowerCase());
  });

  it("name the exemptions of the cluster and of what is above it, and no others", async () => {
    const pods = assignment(shop, "pods", restricted);
    const found = await policiesOn("aks-pay-1", [
      pods,
      exemption(one, "mine", {
        policyAssignmentId: pods.id,
        policyDefinitionReferenceIds: ["noPrivilegedContainers"],
        expiresOn: "2027-01-01T00:00:00Z",
      }),
      exemption(subscription, "all", { policyAssignmentId: pods.id, policyDefinitionReferenceIds: [] }),
      exemption(clusterId(payments, "aks-pay-2"), "other", { policyAssignmentId: pods.id }),
      exemption(one, "elsewhere", { policyAssignmentId: assignmentId(shop, "others") }),
    ]);
    const all = {
      id: `${subscription}/providers/Microsoft.Authorization/policyExemptions/all`,
      expiresOn: null,
    };
    for (const { definition, exemptions } of found)
      expect(exemptions).toEqual(
        definition === privileged
          ? expect.arrayContaining([
              all,
              {
                id: `${one}/providers/Microsoft.Authorization/policyExemptions/mine`,
                expiresOn: "2027-01-01T00:00:00Z",
              },
            ])
          : [all],
      );
  });

  const unknownSet = `${shop}${restricted}`.replace("42b8", "9999");
  const hidden = [root, assignmentId(root, "own")].map((id) => id.toLowerCase());

  it("say what may be assigned where nobody may look", async () => {
    const world = policyWorld([assignment(subscription, "mine", unknownSet)], { missingFromGraph: hidden });
    const { of } = await readFacts("assignedPolicies", world, [
      { match: { service: "policyAssignments" }, kind: "403" },
    ]);
    expect(of("aks-pay-1").assignedPolicies).toMatchObject({
      value: {
        policies: [],
        unseen: [expect.stringContaining("mg-root"), expect.stringContaining("policysetdefinitions/9999")],
      },
    });
  });

  it("above a subscription are told by Resource Manager where Resource Graph hides them, once for all clusters", async () => {
    const own = assignment(root, "own", definitionId(privileged));
    const exempt = exemption(root, "all", { policyAssignmentId: own.id });
    const world = policyWorld([own, exempt], {
      missingFromGraph: [...hidden, String(exempt.id).toLowerCase()],
    });
    const { of, requests } = await readFacts("assignedPolicies", world);
    expect(of("aks-pay-1").assignedPolicies).toMatchObject({
      value: { policies: [{ assignmentId: own.id, exemptions: [{ id: exempt.id }] }], unseen: [] },
    });
    const lists = requests.filter(({ service }) => service === "policyAssignments");
    expect(lists).toHaveLength(2);
  });

  it("come from an initiative that Resource Manager alone shows", async () => {
    const own = initiative(shop, "own-pods", {
      policyDefinitions: [{ policyDefinitionId: definitionId(privileged), policyDefinitionReferenceId: "p" }],
    });
    const rows = [own, assignment(subscription, "own", String(own.id))];
    const world = policyWorld(rows, { missingFromGraph: [String(own.id).toLowerCase()] });
    const { of } = await readFacts("assignedPolicies", world);
    expect(of("aks-pay-1").assignedPolicies).toMatchObject({
      value: { policies: [{ definition: privileged, effect: "deny" }], unseen: [] },
    });
  });

  it("of an initiative whose id leads elsewhere are asked of nobody", async () => {
    const rows = [assignment(subscription, "own", "//example.invalid/policySetDefinitions/x")];
    const { of, requests } = await readFacts("assignedPolicies", policyWorld(rows));
    expect(of("aks-pay-1").assignedPolicies).toMatchObject({
      value: { unseen: [expect.stringContaining("example.invalid")] },
    });
    expect(
      requests.every(
        ({ service }) =>
          service === "resourceGraph" || service === "policyAssignments" || service === "policyExemptions",
      ),
    ).toBe(true);
  });

  it.each([
    ["none at all, when Resource Manager says so too", [], []],
    [
      "what nobody shows, when Resource Manager refuses",
      [{ match: { service: "policyAssignments" }, kind: "403" }] as const,
      [expect.stringContaining("any policy assignment at all")],
    ],
  ])("are %s", async (_, faults, unseen) => {
    const { of } = await readFacts("assignedPolicies", policyWorld([]), faults);
    expect(of("aks-pay-1").assignedPolicies).toMatchObject({ value: { policies: [], unseen } });
  });

  it("by a selector this version does not know may hold or not", async () => {
    const resourceSelectors = [{ selectors: [{ kind: "moonPhase", in: ["full"] }] }];
    const found = await policiesOn("aks-pay-1", [
      assignment(shop, "own", definitionId(privileged), {}, { resourceSelectors }),
    ]);
    expect(found).toMatchObject([{ effect: null }]);
  });

  it("that mean another cluster need not be known", async () => {
    const rows = [assignment(shop, "own", unknownSet, {}, { notScopes: [group] })];
    const { of } = await readFacts("assignedPolicies", policyWorld(rows));
    expect(of("aks-pay-1").assignedPolicies).toMatchObject({ value: { unseen: [] } });
  });

  it("are unread where a row above the cluster is of a wrong type", async () => {
    const broken = assignment(subscription, "own", definitionId(privileged), {}, { policyDefinitionId: 7 });
    const { of } = await readFacts("assignedPolicies", policyWorld([broken]));
    expect(of("aks-pay-1").assignedPolicies).toMatchObject({
      state: "unavailable",
      gap: { reason: "malformed" },
    });
    expect(of("aks-search-1").assignedPolicies).toMatchObject({ state: "collected" });
  });

  it("are unread when Azure refuses, and are asked for once for all clusters", async () => {
    const refused = await readFacts("assignedPolicies", policyWorld([]), [
      { match: { bodyIncludes: "authorization/policyassignments" }, kind: "403" },
    ]);
    expect(refused.of("aks-pay-1").assignedPolicies).toMatchObject({
      state: "unavailable",
      gap: { scope: one, reason: "accessDenied", remedy: expect.stringContaining("Reader") },
    });
    const read = await readFacts("assignedPolicies", policyWorld([]));
    const queries = read.requests.filter(({ service }) => service === "resourceGraph");
    expect(queries).toHaveLength(5);
  });
});

describe("the scan of workloads", () => {
  const pods = assignment(shop, "pods", restricted);
  const own = assignment(shop, "own", definitionId(privileged));
  const ofPods = {
    policyAssignmentId: pods.id,
    policyDefinitionId: definitionId(privileged),
    policyDefinitionReferenceId: "noprivilegedcontainers",
  };
  const ofOwn = { policyAssignmentId: own.id, policyDefinitionId: definitionId(privileged) };

  async function answersOn(name: string, rows: Parameters<typeof policyWorld>[0]) {
    const { of } = await readFacts("workloadScan", policyWorld(rows));
    const reading = of(name).workloadScan;
    if (reading?.state !== "collected") throw new Error("The scan was not collected.");
    const answers = reading.value.answers.filter(({ definition }) => definition === privileged);
    return answers.sort((a, b) => (a.path > b.path ? -1 : 1));
  }

  it("names what offends, cluster by cluster and assignment by assignment", async () => {
    const rows = [
      pods,
      own,
      policyState(one, { ...ofPods, complianceState: "NonCompliant" }),
      policyState(one, ofOwn),
      componentState(one, {
        ...ofPods,
        componentId: "web/web-0",
        componentType: "Pod",
        componentName: "web-0",
      }),
      componentState(one, {
        ...ofPods,
        componentId: "web/api-0",
        componentType: "Pod",
        componentName: "api-0",
      }),
      componentState(one, {
        ...ofPods,
        componentId: "node-a",
        componentType: "node",
        componentName: "node-a",
      }),
      componentState(clusterId(payments, "aks-pay-2"), {
        ...ofPods,
        componentId: "a/b",
        componentType: "Pod",
      }),
    ];
    expect(await answersOn("aks-pay-1", rows)).toMatchObject([
      {
        path: pods.id,
        version: "9.*.*",
        result: {
          state: "seen",
          offenders: ["node/node-a", "web/Pod/api-0", "web/Pod/web-0"],
          isCutOff: false,
        },
      },
      { path: own.id, result: { state: "seen", offenders: [] } },
    ]);
    expect(await answersOn("aks-pay-2", rows)).toMatchObject([
      { result: { state: "seen", offenders: ["a/Pod/b"] } },
      { result: { state: "unseen" } },
    ]);
  });

  it("is cut off at the most that Azure Policy lists", async () => {
    const many = (count: number) => [
      own,
      ...Array.from({ length: count }, (_, index) =>
        componentState(one, { ...ofOwn, componentId: `web/web-${index}`, componentType: "Pod" }),
      ),
    ];
    expect(await answersOn("aks-pay-1", many(499))).toMatchObject([{ result: { isCutOff: false } }]);
    expect(await answersOn("aks-pay-1", many(500))).toMatchObject([{ result: { isCutOff: true } }]);
  });

  it.each([
    ["there is no report", [], "has not reported"],
    [
      "offenders are not named yet",
      [policyState(one, { ...ofOwn, complianceState: "NonCompliant" })],
      "no offender",
    ],
    ["the cluster is exempt", [policyState(one, { ...ofOwn, complianceState: "Exempt" })], "exempt"],
    ["there is a conflict", [policyState(one, { ...ofOwn, complianceState: "Conflict" })], '"Conflict"'],
  ])("proves nothing when %s", async (_, rows, words) => {
    expect(await answersOn("aks-pay-1", [own, ...rows])).toMatchObject([
      { result: { state: "unseen", reason: expect.stringContaining(words) } },
    ]);
  });

  it("leaves out what is switched off", async () => {
    const off = assignment(shop, "off", definitionId(privileged), { effect: "Disabled" });
    expect(await answersOn("aks-pay-1", [off])).toEqual([]);
  });

  it.each(["policystates", "componentpolicystates"])("is read in part when %s are refused", async (table) => {
    const { of } = await readFacts("workloadScan", policyWorld([own]), [
      { match: { bodyIncludes: `policyinsights/${table}'` }, kind: "403" },
    ]);
    expect(of("aks-pay-1").workloadScan).toMatchObject({
      state: "partial",
      gap: { scope: one, reason: "accessDenied" },
    });
    expect(of("aks-pay-1").assignedPolicies).toMatchObject({ state: "collected" });
  });

  it("is read in part when a row cannot be told whose it is", async () => {
    const rows = [
      own,
      { ...componentState(one, ofOwn), properties: { ...ofOwn, complianceState: "NonCompliant" } },
    ];
    const { of } = await readFacts("workloadScan", policyWorld(rows));
    expect(of("aks-search-1").workloadScan).toMatchObject({ state: "partial", gap: { reason: "malformed" } });
  });
});
