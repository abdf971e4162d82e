import { expect, test } from "vitest";
import { fromAllowedRegistries } from "../../../src/controls/images/from-allowed-registries.ts";
import { assess } from "../../../src/domain/control.ts";
import { unavailable } from "../../../src/domain/reading.ts";
import { describeControl } from "../../support/describe-control.ts";
import { answerTo, askedPolicies, offending } from "../../support/hardened-policies.ts";
import { absent, gap, inspected, snapshot, withReading } from "../../support/snapshot.ts";

const { images } = askedPolicies;
const asked = (changes: Parameters<typeof answerTo>[1]) => ({
  workloadScan: { answers: [answerTo(images, changes)] },
});
const result = offending("web/pod/web-0");

const parameters = { allowedRegistries: ["contoso.azurecr.io", "docker.io/library"] };
const running = (...images: readonly string[]) => ({
  parameters,
  podImages: inspected(images.map((image) => ({ image, path: "web/Deployment/web", workloads: 1 }))),
});
const notInspected = { state: "notInspected", reason: "Inspection is off." } as const;
const unasked = { workloadScan: { answers: [] } };

describeControl(fromAllowedRegistries, {
  pass: {
    "all do, by Azure Policy": {},
    "all do, by the profile": { parameters },
    "all do, by the profile alone": { ...running("contoso.azurecr.io/web:1", "nginx"), ...unasked },
    "the profile admits what the policy does not": { ...asked({ result }), ...running("nginx") },
    "the add-on is off, and the profile names registries": {
      parameters,
      policyAddon: { enabled: absent(false) },
    },
    "the profile names registries, nobody looked, and Azure Policy names none": {
      parameters,
      podImages: notInspected,
    },
  },
  fail: {
    "one does not, by Azure Policy": asked({ result }),
    "one does not, by the profile": running("nginx", "ghcr.io/team/web:1"),
    "a path beside the one that is admitted": running("docker.io/team/web"),
    "one does not, by Azure Policy where nobody looked": {
      ...asked({ result }),
      parameters,
      podImages: notInspected,
    },
  },
  notApplicable: { "no pod runs, by the profile": running() },
  unknown: {
    "the policy admits a registry that the profile does not, and nobody looked": {
      ...asked({ parameters: { allowedcontainerimagesregex: "^(ghcr\\.io|contoso\\.azurecr\\.io)/.+$" } }),
      parameters,
      podImages: notInspected,
    },
    "the policy admits all of a registry of which the profile admits a part, and nobody looked": {
      ...asked({ parameters: { allowedcontainerimagesregex: "^docker\\.io/.+$" } }),
      parameters,
      podImages: notInspected,
    },
    "nobody asked": unasked,
    "nobody asked, and nobody looked": { ...unasked, parameters, podImages: notInspected },
    "the add-on is off": { policyAddon: { enabled: absent(false) } },
    "nobody reported": asked({ result: { state: "unseen", reason: "Nobody reported." } }),
    "namespaces were left out": asked({ parameters: { excludednamespaces: ["legacy"] } }),
    "any image is admitted": asked({ parameters: { allowedcontainerimagesregex: ".*" } }),
    "no image is admitted, and all offend": asked({
      parameters: { allowedcontainerimagesregex: "^(.+){0}$" },
      result,
    }),
    "the expression names no registry": asked({ parameters: { allowedcontainerimagesregex: "^[a-z]+/.+$" } }),
    "the expression names no registry, and some offend": asked({
      parameters: { allowedcontainerimagesregex: "^[a-z]+/.+$" },
      result,
    }),
    "there is no expression": asked({ parameters: { allowedcontainerimagesregex: null } }),
  },
});

test("each image is named, with the workload and what is admitted", () => {
  const { evidence } = assess(
    fromAllowedRegistries,
    snapshot(running("nginx", "ghcr.io/team/web:1", "team/web")),
  );
  const expected = "an image from contoso.azurecr.io or docker.io/library";
  expect(evidence).toEqual(
    ["ghcr.io/team/web:1", "team/web"].map((observed) => ({
      path: "web/Deployment/web",
      observed,
      expected,
    })),
  );
});

test("where neither answers, both ways are told", () => {
  const { reason } = assess(fromAllowedRegistries, snapshot(unasked));
  expect(reason).toContain("allowedRegistries");
  expect(reason).toContain("febd0533-8e55-448f-b837-bd0e06f16469");
});

test("images that could not be read leave it to Azure Policy", () => {
  const refused = (changes = {}) =>
    withReading(snapshot({ parameters, ...changes }), "podImages", unavailable(gap()));
  expect(assess(fromAllowedRegistries, refused()).kind).toBe("pass");
  expect(assess(fromAllowedRegistries, refused(asked({ result }))).kind).toBe("fail");
  expect(assess(fromAllowedRegistries, refused(unasked)).reason).toContain(gap().detail);
});
