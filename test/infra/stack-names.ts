import { type App, CfnElement, Stack } from 'aws-cdk-lib';
import type { Properties } from './synthesised.ts';

/** A resource of a synthesised template. */
export interface NamedResource {
  /** For people: the place in the tree of constructs, such as `Api/result-list/Role`. */
  readonly name: string;
  readonly type: string;
  readonly properties: Properties;
  /** A value of its template as text: what it refers to by name, whichever stack that is in. */
  text(value: unknown): string;
}

type Text = (value: unknown) => string;

/** Every resource of every stack of an app. */
export function namedResources(app: App): NamedResource[] {
  const names = namesOf(app);
  const exported = new Map<string, () => string>();
  return app.synth().stacks.flatMap(({ id, template }) => {
    const text: Text = (value) =>
      textOf(value, (logicalId) => names.get(`${id}.${logicalId}`), exported);
    for (const { Export, Value } of Object.values<Properties>(template.Outputs ?? {})) {
      if (Export) exported.set(Export.Name, () => text(Value));
    }
    return Object.entries<Properties>(template.Resources ?? {}).map(([logicalId, resource]) => ({
      name: names.get(`${id}.${logicalId}`) ?? logicalId,
      type: resource.Type,
      properties: resource.Properties ?? {},
      text,
    }));
  });
}

/** By `<stack>.<logical id>`. What a construct of a higher level is made around, has its name. */
function namesOf(app: App): Map<string, string> {
  const elements = app.node.findAll().filter((construct) => CfnElement.isCfnElement(construct));
  return new Map(
    elements.map((element) => {
      const stack = Stack.of(element);
      const name = element.node.path.replace(/\/Resource$/, '').replace(/\/Function$/, '');
      return [`${stack.artifactId}.${stack.resolve(element.logicalId)}`, name];
    }),
  );
}

function textOf(
  value: unknown,
  nameOf: (logicalId: string) => string | undefined,
  exported: ReadonlyMap<string, () => string>,
): string {
  const text: Text = (part) => textOf(part, nameOf, exported);
  if (Array.isArray(value)) return value.map(text).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  const [[intrinsic, args] = ['nothing', undefined], ...more] = Object.entries(value);
  if (more.length > 0) throw new Error(`This is no value: ${JSON.stringify(value)}.`);
  if (intrinsic === 'Ref') return nameOf(args) ?? `<${args}>`;
  if (intrinsic === 'Fn::GetAtt' && args[1] === 'Arn') return text({ Ref: args[0] });
  if (intrinsic === 'Fn::Join') return args[1].map(text).join(args[0]);
  if (intrinsic === 'Fn::ImportValue') return exported.get(args)?.() ?? `<${args}>`;
  throw new Error(`What this refers to is not known: ${JSON.stringify(value)}.`);
}
