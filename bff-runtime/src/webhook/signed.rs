use base64::{Engine, prelude::BASE64_STANDARD};

/// The length of an HMAC with SHA-256.
pub(super) const LENGTH: usize = 32;

/// Senders that replace a key sign with two. A list that goes on is there to keep the server busy.
const MOST_SIGNATURES: usize = 16;

/// What the headers of a message claim: that these bytes and the body are signed with one of these signatures.
///
/// It is made by [`Provider::read`](super::Provider::read). Nothing in it is true before a key has been asked.
#[derive(Clone, Debug, Default)]
pub struct Signed<'a> {
    pub(super) before: Vec<&'a str>,
    pub(super) sent_at: Option<&'a str>,
    pub(super) id: Option<&'a str>,
    pub(super) kind: Option<&'a str>,
    pub(super) signatures: Vec<[u8; LENGTH]>,
}

impl<'a> Signed<'a> {
    /// The body is signed, alone so far.
    #[must_use]
    pub fn body() -> Self {
        Self::default()
    }

    /// The texts that are signed before the body, in order and without anything between them.
    #[must_use]
    pub fn after(mut self, before: impl IntoIterator<Item = &'a str>) -> Self {
        self.before.extend(before);
        self
    }

    /// When the message was sent: seconds since 1970, in digits, as the header has them. It counts for something
    /// only when it is signed as well, with [`after`](Self::after).
    #[must_use]
    pub fn sent_at(mut self, time: &'a str) -> Self {
        self.sent_at = Some(time);
        self
    }

    /// The id of the message, which every attempt to deliver it has. It has to be signed as well, with
    /// [`after`](Self::after): an id that anybody can change tells nothing.
    ///
    /// Without one, and without [`Provider::id`](super::Provider::id), what was signed is the id.
    #[must_use]
    pub fn id(mut self, id: &'a str) -> Self {
        self.id = Some(id);
        self
    }

    /// What tells apart two messages with the same body: the kind of event, where a header has it. Not signed, so it
    /// is not to be trusted any further.
    #[must_use]
    pub fn kind(mut self, kind: Option<&'a str>) -> Self {
        self.kind = kind;
        self
    }

    /// A signature in hexadecimal digits, of either case. What is none counts for nothing.
    #[must_use]
    pub fn hex(self, text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut signature = [0; LENGTH];
        if bytes.len() != 2 * LENGTH {
            return self;
        }
        for (byte, pair) in signature.iter_mut().zip(bytes.chunks_exact(2)) {
            let (Some(high), Some(low)) = (digit(pair[0]), digit(pair[1])) else { return self };
            *byte = high << 4 | low;
        }
        self.signature(signature)
    }

    /// A signature in base64 (RFC 4648 section 4), padded. What is none counts for nothing.
    #[must_use]
    pub fn base64(self, text: &str) -> Self {
        // 32 bytes make 44 characters; a longer text is not looked at.
        let decoded = (text.len() == 44).then(|| BASE64_STANDARD.decode(text));
        match decoded.map(|bytes| bytes.map(<[u8; LENGTH]>::try_from)) {
            Some(Ok(Ok(signature))) => self.signature(signature),
            _ => self,
        }
    }

    fn signature(mut self, signature: [u8; LENGTH]) -> Self {
        if self.signatures.len() < MOST_SIGNATURES {
            self.signatures.push(signature);
        }
        self
    }
}

fn digit(character: u8) -> Option<u8> {
    // Below 16, so it fits.
    char::from(character).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_25_a_signature_has_one_encoding_and_its_length() {
        let hex = "00ff".repeat(16);
        let base64 = BASE64_STANDARD.encode([7; LENGTH]);
        for (text, is_hex, is_base64) in [
            (&*hex, true, false),
            (&*hex.to_uppercase(), true, false),
            (&hex[..62], false, false),
            (&*format!("{hex}00"), false, false),
            (&*format!("0x{}", &hex[..62]), false, false),
            (&*format!("+f{}", &hex[..62]), false, false),
            (&*base64, false, true),
            (base64.trim_end_matches('='), false, false),
            (&*base64.replace("Bw", "-w"), false, false),
            (&*format!("{base64}="), false, false),
            ("", false, false),
            ("é", false, false),
        ] {
            assert_eq!(Signed::body().hex(text).signatures.len() == 1, is_hex, "{text}");
            assert_eq!(Signed::body().base64(text).signatures.len() == 1, is_base64, "{text}");
        }
    }

    #[test]
    fn attack_25_a_list_of_signatures_is_bounded() {
        let hex = "00".repeat(LENGTH);
        let signed = (0..1000).fold(Signed::body(), |signed, _| signed.hex(&hex));
        assert_eq!(signed.signatures.len(), MOST_SIGNATURES);
    }
}
