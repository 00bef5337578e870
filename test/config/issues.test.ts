import { describe, expect, it } from 'vitest'
import { checkConfig } from '../../src/config/index.js'
import { formatIssues } from '../../src/issues.js'

const TEXT = '<Text name="t" value="$t"/>'
const inView = (inner: string) => `<View>${TEXT}${inner}</View>`

/** Every code, with the least that brings it about, and where it is said to be. */
const ERRORS: [code: string, xml: string, path: string][] = [
  ['xml-syntax', '<View><a></View>', 'XML'],
  ['xml-syntax', '', 'XML'],
  ['xml-syntax', '<View a=b/>', 'XML'],
  ['xml-syntax', '<View><Header value="a & b"/></View>', 'XML'],
  ['doctype-forbidden', '<!-- x --><!DOCTYPE v [<!ENTITY e "x">]><View>&e;</View>', 'XML'],
  ['declared-encoding', '<?xml version="1.0" encoding="utf-8"?><View/>', 'XML'],
  ['config-too-large', `<View>${' '.repeat(1_000_000)}</View>`, 'XML'],
  ['config-too-deep', `${'<View>'.repeat(201)}${'</View>'.repeat(201)}`, 'XML'],
  ['unbound-prefix', '<View><x:Text name="t" value="$t"/></View>', 'View/x:Text[t]'],
  ['duplicate-name', inView(TEXT), 'View/Text[t]/@name'],
  ['unknown-to-name', inView('<Rating name="r" toName="T"/>'), 'View/Rating[r]/@toName'],
  ['unknown-to-name', inView('<Rating name="r" toName="t, t"/>'), 'View/Rating[r]/@toName'],
  ['missing-name', inView('<Choices toName="t"><Choice value="a"/></Choices>'), 'View/Choices'],
  ['missing-to-name', inView('<Number name="n"/>'), 'View/Number[n]'],
  ['missing-value', '<View><Image name="i"/></View>', 'View/Image[i]'],
  ['missing-value', inView('<Labels name="l" toName="t"><Label/></Labels>'), 'View/Labels[l]/Label'],
  ['missing-options', inView('<Choices name="c" toName="t"/>'), 'View/Choices[c]'],
  [
    'attribute-value',
    '<View><Video name="v" value="$v" defaultPlaybackSpeed="99"/></View>',
    'View/Video[v]/@defaultPlaybackSpeed',
  ],
  [
    'lone-choice',
    inView('<Choices name="a" toName="t" value="$a"/><Choices name="b" toName="t"><Choice value="x"/></Choices>'),
    'View/Choices[b]',
  ],
]

