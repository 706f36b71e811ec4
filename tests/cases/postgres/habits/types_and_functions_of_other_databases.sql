CREATE TABLE t (a datetime, b double, c enum);
SELECT ifnull(1, 2), group_concat('a');
