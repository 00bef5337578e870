import { expectTypeOf, test } from 'vitest'
import {
  type AnyShape,
  type Checked,
  type ConfigShape,
  type ShapedXml,
  type ShapeOf,
  shapedXml,
} from '../../src/config/index.js'

type Photo =
  ShapeOf<`<View><Image name="img" value="$image"/><RectangleLabels name="box" toName="img"><Label value="Car"/><Label value="Person"/></RectangleLabels></View>`>

test('a literal config has a plain shape', () => {
  expectTypeOf<Photo>().toEqualTypeOf<{
    data: { image: string }
    objects: { img: 'Image' }
    controls: { box: { tag: 'RectangleLabels'; to: 'img'; option: 'Car' | 'Person'; many: false } }
  }>()
  expectTypeOf<Photo>().toExtend<ConfigShape>()
})

type Awkward = ShapeOf<`
<?xml version="1.0"?>
<!-- a > b <RectangleLabels name="ghost" toName="img"> -->
<View style='display: flex' visibleWhen="a > b">
  <Style>.a > .b { color: red }</Style>
  <Header value="x > 5 'quoted'" size='4'/>
  <Header value='say "hi" > now'></Header>
  <View>
    <Image
      name = 'img'
      value="$image"
      zoom="true"
    ></Image>
    <Text name="t" value='$doc.body' />
    <Labels name='ner' toName='t'>
      <View className="grid">
        <Label value="R&amp;D" background="#fff"></Label>
        <Label value='Person > 18' alias="adult"/>
        <!-- <Label value="Old"/> -->
        <Label
            value="ORG"/>
        <Label value="two
words" alias=""/>
      </View>
    </Labels>
    <Choices name="many" toName="img" choice="multiple"><Choice value="A"/><Choice value="B"></Choice></Choices>
    <Choices name="dynamic" toName="img" value="$opts"/>
    <TextArea name="note_{{idx}}" toName="img" value="$draft"/>
    <![CDATA[ <Image name="cd" value="$cd"/> ]]>
    <Rating name="r" toName="img" />
    <Taxonomy name="tree" toName="t"><Choice value="Animal"><Choice value="Dog"/></Choice></Taxonomy>
    <Taxonomy name="remote" toName="t" apiUrl="https://example.com"/>
    <Ranker name="order" toName="t"><Bucket name="best"/><Bucket name="rest"/></Ranker>
    <Magnify name="m" toName="img"><Label value="x"/></Magnify>
    <rating name="lower" toName="img"/>
    <Chat name="chat" value="$messages"/>
  </View>
</View>`>

test('awkward XML is read as at run time', () => {
  expectTypeOf<Awkward['data']>().toEqualTypeOf<{
    image: string
    doc: unknown
    messages: readonly Record<string, unknown>[]
  }>()
  expectTypeOf<Awkward['objects']>().toEqualTypeOf<{ img: 'Image'; t: 'Text'; chat: 'Chat' }>()
  expectTypeOf<keyof Awkward['controls']>().toEqualTypeOf<
    'ner' | 'many' | 'dynamic' | `note_${number}` | 'r' | 'tree' | 'remote' | 'order' | 'm' | 'lower' | 'chat'
  >()
  expectTypeOf<Awkward['controls']['ner']['option']>().toEqualTypeOf<'R&D' | 'adult' | 'ORG' | 'two words'>()
  expectTypeOf<Awkward['controls']['many']>().toEqualTypeOf<{
    tag: 'Choices'
    to: 'img'
    option: 'A' | 'B'
    many: true
  }>()
  expectTypeOf<Awkward['controls']['dynamic']['option']>().toEqualTypeOf<string>()
  expectTypeOf<Awkward['controls']['note_3']['option']>().toEqualTypeOf<never>()
  expectTypeOf<Awkward['controls']['tree']['option']>().toEqualTypeOf<'Animal' | 'Dog'>()
  expectTypeOf<Awkward['controls']['remote']['option']>().toEqualTypeOf<string>()
  expectTypeOf<Awkward['controls']['order']['option']>().toEqualTypeOf<'best' | 'rest'>()
  expectTypeOf<Awkward['controls']['m']>().toEqualTypeOf<{ tag: 'Magnify'; to: 'img'; option: 'x'; many: false }>()
  expectTypeOf<Awkward['controls']['lower']['tag']>().toEqualTypeOf<'Rating'>()
  expectTypeOf<Awkward['controls']['chat']>().toEqualTypeOf<{ tag: 'Chat'; to: 'chat'; option: never; many: false }>()
})

