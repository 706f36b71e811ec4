-- file: 0001_create_visits.sql
CREATE TABLE visits (id bigint, at date) PARTITION BY RANGE (at);
-- file: 0002_find_visits.sql
CREATE INDEX visits_by_id ON visits (id);
