//! Values as JSON, for `window.raftarium`: the browser makes its own values of the text, which is
//! less to download than code that makes them one by one.

use std::fmt::Display;

use serde::ser::{Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct};

use super::decimal::plain;

/// The value as JSON.
///
/// # Errors
/// Where it has a kind of value that the page's own do not have, such as bytes.
pub fn json(value: &impl Serialize) -> Result<String, String> {
    let mut writer = Writer(String::new());
    match value.serialize(&mut writer) {
        Ok(()) => Ok(writer.0),
        Err(Unwritten) => Err("this cannot be told".to_string()),
    }
}

struct Writer(String);

/// A kind of value that is not written.
#[derive(Debug)]
struct Unwritten;

type Written = Result<(), Unwritten>;

impl Display for Unwritten {
    fn fmt(&self, _f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Unwritten {}

impl Error for Unwritten {
    fn custom<T: Display>(_message: T) -> Unwritten {
        Unwritten
    }
}

impl Writer {
    #[inline(never)]
    fn put(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// A text in quotes.
    #[inline(never)]
    fn text(&mut self, text: &str) {
        self.0.push('"');
        for letter in text.chars() {
            if matches!(letter, '"' | '\\') {
                self.0.push('\\');
            }
            if letter < ' ' {
                self.0.push_str(&format!("\\u{:04x}", letter as u32));
            } else {
                self.0.push(letter);
            }
        }
        self.0.push('"');
    }

    #[inline(never)]
    fn number(&mut self, number: u64) -> Written {
        self.0.push_str(&number.to_string());
        Ok(())
    }

    /// What comes before the next of several.
    #[inline(never)]
    fn comma(&mut self) {
        if !self.0.ends_with(['[', '{']) {
            self.0.push(',');
        }
    }

    #[inline(never)]
    fn name(&mut self, name: &str) {
        self.comma();
        self.text(name);
        self.0.push(':');
    }
}

/// Kinds of value that the page's own do not have.
macro_rules! unwritten {
    ($($method:ident($($kind:ty),*))+) => {$(
        fn $method(self, $(_: $kind),*) -> Written {
            Err(Unwritten)
        }
    )+};
}

impl<'a> serde::Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Unwritten;
    type SerializeSeq = Several<'a>;
    type SerializeTuple = Impossible<(), Unwritten>;
    type SerializeTupleStruct = Impossible<(), Unwritten>;
    type SerializeTupleVariant = Impossible<(), Unwritten>;
    type SerializeMap = Several<'a>;
    type SerializeStruct = Several<'a>;
    type SerializeStructVariant = Impossible<(), Unwritten>;

    unwritten! {
        serialize_i8(i8)
        serialize_i16(i16)
        serialize_i32(i32)
        serialize_i64(i64)
        serialize_f32(f32)
        serialize_char(char)
        serialize_bytes(&[u8])
        serialize_unit()
        serialize_unit_struct(&'static str)
        serialize_unit_variant(&'static str, u32, &'static str)
    }

    fn serialize_bool(self, value: bool) -> Written {
        self.put(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Written {
        self.number(value.into())
    }

    fn serialize_u16(self, value: u16) -> Written {
        self.number(value.into())
    }

    fn serialize_u32(self, value: u32) -> Written {
        self.number(value.into())
    }

    fn serialize_u64(self, value: u64) -> Written {
        self.number(value)
    }

    fn serialize_f64(self, value: f64) -> Written {
        self.put(&plain(value, 9));
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Written {
        self.text(value);
        Ok(())
    }

    fn serialize_none(self) -> Written {
        self.put("null");
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _place: u32,
        _variant: &'static str,
        _value: &T,
    ) -> Written {
        Err(Unwritten)
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Several<'a>, Unwritten> {
        self.put("[");
        Ok(Several(self))
    }

    fn serialize_tuple(self, _length: usize) -> Result<Self::SerializeTuple, Unwritten> {
        Err(Unwritten)
    }

    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleStruct, Unwritten> {
        Err(Unwritten)
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _place: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleVariant, Unwritten> {
        Err(Unwritten)
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Several<'a>, Unwritten> {
        self.put("{");
        Ok(Several(self))
    }

    fn serialize_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<Several<'a>, Unwritten> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _place: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeStructVariant, Unwritten> {
        Err(Unwritten)
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Written {
        self.text(&value.to_string());
        Ok(())
    }
}

/// A list, or names with their values, of which more may come.
struct Several<'a>(&'a mut Writer);

impl SerializeSeq for Several<'_> {
    type Ok = ();
    type Error = Unwritten;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.0.comma();
        value.serialize(&mut *self.0)
    }

    fn end(self) -> Written {
        self.0.put("]");
        Ok(())
    }
}

impl SerializeMap for Several<'_> {
    type Ok = ();
    type Error = Unwritten;

    /// All keys are texts, or say what they are by one.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.0.comma();
        key.serialize(&mut *self.0)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.0.put(":");
        value.serialize(&mut *self.0)
    }

    fn end(self) -> Written {
        self.0.put("}");
        Ok(())
    }
}

impl SerializeStruct for Several<'_> {
    type Ok = ();
    type Error = Unwritten;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        self.0.name(name);
        value.serialize(&mut *self.0)
    }

    fn end(self) -> Written {
        SerializeMap::end(self)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    #[derive(Serialize)]
    struct Inner {
        text: String,
        none: Option<u64>,
        some: Option<u32>,
    }

    #[derive(Serialize)]
    struct Outer {
        #[serde(flatten)]
        inner: Inner,
        yes: bool,
        speed: f64,
        list: Vec<u64>,
        empty: Vec<Inner>,
        nested: Vec<Inner>,
        values: BTreeMap<String, &'static str>,
    }

    fn inner(text: &str) -> Inner {
        Inner { text: text.into(), none: None, some: Some(7) }
    }

    #[test]
    fn it_reads_as_what_serde_json_writes() {
        let value = Outer {
            inner: inner("a \"quoted\" \\ one\nand\u{1} ← more["),
            yes: true,
            speed: 0.04,
            list: vec![1, u64::MAX],
            empty: Vec::new(),
            nested: vec![inner("{"), inner("")],
            values: [("k[".to_string(), "{"), ("l".to_string(), "[")].into(),
        };
        let written = super::json(&value).unwrap();
        let read: serde_json::Value = serde_json::from_str(&written).unwrap();
        assert_eq!(read, serde_json::to_value(&value).unwrap());
    }

    #[test]
    fn another_kind_of_value_is_refused() {
        assert!(super::json(&(1, 2)).is_err());
        assert!(super::json(&-1i32).is_err());
    }
}
