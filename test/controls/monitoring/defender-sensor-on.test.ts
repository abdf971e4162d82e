import { defenderSensorOn } from "../../../src/controls/monitoring/defender-sensor-on.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set } from "../../support/snapshot.ts";

describeControl(defenderSensorOn, {
  pass: {
    "it is on": {},
    "it is on while the plan is off, which another row finds": { defenderPlan: { tier: set("Free") } },
  },
  fail: {
    "it is off": { defenderSensor: { enabled: set(false) } },
    "no security profile, so it is off": { defenderSensor: { enabled: absent(false) } },
  },
});
