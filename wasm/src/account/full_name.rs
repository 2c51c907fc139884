//! A full name as the two name fields of WordPress, for visitors whose provider tells no parts.

/// Chinese and Korean family names of two characters; all others have one.
const LONG_FAMILY_NAMES: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "司徒", "东方", "東方", "独孤", "獨孤", "南宫", "南宮",
    "夏侯", "皇甫", "尉迟", "尉遲", "公孙", "公孫", "慕容", "令狐", "宇文", "长孙", "長孫", "端木", "轩辕", "軒轅",
    "남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방",
];
/// Longest name without a space whose parts are told apart.
const MAX_CHARS: usize = 4;

/// The first and the last name of a person who is called `full`. Chinese, Japanese and Korean names begin with the family
/// name. Any other name is a first name as a whole: where it would have to be split differs from language to language.
pub fn split(full: &str) -> (Option<String>, Option<String>) {
    let full = full.trim();
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let letters: Vec<char> = full.chars().filter(|c| !c.is_whitespace()).collect();
    if !(2..=MAX_CHARS).contains(&letters.len()) || !letters.iter().all(|c| is_east_asian(*c)) {
        return (some(full), None);
    }
    if let Some((family, given)) = full.split_once(char::is_whitespace) {
        return (some(given), some(family));
    }
    let family = letters.iter().take(family_chars(full, &letters)).collect::<String>();
    (some(full.strip_prefix(&family).unwrap_or_default()), some(&family))
}

/// How many characters of a name are the family name.
fn family_chars(full: &str, letters: &[char]) -> usize {
    let is_long = letters.len() > 2 && LONG_FAMILY_NAMES.iter().any(|name| full.starts_with(name));
    let is_japanese = letters.iter().any(|c| is_kana(*c));
    // Four characters are Japanese, or Chinese with the family names of both parents.
    if is_long || letters.len() > 2 && is_japanese || letters.len() == MAX_CHARS && !is_hangul(letters[0]) {
        2
    } else {
        1
    }
}

fn is_east_asian(c: char) -> bool {
    let is_han = matches!(c, '々' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3134F}');
    is_han || is_kana(c) || is_hangul(c)
}

const fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FF}')
}

const fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(full: &str) -> [String; 2] {
        let (first, last) = split(full);
        [last.unwrap_or_default(), first.unwrap_or_default()]
    }

    /// Fault C28: the list of users showed no name for anybody whose provider tells no parts of it.
    #[test]
    fn fault_c28_family_names_come_first_where_they_do() {
        for (full, family, given) in [
            ("李四", "李", "四"),
            ("王小明", "王", "小明"),
            ("欧阳娜娜", "欧阳", "娜娜"),
            ("諸葛亮", "諸葛", "亮"),
            ("陈方安生", "陈方", "安生"),
            ("司马", "司", "马"),
            ("山田太郎", "山田", "太郎"),
            ("佐々木希", "佐々", "木希"),
            ("田中ゆき", "田中", "ゆき"),
            ("王 小明", "王", "小明"),
            ("山田\u{3000}花", "山田", "花"),
            ("김철수", "김", "철수"),
            ("남궁민수", "남궁", "민수"),
        ] {
            assert_eq!(parts(full), [family, given], "{full}");
        }
    }

    #[test]
    fn any_other_name_is_a_first_name() {
        for full in ["Ada Lovelace", "李", "王小明 (Sales)", "阿卜杜拉·买买提", "王小明同学", "Li四", "Ōe", "user-1"]
        {
            assert_eq!(parts(full), ["", full], "{full}");
        }
        assert_eq!(split(" "), (None, None));
    }
}
