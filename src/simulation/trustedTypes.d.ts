// The part of the Trusted Types API that the page uses; TypeScript's DOM library does not describe it yet.
interface Window {
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(url: string): string },
    ): { createScriptURL(url: string): unknown };
  };
}
