; What matters in an AsciiDoc text: each capture is a piece of the outline (src/syntax/tree.rs says what they mean).
(document_title (line) @heading.1)
(title1 (line) @heading.2)
(title2 (line) @heading.3)
(title3 (line) @heading.4)
(title4 (line) @heading.5)
(title5 (line) @heading.6)

(paragraph) @paragraph
(admonition) @paragraph

(unordered_list_item (unordered_list_marker) @marker (line) @item)
(ordered_list_item (ordered_list_marker) @marker (line) @item)
(checked_list_item (checked_list_marker) @marker (line) @item)
(description_list_item (term) @term (line) @definition)

(table_block) @table
(table_cell (table_cell_content) @cell)

(listing_block) @code
(literal_block) @code
(passthrough_block) @code
(ident_block) @code

(line_comment) @comment
(block_comment) @comment

(document_attr (attr_name) @field.name (line) @field.value)
