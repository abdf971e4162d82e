import { trafficEncrypted } from "../../../src/controls/network/traffic-encrypted.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set } from "../../support/snapshot.ts";

describeControl(trafficEncrypted, {
  pass: {
    "by WireGuard": {},
    "by WireGuard in another case": {
      transitEncryption: { type: set("wireguard"), dataplane: set("Cilium") },
    },
  },
  fail: {
    "not encrypted": { transitEncryption: { type: set("None") } },
    "nothing named, so not encrypted": { transitEncryption: { type: absent("None") } },
  },
  unknown: {
    "a way that Azure may add": { transitEncryption: { type: set("mTLS") } },
    "a dataplane that Azure may add": { transitEncryption: { dataplane: set("retina") } },
    "a dataplane that Azure may add, not encrypted": {
      transitEncryption: { type: absent("None"), dataplane: set("retina") },
    },
  },
  notApplicable: {
    "Azure's own dataplane": { transitEncryption: { type: absent("None"), dataplane: set("azure") } },
    "no dataplane named, so Azure's own": {
      transitEncryption: { type: absent("None"), dataplane: absent("azure") },
    },
  },
});
