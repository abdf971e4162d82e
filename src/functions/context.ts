import type { CheckDependencies } from "../application/check-cluster.ts";
import type { SweepDependencies } from "../application/dependencies.ts";
import type { Config } from "../composition/config.ts";

/** What every trigger works with: built once, and only when the first one fires. */
export interface App {
  readonly config: Config;
  readonly sweep: SweepDependencies;
  readonly check: CheckDependencies;
}

/** The app, connected at the first call. */
export type ConnectedApp = () => Promise<App>;
