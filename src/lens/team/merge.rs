//! What an `adr-lens.toml` says of engines, needs and rules → into the files that were read before it.

use super::parse::LensFile;
use super::schema::{Cues, Threshold};
use crate::lens::figure;
use crate::lens::files::Files;
use crate::lens::nearest;
use crate::lens::origin::Origin;
use crate::lens::phrase::{self, Phrase};
use crate::lens::schema::{Contradiction, Figure};
use crate::quantity::bound;

/// Whether a file adds to what is known, beside ruling on it.
pub(super) fn adds(file: &LensFile) -> bool {
    let file = &file.file;
    !(file.thresholds.is_empty()
        && file.cues.is_empty()
        && file.words.is_empty()
        && file.engine.is_empty()
        && file.family.is_empty()
        && file.signal.is_empty()
        && file.rule.is_empty()
        && file.contradicts.is_empty()
        && file.sources.is_empty())
}

/// Takes up what a file says. A definition replaces one of the same id as a whole; cues, statements and thresholds change their part.
pub(super) fn merge(files: &mut Files, lens: &LensFile) {
    let whole = files.take_up(&lens.path, lens.text.clone());
    let part = |range: std::ops::Range<usize>| Origin {
        start: range.start,
        end: range.end,
        ..whole
    };
    let file = lens.file.clone();
    files.classes.extend(file.words);
    files.sources.extend(file.sources);
    for (at, family) in file.family.into_iter().enumerate() {
        files.add_family(part(lens.item("family", at)), family);
    }
    for (at, signal) in file.signal.into_iter().enumerate() {
        files.add_signal(part(lens.item("signal", at)), signal);
    }
    for (at, engine) in file.engine.into_iter().enumerate() {
        files.add_engine(part(lens.item("engine", at)), engine);
    }
    for (at, rule) in file.rule.into_iter().enumerate() {
        files.add_rule(part(lens.item("rule", at)), rule);
    }
    for (at, against) in file.contradicts.into_iter().enumerate() {
        let (origin, on) = (part(lens.item("contradicts", at)), against.on.clone());
        let contradiction = Contradiction {
            origin: Some(origin),
            ..against.contradiction()
        };
        self::against(files, origin, &on, contradiction);
    }
    for (id, cues) in file.cues {
        self::cues(files, part(lens.part("cues")), &id, cues);
    }
    for (id, thresholds) in file.thresholds {
        for (metric, threshold) in thresholds {
            self::threshold(files, part(lens.part("thresholds")), &id, &metric, &threshold);
        }
    }
}

fn against(files: &mut Files, origin: Origin, on: &str, contradiction: Contradiction) {
    let families = files
        .families
        .iter_mut()
        .map(|(_, family)| (&family.id, &mut family.contradicts, &mut family.satisfies));
    let engines = files
        .engines
        .iter_mut()
        .map(|(_, engine)| (&engine.id, &mut engine.contradicts, &mut engine.satisfies));
    let Some((_, statements, satisfies)) = families.chain(engines).find(|(id, ..)| *id == on) else {
        let ids = files.families.iter().map(|(_, family)| family.id.as_str());
        let ids = ids.chain(files.engines.iter().map(|(_, engine)| engine.id.as_str()));
        let message = format!("unknown engine or family `{on}`{}", nearest(on, ids));
        files.problem(origin, on, message);
        return;
    };
    statements.retain(|held| held.signal != contradiction.signal);
    satisfies.retain(|held| *held != contradiction.signal);
    statements.push(contradiction);
}

