import { restrictedContainer, restrictedPod } from "./restricted-pod.ts";

/**
 * A Deployment whose pods pass every control of workloads. `/tmp` lies in memory, since the root filesystem takes no
 * writes.
 */
export const podTemplate = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-api
  namespace: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web-api
  template:
    metadata:
      labels:
        app: web-api
    spec:
${restrictedPod}
      containers:
        - name: web-api
          image: <registry>.azurecr.io/web-api@sha256:<digest>
          ports:
            - containerPort: 8080
${restrictedContainer}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: tmp
          emptyDir:
            medium: Memory
            sizeLimit: 64Mi`;
