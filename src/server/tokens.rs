//! Semantic tokens: engines by their role, needs by their polarity, figures, the status and the headings, for editors to colour.
//!
//! The types are the protocol's own, so that every theme knows them; the modifiers are ours, for themes that want more.

use tower_lsp::ls_types::*;
use xxhash_rust::xxh3::xxh3_64;

use super::session::Stopped;
use super::state::Snapshot;
use crate::reading::{Polarity, Reading, Role};
use crate::text::Span;

/// In the order of the legend.
#[derive(Clone, Copy)]
enum Kind {
    Heading,
    Engine,
    Need,
    Figure,
    Status,
}

const TYPES: [SemanticTokenType; 5] = [
    SemanticTokenType::NAMESPACE,
    SemanticTokenType::CLASS,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::NUMBER,
    SemanticTokenType::ENUM_MEMBER,
];

const CHOSEN: u32 = 1;
const REJECTED: u32 = 1 << 1;
const CONSIDERED: u32 = 1 << 2;
const INCUMBENT: u32 = 1 << 3;
const REQUIRED: u32 = 1 << 4;
const NOT_REQUIRED: u32 = 1 << 5;
const RETIRED: u32 = 1 << 6;

const MODIFIERS: [SemanticTokenModifier; 7] = [
    SemanticTokenModifier::new("chosen"),
    SemanticTokenModifier::new("rejected"),
    SemanticTokenModifier::new("considered"),
    SemanticTokenModifier::new("incumbent"),
    SemanticTokenModifier::new("required"),
    SemanticTokenModifier::new("notRequired"),
    SemanticTokenModifier::DEPRECATED,
];

/// Words of one meaning.
#[derive(Clone, Copy)]
struct Token {
    span: Span,
    kind: Kind,
    modifiers: u32,
}

pub(super) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: TYPES.to_vec(),
        token_modifiers: MODIFIERS.to_vec(),
    }
}

/// The tokens of a record, or of the part in a range.
pub(super) fn tokens(snapshot: &Snapshot, range: Option<Range>) -> Result<SemanticTokens, Stopped> {
    let analysis = snapshot.analysis()?;
    let wanted = range.map(|range| snapshot.span(range));
    let found = apart(read(snapshot, &analysis.reading));
    let found = found
        .into_iter()
        .filter(|token| wanted.is_none_or(|wanted| token.span.overlaps(wanted)));
    let data = encoded(snapshot, found);
    Ok(SemanticTokens {
        result_id: Some(mark(&data)),
        data,
    })
}

/// What changed since an earlier answer, as one edit.
pub(super) fn delta(before: &SemanticTokens, after: SemanticTokens) -> SemanticTokensDelta {
    let same = |pair: &(&SemanticToken, &SemanticToken)| pair.0 == pair.1;
    let (old, new) = (&before.data, &after.data);
    let head = old.iter().zip(new).take_while(same).count();
    let most = old.len().min(new.len()) - head;
    let tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(most)
        .take_while(same)
        .count();
    let edit = SemanticTokensEdit {
        // Counted in the numbers of the array; a token is five of them.
        start: (head * 5) as u32,
        delete_count: ((old.len() - head - tail) * 5) as u32,
        data: Some(new.get(head..new.len() - tail).unwrap_or_default().to_vec()),
    };
    let changed = edit.delete_count > 0 || edit.data.as_ref().is_some_and(|data| !data.is_empty());
    SemanticTokensDelta {
        result_id: after.result_id,
        edits: if changed { vec![edit] } else { Vec::new() },
    }
}

/// Everything that has a meaning; the more exact comes first.
fn read(snapshot: &Snapshot, reading: &Reading) -> Vec<Token> {
    let record = &reading.record;
    let token = |span, kind, modifiers| Token { span, kind, modifiers };
    let engines = record.mentions.iter().map(|mention| {
        let choice = reading.choices.iter().find(|choice| choice.engine == mention.engine);
        let role = match choice.map(|choice| choice.role) {
            Some(Role::Chosen) => CHOSEN,
            Some(Role::Rejected) => REJECTED,
            Some(Role::Considered) => CONSIDERED,
            Some(Role::Incumbent) => INCUMBENT,
            Some(Role::Mentioned) | None => 0,
        };
        let retired = if snapshot.lens.engine(mention.engine).retired {
            RETIRED
        } else {
            0
        };
        token(mention.span, Kind::Engine, role | retired)
    });
    let figures = reading
        .quantities
        .iter()
        .map(|measured| token(measured.span, Kind::Figure, 0));
    let status = record.status_span.map(|span| token(span, Kind::Status, 0));
    let headings = record
        .outline
        .blocks
        .iter()
        .filter(|block| block.level().is_some())
        .map(|block| token(block.span, Kind::Heading, 0));
    let needs = reading.requirements.iter().map(|need| {
        let polarity = match need.polarity {
            Polarity::Required => REQUIRED,
            Polarity::NotRequired => NOT_REQUIRED,
        };
        token(need.span, Kind::Need, polarity)
    });
    engines
        .chain(figures)
        .chain(status)
        .chain(needs)
        .chain(headings)
        .collect()
}

/// Tokens may not overlap: the less exact ones keep what the more exact leave of them.
fn apart(tokens: Vec<Token>) -> Vec<Token> {
    let mut taken: std::collections::BTreeMap<usize, Token> = std::collections::BTreeMap::new();
    for token in tokens {
        let mut at = token.span.start;
        let from = taken.range(..at).next_back().map_or(at, |(&start, _)| start);
        let between: Vec<Span> = taken.range(from..token.span.end).map(|(_, other)| other.span).collect();
        for other in between.into_iter().chain([Span::new(token.span.end, token.span.end)]) {
            if at < other.start {
                let span = Span::new(at, other.start.min(token.span.end));
                taken.insert(at, Token { span, ..token });
            }
            at = at.max(other.end);
        }
    }
    taken.into_values().collect()
}

/// Each as the distance from the one before it. A token ends with its line, which every client can show.
fn encoded(snapshot: &Snapshot, tokens: impl Iterator<Item = Token>) -> Vec<SemanticToken> {
    let mut data = Vec::new();
    let mut last = Position::default();
    for token in tokens {
        for span in lines(snapshot.text(), token.span) {
            let range = snapshot.range(span);
            let same_line = range.start.line == last.line;
            data.push(SemanticToken {
                delta_line: range.start.line.saturating_sub(last.line),
                delta_start: if same_line {
                    range.start.character.saturating_sub(last.character)
                } else {
                    range.start.character
                },
                length: range.end.character.saturating_sub(range.start.character),
                token_type: token.kind as u32,
                token_modifiers_bitset: token.modifiers,
            });
            last = range.start;
        }
    }
    data
}

/// The parts of a span that stand on one line each, without the blanks around them.
fn lines(text: &str, span: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = span.start;
    for line in span.of(text).split_inclusive(['\n', '\r']) {
        let start = at + (line.len() - line.trim_start().len());
        let words = line.trim();
        if !words.is_empty() {
            found.push(Span::new(start, start + words.len()));
        }
        at += line.len();
    }
    found
}

fn mark(data: &[SemanticToken]) -> String {
    let numbers = data.iter().flat_map(|token| {
        [
            token.delta_line,
            token.delta_start,
            token.length,
            token.token_type,
            token.token_modifiers_bitset,
        ]
    });
    let bytes: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
    format!("{:016x}", xxh3_64(&bytes))
}
