/** Writes parameters as DMAPI takes them: true is `1`; what is undefined or false is left out. */
export function wireParams(
  values: Readonly<Record<string, string | number | boolean | undefined>>,
): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === false) continue;
    params[name] = value === true ? '1' : String(value);
  }
  return params;
}
