import { metricsOrInsightsOn } from "../../../src/controls/monitoring/metrics-or-insights-on.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set } from "../../support/snapshot.ts";

const none = { insights: absent(false), insightsProfile: absent(false), prometheus: absent(false) };

describeControl(metricsOrInsightsOn, {
  pass: {
    both: {},
    "Container Insights as an add-on": { metrics: { ...none, insights: set(true) } },
    "Container Insights as a profile": { metrics: { ...none, insightsProfile: set(true) } },
    "Prometheus alone": { metrics: { ...none, prometheus: set(true) } },
    "Prometheus, the add-on turned off": {
      metrics: { insights: set(false), insightsProfile: set(false), prometheus: set(true) },
    },
  },
  fail: {
    "nothing set, so neither": { metrics: none },
    "all turned off": {
      metrics: { insights: set(false), insightsProfile: set(false), prometheus: set(false) },
    },
  },
});