const WARNINGS: [code: string, xml: string, path: string][] = [
  ['blanks-before-declaration', ' <?xml version="1.0"?><View/>', 'XML'],
  ['namespace', '<View xmlns="urn:x"/>', 'View/@xmlns'],
  ['unknown-tag', inView('<Chioces/>'), 'View/Chioces'],
  ['tag-case', '<view/>', 'view'],
  ['enterprise-tag', '<View><Chat name="c" value="$c"/></View>', 'View/Chat[c]'],
  ['misplaced-tag', inView('<Label value="x"/>'), 'View/Label'],
  ['name-not-allowed', '<View name="v"/>', 'View[v]/@name'],
  ['empty-name', '<View><Text name="" value="$t"/></View>', 'View/Text[]/@name'],
  [
    'named-option',
    inView('<Choices name="c" toName="t"><Choice name="x" value="a"/></Choices>'),
    'View/Choices[c]/Choice[x]/@name',
  ],
  ['missing-to-name', inView('<Rating name="r"/>'), 'View/Rating[r]'],
  ['missing-value', '<View><Audio name="a"/></View>', 'View/Audio[a]'],
  [
    'to-name-not-object',
    inView('<Rating name="a" toName="t"/><Rating name="b" toName="a"/>'),
    'View/Rating[b]/@toName',
  ],
  [
    'unsupported-object',
    inView('<RectangleLabels name="b" toName="t"><Label value="a"/></RectangleLabels>'),
    'View/RectangleLabels[b]/@toName',
  ],
  ['attribute-case', inView('<Rating name="r" toname="t"/>'), 'View/Rating[r]/@toname'],
  ['unknown-attribute', inView('<Rating name="r" toName="t" maxRatings="3"/>'), 'View/Rating[r]/@maxRatings'],
  ['attribute-value', inView('<Rating name="r" toName="t" maxRating="many"/>'), 'View/Rating[r]/@maxRating'],
  [
    'attribute-value',
    inView('<Choices name="c" toName="t" choice="mutliple"><Choice value="a"/></Choices>'),
    'View/Choices[c]/@choice',
  ],
  [
    'per-region-and-per-item',
    inView('<Rating name="r" toName="t" perRegion="true" perItem="true"/>'),
    'View/Rating[r]/@perItem',
  ],
  ['unknown-when-tag', inView('<View whenTagName="c"/>'), 'View/View/@whenTagName'],
  [
    'unknown-when-value',
    inView('<Choices name="c" toName="t"><Choice value="Yes"/></Choices><View whenTagName="c" whenChoiceValue="yes"/>'),
    'View/View/@whenChoiceValue',
  ],
  [
    'duplicate-label',
    inView('<Choices name="c" toName="t"><Choice value="a"/><Choice value="a"/></Choices>'),
    'View/Choices[c]/Choice/@value',
  ],
  [
    'ambiguous-predicted-value',
    inView(
      '<Labels name="l" toName="t"><Label value="a" predicted_values="x"/><Label value="b" predicted_values="x"/></Labels>',
    ),
    'View/Labels[l]/Label/@predicted_values',
  ],
  [
    'interpolated-choice',
    inView('<Choices name="c" toName="t"><Choice value="$100"/></Choices>'),
    'View/Choices[c]/Choice/@value',
  ],
  [
    'empty-alias',
    inView('<Choices name="c" toName="t"><Choice value="a" alias=""/></Choices>'),
    'View/Choices[c]/Choice/@alias',
  ],
]

describe('what Label Studio refuses', () => {
  it.each(ERRORS)('%s (%#)', (code, xml, path) => {
    const { config, issues } = checkConfig(xml)
    expect(config).toBeUndefined()
    expect(issues.filter(({ severity }) => severity === 'error')).toContainEqual(
      expect.objectContaining({ code, path }),
    )
  })
})

describe('what Label Studio takes, but does not show as meant', () => {
  it.each(WARNINGS)('%s (%#)', (code, xml, path) => {
    const { config, issues } = checkConfig(xml)
    expect(config).toBeDefined()
    expect(issues).toContainEqual(expect.objectContaining({ code, path, severity: 'warning' }))
  })
})

describe('hints', () => {
  const hintOf = (xml: string) => checkConfig(xml).issues[0]?.hint

  it('names what was most likely meant', () => {
    expect(hintOf('<View><Image name="img" value="$i"/><Rating name="r" toName="imgg"/></View>')).toBe(
      'Did you mean "img"?',
    )
    expect(hintOf(inView('<Chioces/>'))).toBe('Did you mean "Choices"?')
    expect(hintOf(inView('<Rating name="r" toName="t" maxRatings="3"/>'))).toBe('Did you mean "maxRating"?')
    expect(hintOf(inView('<Rating name="r" toName=" t"/>'))).toMatch(/^Remove the blanks/)
  })

  it('says nothing when nothing is near', () => {
    expect(hintOf(inView('<Rating name="r" toName="something"/>'))).toBeUndefined()
  })
})

describe('formatIssues', () => {
  it('puts a caret under the attribute', () => {
    const xml = '<View>\n\t<Image name="img" value="$i"/>\n\t<Rating maxRating="3" toName="imgg" name="r"/>\n</View>'
    const { issues } = checkConfig(xml)
    expect(formatIssues(issues, xml)).toBe(
      [
        'error unknown-to-name View/Rating[r]/@toName (line 3, column 32)',
        '  no tag is named "imgg"',
        '  | \t<Rating maxRating="3" toName="imgg" name="r"/>',
        `  | \t${' '.repeat(30)}^`,
        '  hint: Did you mean "img"?',
      ].join('\n'),
    )
  })

  it('lists issues in the order of the text', () => {
    const { issues } = checkConfig(inView('<Rating name="a" toName="x"/><Foo/><Rating name="b" toName="y"/>'))
    expect(issues.map(({ path }) => path)).toEqual(['View/Rating[a]/@toName', 'View/Foo', 'View/Rating[b]/@toName'])
  })
})
