const volumeAccess = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const operations = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const retention = ['Delete', 'Retain'];

/**
 * Values that the API server's validation allows where no package says so, as
 * `Struct.field`; a list's values are those of its items. From pkg/apis/<group>/validation
 * of kubernetes/kubernetes.
 */
export const serverEnums: Readonly<Record<string, readonly string[]>> = {
  'CSIDriverSpec.fsGroupPolicy': ['File', 'None', 'ReadWriteOnceWithFSType'],
  'CSIDriverSpec.volumeLifecycleModes': ['Ephemeral', 'Persistent'],
  'ContainerResizePolicy.restartPolicy': ['NotRequired', 'RestartContainer'],
  'CustomResourceConversion.strategy': ['None', 'Webhook'],
  'CustomResourceDefinitionSpec.scope': ['Cluster', 'Namespaced'],
  'HPAScalingPolicy.type': ['Percent', 'Pods'],
  'HPAScalingRules.selectPolicy': ['Disabled', 'Max', 'Min'],
  'LabelSelectorRequirement.operator': ['DoesNotExist', 'Exists', 'In', 'NotIn'],
  'MetricSpec.type': ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'],
  'MetricTarget.type': ['AverageValue', 'Utilization', 'Value'],
  'NamedRuleWithOperations.operations': operations,
  'NetworkPolicySpec.policyTypes': ['Egress', 'Ingress'],
  'ParamRef.parameterNotFoundAction': ['Allow', 'Deny'],
  'PersistentVolumeClaimSpec.accessModes': volumeAccess,
  'PersistentVolumeSpec.accessModes': volumeAccess,
  'PodOS.name': ['linux', 'windows'],
  'RoleRef.kind': ['ClusterRole', 'Role'],
  'RuleWithOperations.operations': operations,
  'ServiceSpec.ipFamilies': ['IPv4', 'IPv6'],
  'StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted': retention,
  'StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled': retention,
  'Subject.kind': ['Group', 'ServiceAccount', 'User'],
  'ValidatingAdmissionPolicyBindingSpec.validationActions': ['Audit', 'Deny', 'Warn'],
};
