import { catalogue } from "../../../src/controls/index.ts";
import type { Profile } from "../../../src/domain/profile.ts";

/** Every control there is, those that no built-in profile turns on too. */
export const wholeCatalogue: Profile = {
  name: "everything",
  controls: catalogue.map((control) => ({ control, severity: control.severity })),
};

/** The same in the words of the company itself, for who looks into its clusters. */
export const companyCatalogue: Profile = {
  ...wholeCatalogue,
  parameters: { allowedRegistries: ["contoso.azurecr.io"], knownIssuers: [] },
};
