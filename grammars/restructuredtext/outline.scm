; What matters in a reStructuredText: each capture is a piece of the outline (src/syntax/tree.rs says what they mean).
(section (title) @heading) @section

(paragraph) @paragraph
(line_block) @paragraph
(list_item (body . (paragraph) @item))
(list_item (term) @term (definition . (paragraph) @definition))

(literal_block) @code
(doctest_block) @code
(comment) @comment

(field (field_name) @field.name (field_body) @field.value)
(directive (type) @directive (body) @directive.body) @directive.whole
(target) @skip
(substitution_definition) @skip
