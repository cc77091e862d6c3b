use super::key_error::{KeyError, Kind};

/// The sizes that are verified. Below, keys can be broken (RFC 7518 section 3.3); above, one signature costs too much.
const BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// Small exponents have a history of forged signatures, one verifies everything (FIPS 186-5 section A.1.1).
const LEAST_EXPONENT: u64 = 65_537;

/// The parts of a public RSA key, as octets without leading zeros.
pub(super) fn check(modulus: &[u8], exponent: &[u8]) -> Result<(), KeyError> {
    let refuse = |why| Err(KeyError::new(Kind::Rsa(why)));
    let (Some(first), Some(last)) = (modulus.first(), modulus.last()) else {
        return refuse("has no modulus");
    };
    if *first == 0 || exponent.first() == Some(&0) {
        return refuse("has leading zeros");
    }
    let bits = modulus.len() * 8 - first.leading_zeros() as usize;
    if !BITS.contains(&bits) {
        return refuse("has fewer than 2048 bits, or more than 8192");
    }
    // What ring verifies with: 33 bits at most.
    let Some(exponent) = (exponent.len() <= 5)
        .then(|| exponent.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
    else {
        return refuse("has an exponent that is too large");
    };
    if exponent < LEAST_EXPONENT || exponent.is_multiple_of(2) || exponent >> 33 != 0 {
        return refuse("has an exponent that is not safe");
    }
    if last.is_multiple_of(2) {
        return refuse("has an even modulus");
    }
    if is_roca(modulus) {
        return refuse("was made by a generator that is broken (ROCA)");
    }
    Ok(())
}

/// True for a modulus of the generator of CVE-2017-15361, whose private keys can be computed.
///
/// Its primes are powers of 65537 modulo the product of the first primes, and so is what they multiply to. A modulus
/// of another generator is one modulo all of these by a chance of 2^-27.
fn is_roca(modulus: &[u8]) -> bool {
    const PRIMES: [u32; 38] = [
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89,
        97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
    ];
    PRIMES.iter().all(|&prime| {
        let rest = modulus.iter().fold(0, |rest, byte| (rest << 8 | u32::from(*byte)) % prime);
        let generator = 65_537 % prime;
        let mut power = 1;
        // The powers begin anew after `prime - 1` steps at the latest.
        (1..prime).any(|_| {
            power = power * generator % prime;
            power == rest
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn security_55_weak_rsa_keys_are_refused() {
        let modulus = |bytes: usize| {
            let mut modulus = vec![0xC5; bytes];
            modulus[bytes - 1] |= 1;
            modulus
        };
        let with = |change: fn(&mut Vec<u8>)| {
            let mut modulus = modulus(256);
            change(&mut modulus);
            modulus
        };
        for (modulus, exponent, expected) in [
            (modulus(256), &[1, 0, 1][..], Ok(())),
            (modulus(1024), &[1, 0, 1], Ok(())),
            (modulus(256), &[1, 0, 0, 0, 1], Ok(())),
            (vec![], &[1, 0, 1], Err("has no modulus")),
            (modulus(255), &[1, 0, 1], Err("has fewer than 2048 bits, or more than 8192")),
            (modulus(1025), &[1, 0, 1], Err("has fewer than 2048 bits, or more than 8192")),
            (with(|it| it.insert(0, 0)), &[1, 0, 1], Err("has leading zeros")),
            (modulus(256), &[0, 1, 0, 1], Err("has leading zeros")),
            (modulus(256), &[], Err("has an exponent that is not safe")),
            (modulus(256), &[1], Err("has an exponent that is not safe")),
            (modulus(256), &[3], Err("has an exponent that is not safe")),
            (modulus(256), &[1, 0, 2], Err("has an exponent that is not safe")),
            (modulus(256), &[2, 0, 0, 0, 1], Err("has an exponent that is not safe")),
            (modulus(256), &[1, 0, 0, 0, 0, 1], Err("has an exponent that is too large")),
            (with(|it| it[255] = 2), &[1, 0, 1], Err("has an even modulus")),
        ] {
            let expected = expected.map_err(|why| KeyError::new(Kind::Rsa(why)));
            assert_eq!(check(&modulus, exponent), expected, "{exponent:?}");
        }
    }
}
