//! The figures of a lens: bounds of a metric that state a signal, and limits of engines, in base units.

use super::SignalId;
use super::files::Files;
use super::origin::Origin;
use crate::quantity::{Metric, Quantity, Unit, bound};

/// Figures of a metric that state a need: a value `v` with `above < v <= at_most`, in the unit of the bounds. Without a lower bound,
/// anything above nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    pub signal: SignalId,
    pub metric: Metric,
    pub unit: Option<Unit>,
    pub above: Option<f64>,
    pub at_most: Option<f64>,
    /// Holds only of a statement whose words name the metric.
    pub named: bool,
}

impl Figure {
    /// Whether a measured statement lies within the bounds; of a range, its upper end counts.
    pub fn holds(&self, quantity: &Quantity) -> bool {
        let value = quantity.upper.unwrap_or(quantity.value);
        self.metric == quantity.metric
            && self.unit.is_none_or(|unit| unit == quantity.unit)
            && (quantity.named || !self.named)
            && value > self.above.unwrap_or(0.0)
            && self.at_most.is_none_or(|most| value <= most)
    }
}

pub(super) fn compile(files: &mut Files) -> Vec<Figure> {
    let mut figures = Vec::new();
    let signals = std::mem::take(&mut files.signals);
    for (at, &(origin, ref signal)) in signals.iter().enumerate() {
        for raw in &signal.figures {
            let metric = metric(files, origin, &raw.metric);
            let above = value(files, origin, raw.above.as_deref());
            let at_most = value(files, origin, raw.at_most.as_deref());
            let unit = [&raw.above, &raw.at_most]
                .into_iter()
                .flatten()
                .find_map(|text| Some(bound(text)?.1));
            if let Some(metric) = metric {
                figures.push(Figure {
                    signal: SignalId(at as u16),
                    metric,
                    unit,
                    above,
                    at_most,
                    named: raw.named,
                });
            }
        }
    }
    files.signals = signals;
    figures
}

/// The metric of a name of the contract.
pub(super) fn metric(files: &mut Files, origin: Origin, name: &str) -> Option<Metric> {
    let metric = serde_json::from_value(serde_json::Value::String(name.to_owned())).ok();
    if metric.is_none() {
        files.problem(origin, name, format!("unknown metric `{name}`"));
    }
    metric
}

/// The value of a bound in its base unit.
pub(super) fn value(files: &mut Files, origin: Origin, text: Option<&str>) -> Option<f64> {
    let text = text?;
    let value = bound(text).map(|(value, _)| value);
    if value.is_none() {
        files.problem(
            origin,
            text,
            format!("`{text}` is no figure with a unit that is known here"),
        );
    }
    value
}
