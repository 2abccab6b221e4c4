//! What a frame in another page shows, from the page's address: `?embed=1&show=stage,logs`.

use super::Theme;

/// A part of the page that a frame shows or leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmbedPart {
    Stage,
    Logs,
    Timeline,
    Events,
    Controls,
}

impl EmbedPart {
    pub const ALL: [EmbedPart; 5] = [
        EmbedPart::Stage,
        EmbedPart::Logs,
        EmbedPart::Timeline,
        EmbedPart::Events,
        EmbedPart::Controls,
    ];

    /// Its name in the address.
    pub fn name(self) -> &'static str {
        match self {
            EmbedPart::Stage => "stage",
            EmbedPart::Logs => "logs",
            EmbedPart::Timeline => "timeline",
            EmbedPart::Events => "events",
            EmbedPart::Controls => "controls",
        }
    }
}

/// The name and the value of a parameter that is not understood, and what is.
pub type WrongParameter = (String, String, &'static str);

/// What the address says of the frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embed {
    parts: [bool; EmbedPart::ALL.len()],
    pub theme: Option<Theme>,
    /// Whether time runs at once. Without it a link opens paused, and a new cluster plays.
    pub autoplay: Option<bool>,
}

impl Default for Embed {
    /// The stage and the controls.
    fn default() -> Embed {
        Embed { parts: [true, false, false, false, true], theme: None, autoplay: None }
    }
}

impl Embed {
    /// Reads the query of an address. `None`: the page is not in a frame, or not as one. A value
    /// that is not understood counts as not given, and is reported.
    pub fn parse(query: &str) -> Option<(Embed, Vec<WrongParameter>)> {
        let pairs = query.trim_start_matches('?').split('&');
        let pairs: Vec<(&str, &str)> = pairs.filter_map(|pair| pair.split_once('=')).collect();
        if !pairs.contains(&("embed", "1")) {
            return None;
        }
        let (mut embed, mut wrong) = (Embed::default(), Vec::new());
        for (name, value) in pairs {
            let known = match name {
                "show" => embed
                    .set_parts(value)
                    .then_some(())
                    .ok_or("stage,logs,timeline,events,controls"),
                "theme" => match value {
                    "light" | "dark" => {
                        embed.theme = Some(Theme::named(value));
                        Ok(())
                    }
                    _ => Err("theme=light or theme=dark"),
                },
                "autoplay" => match value {
                    "0" | "1" => {
                        embed.autoplay = Some(value == "1");
                        Ok(())
                    }
                    _ => Err("autoplay=0 or autoplay=1"),
                },
                _ => Ok(()),
            };
            if let Err(expected) = known {
                wrong.push((name.to_owned(), value.to_owned(), expected));
            }
        }
        Some((embed, wrong))
    }

    /// False if a name is unknown; then nothing has changed.
    fn set_parts(&mut self, names: &str) -> bool {
        // A form writes the comma as %2C.
        let names = names.replace("%2C", ",").replace("%2c", ",");
        let mut parts = [false; EmbedPart::ALL.len()];
        for name in names.split(',') {
            match EmbedPart::ALL.iter().position(|part| part.name() == name) {
                Some(at) => parts[at] = true,
                None => return false,
            }
        }
        self.parts = parts;
        true
    }

    pub fn shows(&self, part: EmbedPart) -> bool {
        EmbedPart::ALL.iter().zip(self.parts).any(|(known, shown)| *known == part && shown)
    }

    /// The same frame with that part shown or left out.
    pub fn with(mut self, part: EmbedPart, shown: bool) -> Embed {
        for (known, is_shown) in EmbedPart::ALL.iter().zip(&mut self.parts) {
            if *known == part {
                *is_shown = shown;
            }
        }
        self
    }

    /// The same frame in that theme, or in the system's.
    pub fn with_theme(self, theme: Theme) -> Embed {
        Embed { theme: Some(theme).filter(|theme| *theme != Theme::System), ..self }
    }

    /// The same frame in which time runs at once, or as if it were not said.
    pub fn with_autoplay(self, on: bool) -> Embed {
        Embed { autoplay: on.then_some(true), ..self }
    }

    /// The query that [`Embed::parse`] reads.
    pub fn query(&self) -> String {
        let parts = EmbedPart::ALL.into_iter().filter(|part| self.shows(*part));
        let names: Vec<&str> = parts.map(EmbedPart::name).collect();
        let mut query = format!("?embed=1&show={}", names.join(","));
        if let Some(theme) = self.theme {
            query += &format!("&theme={}", theme.name());
        }
        if let Some(autoplay) = self.autoplay {
            query += &format!("&autoplay={}", u8::from(autoplay));
        }
        query
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(query: &str) -> Embed {
        let (embed, wrong) = Embed::parse(query).expect("a frame");
        assert_eq!(wrong, []);
        embed
    }

    #[test]
    fn a_query_is_read_back_as_it_was_written() {
        let embed = Embed { theme: Some(Theme::Dark), autoplay: Some(false), ..Embed::default() };
        let embed = embed.with(EmbedPart::Logs, true).with(EmbedPart::Controls, false);
        assert_eq!(embed.query(), "?embed=1&show=stage,logs&theme=dark&autoplay=0");
        assert_eq!(parsed(&embed.query()), embed);
        assert_eq!(parsed("?embed=1"), Embed::default());
        assert_eq!(parsed("?x=y&embed=1&show=stage%2Clogs"), parsed("?embed=1&show=stage,logs"));
        for query in ["", "?embed=0", "?show=stage", "?embed"] {
            assert_eq!(Embed::parse(query), None, "{query}");
        }
    }

    #[test]
    fn what_is_not_understood_is_reported_and_changes_nothing() {
        let query = "?embed=1&show=stage,ring&theme=blue&autoplay=yes";
        let (embed, wrong) = Embed::parse(query).expect("a frame");
        assert_eq!(embed, Embed::default());
        assert_eq!(wrong.len(), 3);
        assert_eq!((wrong[0].1.as_str(), wrong[1].1.as_str()), ("stage,ring", "blue"));
    }
}
