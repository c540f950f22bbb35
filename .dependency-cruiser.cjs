/**
 * The arrow of the house: test -> infra -> functions -> shared, never back, never between two
 * functions. Whatever is forbidden here has a reason in ARCHITECTURE.md.
 */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'shared-knows-nothing-above',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(functions|infra|test)/' },
    },
    {
      name: 'dmapi-stands-alone',
      severity: 'error',
      from: { path: '^shared/dmapi/' },
      to: { pathNot: '^shared/dmapi/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'http-is-the-edge',
      comment: 'Only functions stand before it.',
      severity: 'error',
      from: { path: '^shared/', pathNot: '^shared/http/' },
      to: { path: '^shared/http/' },
    },
    {
      name: 'the-reconciler-stands-on-session-dmapi-and-aws',
      severity: 'error',
      from: { path: '^shared/reconciler/' },
      to: { path: '^shared/(http|actions|orders|zones|acme)/' },
    },
    {
      name: 'orders-and-zones-know-nothing-of-each-other',
      severity: 'error',
      from: { path: '^shared/(orders|zones)/' },
      to: { path: '^shared/(http|actions|orders|zones|acme)/', pathNot: '^shared/$1/' },
    },
    {
      name: 'a-session-knows-nothing-of-what-it-is-used-for',
      severity: 'error',
      from: { path: '^shared/session/' },
      to: { path: '^shared/(http|actions|orders|zones|reconciler|acme)/' },
    },
    {
      name: 'what-acme-clients-need-knows-no-action',
      comment: 'Their actions are made of it, and the edge looks at their logins by it.',
      severity: 'error',
      from: { path: '^shared/acme/' },
      to: { path: '^shared/(http|actions|orders|reconciler)/' },
    },
    {
      name: 'aws-stands-on-dmapi-alone',
      comment: 'A deadline and its error are the same for every call that leaves the bundle.',
      severity: 'error',
      from: { path: '^shared/aws/' },
      to: { path: '^shared/(http|actions|orders|zones|reconciler|session|acme)/' },
    },
    {
      name: 'actions-do-not-know-each-other',
      severity: 'error',
      from: { path: '^shared/actions/([^/]+)$' },
      to: { path: '^shared/actions/', pathNot: '^shared/actions/$1$' },
    },
    {
      name: 'functions-see-shared-only',
      severity: 'error',
      from: { path: '^functions/' },
      to: { pathNot: '^shared/' },
    },
    {
      name: 'infra-does-not-know-tests',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^test/' },
    },
    {
      name: 'stacks-do-not-know-the-local-run',
      severity: 'error',
      from: { path: '^infra/', pathNot: '^infra/local/' },
      to: { path: '^infra/local/' },
    },
    {
      name: 'the-simulated-registrar-shares-no-code',
      comment: 'A parser shared by client and simulator would hide a shared mistake.',
      severity: 'error',
      from: { path: '^infra/local/registrar/' },
      to: {
        pathNot: '^infra/local/(registrar/|loopback\\.ts$)',
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'http-only-where-dmapi-is-posted',
      severity: 'error',
      from: {
        path: '^(shared|functions)/',
        // Addresses are only looked at.
        pathNot: '^shared/(dmapi/(post|kept-connections)|input/ip-address)\\.ts$',
      },
      to: { path: '^(node:)?(https?|http2|net|tls)$' },
    },
    {
      name: 'aws-sdk-only-where-it-is-owned',
      severity: 'error',
      from: {
        pathNot:
          '^(shared/(aws/(secrets-manager-client|dynamodb-client|aws-credentials|table)|reconciler/event-bus|orders/wake)\\.ts$|test/)',
      },
      to: { path: 'node_modules/@aws-sdk/' },
    },
    {
      name: 'cdk-only-in-infra',
      severity: 'error',
      from: { pathNot: '^(infra|test)/' },
      to: { path: 'node_modules/(aws-cdk-lib|constructs|cdk-nag)/' },
    },
    {
      name: 'shipped-code-needs-runtime-dependencies',
      severity: 'error',
      from: { path: '^(shared|functions)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require'] },
  },
};
