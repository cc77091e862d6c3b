//! Adding our lines to a `.gitignore` that exists.

/// The text to append so that `existing` ignores what `template` ignores, or nothing if it does already.
/// Nothing that is there is changed or removed.
pub(crate) fn addition(existing: &str, template: &str) -> Option<String> {
    let mut missing = Vec::new();
    for line in template.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let is_there = existing.lines().any(|other| other.trim_end() == line);
        // In this file the last match wins, so that an exception has to follow what we append.
        let is_overruled = line.starts_with('!') && !missing.is_empty();
        if !is_there || is_overruled {
            missing.push(line);
        }
    }
    if missing.is_empty() {
        return None;
    }
    let gap = match existing {
        "" => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    Some(format!("{gap}# Added by `bff new`\n{}\n", missing.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::addition;

    const TEMPLATE: &str = "# Output\n/target\n\n# Secrets\n.env\n.env.*\n!.env.example\n";

    #[test]
    fn cn_13_only_missing_lines_are_appended() {
        for (existing, expected) in [
            ("", Some("# Added by `bff new`\n/target\n.env\n.env.*\n!.env.example\n")),
            ("mine\n", Some("\n# Added by `bff new`\n/target\n.env\n.env.*\n!.env.example\n")),
            ("/target\n.env\n.env.*", Some("\n\n# Added by `bff new`\n!.env.example\n")),
            ("/target\r\n.env\r\n.env.*\r\n!.env.example\r\n", None),
            (TEMPLATE, None),
        ] {
            assert_eq!(addition(existing, TEMPLATE).as_deref(), expected, "{existing:?}");
        }
    }

    #[test]
    fn cn_13_an_exception_stays_behind_the_rule_it_excepts_from() {
        let added = addition("/target\n.env\n!.env.example\n", TEMPLATE).unwrap();
        assert_eq!(added, "\n# Added by `bff new`\n.env.*\n!.env.example\n");
    }

    #[test]
    fn cn_13_a_second_run_adds_nothing() {
        let first = addition("mine", TEMPLATE).unwrap();
        assert_eq!(addition(&format!("mine{first}"), TEMPLATE), None);
    }
}
