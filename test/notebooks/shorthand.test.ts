import ts from 'typescript';
import { cellsOf, chapters, solutions } from './notebook';

/**
 * The shorthand properties, `{ rows }`, whose variable no declaration of the same code names. The kernel
 * finds variables of earlier cells anywhere but there, and says so only when the line runs.
 */
function lostShorthands(code: string): string[] {
  const declared = new Set<string>();
  const shorthands: string[] = [];
  const declare = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) declared.add(name.text);
    else name.elements.forEach((part) => ts.isBindingElement(part) && declare(part.name));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) || ts.isParameter(node)) declare(node.name);
    if (ts.isFunctionDeclaration(node) && node.name) declared.add(node.name.text);
    if (ts.isImportSpecifier(node)) declared.add(node.name.text);
    if (ts.isShorthandPropertyAssignment(node)) shorthands.push(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest));
  return shorthands.filter((name) => !declared.has(name));
}

it('finds a shorthand of another cell’s variable', () => {
  const code = "import { a } from 'a'; const { b } = f((c) => ({ a, b, c, d }));";
  expect(lostShorthands(code)).toEqual(['d']);
});

it.each([...chapters, ...solutions])('%s has none', (name) => {
  const lost = cellsOf(name)
    .filter(({ kind }) => kind === 'code')
    .flatMap(({ source }) => lostShorthands(source));
  expect(lost).toEqual([]); // write { name: name }
});
