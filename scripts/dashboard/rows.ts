import type { Panel, Query, Row } from './panels.ts';
import type { Facts, Workload, WorkloadKind } from './workloads.ts';

const own = 'namespace="$namespace"';
const rate = '[$__rate_interval]';

/** The metrics of how many pods a workload wants and has. */
const replicaMetrics: Readonly<Record<WorkloadKind, readonly [string, string]>> = {
  Deployment: ['kube_deployment_spec_replicas', 'kube_deployment_status_replicas_available'],
  StatefulSet: ['kube_statefulset_replicas', 'kube_statefulset_status_replicas_ready'],
  DaemonSet: [
    'kube_daemonset_status_desired_number_scheduled',
    'kube_daemonset_status_number_ready',
  ],
};

/** What stands first: whether all is well. */
export function healthRow({ workloads }: Facts): Row[] {
  if (workloads.length === 0) return [];
  const kinds = [...new Set(workloads.map(({ kind }) => kind))].sort();
  const pods = workloads.map((one) => one.pods).join('|');
  const row = {
    title: 'System health',
    panels: [
      {
        title: 'Available pods',
        text: 'Pods that serve, of each workload.',
        unit: 'short',
        isNumber: true,
        queries: kinds.map((kind) =>
          query(`{{${kind.toLowerCase()}}}`, `${replicaMetrics[kind][1]}{${own}}`),
        ),
      },
      lines('Pods not ready', 'Pods that run or start and do not serve.', 'short', {
        '{{pod}}': `sum by (pod) (kube_pod_status_ready{${own}, pod=~"${pods}", condition="false"}) > 0`,
      }),
      lines('Firing alerts', 'Alerts of this system, by severity.', 'short', {
        '{{alertname}} ({{severity}})': `count by (alertname, severity) (ALERTS{${own}, alertstate="firing"})`,
      }),
      lines('Pod restarts', 'Restarts within the last hour.', 'short', {
        '{{pod}}, {{container}}': `sum by (pod, container) (increase(kube_pod_container_status_restarts_total{${own}}[1h])) > 0`,
      }),
    ],
  };
  return [row];
}

/** Rate, errors and duration of what is asked over HTTP. */
export function requestsRow({ services, rates }: Facts): Row[] {
  if (services.length === 0) return [];
  const asked = `${own}, service=~"$service"`;
  const total = (by: string, also = '') =>
    `sum by (${by}) (rate(http_requests_total{${asked}${also}}${rate}))`;
  const quantile = (of: string) =>
    `histogram_quantile(${of}, sum by (service, le) (rate(http_request_duration_seconds_bucket{${asked}}${rate})))`;
  // Such a counter stands for the same requests under the name that an autoscaler reads.
  const work = rates.filter((name) => name !== 'http_requests');
  return [
    {
      title: 'Requests',
      panels: [
        lines('Throughput', 'Requests each second, by Service.', 'reqps', {
          '{{service}}': total('service'),
        }),
        lines('Error rate', 'The share of answers with a status of 500 or above.', 'percentunit', {
          '{{service}}': `${total('service', ', status=~"5.."')} / ${total('service')}`,
        }),
        lines('Response time', 'Half, 95 % and 99 % of the answers took at most this.', 's', {
          '{{service}} p50': quantile('0.50'),
          '{{service}} p95': quantile('0.95'),
          '{{service}} p99': quantile('0.99'),
        }),
        lines('Requests by status', 'Answers each second, by status.', 'reqps', {
          '{{status}}': total('status'),
        }),
        lines('Requests per pod', 'Whether the load is shared evenly.', 'reqps', {
          '{{pod}}': total('pod'),
        }),
        ...(work.length === 0 ? [] : [workPanel(work)]),
      ],
    },
  ];
}

function workPanel(names: readonly string[]): Panel {
  return {
    title: 'Work per pod',
    text: 'What the autoscalers scale by, on average of the pods.',
    unit: 'reqps',
    queries: names.map((name) => ({
      legend: `{{service}} ${name}`,
      expression: `avg by (service) (sum by (service, pod) (rate(${name}_total{${own}, service=~"$service"}${rate})))`,
    })),
  };
}

/** What a workload has and uses: the same four panels for each. */
export function workloadRow(workload: Workload): Row {
  const { name, containers, pods } = workload;
  const selected = `${own}, pod=~"${pods}", container=~"${containers}"`;
  const bound = (kind: 'requests' | 'limits', resource: string) =>
    `max by (container) (kube_pod_container_resource_${kind}{${selected}, resource="${resource}"})`;
  return {
    title: name,
    panels: [
      lines('CPU', 'Cores in use, beside request and limit.', 'short', {
        '{{pod}}, {{container}}': `sum by (pod, container) (rate(container_cpu_usage_seconds_total{${selected}}${rate}))`,
        '{{container}} request': bound('requests', 'cpu'),
        '{{container}} limit': bound('limits', 'cpu'),
      }),
      lines('CPU throttling', 'The share of time in which the limit held it back.', 'percentunit', {
        '{{pod}}, {{container}}': `sum by (pod, container) (rate(container_cpu_cfs_throttled_periods_total{${selected}}${rate})) / sum by (pod, container) (rate(container_cpu_cfs_periods_total{${selected}}${rate}))`,
      }),
      lines('Memory', 'The working set, beside request and limit.', 'bytes', {
        '{{pod}}, {{container}}': `sum by (pod, container) (container_memory_working_set_bytes{${selected}})`,
        '{{container}} request': bound('requests', 'memory'),
        '{{container}} limit': bound('limits', 'memory'),
      }),
      lines('Pods', 'Wanted and available pods, and restarts within the last hour.', 'short', {
        ...replicasOf(workload),
        restarts: `sum(increase(kube_pod_container_status_restarts_total{${selected}}[1h]))`,
      }),
    ],
  };
}

function replicasOf({ kind, name }: Workload): Readonly<Record<string, string>> {
  const [wanted, ready] = replicaMetrics[kind];
  const selected = `{${own}, ${kind.toLowerCase()}="${name}"}`;
  return { wanted: wanted + selected, available: ready + selected };
}

function query(legend: string, expression: string): Query {
  return { legend, expression };
}

/** A panel with lines, by what each is called. */
export function lines(
  title: string,
  text: string,
  unit: string,
  queries: Readonly<Record<string, string>>,
): Panel {
  const all = Object.entries(queries).map(([legend, expression]) => query(legend, expression));
  return { title, text, unit, queries: all };
}
