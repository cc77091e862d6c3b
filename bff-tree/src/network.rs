use std::net::IpAddr;

/// Checks an address, or a block of addresses in CIDR form (RFC 4632): `::1`, `10.0.0.0/8`.
///
/// # Errors
/// What is wrong, a phrase, and what to write.
pub(crate) fn network(text: &str) -> Result<(), (String, String)> {
    const FORM: &str = "write an address, `10.1.2.3`, or a block of them, `10.0.0.0/8`";
    let wrong = |message: &str, help: &str| Err((format!("`{text}` {message}"), help.to_owned()));
    let (address, prefix) = match text.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (text, None),
    };
    let Ok(address) = address.parse::<IpAddr>() else {
        return wrong("is no IP address and no CIDR block", FORM);
    };
    let bits: u8 = if address.is_ipv4() { 32 } else { 128 };
    let Some(prefix) = prefix else { return Ok(()) };
    let digits = prefix.bytes().all(|byte| byte.is_ascii_digit());
    let Some(prefix) = prefix.parse::<u8>().ok().filter(|prefix| digits && *prefix <= bits) else {
        return wrong(&format!("has a prefix that is no number from 0 to {bits}"), FORM);
    };
    let first: IpAddr = match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V4((address.to_bits() & mask).into())
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V6((address.to_bits() & mask).into())
        }
    };
    if first == address {
        Ok(())
    } else {
        wrong("has bits beyond its prefix", &format!("write `{first}/{prefix}`"))
    }
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn an_address_or_a_block_of_them_is_a_network() {
        for (text, expected) in [
            ("10.0.0.0/8", Ok(())),
            ("10.1.2.3", Ok(())),
            ("::1", Ok(())),
            ("2001:db8::/32", Ok(())),
            ("0.0.0.0/0", Ok(())),
            ("::ffff:10.0.0.0/104", Ok(())),
            ("", Err("`` is no IP address and no CIDR block")),
            ("localhost", Err("`localhost` is no IP address and no CIDR block")),
            ("10.0.0.0/33", Err("`10.0.0.0/33` has a prefix that is no number from 0 to 32")),
            ("10.0.0.0/+8", Err("`10.0.0.0/+8` has a prefix that is no number from 0 to 32")),
            ("10.1.0.0/8", Err("`10.1.0.0/8` has bits beyond its prefix")),
            ("::1/64", Err("`::1/64` has bits beyond its prefix")),
        ] {
            let found = network(text).map_err(|(message, _)| message);
            assert_eq!(found, expected.map_err(str::to_owned), "{text}");
        }
        assert_eq!(network("::1/64").unwrap_err().1, "write `::/64`");
    }
}
