//! OpenDocument formulas (`of:=SUM([.C4:.C6];1)`) → as a spreadsheet in English shows them (`SUM(C4:C6,1)`).

/// The formula without its `=`.
pub(super) fn translated(formula: &str) -> String {
    let formula = match formula.split_once(":=") {
        Some((prefix, rest)) if prefix.bytes().all(|b| b.is_ascii_alphanumeric()) => rest,
        _ => formula.strip_prefix('=').unwrap_or(formula),
    };
    let mut out = String::with_capacity(formula.len());
    let mut rest = formula;
    let mut in_array = false;
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        match c {
            '"' => {
                taken = string_end(rest);
                out.push_str(&rest[..taken]);
            }
            '[' => {
                taken = reference_end(rest);
                push_reference(&rest[1..taken.saturating_sub(1).max(1)], &mut out);
            }
            '#' => {
                // `#REF!`, `#N/A`: the mark in an error is no operator.
                taken = rest.find(|c: char| !c.is_ascii_uppercase() && !"#/0!?".contains(c)).unwrap_or(rest.len());
                out.push_str(&rest[..taken]);
            }
            '{' | '}' => {
                in_array = c == '{';
                out.push(c);
            }
            '|' if in_array => out.push(';'),
            ';' | '~' => out.push(','),
            '!' => out.push(' '),
            _ if c.is_alphabetic() => {
                taken = rest.find(|c: char| !c.is_alphanumeric() && !"._".contains(c)).unwrap_or(rest.len());
                out.push_str(function(&rest[..taken]));
            }
            _ => out.push(c),
        }
        rest = &rest[taken..];
    }
    out
}

/// Functions that the standard lacks are written with the name of their maker before them.
fn function(name: &str) -> &str {
    const MAKERS: [&str; 4] = ["COM.MICROSOFT.", "ORG.LIBREOFFICE.", "ORG.OPENOFFICE.", "LEGACY."];
    MAKERS.iter().find_map(|maker| name.strip_prefix(maker)).unwrap_or(name)
}

fn string_end(text: &str) -> usize {
    text[1..].find('"').map_or(text.len(), |end| end + 2)
}

/// A reference ends at a bracket outside the quotes of a sheet's name.
fn reference_end(text: &str) -> usize {
    let mut quoted = false;
    for (i, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            ']' if !quoted => return i + 1,
            _ => {}
        }
    }
    text.len()
}

/// `.C4:.C6` → `C4:C6`, `$'Not 1'.A1` → `'Not 1'!A1`.
fn push_reference(reference: &str, out: &mut String) {
    if reference.contains("#REF!") {
        return out.push_str("#REF!");
    }
    let (first, last) = match outside_quotes(reference, ':') {
        Some(at) => (&reference[..at], Some(&reference[at + 1..])),
        None => (reference, None),
    };
    let sheet = push_address(first, None, out);
    if let Some(last) = last {
        out.push(':');
        push_address(last, Some(sheet), out);
    }
}

/// Writes one address and gives its sheet; a sheet that was just named is not named again.
fn push_address<'r>(address: &'r str, named: Option<&str>, out: &mut String) -> &'r str {
    let (sheet, cell) = match last_outside_quotes(address, '.') {
        Some(at) => (&address[..at], &address[at + 1..]),
        None => ("", address),
    };
    let sheet = sheet.strip_prefix('$').unwrap_or(sheet);
    if !sheet.is_empty() && named != Some(sheet) {
        out.push_str(sheet);
        out.push('!');
    }
    out.push_str(cell);
    sheet
}

fn outside_quotes(text: &str, wanted: char) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(i, c)| {
        quoted ^= c == '\'';
        (c == wanted && !quoted).then_some(i)
    })
}

fn last_outside_quotes(text: &str, wanted: char) -> Option<usize> {
    let mut quoted = false;
    let places = text.char_indices().filter(|&(_, c)| {
        quoted ^= c == '\'';
        c == wanted && !quoted
    });
    places.last().map(|(i, _)| i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_shown_as_in_other_spreadsheets() {
        for (formula, expected) in [
            ("of:=SUM([.C4:.C6])", "SUM(C4:C6)"),
            ("of:=[$Noter.B4]+[$'Not 1.2'.$A$1]", "Noter!B4+'Not 1.2'!$A$1"),
            ("of:=SUM([$RR.B4:.B9];[RR.B1:RR.B2])", "SUM(RR!B4:B9,RR!B1:B2)"),
            ("of:=IF([.A1]>=\"a;b\";{1;2|3;4};[.#REF!])", "IF(A1>=\"a;b\",{1,2;3,4},#REF!)"),
            ("oooc:=ROUND([.A1];0)", "ROUND(A1,0)"),
            ("of:=COM.MICROSOFT.CONCAT([.A1]~[.B1])", "CONCAT(A1,B1)"),
            ("=1+1", "1+1"),
            ("of:=IF(ISERROR(#DIV/0!);#N/A;#REF!+1)", "IF(ISERROR(#DIV/0!),#N/A,#REF!+1)"),
            ("of:=[.A1", "A"),
        ] {
            assert_eq!(translated(formula), expected);
        }
    }
}
