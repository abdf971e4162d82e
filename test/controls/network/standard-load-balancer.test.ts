import { standardLoadBalancer } from "../../../src/controls/network/standard-load-balancer.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set } from "../../support/snapshot.ts";

describeControl(standardLoadBalancer, {
  pass: {
    "a standard one": {},
    "standard in another case": { loadBalancer: { sku: set("Standard") } },
    "none named, so standard": { loadBalancer: { sku: absent("standard") } },
  },
  fail: {
    "a basic one": { loadBalancer: { sku: set("basic") } },
    "basic in another case": { loadBalancer: { sku: set("Basic") } },
  },
  unknown: { "a SKU that Azure may add": { loadBalancer: { sku: set("gateway") } } },
});
