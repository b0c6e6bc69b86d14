import { type Control, context, podContext, volume } from './pod-security-parts.ts';

const own = { hostUsers: false };
const windows = { os: { name: 'windows' } };

/** What the restricted level asks for beyond that. A part of a security context is added to it. */
export const restricted: readonly Control[] = [
  {
    name: '/proc mount type',
    bad: [{ ...own, ...context({ procMount: 'Unmasked' }) }],
    good: [{ ...own, ...context({ procMount: 'Default' }) }],
  },
  {
    name: 'volume types',
    bad: ['nfs', 'iscsi', 'awsElasticBlockStore', 'gitRepo', 'image'].map((type) =>
      volume({ [type]: {} }),
    ),
    good: [
      ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim'],
      ...['projected', 'secret'],
    ].map((type) => volume({ [type]: {} })),
  },
  {
    name: 'privilege escalation',
    bad: [
      context({ allowPrivilegeEscalation: true }),
      context({ allowPrivilegeEscalation: undefined }),
    ],
    good: [{ ...windows, ...context({ allowPrivilegeEscalation: undefined }) }],
  },
  {
    name: 'capabilities',
    bad: [
      context({ capabilities: { drop: ['NET_RAW'] } }),
      context({ capabilities: undefined }),
      context({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } }),
    ],
    good: [
      context({ capabilities: { drop: ['ALL', 'KILL'], add: ['NET_BIND_SERVICE'] } }),
      { ...windows, ...context({ capabilities: undefined }) },
    ],
  },
  {
    name: 'running as non-root',
    bad: [
      podContext({ runAsNonRoot: undefined }),
      { ...podContext({ runAsNonRoot: false }), ...context({ runAsNonRoot: true }) },
      context({ runAsNonRoot: false }),
    ],
    good: [
      { ...podContext({ runAsNonRoot: undefined }), ...context({ runAsNonRoot: true }) },
      { ...own, ...podContext({ runAsNonRoot: false }) },
    ],
  },
  {
    name: 'running as another user than 0',
    bad: [podContext({ runAsUser: 0 }), context({ runAsUser: 0 })],
    good: [podContext({ runAsUser: 1 }), { ...own, ...podContext({ runAsUser: 0 }) }],
  },
  {
    name: 'seccomp',
    bad: [
      podContext({ seccompProfile: undefined }),
      podContext({ seccompProfile: {} }),
      context({ seccompProfile: { type: 'Unconfined' } }),
    ],
    good: [
      {
        ...podContext({ seccompProfile: undefined }),
        ...context({ seccompProfile: { type: 'Localhost', localhostProfile: 'web.json' } }),
      },
      { ...windows, ...podContext({ seccompProfile: undefined }) },
    ],
  },
];
