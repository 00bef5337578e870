import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkConfig, parseConfig, printConfig, tags } from '../../src/config/index.js'
import { printXml, type XmlTag } from '../../src/config/xml/print-xml.js'
import { readXml, XmlElement } from '../../src/config/xml/read-xml.js'

/** Text that XML 1.0 can hold. */
const xmlText = fc
  .string({ unit: 'binary', maxLength: 12 })
  .filter((text) => !/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(text))

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/)

const tree: fc.Arbitrary<XmlTag> = fc.letrec<{ tree: XmlTag }>((tie) => ({
  tree: fc.record({
    tag: name,
    attributes: fc.dictionary(name, xmlText, { maxKeys: 4, noNullPrototype: true }),
    children: fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('tree'), { maxLength: 3 })),
  }),
})).tree

function treeOf({ name, attributes, children }: XmlElement): XmlTag {
  return {
    tag: name,
    attributes: { ...attributes },
    children: children.filter((child) => child instanceof XmlElement).map(treeOf),
  }
}

/** Pieces of configs, whole and broken. */
const piece = fc.constantFrom(
  '<View>',
  '</View>',
  '<Image name="i" value="$i"/>',
  '<Choices name="c" toName="i">',
  '<Choice value="a"/>',
  '</Choices>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?x',
  '?>',
  '<!DOCTYPE x>',
  '"',
  "'",
  '&',
  '&amp;',
  '&#0;',
  '<',
  '>',
  '/>',
  ' ',
  '\n',
  '😀',
  '\uD800',
  '\uFEFF',
  '<Label alias="" predicted_values=",,"/>',
  '<x:y/>',
  'xmlns="u"',
  '<Repeater>',
  '{{idx}}',
  '<Taxonomy',
)

describe('any text', () => {
  it('gives a config or issues, and never throws', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(texts, (xml) => {
        const { config, issues } = checkConfig(xml)
        expect(config === undefined).toBe(issues.some(({ severity }) => severity === 'error'))
        for (const { position } of issues)
          if (position !== undefined) expect(position.offset).toBeLessThanOrEqual(xml.length)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('parse ∘ print', () => {
  it('is the identity of trees', () => {
    fc.assert(
      fc.property(tree, (printed) => {
        const { root } = readXml(printXml(printed))
        expect(root && treeOf(root)).toEqual(printed)
      }),
    )
  })

  it('keeps names, labels and classes of configs', () => {
    const label = xmlText.filter((text) => text !== '')
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 2, maxLength: 5 }),
        fc.uniqueArray(label),
        ([object = '', ...controls], labels) => {
          const built = tags.view(
            tags.image(object, '$image'),
            ...controls.map((control) => tags.rectangleLabels(control, object, labels)),
          )
          const config = parseConfig(printConfig(built))
          expect([...config.controls.keys()]).toEqual(controls)
          for (const control of config.controls.values()) expect(control.labels).toEqual(labels)
          expect(parseConfig(config.xml)).toEqual(config)
        },
      ),
    )
  })
})

describe('a hostile text', () => {
  const MEGABYTE = 990_000
  const repeat = (text: string) => text.repeat(Math.floor(MEGABYTE / text.length))

  it.each([
    [
      'labels',
      `<View><Image name="i" value="$i"/><Labels name="l" toName="i">${repeat('<Label value="aaaa"/>')}</Labels></View>`,
    ],
    ['nested tags', `${'<View>'.repeat(10_000)}${'</View>'.repeat(10_000)}`],
    ['tags never closed', repeat('<View>')],
    ['attributes', `<View ${Array.from({ length: 60_000 }, (_, i) => `a${i}="1"`).join(' ')}/>`],
    [
      'attributes of one known tag',
      `<View>${`<Rating ${Array.from({ length: 10_000 }, (_, i) => `maxRatin${i}="1"`).join(' ')}/>`}</View>`,
    ],
    ['comments never closed', repeat('<!--')],
    ['CDATA never closed', `<View>${repeat('<![CDATA[')}`],
    ['quotes', `<View a="${repeat("'")}`],
    ['references', `<View a="${repeat('&amp;')}"/>`],
    ['references in text', `<View>${repeat('&amp;')}</View>`],
    ['lines', `<View>${repeat('\r\n')}</View>`],
    ['processing instructions', `<?${repeat('?')}`],
    ['dangling names', `<View>${repeat('<Rating name="abcd" toName="abce"/>')}</View>`],
    ['unknown tags', `<View>${repeat('<Chioces/>')}</View>`],
    ['blanks', `${repeat(' ')}<View/>`],
    [
      'unknown names',
      `<View>${Array.from({ length: 10_000 }, (_, i) => `<Rating name="n${i}" toName="m${i}"/>`).join('')}</View>`,
    ],
    ['views in views', `<View>${repeat('<View><Choices name="c" toName="i"/></View>')}</View>`],
    ['choices in one view', `<View>${repeat('<Choices name="c" toName="i"/>')}</View>`],
    [
      'choices in choices',
      `<View><Choices name="c" toName="i">${repeat('<Choice value="a"><Choice value="b"/></Choice>')}</Choices></View>`,
    ],
    ['names in one toName', `<View><Rating name="r" toName="${repeat('a,')}"/></View>`],
  ])('full of %s is judged within seconds', (_, xml) => {
    const start = process.cpuUsage()
    checkConfig(xml)
    // What others do on this machine meanwhile is not counted.
    expect(process.cpuUsage(start).user).toBeLessThan(10_000_000)
  })
})
