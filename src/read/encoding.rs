//! Which characters the bytes of a text file are.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::{MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The encodings that Swedish accounts are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
    /// Windows-1252, with ISO-8859-1 within it.
    Windows1252,
    /// The code page of DOS and of SIE files ("PC8").
    Cp437,
    Cp850,
    MacRoman,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Encoding {
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Utf32Le => "UTF-32LE",
            Encoding::Utf32Be => "UTF-32BE",
            Encoding::Windows1252 => "Windows-1252",
            Encoding::Cp437 => "CP437",
            Encoding::Cp850 => "CP850",
            Encoding::MacRoman => "Mac Roman",
        }
    }

    /// The encoding that a name on a command line or in a file header means.
    pub fn named(name: &str) -> Option<Encoding> {
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        Some(match plain.as_str() {
            "utf8" => Encoding::Utf8,
            "utf16" | "utf16le" => Encoding::Utf16Le,
            "utf16be" => Encoding::Utf16Be,
            "utf32" | "utf32le" => Encoding::Utf32Le,
            "utf32be" => Encoding::Utf32Be,
            "windows1252" | "cp1252" | "ansi" | "iso88591" | "iso885915" | "latin1" | "88591" => Encoding::Windows1252,
            "cp437" | "ibm437" | "pc8" | "oem" | "437" => Encoding::Cp437,
            "cp850" | "ibm850" | "850" => Encoding::Cp850,
            "macintosh" | "macroman" | "mac" => Encoding::MacRoman,
            _ => return None,
        })
    }

    /// The text, and whether every byte was a character.
    pub(super) fn decode(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        let (text, _, faulty) = match self {
            Encoding::Utf8 => UTF_8.decode(bytes),
            Encoding::Utf16Le => UTF_16LE.decode(bytes),
            Encoding::Utf16Be => UTF_16BE.decode(bytes),
            Encoding::Windows1252 => WINDOWS_1252.decode(bytes),
            Encoding::MacRoman => MACINTOSH.decode(bytes),
            Encoding::Utf32Le | Encoding::Utf32Be => return four_bytes(bytes, self),
            Encoding::Cp437 => (with_table(bytes, CP437), UTF_8, false),
            Encoding::Cp850 => (with_table(bytes, CP850), UTF_8, false),
        };
        (text, !faulty)
    }
}

/// The encoding of a text, and whether it had to be guessed from its letters.
pub(super) fn find(bytes: &[u8]) -> (Encoding, bool) {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => return (Encoding::Utf8, false),
        [0xff, 0xfe, 0, 0, ..] => return (Encoding::Utf32Le, false),
        [0, 0, 0xfe, 0xff, ..] => return (Encoding::Utf32Be, false),
        [0xff, 0xfe, ..] => return (Encoding::Utf16Le, false),
        [0xfe, 0xff, ..] => return (Encoding::Utf16Be, false),
        _ => {}
    }
    if let Some(wide) = wide(bytes) {
        return (wide, false);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (Encoding::Utf8, false);
    }
    (by_letters(bytes), true)
}

/// The encoding of a text of two bytes a character, by its mark or, where it begins with ASCII, by its zeros.
pub(super) fn wide_text(start: &[u8]) -> Option<Encoding> {
    match start {
        [0xff, 0xfe, 0, 0, ..] => None,
        [0xff, 0xfe, ..] | [1..=0x7f, 0, 1..=0x7f, 0, ..] => Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] | [0, 1..=0x7f, 0, 1..=0x7f, ..] => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// The encoding of an XML part that is in UTF-16.
pub(super) fn wide_xml(start: &[u8]) -> Option<Encoding> {
    match start {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] | [0, b'<', ..] => Some(Encoding::Utf16Be),
        _ => None,
    }
}

fn four_bytes(bytes: &[u8], encoding: Encoding) -> (Cow<'_, str>, bool) {
    let mut whole = true;
    let text = bytes.chunks(4).map(|chunk| {
        let unit = chunk.try_into().ok().map(|unit| match encoding {
            Encoding::Utf32Be => u32::from_be_bytes(unit),
            _ => u32::from_le_bytes(unit),
        });
        let found = unit.and_then(char::from_u32);
        whole &= found.is_some();
        found.unwrap_or('\u{fffd}')
    });
    let text = text.collect::<String>();
    (text.trim_start_matches('\u{feff}').to_string().into(), whole)
}

