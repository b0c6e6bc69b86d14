/** An object that the API server accepts, with a field of most sorts. */
export function deployment(): Record<string, unknown> {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      creationTimestamp: null,
      labels: { 'app.kubernetes.io/name': 'web' },
      annotations: { 'example.com/any': '1' },
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } },
      template: {
        metadata: { labels: { 'app.kubernetes.io/name': 'web' } },
        spec: {
          containers: [
            {
              name: 'web',
              image: 'registry.example.com/web:1.0.0',
              imagePullPolicy: 'IfNotPresent',
              args: ['--port', '8080'],
              env: [{ name: 'MODE', value: 'fast' }],
              ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
              readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
              resources: { requests: { cpu: 0.5, memory: '64Mi' }, limits: { memory: '128Mi' } },
              volumeMounts: [{ name: 'work', mountPath: '/work' }],
            },
          ],
          volumes: [{ name: 'work', emptyDir: {} }],
        },
      },
    },
  };
}

/** A copy in which the value at a path is another one, or gone when it is undefined. */
export function withValue(
  object: Readonly<Record<string, unknown>>,
  path: readonly (string | number)[],
  value: unknown,
): Record<string, unknown> {
  const copy = structuredClone(object) as Record<string, unknown>;
  const parent = path.slice(0, -1).reduce<never>((one, step) => one[step] as never, copy as never);
  const last = path.at(-1) as never;
  if (value === undefined) delete parent[last];
  else (parent as Record<string, unknown>)[last] = value;
  return copy;
}

/** The paths of all objects in a value, its own first. */
export function* objectsIn(
  value: unknown,
  path: readonly (string | number)[] = [],
): Generator<readonly (string | number)[]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield path;
  for (const [key, child] of Object.entries(value)) {
    yield* objectsIn(child, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}
