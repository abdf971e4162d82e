import { catalogue } from "../../../src/controls/index.ts";
import type { Profile } from "../../../src/domain/profile.ts";

/** Every control there is, those that no built-in profile turns on too. */
export const wholeCatalogue: Profile = {
  name: "everything",
  controls: catalogue.map((control) => ({ control, severity: control.severity })),
};
