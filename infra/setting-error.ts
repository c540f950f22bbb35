/** A setting that is missing, unknown or wrong. The message is one line for who typed it. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}
