"""A small codebook for conversations: two dimensions, one of them two levels deep."""

TAXONOMY = """
[[dimension]]
id = "topic"
choice = "many"
name = { zh-TW = "主題", en = "topic" }
hypothesis = { zh-TW = "這篇文章與「{label}」有關。", en = "This text is about {label}." }
  [[dimension.label]]
  id = "labour"
  name = { zh-TW = "勞動", en = "labour" }
  aliases = { zh-TW = ["勞工"], en = ["workers"] }
  definition = { zh-TW = "受僱工作的條件與權利。", en = "Conditions and rights of employed work." }
  include = { zh-TW = ["工時、工資與職業安全"], en = ["hours, wages and safety"] }
  exclude = { zh-TW = ["純粹的就業統計"], en = ["mere employment statistics"] }
  edge_cases = { zh-TW = ["外送員算勞動"], en = ["couriers count"] }
    [[dimension.label.label]]
    id = "migrant"
    name = { zh-TW = "移工", en = "migrant workers" }
    aliases = { zh-TW = ["外籍移工"] }
    definition = { zh-TW = "跨國工作的人。", en = "People who work in another country." }
  [[dimension.label]]
  id = "environment"
  name = { zh-TW = "環境", en = "the environment" }
  definition = { zh-TW = "人與自然。", en = "People and nature." }

[[dimension]]
id = "form"
choice = "one"
name = { zh-TW = "文類", en = "form" }
hypothesis = { zh-TW = "這是一篇{label}。", en = "This is {label}." }
  [[dimension.label]]
  id = "statement"
  name = { zh-TW = "聲明", en = "a statement" }
  definition = { zh-TW = "團體公開表明立場。", en = "A group takes a stand in public." }
"""
