/**
 * @file Measurable statements in prose: "p99 read latency below 5 ms at 2M requests/s".
 *
 * A grammar for fragments. Whatever is no part of a measured statement is an opaque `word`, `code` or `punctuation`,
 * and every beginning of a construction ("5 ms to", "between 3") is also allowed to stand alone, so that any
 * text has a tree without errors, in one pass and without conflicts.
 *
 * Which metric is meant, and what a unit is worth, is not said here but in
 * `lenses/databases/language/quantities.toml`.
 */
/// <reference types="tree-sitter-cli/dsl" />

const GAP = "[ \\t\\u00a0\\u202f]+";
const GAP0 = "[ \\t\\u00a0\\u202f]*";

/** One token for any of these phrases, whatever the case; a blank in a phrase is any run of blanks. */
const phrases = (...list) => new RustRegex(`(?i)(${list.join("|").replaceAll(" ", GAP)})`);

/** One token for any of these units, glued to their number by a hyphen ("five-millisecond") or not. */
const units = (...list) => new RustRegex(`-?(${list.join("|").replaceAll(" ", GAP)})`);

/** Letters, in a few ranges: the whole of \\p{L} would make the generated parser twenty times as large. */
const L = "A-Za-z_\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02af\\u0370-\\u1fff\\u2c00-\\ud7ff";

const TIME = "(?i:milliseconds?|millisecs?|millis|milli|msecs?|ms|microseconds?|micros|usecs?|us|µs|μs|nanoseconds?|nanos|ns"
  + "|seconds?|secs?|s|minutes?|mins?|hours?|hrs?|hr|h|days?|d|weeks?|wks?|wk|w|months?|mos?|mo|quarters?|years?|yrs?|yr|annum|y)";
const BYTES = "(?i:kilobytes?|kibibytes?|megabytes?|mebibytes?|gigabytes?|gibibytes?|terabytes?|tebibytes?|petabytes?|pebibytes?|exabytes?|bytes?|megs?|gigs?|octets?)"
  + "|[kKMGTPE]i?B|kb|mb|gb|tb|pb|[KMGTPE]i|B";
const CALENDAR = "quarter of an hour|quarter hour|half an hour|half hour|millisecond|second|sec|minute|min|hour|day|night|week|month|quarter|year|annum|24 hours|24h";
const SMALL = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety";
const LARGE = "hundred|thousand|million|milliard|billion|trillion|dozen";

