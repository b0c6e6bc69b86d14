import { type Fields, isObject, objects } from './objects.ts';
import { canonicalResources } from './server-quantity.ts';

/** Booleans of pods and containers that the API server does not store when they are false. */
const podFlags = ['hostNetwork', 'hostPID', 'hostIPC'];
const containerFlags = ['stdin', 'stdinOnce', 'tty'];

/** Fills in what the API server adds to a pod's spec, in place. */
export function podDefaults(pod: Fields, restarts: boolean): void {
  dropZeros(pod, podFlags);
  if (restarts) pod.restartPolicy ??= 'Always';
  pod.dnsPolicy ??= 'ClusterFirst';
  pod.schedulerName ??= 'default-scheduler';
  pod.terminationGracePeriodSeconds ??= 30;
  pod.securityContext ??= {};
  // The old name of the field; the API server writes both.
  pod.serviceAccountName ??= pod.serviceAccount;
  pod.serviceAccount ??= pod.serviceAccountName;
  if (!pod.serviceAccountName) dropZeros(pod, ['serviceAccountName', 'serviceAccount']);
  for (const volume of objects(pod.volumes)) volumeDefaults(volume);
  for (const list of ['containers', 'initContainers', 'ephemeralContainers']) {
    for (const container of objects(pod[list])) {
      containerDefaults(container, pod.hostNetwork === true);
    }
  }
}

function containerDefaults(container: Fields, hostNetwork: boolean): void {
  dropZeros(container, containerFlags);
  container.resources ??= {};
  resourceDefaults(container.resources);
  container.terminationMessagePath ??= '/dev/termination-log';
  container.terminationMessagePolicy ??= 'File';
  container.imagePullPolicy ??= pullPolicy(container.image);
  for (const port of objects(container.ports)) {
    dropZeros(port, ['hostPort']);
    port.protocol ??= 'TCP';
    if (hostNetwork) port.hostPort ??= port.containerPort;
  }
  for (const mount of objects(container.volumeMounts)) dropZeros(mount, ['readOnly']);
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const found = container[probe];
    if (isObject(found)) probeDefaults(found);
  }
}

/** Requests that are not written equal the limits. */
function resourceDefaults(resources: unknown): void {
  if (!isObject(resources)) return;
  canonicalResources(resources);
  const { limits } = resources;
  if (isObject(limits)) {
    const written = isObject(resources.requests) ? resources.requests : {};
    resources.requests = { ...limits, ...written };
  }
}

function probeDefaults(probe: Fields): void {
  const defaults = {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  };
  for (const [name, value] of Object.entries(defaults)) {
    if (!probe[name]) probe[name] = value;
  }
  dropZeros(probe, ['initialDelaySeconds']);
  const http = probe.httpGet;
  if (isObject(http)) {
    http.path ||= '/';
    http.scheme ||= 'HTTP';
  }
}

/** A volume without a source is an empty directory. */
function volumeDefaults(volume: Fields): void {
  if (Object.keys(volume).every((key) => key === 'name')) volume.emptyDir = {};
  const modes = { secret: 0o644, configMap: 0o644, projected: 0o644, downwardAPI: 0o644 };
  for (const [source, mode] of Object.entries(modes)) {
    const found = volume[source];
    if (isObject(found)) found.defaultMode ??= mode;
  }
  const host = volume.hostPath;
  if (isObject(host)) host.type ??= '';
}

/** `latest` and no tag at all are pulled always. */
function pullPolicy(image: unknown): string {
  const text = String(image ?? '');
  const tag = /:([^/:@]+)(?:@|$)/.exec(text)?.[1];
  return (tag ?? (text.includes('@') ? '' : 'latest')) === 'latest' ? 'Always' : 'IfNotPresent';
}

function dropZeros(fields: Fields, names: readonly string[]): void {
  for (const name of names) if (!fields[name]) delete fields[name];
}
