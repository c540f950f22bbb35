import type * as z from 'zod/mini';
import type { Access } from './access.ts';
import type { Deadline } from './dmapi/deadline.ts';
import type { Reply } from './dmapi/reply.ts';
import type { Session } from './session/session.ts';

/**
 * One DMAPI action as the bundle offers it. Its route, its function, its grants and its place in
 * the stacks all derive from this definition.
 */
export interface Action<Input = unknown, Output = unknown> {
  /** The DMAPI request name. Also the route, the function's file and this definition's file. */
  readonly name: string;
  /** `GET` where the action changes nothing, `POST` with a JSON body otherwise. */
  readonly method: 'GET' | 'POST';
  readonly access: Access;
  /** One sentence for people: it becomes the description of the function. */
  readonly summary: string;
  /** What a caller may send; anything else is refused before the registrar hears of it. */
  readonly input: z.ZodMiniType<Input>;
  /**
   * The name of the parameter that goes on the wire by this name, in lower case, so that a refusal
   * can say which one is meant. @default the wire's name in camelCase
   */
  fieldOf?(wireName: string): string | undefined;
  /** Performs the action. `undefined` means there is nothing to tell: 204. */
  run(session: Session, input: Input, deadline: Deadline): Promise<Output | undefined>;
}

/** An action that sends its one request within the session: nearly every action is of this kind. */
export interface RequestDefinition<Input, Output> extends Omit<Action<Input, Output>, 'run'> {
  /** The parameters as they go on the wire, without the session. */
  params(input: Input): Readonly<Record<string, string>>;
  /** What a successful reply means. @throws DmapiError `unreadable-reply` when it is not clear. */
  read(reply: Reply, input: Input): Output;
}

/** Defines an action by its request and how to read the reply. */
export function defineRequest<Input, Output>(
  request: RequestDefinition<Input, Output>,
): Action<Input, Output> {
  const { params, read, ...description } = request;
  return {
    ...description,
    async run(session, input, deadline) {
      const { name, access } = description;
      return read(await session.send({ name, access, params: params(input) }, deadline), input);
    },
  };
}

/** Defines an action that deals with the session itself. */
export function defineAction<Input, Output>(action: Action<Input, Output>): Action<Input, Output> {
  return action;
}