module.exports = grammar({
  name: "statement",

  extras: _ => [/[\s\u00a0\u202f\ufeff]/],

  rules: {
    text: $ => repeat($._fragment),

    _fragment: $ => choice(
      $.range,
      $.measure,
      $._dangling,
      $.percentile,
      $.comparison,
      $.approximate,
      $.per_item,
      $.rate,
      $.unit,
      $.date,
      $.pair,
      $.code,
      $.suffix,
      $.magnitude,
      $.word,
      $.sub,
      $.range_to,
      $.between,
      $.punctuation,
    ),

    // --- what is measured -----------------------------------------------------------------------------------

    measure: $ => prec.right(1, seq($.number, optional(choice($.unit, alias($._glued_unit, $.unit))), optional($.rate))),

    range: $ => prec.right(2, choice(
      seq($.measure, $.range_to, $.measure),
      seq($.between, $.measure, $.range_and, $.measure),
    )),

    // The beginning of a range that never came: "from 45 s to nothing", "between 3 cups".
    _dangling: $ => prec.right(choice(
      seq($.measure, $.range_to),
      seq($.between, $.measure),
      seq($.between, $.measure, $.range_and),
    )),

    per_item: $ => prec.right(seq($.per, optional(choice($.word, alias($.count_unit, $.word))))),

    // --- numbers --------------------------------------------------------------------------------------------

    number: $ => prec.right(choice(
      seq($.digits, optional(choice($.suffix, repeat1($.magnitude))), optional($.and_half)),
      seq(choice($.number_word, $.article_number), repeat(choice($.number_word, $.magnitude)), optional($.and_half)),
      prec.right(3, seq($.sub, $._plain_number)),
      $.sub_unit,
      $.digit_class,
    )),
    _plain_number: $ => prec.right(choice(
      seq($.digits, optional($.suffix)),
      repeat1($.number_word),
    )),

    // 1,500,000  1.5  1'500  10 000  1,2  10^4  2x10^6  1e6  .5
    digits: _ => token(choice(
      /[0-9]+([.,'’][0-9]+)*/,
      /\.[0-9]+/,
      /[0-9]{1,3}([ \u00a0\u202f][0-9]{3})+/,
      /([0-9]+([.,][0-9]+)?[ \u00a0]?[x×*·][ \u00a0]?)?10(\^|\*\*)[0-9]{1,2}/,
      /([0-9]+([.,][0-9]+)?[ \u00a0]?[x×*·][ \u00a0]?)?10[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}/,
      /[0-9]+(\.[0-9]+)?[eE][0-9]{1,2}/,
    )),
    suffix: _ => token(choice("k", "K", "M", "m", "mn", "mm", "MM", "mio", "Mio", "Mio.", "mln", "mil", "bn", "Bn", "BN", "bln", "mrd", "G", "T", "tn", "trn")),
    magnitude: _ => phrases(`-?(${LARGE})s?( of)?`, "hundred and"),
    number_word: _ => phrases(`-?(${SMALL})`),
    article_number: _ => token(choice(
      phrases(
        "half an?", "half of an?", "one half", "an? half", "a quarter( of an?)?", "quarter of an?", "one quarter of an?", "three quarters( of an?)?", "three-quarters( of an?)?",
        "a third", "one third", "one-third", "two thirds", "two-thirds", "three fourths", "a tenth( of an?)?", "one tenth of an?", "a hundredth of an?", "a fifth", "one fifth", "four fifths", "nine tenths",
        `an? (${LARGE})`, "a couple( of)?", "a couple (hundred|thousand|million|dozen)", "a few (hundred|thousand|million|dozen|billion)", "several (hundred|thousand|million|dozen|billion)", "one and a half",
      ),
      "½", "¼", "¾",
    )),
    and_half: _ => phrases("and a half", "and one half", "and a quarter", "and three quarters"),
    sub: _ => token(prec(1, phrases("sub-"))),
    // "sub-second", "submillisecond": a bound of one unit.
    sub_unit: _ => token(prec(1, phrases("sub[- ]?(millisecond|milli|millis|microsecond|nanosecond|second|minute|hour|ms|us|µs|μs)s?"))),
    // "single-digit" is below ten, "double-digit" below a hundred.
    digit_class: _ => phrases("((low|mid|high)[- ])?(single|one|double|two|triple|three)[- ]digit"),

    // --- units ----------------------------------------------------------------------------------------------

    unit: $ => choice($.time_unit, $.byte_unit, $.bandwidth_unit, $.percent, $.nines, $.money, $.rate_unit, $.count_unit),

    time_unit: _ => token(units(TIME)),
    byte_unit: _ => token(units(BYTES)),
    // Straight behind digits a unit wins over the longer `code`: "100GB-250GB" is no name.
    _glued_unit: $ => choice(alias($._glued_time, $.time_unit), alias($._glued_bytes, $.byte_unit)),
    _glued_time: _ => token.immediate(prec(2, units(TIME))),
    _glued_bytes: _ => token.immediate(prec(2, units(BYTES))),
    bandwidth_unit: _ => token(units("[kKMGTP]i?B/s(ec)?", "[kKMGTP]i?Bps", "MByte/s", "[kKMGT]bit/s", "[kKMGT]bps", "[kKMGT]b/s")),
    percent: _ => token(units("%", "％", "(?i:per cent|percent|pct)")),
    nines: _ => token(units("(?i:nines)")),
    money: _ => token(choice(
      units("(?i:dollars?|bucks|usd|eur|euros?|gbp|chf|cents?)", "\\$", "€", "£"),
      /(US)?\$/, /€/, /£/,
    )),
    rate_unit: _ => token(units("(?i:k?rps|k?qps|k?tps|k?ops|k?iops|k?wps|rpm|tpm|mps|eps|rcus?|wcus?|k?req/s|k?op/s)")),
    count_unit: _ => token(units(
      "(?i:users?|records?|writes?|reads?|requests?|reqs?|rows?|nodes?|regions?|hops?|queries|query|lookups?|operations|ops|transactions?|txns?|events?|messages?|msgs?|inserts?|updates?|connections?|customers?|documents?|items?|entries|levels?|degrees?)",
    )),

    rate: _ => token(choice(
      phrases(
        `(per|a|an|each|every|any given) (${CALENDAR})`,
        "p\\.\\s?a\\.", "p/s", "p\\.s\\.", "daily", "hourly", "weekly", "monthly", "yearly", "annually", "annual", "nightly",
      ),
      new RustRegex(`(?i)/${GAP0}(seconds?|sec|s|minute|min|m|hour|hr|h|day|d|week|wk|w|month|mo|mth|quarter|year|yr|y|a)`),
    )),

    // --- around the value -----------------------------------------------------------------------------------

    percentile: $ => choice(
      token(prec(1, /[pP]([5-9][0-9]([.,][0-9]+)?|9{3,5})/)),
      token(new RustRegex(`(?i)[0-9]{2}([.,][0-9]+)?(th|st|nd|rd)?[- \\u00a0]?(percentiles?|%-?ile|pctl|pctile|quantile)`)),
      token(phrases(`(${SMALL})(-(${SMALL}))?(th)?[- ]percentile`, "ninety-(fifth|ninth|eighth) percentile")),
      token(phrases("median", "medians")),
    ),

    comparison: $ => choice($.less, $.at_most, $.more, $.at_least, $.exactly),
    less: _ => token(choice(
      phrases("less than", "fewer than", "lower than", "smaller than", "shorter than", "faster than", "quicker than", "sooner than", "younger than", "earlier than", "under", "below", "beneath", "inside", "short of"),
      "<", "\\<", "&lt;", "≪",
    )),
    at_most: _ => token(choice(
      phrases(
        "no more than", "not more than", "no longer than", "not longer than", "no later than", "no greater than", "no higher than", "no larger than", "no bigger than", "no older than", "no slower than",
        "not over", "not above", "not beyond", "at most", "at the most", "at the latest", "at the outside", "at worst", "max", "max\\.", "maximum", "maximal", "maximally", "a maximum of", "up to", "as much as", "as many as", "as long as", "within", "or less", "or fewer", "or better", "or faster",
        "or below", "or under", "or lower", "or sooner", "or quicker", "tops", "upper limit", "upper bound", "ceiling", "capped at", "limited to", "not exceed", "not exceeding", "never exceed",
      ),
      "<=", "=<", "≤", "⩽", "≦", "\\<=", "&lt;=", "&le;", "⇐",
    )),
    more: _ => token(choice(
      phrases("more than", "greater than", "higher than", "larger than", "bigger than", "longer than", "later than", "older than", "slower than", "better than", "worse than", "over", "above", "beyond", "exceed", "exceeds", "exceeding", "exceeded", "upwards of", "upward of", "north of", "in excess of", "past", "passed", "surpass", "surpasses", "surpassed", "outgrow", "outgrows", "well over"),
      ">", "\\>", "&gt;", "≫",
    )),
    at_least: _ => token(choice(
      phrases(
        "no less than", "not less than", "no fewer than", "not fewer than", "no shorter than", "no lower than", "no worse than", "no sooner than", "no earlier than", "not under", "not below", "at least", "at the least", "at a minimum", "a minimum of", "minimum", "minimal", "or more", "or higher", "or above", "or greater", "or longer", "or later", "or over", "and more", "and above", "and up", "upwards", "lower limit", "lower bound", "lower limit of", "a good",
      ),
      ">=", "=>", "≥", "⩾", "≧", "\\>=", "&gt;=", "&ge;",
    )),
    exactly: _ => token(choice("=", "==", phrases("exactly", "precisely", "equals", "equal to"))),
    approximate: _ => token(choice(
      phrases("about", "around", "roughly", "approximately", "approx", "approx\\.", "some", "circa", "ca", "ca\\.", "or so", "nearly", "almost", "close to", "in the order of", "on the order of", "of the order of", "something like", "somewhere around", "in the region of", "in the neighbourhood of", "in the neighborhood of", "give or take", "more or less", "or thereabouts", "give or take a few", "-ish", "-odd"),
      "~", "≈", "∼", "≅", "±",
    )),

    range_to: _ => token(choice(phrases("to", "or", "till", "until", "up to and including"), "-", "–", "—", "‐", "‑", "−", "..", "...", "…")),
    range_and: _ => phrases("and"),
    between: _ => phrases("between", "anywhere between", "somewhere between"),
    per: _ => phrases("per", "each", "every", "apiece"),

    // --- opaque ---------------------------------------------------------------------------------------------

    // 2024-03-01, 2.12.2024, 10/31/2024
    date: _ => token(prec(1, choice(/[0-9]{4}-[0-9]{2}-[0-9]{2}/, /[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}/, /[0-9]{1,2}\/[0-9]{1,2}\/[0-9]{4}/))),
    // 90/10, 20:1, 14:00, 24/7
    pair: _ => token(new RustRegex(`[0-9]+([.,][0-9]+)?(${GAP0}:${GAP0}|${GAP0}/${GAP0})[0-9]+([.,][0-9]+)?`)),
    // H2, SHA-256, ADR-0007, m5.2xlarge, v1.2, #123, §5, 3rd, 2nd, 1920x1080
    code: _ => token(choice(
      new RustRegex(`[${L}]+[-_.]?[0-9][0-9${L}]*([-._]?[0-9${L}]+)*`),
      new RustRegex(`[#§]${GAP0}[0-9][0-9.${L}]*`),
      /[0-9]+(st|nd|rd|th)/,
      /[0-9]+x[0-9]+/,
    )),
    // A slash before letters is no rate ("read/search").
    word: _ => token(choice(
      new RustRegex(`/?[${L}]+(['’][${L}]+)*`),
      /[eE]\.[ \u00a0]?[gG]\./,
      /[iI]\.[ \u00a0]?[eE]\./,
    )),
    punctuation: _ => token(prec(-1, new RustRegex(`[^\\s0-9${L}]`))),
  },
});
