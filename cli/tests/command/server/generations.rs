//! Generations: migrations 14 to 16 of the sample application, as they were on a server: `tales.generations`, row-level
//! security, a key of two columns, data that moves, columns that go, and the way back.

use super::Site;
use crate::stories::assert_has;

/// What a reader sees and what was asked for, before the split and after the way back.
const STORIES: &str =
    "SELECT string_agg(concat_ws(',', id, title, moral, story_type, model_used), ';' ORDER BY id)
    FROM tales.stories";
const COPY: &str = "0015_copy_story_metadata.up.sql";

#[test]
fn what_moves_the_data_is_checked_by_name_and_type() {
    let Some(site) = Site::sample() else {
        return;
    };
    assert_eq!(site.project.run("check --deny warnings").code, Some(0));
    let copy = site.project.read(&format!("migrations/{COPY}"));
    for (written, instead, message) in [
        ("story.story_length", "story.story_lenght", "story_lenght"),
        (
            "hero_appearance, relationship_description, model_used",
            "hero_apearance, relationship_description, model_used",
            "hero_apearance",
        ),
        ("'success'", "'succes'", "succes"),
        (", 'child')::tales.story_type", ", 'child')", "story_type"),
    ] {
        let broken = copy.replacen(written, instead, 1);
        assert_ne!(copy, broken, "{written}");
        site.write(COPY, &broken);
        assert_has(
            &site.rejected(),
            &[message, "migrations/0015_copy_story_metadata.up.sql:"],
        );
    }
    site.write(COPY, &copy);
    // A foreign key to half of the key.
    let link = "0016_link_stories_to_generations.up.sql";
    let text = site.project.read(&format!("migrations/{link}"));
    let half = text.replace(
        "FOREIGN KEY (generation_id, attempt_number)
        REFERENCES tales.generations (generation_id, attempt_number)",
        "FOREIGN KEY (generation_id) REFERENCES tales.generations (generation_id)",
    );
    assert_ne!(text, half);
    site.write(link, &half);
    assert_has(&site.rejected(), &["generations"]);
}

#[test]
fn the_data_moves_and_the_way_back_is_taken_only_when_it_is_asked_for() {
    let Some(site) = Site::sample() else {
        return;
    };
    site.said("migrate --to 14", 0);
    site.execute(
        "INSERT INTO tales.stories (user_id, title, content, story_type, model_used)
         VALUES (1, 'Second', '…', 'child', 'm-2')",
    );
    let before = site.value(STORIES);
    assert_has(
        &site.said("migrate", 0),
        &["applied 5 migrations, now at version 19"],
    );
    assert_eq!(
        site.value("SELECT string_agg(status::text || story_type, ',' ORDER BY model_used) FROM tales.generations"),
        "successchild,successhero"
    );
    // The key has two columns, and the types list the states.
    let attempt = "INSERT INTO tales.generations (generation_id, attempt_number, user_id, status, story_type, prompt, moral, model_used)
        SELECT generation_id";
    let again = format!("{attempt}, 1, 1, 'failed', 'hero', '', '', 'm' FROM tales.generations");
    assert!(site.refused(&again).contains("generations_pkey"));
    let lost = format!("{attempt}, 2, 1, 'lost', 'hero', '', '', 'm' FROM tales.generations");
    assert!(site.refused(&lost).contains("\"lost\""));
    site.execute(&format!(
        "{attempt}, 2, 1, 'failed', 'hero', '', '', 'm' FROM tales.generations LIMIT 1"
    ));

    // The schema comes back for certain, and not everything else.
    let plan = site.said("revert --to 14 --dry-run", 1);
    assert_has(
        &plan,
        &["-- 16 link_stories_to_generations", "-- refused: "],
    );
    site.said("revert --to 14", 1);
    assert_eq!(site.said("status", 0), "up to date at version 19\n");
    let back = site.said("revert --to 14 --accept 15,16,17,18,19", 0);
    assert_has(&back, &["went back over 5 migrations, now at version 14"]);
    assert_eq!(
        site.value(STORIES),
        before.replace("Second,child,m-2", "Second,,child,m-2")
    );
    // And forth again.
    site.said("migrate", 0);
    site.said("verify", 0);
}
