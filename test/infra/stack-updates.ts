import type { App } from 'aws-cdk-lib';
import type { Properties } from './synthesised.ts';

/** The templates of an app, by stack, in the order in which `cdk deploy --all` deploys them. */
export type Deployment = ReadonlyMap<string, Properties>;

/** What lies in an account: the stacks, and the names of what they have left behind. */
export interface Account {
  readonly stacks: ReadonlyMap<string, Properties>;
  readonly retained: ReadonlySet<string>;
}

/** What the properties that name a resource are called, of those that the stacks name at all. */
const NAMES = ['Name', 'ArchiveName', 'TableName', 'RegistryName', 'AlarmName', 'DashboardName'];

export function deploymentOf(app: App): Deployment {
  const { stacks } = app.synth();
  return new Map(stacks.map(({ stackName, template }) => [stackName, template]));
}

/**
 * Deploys to an account as CloudFormation would, one stack after the other. What an app no longer
 * has, stays: `cdk deploy --all` removes no stack.
 *
 * @throws Error where CloudFormation would refuse: an export that is imported may neither go nor
 *   change, what is imported must be there, and a name that something retained has is taken.
 */
export function deploy(account: Account, deployment: Deployment): Account {
  const stacks = new Map(account.stacks);
  const retained = new Set(account.retained);
  for (const [name, template] of deployment) {
    const before = stacks.get(name) ?? {};
    stacks.set(name, template);
    checkExports(name, { before, after: template, stacks });
    for (const resource of added(before, template)) {
      const taken = nameOf(resource);
      if (taken && retained.has(taken)) throw new Error(`${name}: there is a ${taken} already.`);
    }
    for (const resource of added(template, before)) {
      const left = nameOf(resource);
      if (left && resource.DeletionPolicy?.startsWith('Retain')) retained.add(left);
    }
  }
  return { stacks, retained };
}

function checkExports(
  name: string,
  { before, after, stacks }: { before: Properties; after: Properties } & Pick<Account, 'stacks'>,
): void {
  const now = exportsOf(after);
  const others = [...stacks].filter(([other]) => other !== name);
  for (const [exported, value] of exportsOf(before)) {
    if (now.get(exported) === value) continue;
    const [user] = others.find(([, template]) => importsOf(template).has(exported)) ?? [];
    if (user) throw new Error(`${name}: ${user} still imports ${exported}.`);
  }
  const known = new Set(others.flatMap(([, template]) => [...exportsOf(template).keys()]));
  for (const wanted of importsOf(after)) {
    if (!known.has(wanted)) throw new Error(`${name}: nothing exports ${wanted}.`);
  }
}

function exportsOf({ Outputs = {} }: Properties): Map<string, string> {
  const outputs: Properties[] = Object.values(Outputs);
  return new Map(
    outputs.filter((it) => it.Export).map((it) => [it.Export.Name, JSON.stringify(it.Value)]),
  );
}

function importsOf(template: Properties): Set<string> {
  const all = JSON.stringify(template).matchAll(/"Fn::ImportValue":"([^"]+)"/g);
  return new Set([...all].map(([, name = '']) => name));
}

/** The resources of one template that another does not have. */
function added(before: Properties, after: Properties): Properties[] {
  const known = before.Resources ?? {};
  const all: [string, Properties][] = Object.entries(after.Resources ?? {});
  return all.filter(([id]) => !(id in known)).map(([, resource]) => resource);
}

function nameOf({ Type, Properties = {} }: Properties): string | undefined {
  const key = NAMES.find((name) => typeof Properties[name] === 'string');
  return key && `${Type} ${Properties[key]}`;
}
