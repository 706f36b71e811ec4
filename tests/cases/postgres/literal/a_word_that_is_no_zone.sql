CREATE VIEW v AS SELECT timestamptz '2020-01-05 10:00 Nowhere/City';
