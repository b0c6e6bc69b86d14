/** The part of a ValidatingAdmissionPolicy's `spec` that decides; fields as in Kubernetes. */
export interface PolicySpec {
  readonly paramKind?: ParamKind;
  readonly matchConstraints?: MatchResources;
  readonly failurePolicy?: 'Fail' | 'Ignore';
  readonly matchConditions?: readonly { readonly name: string; readonly expression: string }[];
  readonly variables?: readonly { readonly name: string; readonly expression: string }[];
  readonly validations?: readonly Validation[];
}

/** The kind of a policy's parameters. */
interface ParamKind {
  readonly apiVersion?: string;
  readonly kind?: string;
}

/** One demand of a policy. */
interface Validation {
  readonly expression: string;
  readonly message?: string;
  readonly messageExpression?: string;
}

/** A ValidatingAdmissionPolicyBinding's `spec`. */
export interface BindingSpec {
  readonly policyName?: string;
  readonly paramRef?: ParamRef;
  readonly matchResources?: MatchResources;
  readonly validationActions?: readonly ('Deny' | 'Warn' | 'Audit')[];
}

/** Where a binding finds its parameters. */
interface ParamRef {
  readonly name?: string;
  readonly namespace?: string;
  readonly selector?: LabelSelector;
  readonly parameterNotFoundAction?: 'Allow' | 'Deny';
  /** Not of Kubernetes: for policies that are tried without a binding of their own. */
  readonly anyNamespace?: true;
}

/** Which requests a policy or a binding is about. */
export interface MatchResources {
  readonly resourceRules?: readonly ResourceRule[];
  readonly excludeResourceRules?: readonly ResourceRule[];
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
  readonly matchPolicy?: 'Exact' | 'Equivalent';
}

/** Resources and operations; `*` stands for all. */
export interface ResourceRule {
  readonly apiGroups?: readonly string[];
  readonly apiVersions?: readonly string[];
  readonly resources?: readonly string[];
  readonly operations?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly scope?: 'Cluster' | 'Namespaced' | '*';
}

/** A Kubernetes label selector. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** An object of Kubernetes. */
export type KubernetesObject = Readonly<Record<string, unknown>>;

/** A resource as a request names it; `resource` is the plural. */
export interface GroupVersionResource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

/** Another version under which the same object is served. */
export interface Equivalent extends GroupVersionResource {
  /** Whether the versions differ in nothing but the object's `apiVersion`. */
  readonly isSame?: boolean;
}

/** A request as the API server would admit it. */
export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';
  readonly object: KubernetesObject | null;
  readonly oldObject?: KubernetesObject | null;
  readonly resource: GroupVersionResource;
  readonly subresource?: string;
  readonly namespaced: boolean;
  /** Other versions under which the same object is served, for `matchPolicy: Equivalent`. */
  readonly equivalents?: readonly Equivalent[];
  /** What was asked for, where the objects here were converted for a policy. */
  readonly original?: AdmissionRequest;
  /** Who asks; without it nothing about the user can be decided. */
  readonly user?: Readonly<Record<string, unknown>>;
  /** The Namespace object of the request's namespace, where it is known. */
  readonly namespace?: KubernetesObject;
}
