/** The name of an unknown parameter is the caller's own text. */
const MAX_FIELD_LENGTH = 64;

/** A request of the caller that is refused before the registrar hears of it. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
  readonly field: string;

  /** @param message for the caller: what is wrong with the field, without its value. */
  constructor(field: string, message: string) {
    super(message);
    this.field = field.slice(0, MAX_FIELD_LENGTH);
  }
}

/** Our own login is refused, or cannot even be tried with what the secret holds. */
export class CredentialsRejectedError extends Error {
  override readonly name = 'CredentialsRejectedError';
}

/** An AWS service that we need throttles us or does not answer. */
export class AwsUnavailableError extends Error {
  override readonly name = 'AwsUnavailableError';
}
