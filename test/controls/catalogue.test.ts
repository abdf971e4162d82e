import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { guideA, guideB, shortfalls } from "../../src/controls/guides.ts";
import { catalogue } from "../../src/controls/index.ts";
import { findProfile, profileNames } from "../../src/controls/profiles.ts";
import { assess, type Control, controlsIn, groupsReadBy, layers } from "../../src/domain/control.ts";
import { offenderNames, remediationCommands } from "../../src/domain/remediation.ts";
import { severities } from "../../src/domain/severity.ts";
import { renderControlDocs } from "../../src/presenters/control-docs.ts";
import { renderGuideDocs } from "../../src/presenters/guide-docs.ts";
import { hardenedCluster, snapshot } from "../support/snapshot.ts";

const root = new URL("../../", import.meta.url);
const files = readdirSync(new URL("src/controls/", root), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: layer }) =>
    readdirSync(new URL(`src/controls/${layer}/`, root)).map((file) => ({
      layer,
      name: file.replace(/\.ts$/, ""),
    })),
  );

const fieldOrder =
  "id title severity layer revision rationale remediation references precondition shortcut needs evaluate parts".split(
    " ",
  );
const mcsbControl = /^(NS|IM|PA|DP|AM|LT|IR|PV|ES|BR|DS|GS|AI)-\d+$/;

test("every file in a layer's folder is a control of the catalogue, and every control is a file", async () => {
  const exported = await Promise.all(
    files.map(async ({ layer, name }) => {
      const module: Record<string, unknown> = await import(
        new URL(`src/controls/${layer}/${name}.ts`, root).href
      );
      expect(Object.keys(module)).toEqual([
        name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
      ]);
      return Object.values(module)[0];
    }),
  );
  expect(new Set<unknown>(catalogue)).toEqual(new Set(exported));
  expect(catalogue.map(({ id }) => id).sort()).toEqual(
    files.map(({ layer, name }) => `${layer}.${name}`).sort(),
  );
});

