//! Tables in Markdown.

/// Prints a title and a table under it.
pub(crate) fn print(title: &str, head: &[String], rows: &[Vec<String>]) {
    println!("\n### {title}\n");
    println!("| {} |", head.join(" | "));
    println!("|---|{}", "---:|".repeat(head.len().saturating_sub(1)));
    for row in rows {
        println!("| {} |", row.join(" | "));
    }
}

/// Figures of several rounds: the median, or with its extremes.
pub(crate) struct Series(Vec<f64>);

impl FromIterator<f64> for Series {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Series {
        Series(values.into_iter().collect())
    }
}

impl Series {
    pub(crate) fn median(&self) -> f64 {
        crate::statistics::median(&mut self.0.clone())
    }

    /// The median, the least and the greatest.
    pub(crate) fn spread(&self) -> String {
        let least = self.0.iter().copied().fold(f64::INFINITY, f64::min);
        let greatest = self.0.iter().copied().fold(0.0, f64::max);
        format!("{:.2} [{least:.2} {greatest:.2}]", self.median())
    }
}

/// A figure in as many digits as it has a meaning.
pub(crate) fn short(value: f64) -> String {
    let digits = match value {
        value if value >= 100.0 => 0,
        value if value >= 10.0 => 1,
        _ => 2,
    };
    format!("{value:.digits$}")
}
