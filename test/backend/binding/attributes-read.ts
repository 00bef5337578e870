import { readFileSync } from 'node:fs'
import ts from 'typescript'

/**
 * Names of the attributes of the labeling config that a source file reads, by its syntax: `x.attributes.name`,
 * `attributes['name']`, `{ attributes: { name } }`, `const { name } = attributes`. Where a name is computed, every text of
 * the file may be one.
 */
export function attributesReadBy(file: string): ReadonlySet<string> {
  const text = readFileSync(file, 'utf8')
  const names = new Set<string>()
  if (!text.includes('attributes')) return names
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
  const texts = new Set<string>()
  let computed = false

  const visit = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node)) texts.add(node.text)
    if (ts.isPropertyAccessExpression(node) && areAttributes(node.expression)) names.add(node.name.text)
    if (ts.isElementAccessExpression(node) && areAttributes(node.expression)) {
      if (ts.isStringLiteralLike(node.argumentExpression)) names.add(node.argumentExpression.text)
      else computed = true
    }
    const taken = patternOf(node)
    for (const name of taken?.elements ?? []) {
      const read = name.propertyName ?? name.name
      if (ts.isIdentifier(read) || ts.isStringLiteral(read)) names.add(read.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return computed ? new Set([...names, ...texts]) : names
}

function areAttributes(node: ts.Expression): boolean {
  return (
    (ts.isIdentifier(node) ? node : ts.isPropertyAccessExpression(node) ? node.name : undefined)?.text === 'attributes'
  )
}

/** The pattern that takes attributes apart. */
function patternOf(node: ts.Node): ts.ObjectBindingPattern | undefined {
  if (ts.isBindingElement(node) && node.propertyName !== undefined && ts.isIdentifier(node.propertyName))
    return node.propertyName.text === 'attributes' && ts.isObjectBindingPattern(node.name) ? node.name : undefined
  if (!ts.isVariableDeclaration(node) || node.initializer === undefined || !areAttributes(node.initializer))
    return undefined
  return ts.isObjectBindingPattern(node.name) ? node.name : undefined
}
