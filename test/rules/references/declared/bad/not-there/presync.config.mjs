export default {
  references: [
    { from: { kind: 'ModelVersion', field: 'spec.modelRef' }, to: { kind: 'Model' } },
    {
      from: { kind: 'Model', field: 'spec.backends[].queue' },
      to: { kind: 'Queue', field: 'spec.queueName' },
    },
  ],
};
