/** How we introduce ourselves to the registrar: the name and the version of `package.json`. */
export const USER_AGENT = 'joker-dmapi-serverless/0.2.0';
