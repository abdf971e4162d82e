import { describe, expect, test } from "vitest";
import { nodeTakeoverPathAbsent } from "../../../src/controls/workloads/node-takeover-path-absent.ts";
import type { RoleGrant } from "../../../src/domain/access.ts";
import { assess, gapsOf } from "../../../src/domain/control.ts";
import type { FactGroup } from "../../../src/domain/facts.ts";
import { unavailable } from "../../../src/domain/reading.ts";
import { describeControl } from "../../support/describe-control.ts";
import { answerTo, askedPolicies, offending } from "../../support/hardened-policies.ts";
import { grant, places } from "../../support/role-grants.ts";
import { absent, type Changes, gap, principalIdOf, snapshot, withReading } from "../../support/snapshot.ts";

const { privileged, hostPaths } = askedPolicies;
const scan = (...answers: readonly ReturnType<typeof answerTo>[]): Changes => ({ workloadScan: { answers } });
const result = offending("build/pod/agent-0");
const privilegedRuns = scan(answerTo(privileged, { result }), answerTo(hostPaths));
const hostPathRuns = scan(answerTo(privileged), answerTo(hostPaths, { result }));
const publicNodes: Changes = { nodeAddresses: [{ isPublic: true, observed: true }] };
const holding = (one: RoleGrant): Changes => ({ identityGrants: { grants: [one] } });
const mightyKubelet = holding(
  grant(principalIdOf("kubelet"), "ServicePrincipal", "Contributor", places.group),
);
const mightyControlPlane = holding(
  grant(principalIdOf("cluster"), "ServicePrincipal", "Contributor", places.group),
);

describeControl(nodeTakeoverPathAbsent, {
  pass: {
    "neither half": {},
    "privileged workloads on nodes worth nothing": privilegedRuns,
    "host paths on nodes worth nothing": hostPathRuns,
    "public nodes without such workloads": publicNodes,
    "a mighty kubelet without such workloads": mightyKubelet,
    "privileged workloads beside a mighty control plane, which no node can act as": {
      ...privilegedRuns,
      ...mightyControlPlane,
    },
    "public nodes, the workloads seen and the kubelet not named": {
      ...publicNodes,
      principals: { kubelet: absent(null) },
    },
  },
  fail: {
    "privileged workloads on public nodes": { ...privilegedRuns, ...publicNodes },
    "privileged workloads beside a mighty kubelet": { ...privilegedRuns, ...mightyKubelet },
    "host paths on public nodes": { ...hostPathRuns, ...publicNodes },
    "host paths beside a mighty kubelet": { ...hostPathRuns, ...mightyKubelet },
    "host paths beside a mighty kubelet, where nobody asked for privileged containers": {
      ...scan(answerTo(hostPaths, { result })),
      ...mightyKubelet,
    },
    "privileged workloads on public nodes whose kubelet is not named": {
      ...privilegedRuns,
      ...publicNodes,
      principals: { kubelet: absent(null) },
    },
    "a mighty kubelet though pods are kept from the metadata endpoint": {
      ...privilegedRuns,
      ...mightyKubelet,
      linkLocal: { access: absent("None") },
    },
  },
  unknown: {
    "public nodes, and nobody asked for host paths": { ...publicNodes, ...scan(answerTo(privileged)) },
    "privileged workloads, and the kubelet is not named": {
      ...privilegedRuns,
      principals: { kubelet: absent(null) },
    },
    "nobody asked, and no node is listed": { ...scan(), nodeAddresses: [] },
  },
});

test("a failure names workloads and nodes, and nothing that is in order", () => {
  const { evidence } = assess(nodeTakeoverPathAbsent, snapshot({ ...privilegedRuns, ...publicNodes }));
  expect(evidence.map(({ path }) => path)).toEqual([
    "build/pod/agent-0",
    "properties.agentPoolProfiles[0].enableNodePublicIP",
  ]);
});

test("it says that there may be more offenders than are listed", () => {
  const many = scan(
    answerTo(privileged, { result: { state: "seen", offenders: ["build/pod/agent-0"], isCutOff: true } }),
    answerTo(hostPaths),
  );
  expect(assess(nodeTakeoverPathAbsent, snapshot({ ...many, ...publicNodes })).reason).toContain(
    "At least 1",
  );
});

describe("what could not be read", () => {
  const blind = (changes: Changes, group: FactGroup) =>
    assess(nodeTakeoverPathAbsent, withReading(snapshot(changes), group, unavailable(gap())));

  test.each([
    ["workloadScan", {}, "pass"],
    ["workloadScan", publicNodes, "unknown"],
    ["nodeAddresses", {}, "pass"],
    ["nodeAddresses", privilegedRuns, "unknown"],
    ["nodeAddresses", { ...privilegedRuns, ...mightyKubelet }, "fail"],
    ["identityGrants", privilegedRuns, "unknown"],
    ["identityGrants", { ...privilegedRuns, ...publicNodes }, "fail"],
  ] as const)("%s: the other half decides, or nothing does", (group, changes, kind) => {
    expect(blind(changes, group).kind).toBe(kind);
  });

  test("is a gap of this control", () => {
    const unread = withReading(snapshot(), "identityGrants", unavailable(gap()));
    expect(gapsOf(nodeTakeoverPathAbsent, unread)).toEqual([gap()]);
  });
});
