/** A backend as a user writes it: three models fill one labeling config. Serve it with `npx prelabel start backend.ts`. */

import { fileURLToPath } from 'node:url'
import { createBackend, defineConfig } from 'prelabel'
import { ner } from 'prelabel/ner'
import { textClassification } from 'prelabel/text-classification'
import { yolo } from 'prelabel/yolo'

const examples = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

export const config = defineConfig(`
  <View>
    <Header value="Support ticket"/>
    <Image name="photo" value="$photo"/>
    <RectangleLabels name="object" toName="photo">
      <Label value="Person" background="#d4380d"/>
      <Label value="Cat" background="#389e0d"/>
      <Label value="Table" predicted_values="dining table" background="#096dd9"/>
      <Label value="Cup" background="#531dab"/>
      <Label value="Tie" background="#c41d7f"/>
    </RectangleLabels>
    <Text name="message" value="$message"/>
    <Labels name="personal" toName="message">
      <Label value="Name" predicted_values="GIVEN_NAME,SURNAME" background="#ffa39e"/>
      <Label value="Address" predicted_values="BUILDING_NUMBER,STREET_NAME,SECONDARY_ADDRESS,CITY,STATE,ZIP_CODE" background="#91d5ff"/>
      <Label value="Contact" predicted_values="EMAIL,PHONE,URL" background="#b7eb8f"/>
    </Labels>
    <Choices name="tone" toName="message" choice="single">
      <Choice value="Positive"/>
      <Choice value="Neutral"/>
      <Choice value="Negative"/>
    </Choices>
  </View>`)

export default createBackend({
  config,
  media: { roots: [examples('photos')] },
  adapters: [
    yolo({ model: examples('models/nanodet-coco/model.onnx'), scoreThreshold: 0.38 }),
    ner({ model: examples('models/rampart-pii'), dtype: 'q4', aggregation: 'first', scoreThreshold: 0.5 }),
    textClassification({ model: examples('models/bert-sentiment') }),
  ],
})
