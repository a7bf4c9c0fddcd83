//! The documents and the workbooks that are made of each.

/// One public document in its forms.
pub struct Document {
    /// Stem of its twin in `twins/`.
    pub twin: &'static str,
    /// Stem of its text in `seeds/`.
    pub seed: &'static str,
    pub books: &'static [Book],
}

/// One file made from a twin.
pub struct Book {
    pub file: &'static str,
    pub form: Form,
    pub sheets: &'static [Sheet],
}

impl Book {
    /// The variant's name in `expected/`: the file without `.xlsx`; a CSV file keeps its ending.
    pub fn map_name(&self) -> String {
        self.file.trim_end_matches(".xlsx").to_owned()
    }
}

/// How the figures stand in the file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Numbers, and formulas where one explains the stated figure.
    Formulas,
    /// Numbers only.
    Typed,
    /// Figures as text, the way they are pasted from a document.
    Text,
    /// Semicolons, Windows-1252, decimal comma.
    Csv,
}

/// A sheet and its tables from top to bottom; no tables named means all.
pub struct Sheet {
    pub name: &'static str,
    pub tables: &'static [&'static str],
}

const ARSREDOVISNING_SHEETS: &[Sheet] = &[
    Sheet { name: "Flerårsöversikt", tables: &["multi-year"] },
    Sheet { name: "Ekonomisk sammanfattning", tables: &["summary"] },
    Sheet { name: "RR", tables: &["rr"] },
    Sheet { name: "BR", tables: &["br"] },
    Sheet { name: "KF", tables: &["kf"] },
    Sheet { name: "Noter", tables: &["note1", "note2", "note3", "note4", "note5"] },
    Sheet { name: "Noter (2)", tables: &["note2#2", "note3#2", "note4#2", "note5#2", "kf#2", "note1#2"] },
    Sheet { name: "Insatser", tables: &["insatser"] },
    Sheet { name: "Bilaga", tables: &["exits", "duration"] },
];

const ORNSKOLDSVIK_SHEETS: &[Sheet] = &[Sheet { name: "Budget 2020", tables: &[] }];

pub const DOCUMENTS: &[Document] = &[
    Document {
        twin: "arsredovisning-2019",
        seed: "pyramis-ar-2019",
        books: &[
            Book { file: "arsredovisning-2019.xlsx", form: Form::Formulas, sheets: ARSREDOVISNING_SHEETS },
            Book {
                file: "arsredovisning-2019-ett-blad.xlsx",
                form: Form::Typed,
                sheets: &[Sheet { name: "Blad1", tables: &[] }],
            },
            Book { file: "arsredovisning-2019-text.xlsx", form: Form::Text, sheets: ARSREDOVISNING_SHEETS },
        ],
    },
    Document {
        twin: "budget-2020-ornskoldsvik",
        seed: "ornskoldsvik-vp-2020",
        books: &[
            Book { file: "budget-2020-ornskoldsvik.xlsx", form: Form::Typed, sheets: ORNSKOLDSVIK_SHEETS },
            Book { file: "budget-2020-ornskoldsvik.csv", form: Form::Csv, sheets: ORNSKOLDSVIK_SHEETS },
        ],
    },
    Document {
        twin: "verksamhetsplan-2020-pyramis",
        seed: "pyramis-vp-2020",
        books: &[Book {
            file: "verksamhetsplan-2020-pyramis.xlsx",
            form: Form::Formulas,
            sheets: &[Sheet { name: "Budget 2020", tables: &[] }],
        }],
    },
    Document {
        twin: "budget-2024-sodra-norrbotten",
        seed: "sodra-norrbotten-vp-2024",
        books: &[Book {
            file: "budget-2024-sodra-norrbotten.xlsx",
            form: Form::Formulas,
            sheets: &[Sheet { name: "Budget 2024-2026", tables: &[] }],
        }],
    },
    Document {
        twin: "verksamhetsplan-2017-skelleftea",
        seed: "skelleftea-norsjo-vp-2017",
        books: &[Book {
            file: "verksamhetsplan-2017-skelleftea.xlsx",
            form: Form::Formulas,
            sheets: &[
                Sheet { name: "Budget", tables: &["budget"] },
                Sheet { name: "Bilaga verksamhet", tables: &["activities"] },
            ],
        }],
    },
];
