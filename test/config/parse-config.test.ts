import { describe, expect, it } from 'vitest'
import { checkConfig, findControl, objectsOf, parseConfig } from '../../src/config/index.js'
import { IssuesError } from '../../src/issues.js'

const XML = `<View>
  <Image name="photo" value="$image"/>
  <RectangleLabels name="vehicle" toName="photo" model_path="yolo.onnx">
    <View><Label value="Car"/></View>
    <Label value="Bus" alias="bus" predicted_values="coach, minibus,"/>
  </RectangleLabels>
  <Choices name="light" toName="photo" choice="multiple"><Choice value="Day" hint="sun"/><Choice value="Night"/></Choices>
</View>`

describe('parseConfig', () => {
  const config = parseConfig(XML)

  it('reads controls with their labels, result type and place', () => {
    expect(config.controls.get('vehicle')).toMatchObject({
      kind: 'control',
      tag: 'RectangleLabels',
      toName: ['photo'],
      labels: ['Car', 'bus'],
      resultType: 'rectanglelabels',
      valueKey: 'rectanglelabels',
      multiple: false,
      perRegion: false,
      path: 'View/RectangleLabels[vehicle]',
      position: { line: 3, column: 3 },
    })
    expect(config.controls.get('light')).toMatchObject({
      multiple: true,
      valueKey: 'choices',
      labels: ['Day', 'Night'],
    })
  })

  it('keeps what other tools write', () => {
    expect(config.controls.get('vehicle')?.attributes.model_path).toBe('yolo.onnx')
    expect(config.issues).toEqual([])
  })

  it('reads options with alias, classes and hints', () => {
    const [car, bus] = config.controls.get('vehicle')?.options ?? []
    expect(car).toMatchObject({ label: 'Car', value: 'Car', predictedValues: [], position: { line: 4, column: 11 } })
    expect(bus).toMatchObject({ label: 'bus', value: 'Bus', alias: 'bus', predictedValues: ['coach', 'minibus'] })
    expect(config.controls.get('light')?.options[0]?.hint).toBe('sun')
  })

  it('reads objects and joins controls to them', () => {
    expect(config.objects.get('photo')).toMatchObject({ tag: 'Image', value: '$image', field: 'image', list: false })
    const control = findControl(config, 'light')
    expect(control && objectsOf(config, control).map(({ name }) => name)).toEqual(['photo'])
  })

  it('throws every issue at once', () => {
    const broken = '<View><Image name="a" value="$a"/><Rating name="r" toName="b"/><Rating name="r" toName="c"/></View>'
    const thrown = () => parseConfig(broken)
    expect(thrown).toThrow(IssuesError)
    expect(thrown).toThrow('The labeling config: View/Rating[r]/@toName: no tag is named "b" (and 2 more)')
  })
})