/// UTF-16 or UTF-32 without a mark: most bytes of Western text are 0, at the same places.
fn wide(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !3];
    let lows = |at: usize| {
        let fours = sample.chunks_exact(4);
        fours.len() > 1 && fours.clone().all(|four| four.iter().enumerate().all(|(i, b)| i.abs_diff(at) < 2 || *b == 0))
    };
    if lows(0) {
        return Some(Encoding::Utf32Le);
    }
    if lows(3) {
        return Some(Encoding::Utf32Be);
    }
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    match () {
        _ if pairs < 2 => None,
        _ if odd * 10 > pairs * 7 && even * 10 < pairs => Some(Encoding::Utf16Le),
        _ if even * 10 > pairs * 7 && odd * 10 < pairs => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// The one-byte encoding in which the bytes are the letters of Swedish.
fn by_letters(bytes: &[u8]) -> Encoding {
    let mut letters = Letters::default();
    letters.take(bytes);
    letters.encoding()
}

/// The letters of a text that is read bit by bit.
///
/// å ä ö Å Ä Ö é are at 86 84 94 8F 8E 99 82 in the DOS code pages, at E5 E4 F6 C5 C4 D6 E9 in Windows-1252 and
/// at 8C 8A 9A 81 80 85 8E on old Macs. A letter counts more between letters than alone, for the same bytes are
/// dashes and quotation marks elsewhere.
#[derive(Clone, Debug, Default)]
pub(super) struct Letters {
    windows: usize,
    dos: usize,
    mac: usize,
    cp850: usize,
}

impl Letters {
    pub fn take(&mut self, bytes: &[u8]) {
        let is_letter = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphabetic());
        for (i, b) in bytes.iter().enumerate().filter(|(_, b)| !b.is_ascii()) {
            let near = usize::from(i > 0 && is_letter(bytes.get(i - 1))) + usize::from(is_letter(bytes.get(i + 1)));
            let weight = 1 + 4 * near;
            self.windows += weight * usize::from(matches!(b, 0xe5 | 0xe4 | 0xf6 | 0xc5 | 0xc4 | 0xd6 | 0xe9 | 0xfc));
            self.dos += weight * usize::from(matches!(b, 0x86 | 0x84 | 0x94 | 0x8f | 0x8e | 0x99 | 0x82 | 0x81));
            self.mac += weight * usize::from(matches!(b, 0x8c | 0x8a | 0x9a | 0x81 | 0x80 | 0x85));
            // What only CP850 has of letters and signs that Swedish texts use: Ø ø × © ® À Á Ã õ ¾.
            self.cp850 += weight * usize::from(matches!(b, 0x9d | 0x9b | 0xb5..=0xb7 | 0xc6 | 0xc7 | 0xe4));
        }
    }

    pub fn encoding(&self) -> Encoding {
        match self.windows.max(self.dos).max(self.mac) {
            best if best == self.windows => Encoding::Windows1252,
            best if best == self.dos && self.cp850 > 0 && self.windows == 0 => Encoding::Cp850,
            best if best == self.dos => Encoding::Cp437,
            _ => Encoding::MacRoman,
        }
    }
}

/// A text as bytes of CP437; `?` for what it does not have.
pub(super) fn to_cp437(text: &str) -> Vec<u8> {
    let upper = |c: char| CP437.chars().position(|other| other == c).map_or(b'?', |at| 0x80 + at as u8);
    text.chars().map(|c| if c.is_ascii() { c as u8 } else { upper(c) }).collect()
}

fn with_table<'b>(bytes: &'b [u8], upper: &str) -> Cow<'b, str> {
    let table: Vec<char> = upper.chars().collect();
    let decode = |&b: &u8| match b {
        0..0x80 => char::from(b),
        _ => table.get(usize::from(b) - 0x80).copied().unwrap_or('\u{fffd}'),
    };
    Cow::Owned(bytes.iter().map(decode).collect())
}

/// The characters from 0x80 on.
const CP437: &str = "\
ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
const CP850: &str = "\
ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

#[cfg(test)]
mod tests {
    use super::*;

    const LABEL: &str = "Årets resultat;Långfristiga skulder;Återförd avsättning;Möte i Älvsbyn";

    fn in_table(text: &str, upper: &str) -> Vec<u8> {
        text.chars()
            .map(|c| match c.is_ascii() {
                true => c as u8,
                false => 0x80 + upper.chars().position(|other| other == c).unwrap() as u8,
            })
            .collect()
    }

    #[test]
    fn the_tables_are_whole() {
        assert_eq!((CP437.chars().count(), CP850.chars().count()), (128, 128));
    }

    #[test]
    fn every_encoding_is_found_and_read() {
        let mac = MACINTOSH.encode(LABEL).0.into_owned();
        let wide: Vec<u8> = LABEL.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let wide_big: Vec<u8> = LABEL.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, expected) in [
            (LABEL.as_bytes().to_vec(), (Encoding::Utf8, false)),
            ([b"\xef\xbb\xbf", LABEL.as_bytes()].concat(), (Encoding::Utf8, false)),
            (WINDOWS_1252.encode(LABEL).0.into_owned(), (Encoding::Windows1252, true)),
            (in_table(LABEL, CP437), (Encoding::Cp437, true)),
            (mac, (Encoding::MacRoman, true)),
            (wide.clone(), (Encoding::Utf16Le, false)),
            ([&[0xff, 0xfe], wide.as_slice()].concat(), (Encoding::Utf16Le, false)),
            (wide_big, (Encoding::Utf16Be, false)),
            (LABEL.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(), (Encoding::Utf32Le, false)),
            (LABEL.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect(), (Encoding::Utf32Be, false)),
        ] {
            assert_eq!(find(&bytes), expected);
            assert_eq!(expected.0.decode(&bytes), (LABEL.into(), true));
        }
    }

    #[test]
    fn names_of_encodings() {
        assert_eq!(Encoding::named("ISO-8859-1"), Some(Encoding::Windows1252));
        assert_eq!(Encoding::named("PC8"), Some(Encoding::Cp437));
        assert_eq!(Encoding::named("klingon"), None);
    }
}
