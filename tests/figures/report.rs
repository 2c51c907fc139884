//! The rows that are measured, as Markdown or JSON.

use serde_json::{Value, json};
use std::fmt::Write as _;

/// One measured thing.
pub struct Row {
    name: String,
    unit: &'static str,
    value: f64,
    /// What it is compared with, and the middle of the ratios turn by turn.
    beside: Option<(f64, f64)>,
    aim: Option<Aim>,
}

/// The most that a row may be.
#[derive(Clone, Copy)]
enum Aim {
    Value(f64),
    Ratio(f64),
}

impl Row {
    /// A value in a unit.
    pub fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { name: name.into(), unit, value, beside: None, aim: None }
    }

    /// Two values that took turns: the middle of each, and of their ratios.
    pub fn paired(name: impl Into<String>, ours: &[f64], theirs: &[f64], unit: &'static str) -> Self {
        let mut row = Self::new(name, median(ours), unit);
        let ratios: Vec<f64> = ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect();
        row.beside = Some((median(theirs), median(&ratios)));
        row
    }

    /// Aims at a value of this or less.
    pub fn aim(mut self, most: f64) -> Self {
        self.aim = Some(Aim::Value(most));
        self
    }

    /// Aims at a ratio of this or less.
    pub fn aim_ratio(mut self, most: f64) -> Self {
        self.aim = Some(Aim::Ratio(most));
        self
    }

    fn is_missed(&self) -> bool {
        match (self.aim, self.beside) {
            (Some(Aim::Value(most)), _) => self.value > most,
            (Some(Aim::Ratio(most)), Some((_, ratio))) => ratio > most,
            (Some(Aim::Ratio(_)) | None, _) => false,
        }
    }

    fn markdown(&self) -> String {
        let (beside, ratio) = match self.beside {
            Some((beside, ratio)) => (format!("{} {}", number(beside), self.unit), format!("{ratio:.2}")),
            None => Default::default(),
        };
        let aim = match self.aim {
            Some(Aim::Value(most)) => format!("≤ {} {}", number(most), self.unit),
            Some(Aim::Ratio(most)) => format!("≤ {most:.1}×"),
            None => String::new(),
        };
        let mark = if self.is_missed() { " **missed**" } else { "" };
        format!("| {} | {} {} | {beside} | {ratio} | {aim}{mark} |", self.name, number(self.value), self.unit)
    }

    fn json(&self, section: &str) -> Value {
        let (aim, aim_ratio) = match self.aim {
            Some(Aim::Value(most)) => (Some(most), None),
            Some(Aim::Ratio(most)) => (None, Some(most)),
            None => (None, None),
        };
        json!({
            "section": section, "name": self.name, "value": self.value, "unit": self.unit,
            "beside": self.beside.map(|(beside, _)| beside), "ratio": self.beside.map(|(_, ratio)| ratio),
            "aim": aim, "aim_ratio": aim_ratio, "missed": self.is_missed(),
        })
    }
}

/// Rows that are compared with the same thing.
pub struct Section {
    /// What the rows are.
    pub name: &'static str,
    /// What they are compared with; empty for nothing.
    pub beside: &'static str,
    /// The rows.
    pub rows: Vec<Row>,
}

/// The sections as tables.
pub fn markdown(sections: &[Section]) -> String {
    let mut text = String::new();
    for Section { name, beside, rows } in sections {
        let _ = writeln!(text, "| {name} | here | {beside} | ratio | aim |\n|---|---|---|---|---|");
        for row in rows {
            let _ = writeln!(text, "{}", row.markdown());
        }
        text.push('\n');
    }
    text
}

/// The sections as one list of rows.
pub fn json(sections: &[Section]) -> Value {
    sections.iter().flat_map(|section| section.rows.iter().map(|row| row.json(section.name))).collect()
}

/// The middle one.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// Three digits, or all before the point.
fn number(value: f64) -> String {
    let digits = match value.abs() {
        0.0..1.0 => 3,
        1.0..10.0 => 2,
        10.0..100.0 => 1,
        _ => 0,
    };
    format!("{value:.digits$}")
}
