import type { APIGatewayProxyEvent } from 'aws-lambda';
import { InvalidInputError } from '../failure.ts';

/** Where an API Gateway proxy event has the headers. None of it is trusted to be there. */
export type WithHeaders = Partial<Pick<APIGatewayProxyEvent, 'headers' | 'multiValueHeaders'>>;

/**
 * The value of a request header, whatever the case of its name; `undefined` where there is none.
 *
 * @throws InvalidInputError where it is given twice: nobody could tell which one is meant
 */
export function requestHeader(
  { headers, multiValueHeaders }: WithHeaders,
  name: string,
): string | undefined {
  const values = valuesOf(multiValueHeaders, name);
  const given = values.length > 0 ? values : valuesOf(headers, name);
  if (given.length > 1) throw new InvalidInputError(name, `The header ${name} must be given once.`);
  return given[0];
}

function valuesOf(headers: unknown, name: string): string[] {
  const wanted = name.toLowerCase();
  return Object.entries(Object(headers))
    .filter(([key]) => key.toLowerCase() === wanted)
    .flatMap(([, value]) => value)
    .filter((value): value is string => typeof value === 'string');
}