fn cues(files: &mut Files, origin: Origin, id: &str, cues: Cues) {
    let Some(at) = files.signals.iter().position(|(_, signal)| signal.id == id) else {
        let known = files.signals.iter().map(|(_, signal)| signal.id.as_str());
        let message = format!("unknown signal `{id}`{}", nearest(id, known));
        files.problem(origin, id, message);
        return;
    };
    let sound = |files: &mut Files, phrases: Vec<String>| -> Vec<Phrase> {
        let mut sound = Vec::new();
        for phrase in phrases {
            match phrase::parse(&phrase, &files.classes) {
                Ok(_) => sound.push(phrase.as_str().into()),
                Err(error) => files.problem(origin, &phrase, error.to_string()),
            }
        }
        sound
    };
    let added = [cues.cues, cues.weak, cues.denials, cues.not_cues].map(|phrases| sound(files, phrases));
    let mut missing = Vec::new();
    if let Some((_, signal)) = files.signals.get_mut(at) {
        let mut lists = [
            &mut signal.cues,
            &mut signal.weak,
            &mut signal.denials,
            &mut signal.not_cues,
        ];
        for phrase in cues.without {
            if lists.iter().any(|list| list.iter().any(|held| **held == *phrase)) {
                lists.iter_mut().for_each(|list| list.retain(|held| **held != *phrase));
            } else {
                let known = lists.iter().flat_map(|list| list.iter().map(|held| &**held));
                missing.push((nearest(&phrase, known), phrase));
            }
        }
        for (list, added) in lists.into_iter().zip(added) {
            list.extend(added);
        }
    }
    for (near, phrase) in missing {
        files.problem(origin, &phrase, format!("`{id}` has no phrase `{phrase}`{near}"));
    }
}

/// The bound of a need's figures, or of an engine's limit.
fn threshold(files: &mut Files, origin: Origin, id: &str, metric: &str, threshold: &Threshold) {
    if figure::metric(files, origin, metric).is_none() {
        return;
    }
    let bounds = [&threshold.at_most, &threshold.at_least, &threshold.above];
    for bound in bounds.into_iter().flatten() {
        if figure::value(files, origin, Some(bound)).is_none() {
            return;
        }
    }
    if let Some((_, signal)) = files.signals.iter_mut().find(|(_, signal)| signal.id == id) {
        if threshold.at_least.is_some() {
            let message = "a need has `above` and `at-most`; `at-least` is for limits of engines";
            files.problem(origin, "at-least", message.to_owned());
            return;
        }
        // Rows and bytes are both a volume: figures in another unit keep their bounds.
        let unit = |at_most: &Option<String>, above: &Option<String>| {
            let mut bounds = [above, at_most].into_iter().flatten();
            bounds.find_map(|text| Some(bound(text)?.1))
        };
        let ours = unit(&threshold.at_most, &threshold.above);
        let is_ours = |figure: &Figure| figure.metric == metric && unit(&figure.at_most, &figure.above) == ours;
        // Where the measure had to be named, it still has to be.
        let mut replaced = signal.figures.iter().filter(|figure| is_ours(figure)).peekable();
        let named = replaced.peek().is_some() && replaced.all(|figure| figure.named);
        signal.figures.retain(|figure| !is_ours(figure));
        signal.figures.push(Figure {
            metric: metric.to_owned(),
            at_most: threshold.at_most.clone(),
            above: threshold.above.clone(),
            named,
        });
        return;
    }
    let Some((_, engine)) = files.engines.iter_mut().find(|(_, engine)| engine.id == id) else {
        let known = files.signals.iter().map(|(_, signal)| signal.id.as_str());
        let known = known.chain(files.engines.iter().map(|(_, engine)| engine.id.as_str()));
        let message = format!("unknown signal or engine `{id}`{}", nearest(id, known));
        files.problem(origin, id, message);
        return;
    };
    let Some(limit) = engine.limits.iter_mut().find(|limit| limit.metric == metric) else {
        let message = format!("`{id}` has no limit on {metric}; state one in [[engine]], with its reason and source");
        files.problem(origin, metric, message);
        return;
    };
    if threshold.above.is_some() {
        let message = "a limit has `at-most` or `at-least`; `above` is for needs";
        files.problem(origin, "above", message.to_owned());
        return;
    }
    limit.at_most.clone_from(&threshold.at_most);
    limit.at_least.clone_from(&threshold.at_least);
}