test('data is what the objects read', () => {
  type Data<S extends string> = ShapeOf<`<View>${S}</View>`>['data']
  expectTypeOf<Data<'<Image name="a" valueList="$pages"/>'>>().toEqualTypeOf<{ pages: readonly string[] }>()
  expectTypeOf<Data<'<Paragraphs name="a" value="$x" valueType="url"/>'>>().toEqualTypeOf<{ x: string }>()
  expectTypeOf<Data<'<TimeSeries name="a" value="$x" valueType="json"/>'>>().toEqualTypeOf<{
    x: Record<string, readonly (string | number)[]>
  }>()
  expectTypeOf<
    keyof Data<'<Text name="a" value="Title: $title"/><Text name="b" value="plain"/>'>
  >().toEqualTypeOf<never>()
  expectTypeOf<keyof Data<'<Text name="a" value="$a and $b"/>'>>().toEqualTypeOf<never>()
  expectTypeOf<Data<'<Text name="a" value="$x"/><Table name="b" value="$x"/>'>>().toEqualTypeOf<{
    x: string | Record<string, unknown>
  }>()
  expectTypeOf<Data<'<Image name="p" value="$pages[0].url"/>'>>().toEqualTypeOf<{ pages: unknown }>()
})

test('what is no literal is typed loosely', () => {
  expectTypeOf<ShapeOf<string>>().toEqualTypeOf<AnyShape>()
  expectTypeOf<ShapeOf<`<View>${string}</View>`>>().toEqualTypeOf<AnyShape>()
  expectTypeOf<keyof ShapeOf<''>['controls']>().toEqualTypeOf<never>()
  expectTypeOf<keyof ShapeOf<'not xml'>['controls']>().toEqualTypeOf<never>()
})

test('what was read before a break stays', () => {
  type Broken = ShapeOf<'<View><Image name="i" value="$i"/><Rating name="r" toName="i"/><Text name=oops'>
  expectTypeOf<keyof Broken['controls']>().toEqualTypeOf<'r'>()
})

test('a dangling toName is a sentence', () => {
  expectTypeOf<
    Checked<'<View><Rating name="r" toName="imgg"/></View>'>
  >().toEqualTypeOf<'<… name="r" toName="imgg">: no object tag is named "imgg"'>()
  type Good = '<View><Text name="t" value="$t"/><Rating name="r" toName="t"/></View>'
  expectTypeOf<Checked<Good>>().toEqualTypeOf<Good>()
  expectTypeOf<Checked<string>>().toEqualTypeOf<string>()
  type Repeated =
    '<View><Repeater on="$p"><Image name="p_{{idx}}" value="$p[{{idx}}]"/><Rating name="r_{{idx}}" toName="p_{{idx}}"/></Repeater></View>'
  expectTypeOf<Checked<Repeated>>().toEqualTypeOf<Repeated>()
})

test('a written shape rides on the text', () => {
  const xml = shapedXml<Photo>('<View/>')
  expectTypeOf(xml).toEqualTypeOf<ShapedXml<Photo>>()
  expectTypeOf<ShapeOf<typeof xml>>().toEqualTypeOf<Photo>()
  expectTypeOf<Checked<typeof xml>>().toEqualTypeOf<typeof xml>()
})

test('run-time rules hold for what has no field or no `toName`', () => {
  type Odd =
    ShapeOf<'<View><HyperText name="h" value=""/><Choices name="c" value="$x"/><Text name="" value="$t"/><Header name="x" value="$y"/></View>'>
  expectTypeOf<keyof Odd['objects']>().toEqualTypeOf<never>()
  expectTypeOf<keyof Odd['data']>().toEqualTypeOf<never>()
})
