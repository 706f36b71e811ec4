CREATE EXTENSION earthdistance CASCADE;
CREATE VIEW v AS SELECT earth_distance(ll_to_earth(1, 2), ll_to_earth(3, 4)) AS d;
