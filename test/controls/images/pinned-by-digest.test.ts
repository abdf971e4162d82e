import { expect, test } from "vitest";
import { pinnedByDigest } from "../../../src/controls/images/pinned-by-digest.ts";
import { assess } from "../../../src/domain/control.ts";
import { unavailable } from "../../../src/domain/reading.ts";
import { describeControl } from "../../support/describe-control.ts";
import { answerTo, askedPolicies, offending } from "../../support/hardened-policies.ts";
import { absent, gap, inspected, snapshot, withReading } from "../../support/snapshot.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const running = (...images: readonly string[]) => ({
  podImages: inspected(images.map((image) => ({ image, path: "web/Deployment/web", workloads: 1 }))),
});
const notInspected = { state: "notInspected", reason: "Inspection is off." } as const;
const reported = (...paths: readonly string[]) => ({
  podImages: notInspected,
  workloadScan: {
    answers: [
      answerTo(
        {
          ...askedPolicies.privileged,
          definition: "021f8078-41a0-40e6-81b6-c6597da9f3ee",
          assignmentId: "/a",
        },
        { result: offending(...paths) },
      ),
    ],
  },
});

describeControl(pinnedByDigest, {
  pass: {
    "all by digest": {},
    "a tag beside the digest": running(`contoso.azurecr.io/web:1.2@${digest}`),
    "a port in the registry's name": running(`localhost:5000/web@${digest}`),
    "nobody is asked but the cluster itself": { policyAddon: { enabled: absent(false) } },
  },
  fail: {
    "a tag": running("contoso.azurecr.io/web:1.2"),
    "the tag latest": running("contoso.azurecr.io/web:latest"),
    "neither tag nor digest": running("nginx"),
    "a port that is no tag": running("localhost:5000/web"),
    "one beside a good one": running(`contoso.azurecr.io/web@${digest}`, "nginx:1.27"),
    "a digest that is none": running("contoso.azurecr.io/web@latest"),
    "latest, named by Azure Policy where nobody looked inside": reported("web/pod/web-0"),
  },
  notApplicable: { "no pod runs": running() },
  unknown: {
    "nobody looked": { podImages: notInspected },
    "Azure Policy names no latest, and does not ask for digests": reported(),
    "nobody looked, and the add-on is off": {
      podImages: notInspected,
      policyAddon: { enabled: absent(false) },
    },
  },
});

test("what may change most is named first, each with how many run it", () => {
  const podImages = inspected([
    { image: "a:1", path: "web/Deployment/a", workloads: 3 },
    { image: "b:latest", path: "web/Deployment/b", workloads: 1 },
    { image: "c", path: "web/Deployment/c", workloads: 1 },
  ]);
  const { evidence } = assess(pinnedByDigest, snapshot({ podImages }));
  expect(evidence.map(({ path, observed }) => [path, observed])).toEqual([
    ["web/Deployment/b", "b:latest"],
    ["web/Deployment/c", "c"],
    ["web/Deployment/a", "a:1, in 3 workloads"],
  ]);
});

test("where nobody looked, what would tell is named", () => {
  const { reason } = assess(pinnedByDigest, snapshot({ podImages: notInspected }));
  expect(reason).toContain("Inspection is off.");
  expect(reason).toContain("021f8078-41a0-40e6-81b6-c6597da9f3ee");
});

test("what was not read passes by no word of Azure Policy", () => {
  const refused = withReading(snapshot(reported()), "podImages", unavailable(gap()));
  expect(assess(pinnedByDigest, refused).kind).toBe("unknown");
});
