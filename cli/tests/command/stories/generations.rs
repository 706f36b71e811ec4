//! Generations: what was asked of a language model was split out of `stories` by three migrations, with a key of two
//! columns, CHECKs, data that was copied and columns that were dropped; the models, the repository and the way back were
//! written by hand beside them. The sample application's migrations 14 to 16 are these.

use super::{assert_has, execute, said, value, write};
use crate::run::{Project, workspace};

/// The sample application's migrations, to be changed.
fn sample() -> Project {
    let project = Project::new(&[]);
    std::fs::create_dir(project.path("migrations")).unwrap();
    for entry in std::fs::read_dir(workspace().join("migrations")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        std::fs::copy(entry.path(), project.path(&format!("migrations/{name}"))).unwrap();
    }
    project
}

/// What a reader sees and what was asked for, before the split and after the way back.
const STORIES: &str = "SELECT group_concat(id || ',' || title || ',' || coalesce(moral, '-') || ',' || story_type || ','
    || coalesce(model_used, '-'), ';') FROM stories";

#[test]
fn what_moves_the_data_is_checked_by_name() {
    let project = sample();
    assert_eq!(project.run("check").code, Some(0));
    let copy = project.read("migrations/0015_copy_story_metadata.up.sql");
    // A column that `stories` does not have, and one of `generations` that was misspelt.
    let broken = copy
        .replace("story_length, '',", "story_lenght, '',")
        .replace(
            "hero_appearance, relationship_description, model_used, full_response",
            "hero_apearance, relationship_description, model_used, full_response",
        );
    assert_ne!(copy, broken);
    write(
        &project,
        "migrations/0015_copy_story_metadata.up.sql",
        &broken,
    );
    let check = project.run("check");
    assert_eq!(check.code, Some(1));
    let shown = check.stdout + &check.stderr;
    assert_has(
        &shown,
        &[
            "no column `story_lenght`",
            "migrations/0015_copy_story_metadata.up.sql:",
            "help: write `story_length`",
        ],
    );

    // The columns are dropped before they are copied.
    write(
        &project,
        "migrations/0015_copy_story_metadata.up.sql",
        &copy,
    );
    let link = project.read("migrations/0016_link_stories_to_generations.up.sql");
    write(
        &project,
        "migrations/0016_link_stories_to_generations.up.sql",
        &format!(
            "{link}\nUPDATE generations SET moral = (SELECT moral FROM stories);\nSELECT stories.moral FROM stories;\n"
        ),
    );
    let check = project.run("check");
    assert_eq!(check.code, Some(1));
    assert_has(
        &(check.stdout + &check.stderr),
        &["no column `moral` on table `stories`"],
    );

    // A foreign key to half of the key.
    let half = link
        .replace("FOREIGN KEY (generation_id, attempt_number) REFERENCES generations (generation_id, attempt_number)", "FOREIGN KEY (generation_id) REFERENCES generations (generation_id)");
    assert_ne!(link, half);
    write(
        &project,
        "migrations/0016_link_stories_to_generations.up.sql",
        &half,
    );
    let check = project.run("check");
    assert_eq!(check.code, Some(1));
    assert_has(&(check.stdout + &check.stderr), &["broken_foreign_key"]);
}

#[test]
fn the_data_moves_and_the_way_back_is_taken_only_when_it_is_asked_for() {
    let project = sample();
    said(&project, "migrate --to 14", 0);
    execute(
        &project,
        "INSERT INTO stories (user_id, title, content, story_type, model_used) VALUES (1, 'Second', '…', 'child', 'm-2')",
    )
    .unwrap();
    let before: String = value(&project, STORIES);
    assert_has(
        &said(&project, "migrate", 0),
        &["applied 5 migrations, now at version 19"],
    );
    assert_eq!(
        value::<String>(
            &project,
            "SELECT group_concat(generation_id || status || story_type) FROM generations"
        ),
        "story-1successhero,story-2successchild"
    );
    // The key has two columns, and the CHECK lists the states.
    let attempt = "INSERT INTO generations (generation_id, attempt_number, user_id, status, story_type, prompt, moral, model_used)";
    assert!(
        execute(
            &project,
            &format!("{attempt} VALUES ('story-1', 1, 1, 'failed', 'hero', '', '', 'm')")
        )
        .is_err()
    );
    assert!(
        execute(
            &project,
            &format!("{attempt} VALUES ('story-1', 2, 1, 'lost', 'hero', '', '', 'm')")
        )
        .is_err()
    );
    execute(
        &project,
        &format!("{attempt} VALUES ('retried', 2, 1, 'failed', 'hero', '', '', 'm')"),
    )
    .unwrap();

    // The schema comes back for certain, and not everything else.
    let plan = said(&project, "revert --to 14 --dry-run", 1);
    assert_has(
        &plan,
        &[
            "-- 5 migrations to go back over",
            "-- 16 link_stories_to_generations",
            "-- refused: values of `stories.moral`, `stories.story_type`",
            "it is not proven that what its down file writes there is what was there",
            "-- 15 copy_story_metadata",
        ],
    );
    let refused = said(&project, "revert --to 14", 1);
    assert_has(
        &refused,
        &[
            "migration 18",
            "migration 16 `link_stories_to_generations`",
            "--accept 18,16",
        ],
    );
    assert_eq!(said(&project, "status", 0), "up to date at version 19\n");

    let back = said(
        &project,
        "revert --to 14 --accept 16,18 --backup backups",
        0,
    );
    assert_has(&back, &["went back over 5 migrations, now at version 14"]);
    assert_eq!(
        value::<String>(&project, STORIES),
        before.replace(",-,", ",,")
    );
    assert_has(
        &said(&project, "status", 3),
        &["5 migrations are pending, the database is at version 14"],
    );
    assert_eq!(
        std::fs::read_dir(project.path("backups")).unwrap().count(),
        1
    );
    // And forth again: the attempt that was no story's is still there.
    said(&project, "migrate", 0);
    said(&project, "verify", 0);
    assert_eq!(
        value::<i64>(&project, "SELECT count(*) FROM generations"),
        3
    );
}
