use std::{fmt, net::IpAddr};

/// A block of addresses, `10.0.0.0/8` (RFC 4632), or one address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// # Errors
    /// What is wrong with the text, as the end of a sentence.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr =
            address.parse().map_err(|_| "is no IP address and no CIDR block".to_owned())?;
        let bits = bits(address);
        let prefix = match prefix {
            None => bits,
            Some(prefix) => {
                let digits = prefix.bytes().all(|byte| byte.is_ascii_digit());
                let parsed = prefix.parse().ok().filter(|parsed| digits && *parsed <= bits);
                parsed.ok_or_else(|| format!("has a prefix that is no number from 0 to {bits}"))?
            }
        };
        let network = Self { address, prefix };
        let first = network.first(address);
        if first != address {
            return Err(format!("has bits beyond its prefix: write `{first}/{prefix}`"));
        }
        // Peers are compared in IPv4 form where they have one, so their networks need it as well.
        match address.to_canonical() {
            canonical @ IpAddr::V4(_) if address.is_ipv6() && prefix >= 96 => {
                Ok(Self { address: canonical, prefix: prefix - 96 })
            }
            _ => Ok(network),
        }
    }

    /// Whether this address, in canonical form, is in the block.
    pub(super) fn contains(self, address: IpAddr) -> bool {
        address.is_ipv4() == self.address.is_ipv4() && self.first(address) == self.address
    }

    /// The first address of the block of this size that the address is in.
    fn first(self, address: IpAddr) -> IpAddr {
        match address {
            IpAddr::V4(address) => {
                let mask =
                    u32::MAX.checked_shl(32_u32.saturating_sub(self.prefix.into())).unwrap_or(0);
                IpAddr::V4((address.to_bits() & mask).into())
            }
            IpAddr::V6(address) => {
                let mask =
                    u128::MAX.checked_shl(128_u32.saturating_sub(self.prefix.into())).unwrap_or(0);
                IpAddr::V6((address.to_bits() & mask).into())
            }
        }
    }
}

fn bits(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.address)?;
        if self.prefix == bits(self.address) { Ok(()) } else { write!(f, "/{}", self.prefix) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_contains_what_shares_its_prefix() {
        for (network, inside, outside) in [
            ("10.0.0.0/8", "10.255.0.1", "11.0.0.0"),
            ("10.1.2.3", "10.1.2.3", "10.1.2.2"),
            ("192.168.0.0/31", "192.168.0.1", "192.168.0.2"),
            ("0.0.0.0/0", "255.255.255.255", "::"),
            ("::1", "::1", "::2"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::"),
            ("::/0", "ffff::", "127.0.0.1"),
            ("::ffff:10.0.0.0/104", "10.9.8.7", "::ffff:0:0"),
            ("::ffff:127.0.0.1", "127.0.0.1", "127.0.0.2"),
        ] {
            let parsed = Network::parse(network).unwrap();
            assert!(parsed.contains(inside.parse().unwrap()), "{network} {inside}");
            assert!(!parsed.contains(outside.parse().unwrap()), "{network} {outside}");
        }
    }

    #[test]
    fn what_is_no_network_is_explained() {
        for (text, expected) in [
            ("", "is no IP address and no CIDR block"),
            ("localhost", "is no IP address and no CIDR block"),
            ("010.0.0.1", "is no IP address and no CIDR block"),
            ("127.1", "is no IP address and no CIDR block"),
            ("10.0.0.0/33", "has a prefix that is no number from 0 to 32"),
            ("10.0.0.0/+8", "has a prefix that is no number from 0 to 32"),
            ("::/129", "has a prefix that is no number from 0 to 128"),
            ("10.1.0.0/8", "has bits beyond its prefix: write `10.0.0.0/8`"),
            ("::1/64", "has bits beyond its prefix: write `::/64`"),
        ] {
            assert_eq!(Network::parse(text).err().as_deref(), Some(expected), "{text}");
        }
    }
}
