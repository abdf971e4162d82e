/**
 * Lines of a Deployment's pod that every control of workloads passes, indented for their place. Group ids are named
 * because Azure's policy on users and groups asks for them.
 */
export const restrictedPod = `      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        runAsGroup: 10001
        fsGroup: 10001
        supplementalGroups: [10001]
        seccompProfile:
          type: RuntimeDefault`;

/** The same of its container. */
export const restrictedContainer = `          securityContext:
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
              memory: 256Mi`;
