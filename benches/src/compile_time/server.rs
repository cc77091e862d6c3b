use std::{
    fs,
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::Command,
    time::Duration,
};

use super::process::{Running, failure, until};

/// How long a program may take to start and to answer.
const DEADLINE: Duration = Duration::from_secs(30);

/// Starts a server, waits for the address that it prints, and asks for a URL whose answer has to have `word`
/// in it. The server is ended then.
pub(super) fn answers(program: &Path, log: &Path, url: &str, word: &str) -> io::Result<()> {
    let mut command = Command::new(program);
    command.env("HOST", "127.0.0.1").env("PORT", "0");
    let mut server = Running::start(&mut command, log)?;
    let address = until(DEADLINE, || match server.ended()? {
        Some(_) => Err(failure("the server ended", log)),
        None => Ok(address_in(&fs::read_to_string(log)?)),
    })?;
    let answer = get(address, url)?;
    if answer.starts_with("HTTP/1.1 200") && answer.contains(word) {
        Ok(())
    } else {
        Err(io::Error::other(format!("`{word}` is not in the answer to {url}:\n{answer}")))
    }
}

/// The address after `http://`, once its line is complete.
fn address_in(printed: &str) -> Option<SocketAddr> {
    let (_, after) = printed.split_once("http://")?;
    let (address, _) = after.split_once(char::is_whitespace)?;
    address.parse().ok()
}

fn get(address: SocketAddr, url: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, DEADLINE)?;
    stream.set_read_timeout(Some(DEADLINE))?;
    stream.write_all(
        format!("GET {url} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes(),
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_in_what_either_server_prints() {
        let address = Some(SocketAddr::from(([127, 0, 0, 1], 4000)));
        for (printed, expected) in [
            ("http://127.0.0.1:4000\n", address),
            ("  bff 0.1.0  http://127.0.0.1:4000\n  environment  .env\n", address),
            ("http://127.0.0.1:40", None),
            ("", None),
        ] {
            assert_eq!(address_in(printed), expected, "{printed}");
        }
    }
}
