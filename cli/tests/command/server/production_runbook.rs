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
fn the_drift_is_told_object_by_object_and_what_is_for_files_is_said_to_be() {
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

    // The copy and the repair of a server's database are its administrator's.
    assert_has(
        &site.said("repair", 2),
        &[
            "`repair` is for SQLite, and the database is on a server",
            "cargo tablature verify",
        ],
    );
    assert_has(&site.said("backup", 2), &["pg_dump"]);

    // A corrective migration is the way forward for what the code expects; here the hand that broke it mends it.
    site.execute(
        "ALTER TABLE post_reactions ADD CONSTRAINT post_reactions_pkey PRIMARY KEY (id);
         ALTER TABLE post_reactions DROP CONSTRAINT post_reactions_post_id_fkey;
         ALTER TABLE post_reactions ADD CONSTRAINT post_reactions_post_id_fkey
             FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE SET NULL;
         ALTER TABLE credit_txns ADD COLUMN idempotency_key text;
         CREATE UNIQUE INDEX credit_txns_by_idempotency_key ON credit_txns (idempotency_key)
             WHERE idempotency_key IS NOT NULL;
         ALTER TABLE scores ADD COLUMN duration_sec integer;",
    );
    assert_eq!(site.said("status", 0), "up to date at version 19\n");
}