describe('what Label Studio reads in its own way', () => {
  const read = (inner: string) => parseConfig(`<View><Text name="t" value="$t"/>${inner}</View>`)

  it('nests taxonomies and flattens their labels', () => {
    const { controls } = read(`<Taxonomy name="kind" toName="t"><Choice value="Animal"><Choice value="Dog" alias="dog"/>
      <Choice value="Cat"/></Choice><Choice value="Plant"/></Taxonomy>`)
    const kind = controls.get('kind')
    expect(kind?.labels).toEqual(['Animal', 'dog', 'Cat', 'Plant'])
    expect(kind?.options.map(({ label, children }) => [label, children.map((child) => child.label)])).toEqual([
      ['Animal', ['dog', 'Cat']],
      ['Plant', []],
    ])
  })

  it('knows where labels come with the task', () => {
    const { controls } =
      read(`<Choices name="a" toName="t" value="$options"/><Taxonomy name="b" toName="t" apiUrl="https://x/"/>
      <TextArea name="c" toName="t" value="$draft"/>`)
    expect(controls.get('a')).toMatchObject({ dynamicOptions: 'options', openVocabulary: true })
    expect(controls.get('b')).toMatchObject({ openVocabulary: true })
    expect(controls.get('b')).not.toHaveProperty('dynamicOptions')
    expect(controls.get('c')).not.toHaveProperty('openVocabulary')
  })

  it('reads two objects from `toName`, and lists of pages', () => {
    const { controls, objects } = read(`<Image name="pages" valueList="$pages"/><Pairwise name="p" toName="t,pages"/>`)
    expect(controls.get('p')).toMatchObject({ toName: ['t', 'pages'], valueKey: 'selected' })
    expect(objects.get('pages')).toMatchObject({ list: true, field: 'pages', value: '$pages' })
  })

  it('takes <Chat> for control and object at once', () => {
    const { controls, objects } = parseConfig('<View><Chat name="chat" value="$messages"/></View>')
    expect(controls.get('chat')).toMatchObject({ toName: ['chat'], resultType: 'chatmessage' })
    expect(objects.get('chat')).toMatchObject({ field: 'messages' })
  })

  it('keeps a tag it has never heard of', () => {
    const config = read('<Magnify name="m" toName="t"><Label value="A"/></Magnify>')
    expect(config.controls.get('m')).toMatchObject({
      tag: 'Magnify',
      resultType: 'magnify',
      valueKey: 'magnify',
      labels: ['A'],
    })
    expect(config.issues.map(({ code, severity }) => [code, severity])).toEqual([['unknown-tag', 'warning']])
  })

  it('reads conditions, relations and names of a repeater', () => {
    const { controls, relations } =
      read(`<Choices name="c" toName="t" perRegion="true" whenTagName="ner" whenLabelValue="A,B">
      <Choice value="x"/><Choice value="y"/></Choices>
      <Labels name="ner" toName="t"><Label value="A"/><Label value="B"/></Labels>
      <Relations><Relation value="of"/></Relations>
      <Repeater on="$pages"><Text name="p_{{idx}}" value="$pages[{{idx}}].text"/><Rating name="r_{{idx}}" toName="p_{{idx}}"/></Repeater>`)
    expect(controls.get('c')).toMatchObject({ perRegion: true, shownWhen: { tagName: 'ner', labels: ['A', 'B'] } })
    expect(relations?.map(({ label }) => label)).toEqual(['of'])
    expect(findControl({ ...read(''), controls }, 'r_12')?.name).toBe('r_{{idx}}')
  })

  it('does not take markup inside <HyperText>, comments or CDATA for tags', () => {
    const { controls, objects } =
      read(`<!-- <Rating name="ghost" toName="t"/> --><Style><![CDATA[<Rating name="cd" toName="t"/>]]></Style>
      <HyperText name="h" value="$h"><input name="i" value="v"/></HyperText>`)
    expect([...controls.keys()]).toEqual([])
    expect([...objects.keys()]).toEqual(['t', 'h'])
  })
})

describe('the text itself', () => {
  const inner =
    '<Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="A"/><Choice value="B"/></Choices>'

  it.each([
    ['a declaration', `<?xml version="1.0"?><View>${inner}</View>`],
    ['a byte order mark', `\uFEFF<View>${inner}</View>`],
    ['CRLF', `<View>\r\n${inner}\r\n</View>`],
    ['single quotes', `<View>${inner.replaceAll('"', "'")}</View>`],
    ['blanks around =', `<View>${inner.replaceAll('=', ' = ')}</View>`],
    ['a processing instruction', `<View><?x y?>${inner}</View>`],
    ['another case', `<view>${inner.replace('Choices', 'choices').replace('Choices', 'choices')}</view>`],
  ])('reads %s', (_, xml) => {
    expect(parseConfig(xml).controls.get('c')?.labels).toEqual(['A', 'B'])
  })

  it('normalises attributes as XML does', () => {
    const xml = `<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="A\n\tB"/><Choice value="caf&#233; &lt;&#x1F600;&gt;"/></Choices></View>`
    expect(parseConfig(xml).controls.get('c')?.labels).toEqual(['A  B', 'café <😀>'])
  })

  it('counts columns in UTF-16 units, behind astral characters too', () => {
    const { issues } = checkConfig('<View>\r\n<!-- 😀 -->😀<Rating name="r" toName="x"/></View>')
    expect(issues[0]?.position).toEqual({ line: 2, column: 39, offset: 46 })
    const broken = checkConfig('<View a="😀😀"><b></View>')
    expect(broken.issues[0]).toMatchObject({ code: 'xml-syntax', position: { line: 1, column: 19 } })
  })
})

it.each(['constructor', 'toString', '__proto__'])('keeps an attribute named %s like any other', (name) => {
  const { config, issues } = checkConfig(`<View><Text name="t" value="$t" ${name}="x"/></View>`)
  expect(issues).toEqual([])
  expect(Object.entries(config?.objects.get('t')?.attributes ?? {})).toContainEqual([name, 'x'])
})
