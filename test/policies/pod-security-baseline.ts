import {
  type Control,
  containers,
  context,
  initContainers,
  podContext,
  volume,
} from './pod-security-parts.ts';

const appArmor = 'container.apparmor.security.beta.kubernetes.io/web';

/** The controls of the baseline level. */
export const baseline: readonly Control[] = [
  {
    name: 'privileged containers',
    bad: [
      context({ privileged: true }),
      initContainers({ securityContext: { privileged: true } }),
      { ephemeralContainers: [{ securityContext: { privileged: true } }] },
    ],
    good: [context({ privileged: false }), context({})],
  },
  {
    name: 'host namespaces',
    bad: [{ hostNetwork: true }, { hostPID: true }, { hostIPC: true }],
    good: [{ hostNetwork: false, hostPID: false, hostIPC: false }, { shareProcessNamespace: true }],
  },
  {
    name: 'hostPath volumes',
    bad: [volume({ hostPath: { path: '/etc' } })],
    good: [volume({ emptyDir: {} }), volume({})],
  },
  {
    name: 'host ports',
    bad: [
      containers({ ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 81 }] }),
      initContainers({ ports: [{ containerPort: 80, hostPort: 80 }] }),
    ],
    good: [containers({ ports: [{ containerPort: 80, hostPort: 0 }] })],
  },
  {
    name: 'capabilities',
    bad: ['NET_RAW', 'ALL', 'CAP_CHOWN', 'chown'].map((name) =>
      context({ capabilities: { drop: ['ALL'], add: [name] } }),
    ),
    good: [context({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } })],
  },
  {
    name: '/proc mount type',
    bad: [
      context({ procMount: 'Unmasked' }),
      { hostUsers: true, ...context({ procMount: 'Own' }) },
    ],
    good: [context({ procMount: 'Default' })],
  },
  {
    name: 'SELinux',
    bad: [
      podContext({ seLinuxOptions: { type: 'spc_t' } }),
      podContext({ seLinuxOptions: { type: 'container_t', user: 'sysadm_u' } }),
      context({ seLinuxOptions: { role: 'sysadm_r' } }),
      initContainers({ securityContext: { seLinuxOptions: { type: 'container_file_t' } } }),
    ],
    good: [
      ...['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'].map(
        (type) => podContext({ seLinuxOptions: { type } }),
      ),
      context({ seLinuxOptions: { level: 's0:c1,c2' } }),
    ],
  },
  {
    name: 'seccomp',
    bad: [
      podContext({ seccompProfile: { type: 'Unconfined' } }),
      context({ seccompProfile: { type: 'Unconfined' } }),
    ],
    good: [
      podContext({ seccompProfile: { type: 'Localhost', localhostProfile: 'web.json' } }),
      context({ seccompProfile: { type: 'RuntimeDefault' } }),
    ],
  },
  {
    name: 'sysctls',
    bad: ['kernel.msgmax', 'net.ipv4.tcp_rmem_max', 'net.core.somaxconn'].map((name) =>
      podContext({ sysctls: [{ name, value: '1' }] }),
    ),
    good: [
      'kernel.shm_rmid_forced',
      'net.ipv4.ip_local_port_range',
      'net.ipv4.ip_local_reserved_ports',
      'net.ipv4.ip_unprivileged_port_start',
      'net.ipv4.ping_group_range',
      'net.ipv4.tcp_fin_timeout',
      'net.ipv4.tcp_keepalive_intvl',
      'net.ipv4.tcp_keepalive_probes',
      'net.ipv4.tcp_keepalive_time',
      'net.ipv4.tcp_rmem',
      'net.ipv4.tcp_syncookies',
      'net.ipv4.tcp_wmem',
    ].map((name) => podContext({ sysctls: [{ name, value: '1' }] })),
  },
  {
    name: 'Windows host processes',
    bad: [
      podContext({ windowsOptions: { hostProcess: true } }),
      context({ windowsOptions: { hostProcess: true } }),
    ],
    good: [podContext({ windowsOptions: { hostProcess: false } })],
  },
  {
    name: 'AppArmor',
    bad: [
      { annotations: { [appArmor]: 'unconfined' } },
      podContext({ appArmorProfile: { type: 'Unconfined' } }),
      context({ appArmorProfile: { type: 'Unconfined' } }),
    ],
    good: [
      { annotations: { [appArmor]: 'runtime/default' } },
      { annotations: { [appArmor]: 'localhost/web', 'example.com/apparmor': 'unconfined' } },
      context({ appArmorProfile: { type: 'Localhost', localhostProfile: 'web' } }),
    ],
  },
  {
    name: 'hosts of probes and hooks',
    bad: [
      containers({ livenessProbe: { httpGet: { port: 80, host: '127.0.0.1' } } }),
      containers({ readinessProbe: { tcpSocket: { port: 80, host: 'example.com' } } }),
      containers({ startupProbe: { httpGet: { port: 80, host: '::1' } } }),
      containers({ lifecycle: { postStart: { httpGet: { port: 80, host: 'example.com' } } } }),
      containers({ lifecycle: { preStop: { tcpSocket: { port: 80, host: 'example.com' } } } }),
    ],
    good: [
      containers({ livenessProbe: { httpGet: { port: 80, host: '' } } }),
      containers({
        livenessProbe: { httpGet: { port: 80 } },
        readinessProbe: { grpc: { port: 1 } },
      }),
      containers({ lifecycle: { preStop: { sleep: { seconds: 5 } } } }),
    ],
  },
];
