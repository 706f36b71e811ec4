//! The production runbook: missing columns, a missing primary key and the wrong ON DELETE.

use super::Site;
use crate::stories::assert_has;

const FOUND: &str = "
ALTER TABLE post_reactions DROP CONSTRAINT post_reactions_pkey;
ALTER TABLE post_reactions DROP CONSTRAINT post_reactions_post_id_fkey;
ALTER TABLE post_reactions ADD CONSTRAINT post_reactions_post_id_fkey
    FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE;
ALTER TABLE credit_txns DROP COLUMN idempotency_key;
ALTER TABLE scores DROP COLUMN duration_sec;
";

#[test]
fn the_drift_is_told_object_by_object_and_a_script_mends_it() {
    let Some(site) = Site::sample() else {
        return;
    };
    site.said("migrate", 0);
    site.execute(FOUND);
    let drift = [
        "drifted at version 19",
        "`credit_txns.idempotency_key` is missing",
        "`post_reactions_pkey`",
        "`post_reactions_post_id_fkey`",
        "`scores.duration_sec` is missing",
        "index `credit_txns_by_idempotency_key` is missing",
    ];
    let status = site.said("status", 3);
    for part in drift {
        assert_has(&status, &[part]);
    }
    assert_has(
        &site.said("migrate", 1),
        &["`scores.duration_sec` is missing"],
    );
    let status = site.run("status --format json");
    let status: serde_json::Value = serde_json::from_str(&status.stdout).unwrap();
    assert_eq!(status["state"], "drifted");

    // The copy of a server's database is its administrator's.
    assert_has(&site.said("backup", 2), &["pg_dump"]);

    site.execute("CREATE TABLE notes (id integer); INSERT INTO notes VALUES (1); ALTER TABLE scores ADD nick text");
    let script = site.project.path("repair.sql");
    let said = site.said(&format!("repair --output {}", script.display()), 3);
    assert_has(
        &said,
        &[
            "mends 5 differences and was tried on the database, which is as it was; run it with `psql -v ON_ERROR_STOP=1`",
            "table `notes` is unexpected: no migration defines it; it is kept: `--drop NAME` drops it",
            "column `scores.nick` is unexpected",
        ],
    );
    let script = std::fs::read_to_string(script).unwrap();
    assert_has(
        &script,
        &[
            "ALTER TABLE public.credit_txns ADD COLUMN idempotency_key text;",
            "ALTER TABLE public.scores ADD COLUMN duration_sec integer;",
            "ON DELETE SET NULL;",
        ],
    );
    site.said("verify", 3);
    site.execute(&script);
    let script = site.run("repair --drop notes --drop scores.nick");
    assert_eq!(script.code, Some(0), "{script:?}");
    assert_has(
        &script.stdout,
        &[
            "--   table `notes`, which has 1 row",
            "DROP TABLE public.notes;",
        ],
    );
    site.execute(&script.stdout);
    site.said("verify", 0);
    assert_has(&site.said("repair", 0), &["-- nothing to repair"]);
    let repair = site.run("repair --format json");
    let repair: serde_json::Value = serde_json::from_str(&repair.stdout).unwrap();
    assert_eq!(repair["mends"], serde_json::json!([]));
    assert_eq!(site.said("status", 0), "up to date at version 19\n");
}
