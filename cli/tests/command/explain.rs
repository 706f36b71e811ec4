use crate::run::in_workspace;

#[test]
fn a_number_and_a_name_print_the_same_page() {
    let run = in_workspace("explain T0203");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(
        run.stdout.starts_with("T0203 unknown_column (error)\n\n"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("\nInstead:\n"), "{}", run.stdout);
    assert_eq!(run, in_workspace("explain unknown_column"));
    assert_eq!(run, in_workspace("tablature explain t0203"));
}

#[test]
fn a_lint_says_what_becomes_of_it() {
    let run = in_workspace("explain destructive");
    assert!(
        run.stdout
            .starts_with("T1010 destructive (lint, warn by default)\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn without_a_code_all_are_listed() {
    let run = in_workspace("explain");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for line in [
        "T0001  unreadable_directory      error",
        "T1002  broken_view               lint, deny by default",
    ] {
        assert!(run.stdout.lines().any(|listed| listed == line), "{line}");
    }
}

#[test]
fn what_is_not_there_cannot_be_explained() {
    let run = in_workspace("explain unknown_colum");
    assert_eq!(run.code, Some(2));
    assert_eq!(
        run.stderr,
        "error: there is no error or lint `unknown_colum`\n  = help: write `unknown_column`\n"
    );
    let run = in_workspace("explain whatever_it_is");
    assert!(
        run.stderr
            .ends_with("= help: `cargo tablature explain` lists them all\n"),
        "{}",
        run.stderr
    );
}
