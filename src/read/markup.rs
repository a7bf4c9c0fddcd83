//! The little markup that texts carry (`<b>`, `**`, `&nbsp;`) → plain text and emphasis.

/// A text without its markup.
#[derive(Debug, PartialEq)]
pub(super) struct Plain {
    pub text: String,
    /// Every letter and digit is emphasised so.
    pub bold: bool,
    pub italic: bool,
}

/// Emphasis opened in an earlier line and not closed yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Carried {
    bold: bool,
}

/// Frees a text of its markup. `closes_below` tells whether a mark opened here is closed in the lines below.
pub(super) fn strip(text: &str, carried: &mut Carried, closes_below: &dyn Fn(&str) -> bool) -> Plain {
    if !carried.bold && !text.contains(['<', '*', '_', '&', '\\']) {
        return Plain { text: text.into(), bold: false, italic: false };
    }
    let mut out =
        Writer { text: String::with_capacity(text.len()), bold: 0, italic: 0, plain: false, not_italic: false };
    out.bold += u32::from(carried.bold);
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let before = &text[..text.len() - rest.len()];
        let mut taken = c.len_utf8();
        match c {
            '<' => match tag(rest) {
                Some(tag) => {
                    taken = tag.length;
                    out.apply(&tag);
                }
                None => out.push(c),
            },
            '&' => match entity(rest) {
                Some((meant, length)) => {
                    taken = length;
                    out.push(meant);
                }
                None => out.push(c),
            },
            '\\' => match rest[1..].chars().next().filter(|next| "*_|#-+.()[]&<>~`".contains(*next)) {
                Some(next) => {
                    taken += next.len_utf8();
                    out.push(next);
                }
                None => out.push(c),
            },
            '*' | '_' => {
                let run = &rest[..rest.len() - rest.trim_start_matches(c).len()];
                taken = run.len();
                let after = &rest[taken..];
                if open.last() == Some(&run) && can_close(before, after) {
                    open.pop();
                    out.emphasise(run, -1);
                } else if can_open(before, after) && closes_in(after, run) {
                    open.push(run);
                    out.emphasise(run, 1);
                } else if run.len() == 2 && carried.bold && can_close(before, after) {
                    carried.bold = false;
                    out.bold = out.bold.saturating_sub(1);
                } else if run.len() == 2 && can_open(before, after) && !carried.bold && closes_below(run) {
                    carried.bold = true;
                    out.bold += 1;
                } else {
                    run.chars().for_each(|c| out.push(c));
                }
            }
            _ => out.push(c),
        }
        rest = &rest[taken..];
    }
    out.finish()
}

struct Writer {
    text: String,
    bold: u32,
    italic: u32,
    /// Something that is not bold, not italic, has been written.
    plain: bool,
    not_italic: bool,
}

impl Writer {
    fn push(&mut self, c: char) {
        if c.is_alphanumeric() {
            self.plain |= self.bold == 0;
            self.not_italic |= self.italic == 0;
        }
        self.text.push(c);
    }

    fn emphasise(&mut self, run: &str, by: i32) {
        if run.len() != 1 {
            self.bold = self.bold.saturating_add_signed(by);
        }
        if run.len() != 2 {
            self.italic = self.italic.saturating_add_signed(by);
        }
    }

    fn apply(&mut self, tag: &Tag<'_>) {
        let by = if tag.closes { -1 } else { 1 };
        match tag.name {
            name if is(name, &["b", "strong", "th"]) => self.bold = self.bold.saturating_add_signed(by),
            name if is(name, &["i", "em"]) => self.italic = self.italic.saturating_add_signed(by),
            name if is(name, &["br", "p", "div"]) && !self.text.ends_with(' ') => self.text.push(' '),
            _ => {}
        }
    }

    fn finish(self) -> Plain {
        let any = self.text.chars().any(char::is_alphanumeric);
        Plain { text: self.text, bold: any && !self.plain, italic: any && !self.not_italic }
    }
}

struct Tag<'t> {
    name: &'t str,
    closes: bool,
    length: usize,
}

