; Measured statements inside prose: what a reader should see is the bound, the number and its unit.

(number) @number
(unit) @type
(rate) @type
(percentile) @attribute
(comparison) @operator
(approximate) @operator
(range_to) @operator
(between) @keyword.operator
(range_and) @keyword.operator
(per_item) @keyword
(date) @comment
(code) @comment
