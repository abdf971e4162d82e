/**
 * A Deployment whose pods pass every control of workloads. Group ids are named because Azure's policy on users and
 * groups asks for them; `/tmp` lies in memory, since the root filesystem takes no writes.
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
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        runAsGroup: 10001
        fsGroup: 10001
        supplementalGroups: [10001]
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: web-api
          image: <registry>.azurecr.io/web-api@sha256:<digest>
          ports:
            - containerPort: 8080
          securityContext:
            privileged: false
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              cpu: 500m
              memory: 256Mi
          volumeMounts:
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: tmp
          emptyDir:
            medium: Memory
            sizeLimit: 64Mi`;
