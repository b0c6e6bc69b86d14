/** What a KEDA scaler must and may be told, by keda.sh/docs/latest/scalers. */
export interface Scaler {
  /** Each one, or all of one of several groups, must be there. */
  readonly required?: readonly (string | readonly (readonly string[])[])[];
  /** As required, but for triggers whose target a formula of the ScaledObject gives. */
  readonly targets?: readonly string[];
  /** Whole numbers, and those that may have a fraction. */
  readonly integers?: readonly string[];
  readonly numbers?: readonly string[];
  /** Must be above 0. */
  readonly positive?: readonly string[];
  /** One or several `host:port`, with commas between. */
  readonly addresses?: readonly string[];
  /** Addresses that begin with http:// or https://. */
  readonly urls?: readonly string[];
  readonly choices?: Readonly<Record<string, readonly string[]>>;
}

const oneRedis = [['address'], ['host', 'port']];
const manyRedis = [['addresses'], ['hosts', 'ports']];
const list: Scaler = {
  integers: ['listLength', 'activationListLength', 'databaseIndex'],
  positive: ['listLength'],
};
const stream: Scaler = {
  integers: [
    'pendingEntriesCount',
    'streamLength',
    'lagCount',
    'activationLagCount',
    'databaseIndex',
  ],
  positive: ['pendingEntriesCount', 'streamLength', 'lagCount'],
};
const kafka: Scaler = {
  required: ['bootstrapServers', 'consumerGroup'],
  integers: ['lagThreshold', 'activationLagThreshold'],
  positive: ['lagThreshold'],
  addresses: ['bootstrapServers'],
  choices: { offsetResetPolicy: ['latest', 'earliest'] },
};
const query: Scaler = {
  required: ['serverAddress', 'query'],
  targets: ['threshold'],
  numbers: ['threshold', 'activationThreshold'],
  urls: ['serverAddress'],
};

/** By the type of the trigger. Types that are not here are not checked. */
export const scalers: Readonly<Record<string, Scaler>> = {
  'apache-kafka': kafka,
  'aws-cloudwatch': {
    required: ['awsRegion', 'targetMetricValue'],
    numbers: ['targetMetricValue', 'minMetricValue', 'activationTargetMetricValue'],
  },
  'aws-kinesis-stream': {
    required: ['streamName', 'awsRegion'],
    integers: ['shardCount', 'activationShardCount'],
  },
  'aws-sqs-queue': {
    required: ['queueURL', 'awsRegion'],
    integers: ['queueLength', 'activationQueueLength'],
    positive: ['queueLength'],
  },
  'azure-queue': { required: ['queueName'], integers: ['queueLength', 'activationQueueLength'] },
  'azure-servicebus': {
    required: [[['queueName'], ['topicName', 'subscriptionName']]],
    integers: ['messageCount', 'activationMessageCount'],
  },
  cron: {
    required: ['timezone', 'start', 'end', 'desiredReplicas'],
    integers: ['desiredReplicas'],
  },
  cpu: { required: ['value'] },
  etcd: {
    required: ['endpoints', 'watchKey', 'value'],
    numbers: ['value', 'activationValue'],
  },
  external: { required: ['scalerAddress'], addresses: ['scalerAddress'] },
  'external-push': { required: ['scalerAddress'], addresses: ['scalerAddress'] },
  kafka,
  'kubernetes-workload': {
    required: ['podSelector'],
    targets: ['value'],
    numbers: ['value', 'activationValue'],
    positive: ['value'],
  },
  loki: query,
  memory: { required: ['value'] },
  'metrics-api': {
    required: ['url', 'valueLocation'],
    targets: ['targetValue'],
    numbers: ['targetValue', 'activationTargetValue'],
    urls: ['url'],
  },
  mongodb: {
    required: ['collection', 'query', [['connectionString'], ['host']]],
    targets: ['queryValue'],
    numbers: ['queryValue', 'activationQueryValue'],
  },
  mssql: {
    required: ['query', [['connectionString'], ['host']]],
    targets: ['targetValue'],
    numbers: ['targetValue', 'activationTargetValue'],
  },
  mysql: {
    required: ['query', [['connectionString'], ['host', 'port', 'username', 'dbName']]],
    targets: ['queryValue'],
    numbers: ['queryValue', 'activationQueryValue'],
    integers: ['port'],
  },
  'nats-jetstream': {
    required: ['natsServerMonitoringEndpoint', 'account', 'stream', 'consumer'],
    integers: ['lagThreshold', 'activationLagThreshold'],
    addresses: ['natsServerMonitoringEndpoint'],
  },
  postgresql: {
    required: ['query', [['connection'], ['host', 'port', 'userName', 'dbName']]],
    targets: ['targetQueryValue'],
    numbers: ['targetQueryValue', 'activationTargetQueryValue'],
    integers: ['port'],
  },
  prometheus: query,
  rabbitmq: {
    required: ['host', 'queueName', [['mode', 'value'], ['queueLength']]],
    numbers: ['value', 'activationValue', 'queueLength'],
    choices: { protocol: ['auto', 'amqp', 'http'] },
  },
  redis: { ...list, required: ['listName', oneRedis], addresses: ['address'] },
  'redis-cluster': { ...list, required: ['listName', manyRedis], addresses: ['addresses'] },
  'redis-cluster-streams': { ...stream, required: ['stream', manyRedis], addresses: ['addresses'] },
  'redis-sentinel': { ...list, required: ['listName', manyRedis], addresses: ['addresses'] },
  'redis-sentinel-streams': {
    ...stream,
    required: ['stream', manyRedis],
    addresses: ['addresses'],
  },
  'redis-streams': { ...stream, required: ['stream', oneRedis], addresses: ['address'] },
  temporal: {
    required: ['endpoint', 'taskQueue'],
    integers: ['targetQueueSize', 'activationTargetQueueSize'],
    positive: ['targetQueueSize'],
    addresses: ['endpoint'],
  },
};
