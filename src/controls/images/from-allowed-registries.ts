import { defineControl } from "../../domain/control.ts";
import { type Evidence, fail, isSome, notApplicable, pass, unknown } from "../../domain/verdict.ts";
import type { WorkloadQuestion } from "../../domain/workloads.ts";
import { assignPolicy } from "../assign-policy.ts";
import { admissionOf, registriesIn } from "../image-expression.ts";
import { describeImage, isFrom, readImage } from "../image-reference.ts";
import { noPods, podList } from "../kubernetes-lists.ts";
import { podTemplate } from "../pod-template.ts";
import type { Difference } from "../policy-parameters.ts";
import { judgeReports } from "../workload-scan.ts";

const definition = "febd0533-8e55-448f-b837-bd0e06f16469";

export const fromAllowedRegistries = defineControl({
  id: "images.from-allowed-registries",
  title: "Images come from registries that were chosen",
  severity: "medium",
  layer: "images",
  rationale:
    "An image from anywhere runs with all the rights of its pod, whoever built it: what nobody scanned, or what bears a name that is nearly right, gets in by a single line.",
  remediation: {
    summary:
      "Move the images into a registry of your own. Name it in the profile, as allowedRegistries, for inspection to hold images to; or in the policy's expression, with anchors at both ends and its full stops escaped. In Audit the policy names what comes from elsewhere, in Deny it refuses what is new.",
    commands: [
      assignPolicy("allowed-registries", definition, {
        allowedContainerImagesRegex: "^<registry>[.]azurecr[.]io/.+$",
      }),
    ],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/use-azure-policy",
    cis: ["5.1.4"],
    mcsb: ["PV-2"],
    policy: [definition],
    guides: ["B"],
  },
  shortcut: {
    needs: ["podImages", "parameters"],
    evaluate({ podImages, parameters: { allowedRegistries } }) {
      if (allowedRegistries.length === 0)
        return unknown(
          "The profile names no registries: with allowedRegistries in a profile of your own, and inspection on, Midwatch looks for itself.",
        );
      if (podImages.state === "notInspected") return unknown(podImages.reason);
      const expected = `an image from ${allowedRegistries.join(" or ")}`;
      const strangers: readonly Evidence[] = podImages.value
        .filter(({ image }) => !allowedRegistries.some((registry) => isFrom(readImage(image), registry)))
        .map((image) => ({ path: image.path, observed: describeImage(image), expected }));
      if (isSome(strangers)) return fail(...strangers);
      return podImages.value.length === 0
        ? notApplicable(noPods)
        : pass({ path: podList, observed: `${podImages.value.length} images, all from there`, expected });
    },
  },
  needs: ["policyAddon", "workloadScan", "parameters"],
  evaluate({ parameters: { allowedRegistries }, ...facts }) {
    return judgeReports(facts, [
      {
        expected: "images of the registries that the policy names",
        questions: [{ definition, compare: (asked) => compare(asked, allowedRegistries) }],
      },
    ]);
  },
});

function compare(
  { parameters: { allowedcontainerimagesregex: expression } }: WorkloadQuestion,
  allowedRegistries: readonly string[],
): Partial<Difference> {
  const quoted = JSON.stringify(expression ?? null);
  switch (admissionOf(expression)) {
    case "named registries": {
      const strangers = strangersIn(expression, allowedRegistries);
      return strangers.length === 0
        ? {}
        : { looser: [`admits images of ${strangers.join(", ")}, which the profile does not name`] };
    }
    case "anything":
      return { looser: [`admits any image by ${quoted}`] };
    case "nothing":
      return { wider: [`admits no image at all by ${quoted}, so that nobody has chosen yet`] };
    case "undecided":
      return {
        looser: [`names no registry that can be told in ${quoted}`],
        wider: [`names no registry that can be told in ${quoted}`],
      };
  }
}

/** Registries that the policy admits whole and the profile, where it names any, does not. */
function strangersIn(expression: unknown, allowedRegistries: readonly string[]): readonly string[] {
  if (typeof expression !== "string" || allowedRegistries.length === 0) return [];
  const allowed = allowedRegistries.map((one) => one.toLowerCase());
  return registriesIn(expression).filter((host) => !allowed.includes(host));
}
