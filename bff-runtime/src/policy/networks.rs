use super::Networks;
use crate::request::TrustedProxies;

/// The proxies of `trusted_proxies`, with the variables read.
///
/// # Errors
/// What is wrong, a line for each variable. None of them quotes a value that is not an address.
pub(super) fn read(
    networks: &[Networks],
    lookup: &dyn Fn(&str) -> Option<String>,
) -> Result<TrustedProxies, Vec<String>> {
    let mut texts: Vec<String> = Vec::new();
    let mut reasons = Vec::new();
    for network in networks {
        match network {
            Networks::Fixed(text) => texts.push((*text).to_owned()),
            Networks::Variable(variable) => match variable.read(lookup) {
                None => reasons.push(format!(
                    "`trusted_proxies` of bff.toml: the variable `{}` is not set",
                    variable.name
                )),
                Some(list) => match list.parse::<TrustedProxies>() {
                    Ok(_) if list.trim().is_empty() => {}
                    Ok(_) => texts.extend(list.split(',').map(str::to_owned)),
                    Err(error) => reasons.push(format!(
                        "`trusted_proxies` of bff.toml: in the variable `{}`, {error}",
                        variable.name
                    )),
                },
            },
        }
    }
    match TrustedProxies::new(texts) {
        Ok(proxies) if reasons.is_empty() => Ok(proxies),
        Ok(_) => Err(reasons),
        Err(error) => Err(vec![error.to_string()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::Variable;

    #[test]
    fn cf_04_variables_are_read_when_the_server_starts_and_a_bad_one_is_named() {
        let variable = |name, default| Networks::Variable(Variable { name, default });
        let lookup = |name: &str| match name {
            "EDGE" => Some("192.0.2.1, 2001:db8::/32".to_owned()),
            "EMPTY" => Some(String::new()),
            "BAD" => Some("localhost".to_owned()),
            _ => None,
        };
        for (networks, expected) in [
            (&[][..], Ok("[]")),
            (&[Networks::Fixed("10.0.0.0/8")], Ok(r#"["10.0.0.0/8"]"#)),
            (
                &[Networks::Fixed("::1"), variable("EDGE", None)],
                Ok(r#"["::1", "192.0.2.1", "2001:db8::/32"]"#),
            ),
            (&[variable("EMPTY", None)], Ok("[]")),
            (&[variable("EMPTY", Some("::1"))], Ok(r#"["::1"]"#)),
            (&[variable("UNSET", Some(""))], Ok("[]")),
            (
                &[variable("UNSET", None), variable("BAD", None)],
                Err("`trusted_proxies` of bff.toml: the variable `UNSET` is not set\n\
                     `trusted_proxies` of bff.toml: in the variable `BAD`, the trusted proxy `localhost` is no IP \
                     address and no CIDR block"),
            ),
        ] {
            let found = read(networks, &lookup);
            let found = match &found {
                Ok(proxies) => {
                    let text = format!("{proxies:?}");
                    let list = text.split_once(": ").and_then(|(_, rest)| rest.split_once("], "));
                    Ok(format!("{}]", list.map_or("", |(list, _)| list)))
                }
                Err(reasons) => Err(reasons.join("\n")),
            };
            assert_eq!(found.as_deref().map_err(|it| &**it), expected, "{networks:?}");
        }
    }
}
