import type { Panel, Row } from './panels.ts';
import { lines } from './rows.ts';
import type { Facts, Workload } from './workloads.ts';

const own = 'namespace="$namespace"';

/** What scales workloads, by number and by size. */
export function scalingRow({ autoscalers, scaledObjects, sized }: Facts): Row[] {
  const panels = [
    ...(autoscalers.length + scaledObjects.length > 0 ? replicaPanels() : []),
    ...(scaledObjects.length > 0 ? [triggerPanel(scaledObjects)] : []),
    ...(sized.length > 0 ? sizePanels(sized) : []),
  ];
  return panels.length > 0 ? [{ title: 'Autoscaling', panels }] : [];
}

/** By namespace and not by name: environments differ in what scales, and KEDA makes its own HPA. */
function replicaPanels(): Panel[] {
  const hpa = (metric: string) => `kube_horizontalpodautoscaler_${metric}{${own}}`;
  return [
    lines('HPA history', 'Pods that are there, and that autoscalers want.', 'short', {
      '{{horizontalpodautoscaler}}': hpa('status_current_replicas'),
      '{{horizontalpodautoscaler}} desired': hpa('status_desired_replicas'),
      '{{horizontalpodautoscaler}} minimum': hpa('spec_min_replicas'),
      '{{horizontalpodautoscaler}} maximum': hpa('spec_max_replicas'),
    }),
    lines('HPA room', 'How much of its maximum an autoscaler uses.', 'percentunit', {
      '{{horizontalpodautoscaler}}': `${hpa('status_current_replicas')} / ${hpa('spec_max_replicas')}`,
    }),
  ];
}

function triggerPanel(names: readonly string[]): Panel {
  const selected = `scaledObject=~"${names.join('|')}"`;
  return lines('KEDA triggers', 'What waits, as KEDA reads it, and its failures to.', 'short', {
    '{{scaledObject}} {{scaler}}': `max by (scaledObject, scaler) (keda_scaler_metrics_value{${selected}})`,
    '{{scaledObject}} errors': `sum by (scaledObject) (increase(keda_scaled_object_errors_total{${selected}}[15m]))`,
  });
}

function sizePanels(workloads: readonly Workload[]): Panel[] {
  const adjustments = (name: string, resource: string, unit: string) =>
    lines(`VPA adjustments: ${name}`, 'What it recommends, beside what pods request.', unit, {
      '{{target_name}} recommended': `max by (target_name) (kube_customresource_vpa_containerrecommendations_target{${own}, resource="${resource}"})`,
      ...Object.fromEntries(
        workloads.map(({ name: workload, pods, containers }) => [
          `${workload} request`,
          `max(kube_pod_container_resource_requests{${own}, pod=~"${pods}", container=~"${containers}", resource="${resource}"})`,
        ]),
      ),
    });
  return [
    adjustments('CPU', 'cpu', 'short'),
    adjustments('memory', 'memory', 'bytes'),
    lines(
      'VPA evictions',
      'Pods that it restarted within the last hour, in any namespace.',
      'short',
      {
        evicted: 'sum(increase(vpa_updater_evicted_pods_total[1h]))',
      },
    ),
  ];
}

/** What is kept, what is copied elsewhere, and what the namespace may use. */
export function storageRow({ workloads, cronJobs, hasQuota }: Facts): Row[] {
  const panels = [
    ...(workloads.some(({ hasVolumes }) => hasVolumes)
      ? [
          lines('Volume use', 'How full each volume is.', 'percentunit', {
            '{{persistentvolumeclaim}}': `1 - kubelet_volume_stats_available_bytes{${own}} / kubelet_volume_stats_capacity_bytes{${own}}`,
          }),
        ]
      : []),
    ...(cronJobs.length > 0
      ? [
          lines('Age of the last success', 'Time since each scheduled job succeeded.', 's', {
            '{{cronjob}}': `time() - kube_cronjob_status_last_successful_time{${own}, cronjob=~"${cronJobs.join('|')}"}`,
          }),
        ]
      : []),
    ...(hasQuota
      ? [
          lines('Quota', 'The share of the namespace’s quota in use.', 'percentunit', {
            '{{resource}}': `kube_resourcequota{${own}, type="used"} / on (namespace, resourcequota, resource) kube_resourcequota{${own}, type="hard"}`,
          }),
        ]
      : []),
  ];
  return panels.length > 0 ? [{ title: 'Storage and quota', panels }] : [];
}
