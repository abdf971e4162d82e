import { expect, test } from "vitest";
import { legacyIngressAbsent } from "../../../src/controls/network/legacy-ingress-absent.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set, snapshot } from "../../support/snapshot.ts";

const lastDay = { asOf: "2026-11-30" };
const over = { asOf: "2026-12-01" };
const on = { appRouting: set(true) };

describeControl(legacyIngressAbsent, {
  pass: {
    "all absent, so off": {},
    "all off by name": {
      ingress: { httpApplicationRouting: set(false), kubeDashboard: set(false), appRouting: set(false) },
    },
    "app routing while its NGINX is supported": { ingress: on, clock: lastDay },
    "app routing without NGINX while that is supported": {
      ingress: { ...on, nginx: set("None") },
      clock: lastDay,
    },
    "app routing off after the end": { ingress: { nginx: set("External") }, clock: over },
  },
  fail: {
    "HTTP application routing is on": { ingress: { httpApplicationRouting: set(true) } },
    "the dashboard is on": { ingress: { kubeDashboard: set(true) } },
    "app routing after the end, its kind not named": { ingress: on, clock: over },
    "app routing after the end, for outside": { ingress: { ...on, nginx: set("External") }, clock: over },
    "app routing after the end, for inside": { ingress: { ...on, nginx: set("internal") }, clock: over },
    "app routing after the end, as annotated": {
      ingress: { ...on, nginx: set("AnnotationControlled") },
      clock: over,
    },
    "the dashboard beside a kind that Azure may add": {
      ingress: { ...on, kubeDashboard: set(true), nginx: set("Sidecar") },
    },
  },
  unknown: {
    "a kind that Azure may add": { ingress: { ...on, nginx: set("Sidecar") }, clock: lastDay },
    "a kind that Azure may add, after the end": { ingress: { ...on, nginx: set("Sidecar") }, clock: over },
    "app routing that makes no NGINX but may keep one, after the end": {
      ingress: { ...on, nginx: set("none") },
      clock: over,
    },
  },
});

test("every add-on that is on is named", () => {
  const ingress = { httpApplicationRouting: set(true), kubeDashboard: set(true), ...on, nginx: absent(null) };
  const { evidence } = assess(legacyIngressAbsent, snapshot({ ingress, clock: over }));
  expect(evidence.map(({ path }) => path)).toEqual([
    "properties.addonProfiles.httpApplicationRouting.enabled",
    "properties.addonProfiles.kubeDashboard.enabled",
    "properties.ingressProfile.webAppRouting.nginx.defaultIngressControllerType",
  ]);
});
