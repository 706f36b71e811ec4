-- engine accepts: it sees comments
-- tablature: step crate::steps::fill_slugs
-- no-transaction
VACUUM;
