import { createClusterSource } from "../../src/adapters/azure/cluster-source.ts";
import type { SweepDependencies } from "../../src/application/dependencies.ts";
import { readConfig } from "../../src/composition/config.ts";
import { createFactSources } from "../../src/composition/fact-sources.ts";
import type { Alert } from "../../src/domain/alert.ts";
import type { EmulatedAzure } from "../../src/emulator/azure.ts";
import type { App } from "../../src/functions/context.ts";
import { someSettings } from "../support/built-app.ts";
import { createWatch } from "../support/nights.ts";

/** The connected app over an emulated Azure in this process and a storage that ends with it. */
export interface TestApp {
  readonly app: App;
  readonly azure: EmulatedAzure;
  /** Alerts sent so far. */
  readonly alerts: readonly Alert[];
  setNow(moment: string): void;
}

export function createTestApp(overrides: Partial<SweepDependencies> = {}): TestApp {
  let now = "2026-11-21T09:30:00.000Z";
  const clock = { now: () => new Date(now).toISOString() };
  const alerts: Alert[] = [];
  const channel = { send: async (alert: Alert) => void alerts.push(alert) };
  const { azure, access, deps } = createWatch({ clock, channel, ...overrides });
  return {
    app: {
      config: readConfig({ ...someSettings, SWEEP_SCHEDULE: "0 0 1 * * *" }),
      sweep: deps,
      check: {
        clusters: createClusterSource(access),
        facts: createFactSources(access),
        clock,
        profile: deps.profile,
        asOf: null,
      },
    },
    azure,
    alerts,
    setNow: (moment) => {
      now = moment;
    },
  };
}
