/** An element to print. */
export interface XmlTag {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlTag[]
}

/** Prints XML that reads back as it was: blanks in attributes survive, as do quotes and signs of the markup. */
export function printXml({ tag, attributes, children }: XmlTag, indent = ''): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
  const open = `${indent}<${tag}${written.join('')}`
  if (children.length === 0) return `${open}/>`
  return `${open}>\n${children.map((child) => printXml(child, `${indent}  `)).join('\n')}\n${indent}</${tag}>`
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
}

function escapeAttribute(value: string): string {
  return value.replace(/[&<>"\n\r\t]/g, (sign) => REFERENCES[sign] ?? sign)
}