const TAGS: [&str; 23] = [
    "b", "strong", "i", "em", "u", "s", "br", "p", "div", "span", "sup", "sub", "small", "big", "font", "center", "td",
    "th", "tr", "table", "tbody", "thead", "a",
];

fn is(name: &str, names: &[&str]) -> bool {
    names.iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// A tag of those that say how text looks; `<50 år>` is text.
fn tag(text: &str) -> Option<Tag<'_>> {
    let end = text.find('>').filter(|end| *end < 200)?;
    let inside = text[1..end].trim_end_matches('/');
    let closes = inside.starts_with('/');
    let inside = inside.trim_start_matches('/');
    let name = inside.split(char::is_whitespace).next()?;
    (is(name, &TAGS) && !inside.contains('<')).then_some(Tag { name, closes, length: end + 1 })
}

/// The character that an entity means, and its length in the text.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.find(';').filter(|end| (2..=10).contains(end))?;
    let name = &text[1..end];
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let meant = match name.strip_prefix('#') {
        Some(code) => match code.strip_prefix(['x', 'X']) {
            Some(hex) => number(hex, 16),
            None => number(code, 10),
        },
        None => ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, meant)| *meant),
    };
    Some((meant?, end + 1))
}

const ENTITIES: [(&str, char); 20] = [
    ("nbsp", '\u{a0}'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("minus", '\u{2212}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("thinsp", '\u{2009}'),
    ("shy", '\u{ad}'),
    ("aring", 'å'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("Aring", 'Å'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("eacute", 'é'),
    ("sect", '§'),
    ("times", '×'),
];

/// An opening mark stands before a character and after none: `5 * 3` and `Summa*` open nothing.
fn can_open(before: &str, after: &str) -> bool {
    let at_edge = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    at_edge && after.chars().next().is_some_and(|c| !c.is_whitespace())
}

fn can_close(before: &str, after: &str) -> bool {
    let at_edge = after.chars().next().is_none_or(|c| !c.is_alphanumeric());
    at_edge && before.chars().next_back().is_some_and(|c| !c.is_whitespace())
}

/// Whether a run of marks is closed by the like in the same text.
fn closes_in(after: &str, run: &str) -> bool {
    let mark = run.chars().next().unwrap_or('*');
    after.match_indices(run).any(|(i, _)| {
        let (before, rest) = (&after[..i], &after[i + run.len()..]);
        !before.is_empty() && !before.ends_with(mark) && !rest.starts_with(mark) && can_close(before, rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> (String, bool, bool) {
        let plain = strip(text, &mut Carried::default(), &|_| false);
        (plain.text, plain.bold, plain.italic)
    }

    fn is_plain(text: &str) -> bool {
        plain(text) == (text.into(), false, false)
    }

    #[test]
    fn emphasis_of_the_whole_is_style_and_of_a_part_is_dropped() {
        assert_eq!(plain("<b>Summa</b>"), ("Summa".into(), true, false));
        assert_eq!(plain("**Årets resultat**"), ("Årets resultat".into(), true, false));
        assert_eq!(plain("__Summa__"), ("Summa".into(), true, false));
        assert_eq!(plain("*varav ränta*"), ("varav ränta".into(), false, true));
        assert_eq!(plain("***Summa***"), ("Summa".into(), true, true));
        assert_eq!(plain("- **Text.**"), ("- Text.".into(), true, false));
        assert_eq!(plain("I **Lotsens** olika"), ("I Lotsens olika".into(), false, false));
        assert_eq!(plain("**Not 1** och *2*"), ("Not 1 och 2".into(), false, false));
    }

    #[test]
    fn what_only_looks_like_markup_stays() {
        for text in
            ["5 * 3 * 2", "Summa*", "* se not", "snake_case_name", "a < b > c", "<50 år>", "AT&T", "**", "C:\\mapp"]
        {
            assert!(is_plain(text), "{text}: {:?}", plain(text));
        }
    }

    #[test]
    fn tags_entities_and_escapes() {
        assert_eq!(plain("Eget<br/>kapital &amp; <u>skulder</u>").0, "Eget kapital & skulder");
        assert_eq!(plain("1&nbsp;234 &#8722;5 \\-3 Summa\\*").0, "1\u{a0}234 −5 -3 Summa*");
    }
}
