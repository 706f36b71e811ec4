CREATE TYPE timerange AS RANGE (subtype = time);
CREATE TYPE floatrange AS RANGE (subtype = float8, subtype_diff = float8mi, multirange_type_name = manyfloats);
CREATE TABLE t (a timerange, b floatrange, c manyfloats DEFAULT '{}', d timemultirange, EXCLUDE USING gist (b WITH &&));
CREATE VIEW v AS SELECT timerange('10:00', '12:00', '[]') AS x, lower(b) AS low, b @> 1.5::float8 AS has FROM t;
