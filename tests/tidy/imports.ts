import { posix } from 'node:path';
import ts from 'typescript';
import type { Source } from './sources.ts';

/** One file of the project that names another. */
export interface Import {
  readonly from: string;
  readonly to: string;
  /** Only types come over, so that nothing is loaded. */
  readonly isType: boolean;
}

/** The imports of files of this project; packages are left out, and so are queries like `?worker`. */
export function importsOf({ path, text }: Source): Import[] {
  const found = path.endsWith('.html')
    ? references(text, /<(?:script|link)\b[^>]*\b(?:src|href)="([^"]+)"/g)
    : path.endsWith('.css')
      ? references(text, /@import\s+(?:url\()?['"]([^'"]+)['"]/g)
      : path.endsWith('.svelte')
        ? componentImports(text)
        : moduleImports(text);
  return found.flatMap(({ specifier, isType }) => {
    const target = specifier.replace(/\?.*$/, '');
    if (target.startsWith('/')) return [{ from: path, to: target.slice(1), isType }];
    if (!target.startsWith('.')) return [];
    return [{ from: path, to: posix.join(posix.dirname(path), target), isType }];
  });
}

interface Reference {
  readonly specifier: string;
  readonly isType: boolean;
}

function references(text: string, pattern: RegExp): Reference[] {
  return [...text.matchAll(pattern)].map(([, specifier]) => ({
    specifier: specifier ?? '',
    isType: false,
  }));
}

/** What the scripts of a component import, and what its markup loads when it is needed. */
function componentImports(svelte: string): Reference[] {
  const script = /<script\b[^>]*>([\s\S]*?)<\/script>/g;
  const scripts = [...svelte.matchAll(script)].map(([, text]) => text).join('\n');
  const markup = svelte.replace(script, '');
  return [...moduleImports(scripts), ...references(markup, /\{#await import\('([^']+)'\)/g)];
}

function moduleImports(text: string): Reference[] {
  const found: Reference[] = [];
  visit(ts.createSourceFile('module.ts', text, ts.ScriptTarget.Latest));
  return found;

  function visit(node: ts.Node): void {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    }
    ts.forEachChild(node, visit);
  }

  function add(specifier: ts.Node | undefined, isType: boolean): void {
    if (specifier && ts.isStringLiteral(specifier))
      found.push({ specifier: specifier.text, isType });
  }
}
