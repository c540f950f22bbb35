import { type Resources, resolve } from './intrinsics.ts';

/** A synthesised CloudFormation template, as far as a local run reads it. */
export interface StackTemplate {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, TemplateOutput>>;
}

export interface TemplateResource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the properties of CloudFormation have no one shape
  readonly Properties: Readonly<Record<string, any>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

interface TemplateOutput {
  readonly Value: unknown;
  readonly Export?: { readonly Name: string };
}

/** Where a local run pretends to be. */
export const REGION = 'eu-central-1';
export const ACCOUNT = '000000000000';

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::Region': REGION,
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** The resources of one type, with their logical ids. */
export function ofType(template: StackTemplate, type: string): [string, TemplateResource][] {
  return Object.entries(template.Resources ?? {}).filter(([, resource]) => resource.Type === type);
}

/** Gives the resources of one stack the ids and ARNs of a deployment on this machine. */
export function localResources(
  template: StackTemplate,
  exported: ReadonlyMap<string, string>,
): Resources {
  const resources = template.Resources ?? {};
  const arn = (service: string, id: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${id}`;
  return {
    ref(id) {
      const { Type, Properties } = resources[id] ?? {};
      if (Type === 'AWS::SecretsManager::Secret') return arn('secretsmanager', `secret:${id}`);
      if (Type === 'AWS::Events::EventBus') return String(Properties?.Name);
      return PSEUDO_PARAMETERS[id] ?? id;
    },
    attribute(id, name) {
      if (name !== 'Arn') return `${id}.${name}`;
      return resources[id]?.Type === 'AWS::Lambda::Function'
        ? arn('lambda', `function:${id}`)
        : arn('local', id);
    },
    imported(name) {
      const value = exported.get(name);
      if (value === undefined) throw new Error(`No stack of the template exports ${name}.`);
      return value;
    },
  };
}

/** What the stacks export to each other, by name. */
export function readExports(templates: readonly StackTemplate[]): ReadonlyMap<string, string> {
  const exported = new Map<string, string>();
  for (const template of templates) {
    const local = localResources(template, exported);
    for (const { Export, Value } of Object.values(template.Outputs ?? {})) {
      if (Export) exported.set(Export.Name, resolve(Value, local));
    }
  }
  return exported;
}
