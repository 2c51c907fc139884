//! What the tests tried: the lines that they wrote (`simulator::figures`), as one table.

use serde_json::Value;
use simulator::figures::PREFIX;

/// How the name of something measured begins.
const UNITS: [&str; 3] = ["ms", "KiB", "rows"];

/// How often something was tried, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    class: String,
    of: String,
    counts: Vec<(String, u64)>,
}

impl Figure {
    /// A figure of a check's own.
    pub(super) fn new(class: &str, of: &str, counts: &[(&str, u64)]) -> Self {
        let counts = counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        Self { class: class.to_owned(), of: of.to_owned(), counts }
    }

    fn read(line: &str) -> Option<Self> {
        let (_, json) = line.split_once(PREFIX)?;
        let value: Value = serde_json::from_str(json).ok()?;
        let counts = value["counts"].as_array()?.iter();
        let counts = counts.map(|count| Some((count[0].as_str()?.to_owned(), count[1].as_u64()?)));
        let text = |member: &str| value[member].as_str().map(str::to_owned);
        Some(Self { class: text("class")?, of: text("of")?, counts: counts.collect::<Option<_>>()? })
    }

    /// Without what was measured: sums of times say nothing.
    fn without_measures(&self) -> Self {
        let is_measure = |name: &str| name.split(' ').next().is_some_and(|unit| UNITS.contains(&unit));
        let counts = self.counts.iter().filter(|(name, _)| !is_measure(name)).cloned().collect();
        Self { counts, ..self.clone() }
    }

    /// Adds the counts of the same thing: a scenario runs over several transports.
    fn add(&mut self, other: &Self) {
        for (name, count) in &other.counts {
            match self.counts.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => *known += count,
                None => self.counts.push((name.clone(), *count)),
            }
        }
    }
}

/// The figures in what tests wrote.
pub(super) fn collect(output: &str) -> Vec<Figure> {
    output.lines().filter_map(Figure::read).collect()
}

/// The table: classes in the order in which they came, each with the sum of its figures.
pub(super) fn table(figures: &[Figure]) -> String {
    let mut classes: Vec<(Figure, Vec<Figure>)> = Vec::new();
    for figure in figures {
        let position = classes.iter().position(|(sum, _)| sum.class == figure.class).unwrap_or(classes.len());
        if position == classes.len() {
            classes.push((Figure { counts: Vec::new(), ..figure.clone() }, Vec::new()));
        }
        let (sum, parts) = &mut classes[position];
        sum.add(&figure.without_measures());
        match parts.iter_mut().find(|part| part.of == figure.of) {
            Some(part) => part.add(figure),
            None => parts.push(figure.clone()),
        }
    }
    let mut lines = Vec::new();
    for (sum, parts) in &classes {
        lines.push(format!("{}: {}", sum.class, counts(sum)));
        lines.extend(parts.iter().map(|part| format!("  {:<72} {}", part.of, counts(part))));
    }
    lines.join("\n")
}

fn counts(figure: &Figure) -> String {
    figure.counts.iter().map(|(name, count)| format!("{count} {name}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_one_thing_are_added_up_below_the_sum_of_their_class() {
        let output = "test a ... figures: {\"class\":\"vectors\",\"of\":\"A\",\"counts\":[[\"tried\",2],[\"refused\",1]]}\nok\n\
                      figures: {\"class\":\"vectors\",\"of\":\"B\",\"counts\":[[\"tried\",3]]}\n\
                      figures: {\"class\":\"vectors\",\"of\":\"A\",\"counts\":[[\"tried\",2],[\"refused\",1]]}\n\
                      figures: {\"class\":\"vectors\",\"of\":\"B\",\"counts\":[[\"ms at p50\",5]]}\n\
                      figures: nothing of ours\n";

        let table = table(&collect(output));

        let lines: Vec<String> =
            table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(lines, ["vectors: 7 tried, 2 refused", "A 4 tried, 2 refused", "B 3 tried, 5 ms at p50"]);
    }
}
