/** Folders of the models that the tests run. */
export const BERT_NER = 'test/fixtures/bert-ner'
export const BIOES_NER = 'test/fixtures/bert-ner-bioes-uncased'
export const ROBERTA_NER = 'test/fixtures/roberta-ner'
export const RAMPART = 'examples/models/rampart-pii'
export const SENTIMENT = 'examples/models/bert-sentiment'
export const TOPICS = 'test/fixtures/bert-topics-multilabel'
export const ZERO_SHOT = 'test/fixtures/bert-zeroshot'
