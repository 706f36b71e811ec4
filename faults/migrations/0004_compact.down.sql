-- tablature: allow(irreversible) those stories are not missed
DROP INDEX stories_by_title;
DROP TABLE counts;
