//! Ids that a lens names → what they stand for; an unknown one is reported at its place, with the one that was most likely meant.

use std::collections::HashMap;

use crate::lens::files::Files;
use crate::lens::nearest::nearest;
use crate::lens::origin::Origin;
use crate::lens::{EngineId, FamilyId, SignalId};

/// Looks ids up, reporting the unknown ones at their place.
pub(in crate::lens) struct Lookup<'a> {
    pub engines: &'a HashMap<String, EngineId>,
    signals: &'a HashMap<String, SignalId>,
    pub families: HashMap<String, FamilyId>,
}

impl<'a> Lookup<'a> {
    pub fn new(
        files: &Files,
        engines: &'a HashMap<String, EngineId>,
        signals: &'a HashMap<String, SignalId>,
    ) -> Lookup<'a> {
        let families = files
            .families
            .iter()
            .enumerate()
            .map(|(at, (_, family))| (family.id.clone(), FamilyId(at as u16)))
            .collect();
        Lookup {
            engines,
            signals,
            families,
        }
    }

    pub fn signal(&self, files: &mut Files, origin: Origin, id: &str) -> Option<SignalId> {
        let found = self.signals.get(id).copied();
        if found.is_none() {
            files.problem(
                origin,
                id,
                format!(
                    "unknown signal `{id}`{}",
                    nearest(id, self.signals.keys().map(String::as_str))
                ),
            );
        }
        found
    }

    pub fn engine(&self, files: &mut Files, origin: Origin, id: &str) -> Option<EngineId> {
        let found = self.engines.get(id).copied();
        if found.is_none() {
            files.problem(
                origin,
                id,
                format!(
                    "unknown engine `{id}`{}",
                    nearest(id, self.engines.keys().map(String::as_str))
                ),
            );
        }
        found
    }

    pub fn family(&self, files: &mut Files, origin: Origin, id: &str) -> Option<FamilyId> {
        let found = self.families.get(id).copied();
        if found.is_none() {
            files.problem(
                origin,
                id,
                format!(
                    "unknown family `{id}`{}",
                    nearest(id, self.families.keys().map(String::as_str))
                ),
            );
        }
        found
    }
}

pub(in crate::lens) fn check_source(files: &mut Files, origin: Origin, source: &str) {
    if !files.sources.contains_key(source) {
        let message = format!(
            "unknown source `{source}`{}",
            nearest(source, files.sources.keys().map(String::as_str))
        );
        files.problem(origin, source, message);
    }
}
