//! As much of JSON Schema as the schemas of this repository use, and stricter: a field that its schema does not name is
//! a fault, for then nobody has been told of it. Patterns are for editors and are not tried here.

use serde_json::{Map, Value};

/// What is wrong in a value, each fault with its path.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    Judge { root: schema, faults: &mut faults }.judge(schema, value, "");
    faults
}

struct Judge<'a> {
    root: &'a Value,
    faults: &'a mut Vec<String>,
}

impl Judge<'_> {
    fn judge(&mut self, schema: &Value, value: &Value, path: &str) {
        let Some(words) = schema.as_object() else { panic!("{path}: no schema") };
        for (word, rule) in words {
            match word.as_str() {
                "$schema" | "title" | "description" | "$defs" | "pattern" | "required" => {}
                "type" => {
                    let types = rule.as_array().cloned().unwrap_or_else(|| vec![rule.clone()]);
                    self.ask(types.iter().any(|kind| is(kind, value)), path, || format!("{value} is no {rule}"));
                }
                "const" => self.ask(rule == value, path, || format!("{value} is not {rule}")),
                "enum" => self.ask(list(rule).contains(value), path, || format!("{value} is not among {rule}")),
                "minimum" => self.ask(value.as_i64() >= rule.as_i64(), path, || format!("{value} is below {rule}")),
                "minLength" => self.ask(value.as_str() != Some(""), path, || "is empty".into()),
                "$ref" => {
                    let name = rule.as_str().and_then(|name| name.strip_prefix('#')).expect("a place in the schema");
                    let schema = self.root.pointer(name).unwrap_or_else(|| panic!("there is no {name}")).clone();
                    self.judge(&schema, value, path);
                }
                "anyOf" => {
                    let fits = list(rule).iter().any(|schema| {
                        let mut faults = Vec::new();
                        Judge { root: self.root, faults: &mut faults }.judge(schema, value, path);
                        faults.is_empty()
                    });
                    self.ask(fits, path, || format!("{value} is none of {rule}"));
                }
                "items" => {
                    for (i, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.judge(rule, item, &format!("{path}/{i}"));
                    }
                }
                "properties" => self.properties(words, value, path),
                other => panic!("{path}: the word {other} is not known here"),
            }
        }
    }

    fn properties(&mut self, words: &Map<String, Value>, value: &Value, path: &str) {
        let (Some(known), Some(object)) = (words["properties"].as_object(), value.as_object()) else { return };
        for name in words.get("required").map(list).into_iter().flatten().filter_map(Value::as_str) {
            self.ask(object.contains_key(name), path, || format!("{name} is missing"));
        }
        for (name, value) in object {
            match known.get(name) {
                Some(schema) => self.judge(schema, value, &format!("{path}/{name}")),
                None => self.faults.push(format!("{path}/{name}: the schema does not name it")),
            }
        }
    }

    fn ask(&mut self, fits: bool, path: &str, why: impl Fn() -> String) {
        if !fits {
            self.faults.push(format!("{path}: {}", why()));
        }
    }
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

fn is(kind: &Value, value: &Value) -> bool {
    match kind.as_str().expect("a type") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the type {other} is not known here"),
    }
}
