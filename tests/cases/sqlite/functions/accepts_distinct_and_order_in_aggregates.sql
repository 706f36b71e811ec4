CREATE TABLE t (a, b);
SELECT count(DISTINCT a), group_concat(a, ';' ORDER BY b DESC), total(a), json_group_array(a), string_agg(a, ',') FROM t;
