use super::*;

#[test]
fn barred_functions_are_found_and_methods_of_that_name_are_not() {
    let text =
        "<?php\nfinal class A\n{\n    function b()\n    {\n        proc_open();\n        $this->exec();\n    }\n}\n";

    assert_eq!(php_problems("a.php", text), ["a.php:6: proc_open is barred"]);
}

#[test]
fn a_reason_excuses_the_next_line_alone() {
    let call = "$a = file_get_contents($b);\n";
    let excuse = "// phpcs:ignore Some.Rule -- a file of this plugin\n";

    let excused = format!("<?php\nclass A {{}}\n{excuse}{call}");
    let twice = format!("{excused}{call}");
    let without_reason = excused.replace(" -- a file of this plugin", "");

    assert_eq!(php_problems("a.php", &excused), Vec::<String>::new());
    assert_eq!(php_problems("a.php", &twice), ["a.php:5: file_get_contents needs a phpcs:ignore with its reason"]);
    assert_eq!(php_problems("a.php", &without_reason).len(), 1);
}

#[test]
fn what_nothing_escapes_is_found_where_it_is_printed() {
    let escaped = [
        "echo '<p>' . esc_html($a) . '</p>';",
        "printf('<a href=\"%s\">%s</a>', esc_url(self::link($a)), esc_html(implode(', ', $b)));",
        "echo $a === '' ? '' : wp_kses_post($a);",
        "echo implode(', ', array_map('esc_html', $a)), (int) max(1, $b);",
        "echo (int) $a, esc_html__('Log in', 'logto-sign-in');",
        "// phpcs:ignore Some.Rule -- a file of JSON, not a page\necho $a;",
        "$this->print($a);",
        "$a = sprintf('%s', $b);",
    ];
    let not_escaped = [
        "echo '<p>' . $a . '</p>';",
        "printf('<form%s>', $a);",
        "printf('<p>' . $a . '</p>', '<code>');",
        "echo $a === '' ? '' : $a;",
        "printf('%s', self::line($a));",
    ];
    let problems = |code: &str| php_problems("a.php", &format!("<?php\nclass A {{}}\n{code}\n"));

    for code in escaped {
        assert_eq!(problems(code), Vec::<String>::new(), "{code}");
    }
    for code in not_escaped {
        assert_eq!(problems(code), ["a.php:3: it prints what nothing escapes"], "{code}");
    }
}

#[test]
fn a_file_that_runs_by_itself_is_guarded() {
    let text = "<?php\nadd_action('init', 'a');\n";
    let guarded = "<?php\nif (!defined('ABSPATH')) {\n    exit();\n}\n";

    assert_eq!(php_problems("a.php", text), ["a.php: it runs when it is opened by itself"]);
    assert_eq!(php_problems("a.php", guarded), Vec::<String>::new());
}

#[test]
fn a_class_that_the_zip_lacks_is_found() {
    let native =
        ("src/Transport/Native/Process.php", "<?php\nnamespace LogtoSignIn\\Transport\\Native;\nclass Process {}\n");
    let user = ("src/Lifecycle.php", "<?php\nnamespace LogtoSignIn;\nuse LogtoSignIn\\Transport\\Native\\Process;\n");
    let contents = |files: &[(&str, &str)]| -> Contents {
        files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    };

    let dead = dead_names(&contents(&[native, user]), &contents(&[user])).unwrap();

    assert_eq!(dead.len(), 1, "{dead:?}");
    assert!(dead[0].starts_with("src/Lifecycle.php:3 uses src/Transport/Native/Process.php"), "{dead:?}");
}
