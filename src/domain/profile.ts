import type { Control } from "./control.ts";
import type { Severity } from "./severity.ts";

/** A control as a profile asks for it: the profile may give it another severity. */
export interface ProfileControl {
  readonly control: Control;
  readonly severity: Severity;
}

/** A named list of controls to hold the fleet to; the headline controls are in every one. */
export interface Profile {
  readonly name: string;
  readonly controls: readonly ProfileControl[];
}
