// The part of the Trusted Types API that the page uses; TypeScript's DOM library does not describe it yet.
interface Window {
  readonly trustedTypes?: {
    createPolicy<Rules extends TrustedTypesRules>(
      name: string,
      rules: Rules,
    ): { readonly [Rule in keyof Rules]: (text: string) => unknown };
  };
}

interface TrustedTypesRules {
  createScriptURL?(url: string): string;
  createHTML?(html: string): string;
}