test("reports go layer by layer", () => {
  const places = catalogue.map(({ layer }) => layers.indexOf(layer));
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

test("no two controls have the same title", () => {
  expect(new Set(catalogue.map(({ title }) => title)).size).toBe(catalogue.length);
});

test("docs/controls.md says what the catalogue says", () => {
  const profiles = profileNames.flatMap((name) => findProfile(name) ?? []);
  expect(readFileSync(new URL("docs/controls.md", root), "utf8")).toBe(
    renderControlDocs(catalogue, profiles),
  );
});

test("the README says how many controls there are", () => {
  expect(readFileSync(new URL("README.md", root), "utf8")).toContain(`all ${catalogue.length} controls`);
});

/** The facts that each right tells, in the words that README's table begins a row with; the first that fits counts. */
const rights: readonly (readonly [right: string, groups: readonly string[]])[] = [
  ["the application permissions", ["adminGroupMembers"]],
  ["Security Reader", ["defenderPlan", "defenderPricings", "imageVulnerabilities"]],
  [
    "inspection",
    ["namespaceIsolation", "kubernetesBindings", "environmentSecrets", "mountedSecrets", "podImages"],
  ],
  [
    "Reader where",
    [
      "clusterAccess",
      "nodeGroupAccess",
      "identityGrants",
      "nodeIdentities",
      "federatedIdentities",
      "assignedPolicies",
      "workloadScan",
    ],
  ],
];

/** What Azure Policy reports decides it as well as what pods show. */
const toldByEither = "images.from-allowed-registries";

test("the README says how many controls need which right", () => {
  const rightOf = (control: Control) => {
    const groups: readonly string[] = controlsIn(control).flatMap(groupsReadBy);
    const [right] =
      rights.find(([, needed]) => groups.some((group) => needed.includes(group))) ?? (["Reader:"] as const);
    return control.id === toldByEither ? "Reader where" : right;
  };
  const counted = ["Reader:", ...rights.map(([right]) => right)].map((right) => [
    right,
    catalogue.filter((control) => rightOf(control) === right).length,
  ]);
  const [, table = ""] = readFileSync(new URL("README.md", root), "utf8").split("| Controls | Need |");
  const rows = [...table.matchAll(/^\| (\d+) \| (.+) \|$/gm)];
  expect(rows).toHaveLength(counted.length);
  for (const [right, count] of counted)
    expect(rows.find(([, , need]) => need?.startsWith(String(right)))?.[1]).toBe(String(count));
});

test("docs/guides.md says how the guides are answered", () => {
  expect(readFileSync(new URL("docs/guides.md", root), "utf8")).toBe(
    renderGuideDocs([guideA, guideB], shortfalls),
  );
});

test.each([guideA, guideB])(
  "guide $name names every control that says it is asked for there, and no other",
  ({ name, parts }) => {
    const asked = catalogue.filter(({ references }) => references.guides?.includes(name)).map(({ id }) => id);
    const named = parts.flatMap(({ rows }) => rows.flatMap(({ controls }) => controls));
    expect(new Set(named)).toEqual(new Set(asked));
  },
);

/** One of each kind that a command may name. */
const offenders = [
  "/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/one",
  `${hardenedCluster.id}/trustedAccessRoleBindings/one`,
  `${hardenedCluster.id}/jwtAuthenticators/one`,
  "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i/federatedIdentityCredentials/c",
];

describe.each(catalogue.map((control) => [control.id, control] as const))("%s", (_, control) => {
  test("has its fields in the order of all controls", () => {
    const fields = Object.keys(control);
    expect(fields).toEqual(fieldOrder.filter((field) => fields.includes(field)));
  });

  test("names its layer and a severity, and counts revisions from 1", () => {
    expect(control.id.startsWith(`${control.layer}.`)).toBe(true);
    expect(severities).toContain(control.severity);
    expect(Number.isInteger(control.revision ?? 1) && (control.revision ?? 1) >= 1).toBe(true);
  });

  test("speaks in sentences, its title in one line without a full stop", () => {
    expect(control.title).toMatch(/^[A-Z].*[^.\s|]$/);
    // What a report of 72 columns has room for beside the longest mark.
    expect(control.title.length).toBeLessThanOrEqual(59);
    expect(control.rationale).toMatch(/^[A-Z].*\.$/);
    expect(control.remediation.summary).toMatch(/^[A-Z].*\.$/);
  });

  test("says where its manifest is shown, if its summary speaks of one", () => {
    const { summary, manifest } = control.remediation;
    if (!/\bmanifest\b/.test(summary)) return;
    expect(summary).toContain(`the manifest that \`midwatch controls ${control.id}\` shows`);
    expect(manifest).toBeDefined();
  });

  test("refers to what exists in form", () => {
    const { docs, cis = [], mcsb = [], policy = [], guides = [] } = control.references;
    expect(docs).toMatch(/^https:\/\/learn\.microsoft\.com\/azure\/[a-z0-9/-]+$/);
    for (const id of cis) expect(id).toMatch(/^[2-5]\.\d{1,2}\.\d{1,2}$/);
    for (const id of mcsb) expect(id).toMatch(mcsbControl);
    for (const id of policy) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    for (const list of [cis, mcsb, policy, guides]) expect(list).toEqual([...new Set<string>(list)].sort());
    for (const list of [control.references.cis, control.references.mcsb, control.references.policy]) {
      expect(list).not.toEqual([]);
    }
  });

  test("is mended by az commands that name the subscription and leave nothing open to the shell", () => {
    expect(control.remediation.commands).not.toHaveLength(0);
    for (const command of control.remediation.commands) {
      expect(command).toMatch(/^az [a-z]/);
      expect(command).toMatch(/--subscription \{(?:subscription|identitySubscription)\}/);
      for (const [place] of command.matchAll(/\{\w+\}/g)) {
        expect(["{subscription}", "{resourceGroup}", "{cluster}", "{location}", ...offenderNames]).toContain(
          place,
        );
      }
      expect(command.replaceAll(/'[^']*'/g, "")).not.toMatch(/[<>|&;$`"\\*?#~\n]/);
    }
    const filled = remediationCommands(control, hardenedCluster, [
      { path: "x", observed: 1, expected: 2, pool: "apps" },
      ...offenders.map((path) => ({ path, observed: 1, expected: 2 })),
    ]);
    expect(filled).toHaveLength(control.remediation.commands.length);
    expect(filled.join("\n")).not.toMatch(/\{\w+\}/);
  });

  test("passes on the hardened cluster, unless what it asks does not arise there", () => {
    expect(["pass", "notApplicable"]).toContain(assess(control, snapshot()).kind);
  });
});
