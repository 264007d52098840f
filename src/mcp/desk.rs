//! What the tools work with: the folders that may be read, the date, and for each call the lenses in force.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::Setup;
use super::refusal::{Refusal, quoted};
use crate::lens::Lens;
use crate::workspace::{Base, Configurations, Found, From, Reach, discover_within, shown};

/// What holds for all calls.
pub(super) struct Office {
    base: Base,
    from: From,
    reach: Reach,
    roots: Vec<PathBuf>,
    /// The folders in which records are looked for when no path is named.
    folders: Vec<PathBuf>,
    as_of: Option<Date>,
}

/// What one call works with.
pub(super) struct Desk<'o> {
    office: &'o Office,
    /// The lenses in force, as the files of the team are now.
    pub lenses: Configurations,
    /// The lens in force for what is about no record.
    pub lens: Lens,
}

impl Office {
    /// An error names the root that is no folder.
    pub fn new(setup: Setup) -> Result<Office, String> {
        let Setup {
            base,
            from,
            roots,
            as_of,
        } = setup;
        let here = PathBuf::from(".");
        let (roots, folders) = if roots.is_empty() {
            let usual = discover_within(&[], Path::new(""), &Reach::default());
            let usual = usual.map(|found| found.walked).unwrap_or_default();
            let folders = if usual.is_empty() { vec![here.clone()] } else { usual };
            (vec![here], folders)
        } else {
            (roots.clone(), roots)
        };
        let reach = Reach::within(&roots).map_err(|(folder, error)| format!("{}: {error}", folder.display()))?;
        Ok(Office {
            base,
            from,
            reach,
            roots,
            folders,
            as_of,
        })
    }

    /// A desk for one call.
    pub fn desk(&self) -> Desk<'_> {
        let lenses = Configurations::new(self.base.clone(), self.from.clone());
        let folder = self.folders.first().map_or(Path::new("."), PathBuf::as_path);
        Desk {
            lens: lenses.lens_for(folder),
            office: self,
            lenses,
        }
    }
}

impl Desk<'_> {
    pub fn reach(&self) -> &Reach {
        &self.office.reach
    }

    /// An error where something is wrong with an adr-lens.toml that was used, as the command line fails then.
    pub fn sound(&self) -> Result<(), Refusal> {
        let problems = self.lenses.problems();
        if problems.is_empty() {
            return Ok(());
        }
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Err(Refusal::Said(told.join("\n")))
    }

    pub fn as_of(&self) -> Date {
        self.office.as_of.unwrap_or_else(|| jiff::Zoned::now().date())
    }

    /// The folders to look in when none is named.
    pub fn folders(&self) -> &[PathBuf] {
        &self.office.folders
    }

    /// A path as an assistant writes it, from the working directory or from a root, that may be looked at.
    pub fn find(&self, path: &str) -> Result<PathBuf, Refusal> {
        let given = PathBuf::from(path);
        let below = self.office.roots.iter().map(|root| root.join(path));
        std::iter::once(given)
            .chain(below)
            .find(|found| !path.is_empty() && self.office.reach.holds(found))
            .ok_or_else(|| Refusal::NoSuchPath {
                path: quoted(path),
                roots: self.office.roots.iter().map(|root| shown(root)).collect(),
            })
    }

    /// The files of some paths.
    pub fn discover(&self, paths: &[PathBuf]) -> Result<Found, Refusal> {
        discover_within(paths, Path::new(""), self.reach())
            .map_err(|missing| Refusal::Said(missing.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
    }
}

/// Names in a sentence; the working directory by a word.
pub(super) fn listed(names: &[String]) -> String {
    let names: Vec<&str> = names
        .iter()
        .map(|name| if name == "." { "the working directory" } else { name })
        .collect();
    names.join(" or ")
}
