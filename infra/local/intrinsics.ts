/** Where synthesised values such as `{"Ref": …}` point to in a local run. */
export interface Resources {
  /** What `Ref` of a resource of this stack or of a pseudo parameter stands for. */
  ref(logicalId: string): string;
  /** What `Fn::GetAtt` stands for. */
  attribute(logicalId: string, name: string): string;
  /** What another stack exports under this name. */
  imported(name: string): string;
}

/** Resolves a template value to the text it would have once deployed. */
export function resolve(value: unknown, resources: Resources): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  const [name, argument] = Object.entries(value ?? {})[0] ?? ['nothing', undefined];
  switch (name) {
    case 'Ref':
      return resources.ref(String(argument));
    case 'Fn::GetAtt':
      return resources.attribute(...pair(argument));
    case 'Fn::ImportValue':
      return resources.imported(resolve(argument, resources));
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => resolve(part, resources)).join(separator);
    }
    case 'Fn::Select': {
      const [index, list] = argument as [number | string, unknown];
      return resolve(split(list, resources)[Number(index)], resources);
    }
    default:
      throw new Error(`The local run cannot resolve ${name} in the synthesised template.`);
  }
}

function split(value: unknown, resources: Resources): unknown[] {
  if (Array.isArray(value)) return value;
  const [separator, text] = (value as { 'Fn::Split': [string, unknown] })['Fn::Split'];
  return resolve(text, resources).split(separator);
}

function pair(argument: unknown): [string, string] {
  const [id, name] = Array.isArray(argument) ? argument : String(argument).split('.');
  return [String(id), String(name)];
}
